"""Every key of a study, varied alone over primed stages, gives what a plan made anew gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from geodata import catalogue_files
from siting.model.plan import Plan
from siting.pipeline import NESTED, NO_SCORE, STAGES, Run, key_of, make_plan
from siting.study.portfolio import PortfolioQuestion
from siting.study.study import (
    Anchor,
    Candidates,
    Draws,
    Events,
    Exclusion,
    Finance,
    Listing,
    PillarWeights,
    Policies,
    Reach,
    Snapshot,
    Stakeholder,
    Study,
)

COUNTRIES = ("FI", "MA", "SE", "ID", "US")
SITES = ("industrial_sites",)
BASE = Study(
    candidates=Candidates(sets=SITES, countries=COUNTRIES),
    listing=Listing(zones=30),
    confidence=Draws(draws=0),
)
BELOW = Reach()
# The studies that differ from `BASE` in one key, some keys in several parts.
VARIED: dict[str, object] = {
    "as_of": dt.date(2023, 11, 28),
    "investor": "KR",
    "owner": "Shanshan",
    "product": "natural",
    "furnace": "acheson",
    "capacity_ktpa": 120.0,
    "demand_year": 2027,
    "lens": "low_cost_export",
    "weights": {"cost": PillarWeights(weight=0.2)},
    "anchors": {"power_price": Anchor(worst=90.0, best=10.0)},
    "reach.customers": BELOW.model_copy(update={"customers_usd_per_t": 60.0}),
    "reach.carmakers": BELOW.model_copy(update={"carmakers_usd_per_t": 60.0}),
    "reach.compatriots": BELOW.model_copy(update={"compatriots_usd_per_t": 90.0}),
    "reach.rivals": BELOW.model_copy(update={"rivals_usd_per_t": 120.0}),
    "price_usd_per_t": 1500.0,  # below the Chinese export price, which then is no more than it
    "chinese_price_usd_per_t": 5500.0,
    "carbon_price_usd_per_t": 100.0,
    "parameters": {"FIN-RATE": 15.0},
    "factors": {"FI": {"manufacturing_wage_usd_per_h": 5.0}},
    "policies": Policies(off=("US-TX-LAND",)),
    "events": Events(off=("red-sea-2023",)),
    "candidates.sets": Candidates(sets=("seaports",), countries=COUNTRIES),
    "candidates.countries": Candidates(sets=SITES, countries=("FI", "MA")),
    "candidates.min_population": Candidates(sets=(*SITES, "towns"), countries=("FI",),
                                            min_population=80_000),
    "listing.zones": Listing(zones=5),
    "listing.zone_km": Listing(zones=30, zone_km=700.0),
}  # fmt: skip
NO_MATTER: dict[str, object] = {
    "name": "another",
    "question": "Where?",
    "language": "zh",
    "stakeholders": {"Union": Stakeholder(lens="onshoring")},
    "confidence": Draws(draws=0, seed=7),
    "snapshots": (Snapshot(demand_year=2027),),
    "finance": Finance(tax=False),
    "portfolio": PortfolioQuestion(plants=2),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Values of the keys that name a file of the user."""
    folder: Path = tmp_path_factory.mktemp("own")
    prices = pd.read_csv(catalogue_files()["catalogue/anode_prices.csv"], dtype=str,
                         keep_default_na=False)  # fmt: skip
    for column in ("usd_per_t", "low", "high"):
        prices[column] = 2 * pd.to_numeric(prices[column])
    prices.to_csv(folder / "prices.csv", index=False)
    (folder / "mine.csv").write_text("site_id,name,lat,lon\na,Fjord,59.1,9.7\nb,Bay,63.8,23.1\n")
    with pd.ExcelWriter(folder / "mine.xlsx", engine="openpyxl") as book:
        for sheet, lat in (("First", 59.1), ("Second", 61.5)):
            place = pd.DataFrame({"name": ["Fjord"], "lat": [lat], "lon": [9.7]})
            place.to_excel(book, sheet_name=sheet, index=False)
    (folder / "parks.csv").write_text("name,lat,lon\npark,63.8,23.1\n")
    return {
        "tables": {"anode_prices": folder / "prices.csv"},
        "candidates.file": Candidates(file=folder / "mine.csv"),
        "candidates.sheet": Candidates(file=folder / "mine.xlsx", sheet="Second"),
        "exclude": (Exclusion(file=folder / "parks.csv", buffer_km=300.0),),
    }


def same(run: Run, study: Study, plan: Plan) -> None:
    """Hold what shared stages make of a study against its own plan, to the last bit."""
    selected = run.of("places", study)
    assert list(selected.places["site_id"]) == list(plan.places["site_id"])
    assert list(selected.barred["site_id"]) == list(plan.barred["site_id"])
    measures = run.of("measures", study)
    for column in plan.measures.raw:
        ours, theirs = measures.raw[column], plan.measures.raw[column]
        assert ours.to_numpy().tobytes() == theirs.to_numpy().tobytes(), column
    assert run.of("values", study).to_numpy().tobytes() == plan.values.to_numpy().tobytes()
    assert run.of("scores", study).utility.tobytes() == plan.utility.tobytes()
    zones = run.of("zones", study)
    assert zones.zone.tolist() == plan.zones.zone.tolist()
    assert zones.head.tolist() == plan.zones.head.tolist()


def plan_of(study: Study) -> Plan:
    with threadpool_limits(1):  # as the sweep works: last bits depend on how many share a product
        return make_plan(study)


def with_key(key: str, value: object) -> Study:
    return BASE.model_copy(update={key.split(".", 1)[0]: value})


