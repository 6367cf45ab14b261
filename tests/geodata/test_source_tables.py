"""Rules of the rows of feedstock and carbon works, and their owners against the anode makers."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest

from geodata import vocabulary as words
from geodata.check import check_tables
from geodata.load import table
from geodata.sphere import great_circle_km
from geodata.tables import TABLES

OWNERS = (("feedstock_sources", "owner"), ("carbon_works", "firm"))
SPELT = (*OWNERS, ("material_works", "owner"), ("material_works", "also_owner"))


def breaches(name: str, where: str, **changes: object) -> set[str]:
    """Columns at which the schema objects to the first fitting row with these changes."""
    row = table(name).query(where).head(1).assign(**changes)
    assert len(row) == 1
    try:
        TABLES[name].schema.validate(row, lazy=True)
    except pa.errors.SchemaErrors as error:
        return {e.schema.name or e.check.name for e in error.schema_errors}
    return set()


def split(names: pd.Series) -> set[str]:
    """Single names of cells that hold several."""
    return {name.strip() for cell in names for name in cell.split(";") if name.strip()}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"owner": "Talga Group, Perth"}, "owner"),
        ({"also_owner": "POSCO; POSCO, Future"}, "also_owner"),
        ({"owner": "", "also_owner": "POSCO"}, "also_owner"),
        ({"status": "operating"}, "status"),
        ({"known_date": "2012-13"}, "known_date"),
        ({"cost_usd_per_t": 5.0}, "cost_usd_per_t"),
        ({"feedstock": "needle_coke", "cost_usd_per_t": 500.0}, "cost_usd_per_t"),
    ],
)
def test_feedstock_sources(changes: dict[str, object], column: str) -> None:
    mine = "feedstock == 'flake_concentrate' and owner != ''"
    assert not breaches("feedstock_sources", mine)
    assert breaches("feedstock_sources", mine, **changes) == {column}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"importer": "eu"}, "importer"),
        ({"goods": "graphite"}, "goods"),
        ({"until": "2022"}, "until"),
        ({"china_share_pct": 60.0}, "china_share_pct"),
        ({"kt_from_china": None, "china_share_pct": None}, "china_share_pct"),
        ({"importer": "WORLD"}, "china_share_pct"),
        ({"known_date": ""}, "known_date"),
    ],
)
def test_anode_imports(changes: dict[str, object], column: str) -> None:
    bought = "import_id == 'eu-artificial-2023'"
    assert not breaches("anode_imports", bought)
    assert column in breaches("anode_imports", bought, **changes)


def test_an_importer_is_a_country_the_eu_or_the_world() -> None:
    rows = table("anode_imports").assign(importer="XX")
    faults = check_tables({"anode_imports": rows})
    assert {fault.column for fault in faults} == {"importer"}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"firm": ""}, "firm"),
        ({"kind": "carbon_black"}, "kind"),
        ({"status": "producing"}, "status"),
        ({"end_year": 2020.0}, "end_year"),
        ({"status": "closed", "start_year": 1990.0, "end_year": 1980.0}, "end_year"),
        ({"start_year": 1990.5}, "start_year"),
        ({"held_since": 1990.5}, "held_since"),
    ],
)
def test_carbon_works(changes: dict[str, object], column: str) -> None:
    works = "status == 'operating'"
    assert not breaches("carbon_works", works)
    assert breaches("carbon_works", works, **changes) == {column}


@pytest.mark.parametrize("name", [name for name, _ in OWNERS])
def test_who_also_owns_is_an_anode_maker(name: str) -> None:
    assert split(table(name)["also_owner"]) <= split(table("anode_plants")["owner"])


@pytest.mark.parametrize(("name", "column"), SPELT)
def test_owners_who_make_anodes_are_spelt_alike(name: str, column: str) -> None:
    """A name that differs from an anode maker's by case, blanks or a tail would not be joined."""
    makers = split(table("anode_plants")["owner"])
    plain = {maker.casefold().replace(" ", ""): maker for maker in makers}
    for owner in split(table(name)[column]):
        key = owner.casefold().replace(" ", "")
        assert plain.get(key, owner) == owner
        tails = [maker for maker in makers if maker.startswith((f"{owner} ", f"{owner} ("))]
        assert owner in makers or not tails, (owner, tails)


def test_every_kind_and_status_of_works_occurs() -> None:
    works = table("carbon_works")
    assert set(works["kind"]) == set(words.CARBON_KIND)
    assert set(works["status"]) == set(words.WORKS_STATUS)


def test_no_works_lies_in_china() -> None:
    assert not table("carbon_works")["country"].isin(["CN", "HK", "MO"]).any()


def test_the_same_town_has_the_same_place() -> None:
    works = table("carbon_works").query("coord_precision == 'city'")
    for _, town in works.groupby(["country", "city", "firm"]):
        first = town.iloc[0]
        assert (great_circle_km(first["lat"], first["lon"], town["lat"], town["lon"]) < 1.0).all()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"owner": "Elkem, Oslo"}, "owner"),
        ({"since": ""}, "since"),
        ({"since": "2024", "until": "2023"}, "until"),
        ({"through": ""}, "through"),
        ({"link": "own"}, "through"),
        ({"link": "partner"}, "plan"),
        ({"plan": "vianode-st-thomas"}, "plan"),
        ({"kind": "office"}, "kind"),
    ],
)
def test_owner_ties(changes: dict[str, object], column: str) -> None:
    group = "link == 'group'"
    assert not breaches("owner_ties", group)
    assert breaches("owner_ties", group, **changes) == {column}


def test_a_tie_names_an_owner_and_a_plan_of_anode_plants() -> None:
    tables = {name: table(name) for name in ("anode_plants", "owner_ties")}
    assert not check_tables(tables)
    ties = tables["owner_ties"].head(2).assign(owner="Nobody", plan=["", "nowhere"])
    faults = check_tables({**tables, "owner_ties": ties})
    assert [(fault.column, fault.value) for fault in faults] == [
        ("owner", "Nobody"), ("owner", "Nobody"), ("plan", "nowhere"),
    ]  # fmt: skip


def test_a_tie_is_said_once_and_abroad() -> None:
    """What is at home, or stands in another table as the owner's, is no row of owner_ties."""
    ties = table("owner_ties").drop(columns="source")
    assert not ties.duplicated(["owner", "through", "country", "city", "product"]).any()
    each = ties.assign(owner=ties["owner"].str.split(";")).explode("owner")
    plants = table("anode_plants")
    alone = plants[~plants["owner"].str.contains(";")]
    home = alone.drop_duplicates("owner").set_index("owner")["owner_hq_country"]
    assert not each["country"].eq(each["owner"].map(home)).any()
    works = table("carbon_works").rename(columns={"firm": "owner"})
    assert each.merge(works, on=["owner", "country", "city"]).empty
    mines = table("feedstock_sources")
    for tie in each[each["kind"].eq("mine")].itertuples():
        near = mines[mines["owner"].eq(tie.owner) & mines["country"].eq(tie.country)]
        assert (great_circle_km(tie.lat, tie.lon, near["lat"], near["lon"]) > 10.0).all()


def test_every_link_and_kind_of_tie_occurs() -> None:
    ties = table("owner_ties")
    assert set(ties["link"]) == set(words.TIE_LINK)
    assert set(ties["kind"]) == set(words.TIE_KIND)
