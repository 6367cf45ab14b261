"""Addresses of databases: what they say, and that no password stands in one or gets out."""

from __future__ import annotations

import pytest

from geodata.database import Address, AddressError, Query, address, masked
from geodata.errors import Fault


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("postgresql://ann@db.example.org/gis", Address("db.example.org", 5432, "gis", "ann")),
        ("postgres://db.example.org:5433/gis", Address("db.example.org", 5433, "gis")),
        ("postgresql:///gis", Address("localhost", 5432, "gis")),
        ("postgresql://ann@/gis?host=/run/pg", Address("/run/pg", 5432, "gis", "ann")),
        ("postgresql://a%40b@[::1]:6/g%20s", Address("::1", 6, "g s", "a@b")),
        ("postgresql://h/gis?sslmode=require&sslrootcert=ca.pem",
         Address("h", 5432, "gis", "", "require", "ca.pem")),
    ],
)  # fmt: skip
def test_an_address_is_read(text: str, meant: Address) -> None:
    assert address(text) == meant


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("postgresql://ann:hush@h/gis", "a password stands in the address"),
        ("postgresql://ann:@h/gis", "a password stands in the address"),
        ("postgresql://h/gis?password=hush", "a password stands in the address"),
        ("postgresql://h/gis?user=x", "the address holds more than is known"),
        ("postgresql://h/gis#hush", "the address holds more than is known"),
        ("postgresql://h/gis?sslmode=hush", "no such sslmode"),
        ("postgresql://h", "the address names no database"),
        ("postgresql://h/a/b", "the address names no database"),
        ("postgresql://h:x/gis", "no address of a database"),
        ("mysql://ann:hush@h/gis", "no address of a PostgreSQL database"),
        ("gis", "no address of a PostgreSQL database"),
    ],
)
def test_another_one_is_refused_without_what_may_be_secret(text: str, what: str) -> None:
    with pytest.raises(AddressError) as caught:
        address(text)
    assert caught.value.what == what
    assert "hush" not in f"{caught.value.what} {caught.value.hint} {masked(text)}"


def test_results_hold_an_address_without_its_user() -> None:
    assert (
        str(address("postgresql://ann@db:5433/gis?sslmode=require")) == "postgresql://db:5433/gis"
    )
    assert str(address("postgresql://ann@/gis?host=/run/pg")) == "postgresql:///gis?host=/run/pg"
    assert str(address("postgresql://[::1]/gis")) == "postgresql://[::1]/gis"


def test_the_way_to_another_machine_is_secured_and_checked() -> None:
    assert address("postgresql://db.example.org/gis").tls == "verify-full"
    assert address("postgresql://db.example.org/gis?sslmode=require").tls == "require"
    assert {address(f"postgresql://{h}/gis").tls for h in ("localhost", "127.0.0.1", "[::1]")} == {
        "prefer"
    }


def test_a_query_is_called_after_its_table() -> None:
    named = {
        "select * from parks": "gis.parks",
        'SELECT a FROM "Nature"."公园" p': "gis.Nature.公园",
        "select 1 as lat, 2 as lon": "gis",
    }
    assert {sql: Query("postgresql://h/gis", sql).name for sql in named} == named


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:hush@h/gis", "postgresql:/ann:hush@h/gis", "see mysql://a:hu@sh@h for it",
        "postgresql://:hush@h",
    ],
)  # fmt: skip
def test_no_fault_quotes_the_password_of_an_address(text: str) -> None:
    fault = str(Fault(text, text, text, column=text, value=text))
    assert "hush" not in fault
    assert "sh@" not in fault
    assert "***@h" in fault