@pytest.fixture(scope="module")
def run() -> Run:
    return Run()


@pytest.fixture(scope="module")
def plain() -> Plan:
    return plan_of(BASE)


def test_every_key_of_a_study_is_varied_below(files):
    """A key that is added to the study must be added here, and to what the stages read."""
    varied = {key.split(".")[0] for key in (*VARIED, *NO_MATTER, *files)}
    assert varied == set(Study.model_fields)
    assert set(NO_MATTER) | {"listing"} == set(NO_SCORE)
    read = {path.split(".")[0] for stage in STAGES.values() for path in stage.reads}
    assert read == set(Study.model_fields) - set(NO_MATTER)


@pytest.mark.parametrize(
    "key", [*VARIED, "tables", "candidates.file", "candidates.sheet", "exclude"]
)
def test_a_key_varied_alone_is_as_in_a_plan_of_its_own(key, run, plain, files):
    study = with_key(key, {**VARIED, **files}[key])
    with threadpool_limits(1):
        run.of("zones", BASE)  # what could be taken for the result of the other study
        fresh = plan_of(study)
        same(run, study, fresh)
    moved = [
        fresh.places["site_id"].tolist() != plain.places["site_id"].tolist()
        or fresh.barred["site_id"].tolist() != plain.barred["site_id"].tolist(),
        fresh.measures.raw.to_numpy().tobytes() != plain.measures.raw.to_numpy().tobytes(),
        fresh.utility.tobytes() != plain.utility.tobytes(),
        fresh.zones.zone.tolist() != plain.zones.zone.tolist(),
    ]
    assert any(moved)  # else the key would prove nothing


@pytest.mark.parametrize("key", NO_MATTER)
def test_a_key_that_no_stage_reads_changes_no_key_of_a_stage(key):
    study = with_key(key, NO_MATTER[key])
    assert study != BASE
    assert all(key_of(study, stage) == key_of(BASE, stage) for stage in STAGES)


@pytest.mark.parametrize("key", ["sheet", "database", "query", "password_env"])
def test_each_key_of_a_list_of_ones_own_is_read_by_its_stage(key):
    """Two lists that differ in one of them are two, and their layers likewise."""
    whole = {"database": "postgresql://h/gis", "query": "select 1", "password_env": "A"}
    one = {"file": Path("a.xlsx"), "sheet": "A"} if key == "sheet" else whole
    two = one | {key: f"{one[key]}2"}
    lists = [BASE.model_copy(update={"candidates": Candidates(**keys)}) for keys in (one, two)]
    layers = [BASE.model_copy(update={"exclude": (Exclusion(**keys),)}) for keys in (one, two)]
    for left, right in (lists, layers):
        assert key_of(left, "own") != key_of(right, "own")
        assert key_of(left, "demand") == key_of(right, "demand")


def test_what_moves_no_score_needs_no_new_plan(plain):
    study = BASE.model_copy(update=NO_MATTER)
    assert plan_of(study).utility.tobytes() == plain.utility.tobytes()


def test_a_stage_reads_all_that_the_stages_before_it_read():
    # candidates and plants are given the facts, and take no factor of a place; plants no law
    spared = {"screen": {"factors"}, "places": {"factors"}, "demand": {"factors", "policies"}}
    for name, stage in STAGES.items():
        for before in stage.after:
            held = spared.get(name, set()) if before == "facts" else set()
            assert STAGES[before].reads - stage.reads == held, (before, name)


@pytest.mark.parametrize("key", ["factors", "policies"])
def test_plants_are_the_same_where_what_they_share_says_so(key):
    """What the keys of a stage leave out of the facts before it really moves nothing there."""
    other = with_key(key, VARIED[key])
    ours, theirs = Run().of("demand", BASE), Run().of("demand", other)
    for name in ("plants", "carmakers", "rivals", "feedstock"):
        pd.testing.assert_frame_equal(getattr(ours, name), getattr(theirs, name))
    if key == "factors":
        our, their = Run().of("places", BASE), Run().of("places", other)
        for name in ("places", "barred"):
            pd.testing.assert_frame_equal(getattr(our, name), getattr(their, name))


def test_nothing_is_made_twice_while_it_is_at_hand():
    run = Run()
    prices = [BASE.model_copy(update={"price_usd_per_t": usd}) for usd in (3000.0, 5000.0)]
    for study in prices:
        for share in (0.1, 0.9):
            weights = {"cost": PillarWeights(weight=share)}
            run.of("zones", study.model_copy(update={"weights": weights}))
    assert run.made == {"facts": 1, "own": 1, "places": 1, "demand": 1,
                        "customers": 1, "measures": 2, "values": 2, "scores": 4,
                        "near": 1, "zones": 4}  # fmt: skip


def test_the_order_of_weights_is_part_of_the_key_for_sums_are_taken_in_it():
    ways = [{"market": PillarWeights(weight=1), "cost": PillarWeights(weight=2)}]
    ways.append(dict(reversed(ways[0].items())))
    keys = {key_of(BASE.model_copy(update={"weights": w}), "scores") for w in ways}
    assert len(keys) == 2


def test_large_results_are_held_one_at_a_time():
    assert {STAGES[name].live for name in ("customers", "measures", "values")} == {1}
    assert set(NESTED) <= set(STAGES)
    run = Run()
    for usd in (3000.0, 4000.0, 5000.0):
        run.of("scores", BASE.model_copy(update={"price_usd_per_t": usd}))
    for name, stage in STAGES.items():
        assert len(run._kept.get(name, ())) <= stage.live
    assert np.isfinite(run.of("scores", BASE).utility).all()
