"""Rules of the rows of events, and the table against others."""

from __future__ import annotations

import pandera.pandas as pa
import pytest

from geodata.check import check_tables
from geodata.load import table
from geodata.tables import TABLES

NONE = float("nan")
CHARGE = "effect == 'usd_per_t' and geography == ''"
BAR = "effect == 'bar'"
DELAY = "effect == 'months' and geography != ''"


def breaches(where: str, **changes: object) -> set[str]:
    row = table("events").query(where).head(1).assign(**changes)
    try:
        TABLES["events"].schema.validate(row, lazy=True)
    except pa.errors.SchemaErrors as error:
        return {e.schema.name or e.check.name for e in error.schema_errors}
    return set()


@pytest.mark.parametrize(
    ("where", "changes", "column"),
    [
        (CHARGE, {"value": NONE}, "value"),
        (CHARGE, {"value": 1000.5}, "value"),
        (CHARGE, {"geography": "OM"}, "geography"),
        (CHARGE, {"passage": ""}, "geography"),
        (CHARGE, {"passage": "kiel"}, "passage"),
        (CHARGE, {"kind": "surcharge"}, "kind"),
        (BAR, {"value": 1.0}, "value"),
        (BAR, {"geography": ""}, "geography"),
        (BAR, {"geography": "qa"}, "geography"),
        (BAR, {"kind": "blockade"}, "kind"),
        (BAR, {"last_read": ""}, "last_read"),
        (BAR, {"since": "2024", "until": "2023"}, "until"),
        (DELAY, {"effect": "refusal", "value": 1.5}, "value"),
        (DELAY, {"applies_to_owner_hq": "PFE"}, "applies_to_owner_hq"),
    ],
)
def test_rows_that_make_no_sense(where: str, changes: dict[str, object], column: str) -> None:
    assert breaches(where, **changes) == {column}


def test_rows_that_do() -> None:
    assert not breaches(CHARGE, passage="", geography="OM;SA-03")
    assert not breaches(DELAY, geography="")
    assert not breaches(DELAY, since="", last_read="")  # a switch of a study


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"geography": "QA;ZZ"}, ("geography", "no such place")),
        ({"geography": "SA-99"}, ("geography", "no such place")),
        ({"geography": "SA;SA-04"}, ("geography", "stands beside its whole country")),
        ({"applies_to_owner_hq": "XX"}, ("applies_to_owner_hq", "no such country")),
        ({"instrument_id": "CN-EC"}, ("instrument_id", "no such law")),
        ({"last_read": "2026-11-23"},
         ("last_read", "later than the catalogue's date, 2026-11-22")),
        ({"confidence": "A", "source": "from memory"},
         ("source", "what was not read cannot be A")),
    ],
)  # fmt: skip
def test_events_against_the_map_and_the_laws(
    changes: dict[str, object], fault: tuple[str, str]
) -> None:
    rows = table("events").query(BAR).head(1).assign(**changes)
    faults = check_tables({"events": rows, "policy_zones": table("policy_zones")})
    assert [(f.column, f.what) for f in faults] == [fault]
