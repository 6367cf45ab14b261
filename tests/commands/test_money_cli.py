"""`siting cost` and `siting merit` from the outside."""

from __future__ import annotations

import json
import re
import sys
from xml.etree import ElementTree as ET

import pytest
from commandline import run
from sample_atlas import PAYLOADS

from siting.commands import cli, money_cli


@pytest.fixture
def siting(monkeypatch, capsys, nordic):
    """Run a command in this process on the facts of the Nordic plan: (exit code, out, err)."""
    study = nordic.study.model_copy(update={"as_of": nordic.facts.as_of})
    known = (study, nordic.facts, nordic.demand)
    monkeypatch.setattr(money_cli, "_facts", lambda *_, **__: known)

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["siting", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return command


def test_the_real_command_line_says_a_cost_south_of_the_equator_and_draws_it(tmp_path):
    words = ("cost", "-33.9,18.5", "--furnace", "acheson", "--investor", "KR", "--json")
    said = json.loads(run(tmp_path, *words, "--picture", "cape.svg").stdout)
    assert said["place"]["country"] == "ZA"
    assert (said["furnace"], said["investor"]) == ("acheson", "KR")
    assert said["usd_per_t"] == pytest.approx(sum(said["stack"].values()), abs=0.1)
    assert said["stack"]["power"] == pytest.approx(
        16 * said["conditions"]["power_usd_per_mwh"], abs=0.2
    )
    assert ET.parse(tmp_path / "cape.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_the_real_command_line_says_a_merit_order_as_of_the_article(tmp_path):
    words = ("merit", "Skellef", "--as-of", "2023-11-28", "--top", 4)
    lines = run(tmp_path, *words).stdout.splitlines()
    assert "Skellefteå" in lines[0]
    # a long name goes on below its figures
    figures = [line.split()[-2:] for line in lines if re.fullmatch(r".*\d +[-+]?[\d,]+ *", line)]
    delivered = [float(cost.replace(",", "")) for cost, _ in figures]
    assert len(delivered) == 4
    assert delivered == sorted(delivered)


def test_json_sums_and_margins(siting):
    code, out, _ = siting("cost", "Kuching, MY", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["as_of"] == "2026-11-22"
    assert said["usd_per_t"] == pytest.approx(sum(said["stack"].values()), abs=0.1)
    for row in said["customers"]:
        left = row["price"] - said["usd_per_t"] - row["freight"] - row["duty"]
        assert row["margin"] == pytest.approx(left, abs=0.05)


def test_one_customer_is_that_one(siting):
    code, out, _ = siting("cost", "Kuching, MY", "--customer", "lyten-skelleftea", "--json")
    assert code == 0
    assert [row["plant_id"] for row in json.loads(out)["customers"]] == ["lyten-skelleftea"]


@pytest.mark.parametrize("place", ["-33.9,18.5", " 62.4 , 17.3 "])
def test_places_anywhere_on_land(siting, place):
    code, out, err = siting("cost", place)
    assert (code, err) == (0, "")
    assert "cost at the gate" in out


@pytest.mark.parametrize(
    "words",
    [
        ("cost", "Lemuria"),
        ("cost", "-95,18.4"),
        ("cost", "0,-150"),
        ("cost", "Kuching, MY", "--customer", "nobody"),
        ("merit", "nobody"),
        ("merit", PAYLOADS[0]),
        ("merit", "[/red]"),
        ("cost", "[/red]"),
        ("cost", "Kuching, MY", "--jsn"),
        ("merit", "Skellef", "--top", "0"),
        ("merit", "Skellef", "--picture", "x.jpg"),
        ("cost", "Kuching, MY", "--picture", "no/such/folder/x.svg"),
    ],
)
def test_what_a_user_can_correct_ends_with_2_and_says_so(siting, words):
    code, out, err = siting(*words)
    assert code == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "changes",
    [("--furnace", "oven"), ("--product", "carbon"), ("--investor", "China"), ("--capacity", "-1"),
     ("--as-of", "yesterday"), ("no_such_preset",)],
)  # fmt: skip
def test_what_does_not_fit_its_option_is_a_fault(monkeypatch, capsys, changes):
    monkeypatch.setattr(sys, "argv", ["siting", "cost", "Kuching, MY", *changes])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr()
    assert left.value.code == 2
    assert "error" in said.err.lower()


def test_a_merit_order_is_cut_where_asked_and_drawn(siting, tmp_path):
    code, out, _ = siting(
        "merit", "lyten-skelleftea", "--top", "7", "--json", "--picture", str(tmp_path / "m.svg")
    )
    said = json.loads(out)
    assert code == 0
    delivered = [site["delivered"] for site in said["sites"]]
    assert len(delivered) == 7
    assert delivered == sorted(delivered)
    assert (tmp_path / "m.svg").stat().st_size > 1000
