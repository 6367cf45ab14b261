import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.model.clusters import siting_zones
from siting.planner import make_plan
from siting.screening import screen as screening
from siting.screening.engine import Engine
from siting.screening.screen import KEPT, details, shortlist
from siting.study.study import Candidates, Draws, Hexagons

HERE = Engine(workers=1)


@pytest.fixture(scope="module")
def told(screened):
    return pd.concat(
        details(screened.study, screened.facts, screened.screen, HERE), ignore_index=True
    )


def test_ranks_go_from_the_best_cell_to_the_worst_and_leave_none_out(screened):
    of = screened.screen
    free = np.isfinite(of.score)
    assert sorted(of.rank[free]) == list(range(1, int(free.sum()) + 1))
    assert (of.rank[~free] == 0).all()
    best_first = np.argsort(of.rank[free])
    assert (np.diff(np.round(of.score[free][best_first], 12)) <= 0).all()


def test_zones_are_those_of_a_plan_that_compares_every_cell(screened):
    of, listing = screened.screen, screened.study.listing
    free = np.flatnonzero(of.rank > 0)
    frame = of.land.frame(free)
    order = np.argsort(of.rank[free])
    whole = siting_zones(frame, order, zones=listing.zones, extent_km=listing.zone_km)
    assert (of.zone[free] == whole.zone).all()
    heads = [f"h3-{of.land.cell[k]:x}" for k in of.head]
    assert screened.places["site_id"].iloc[screened.zones.head].tolist() == heads


def test_the_shortlist_holds_the_best_of_each_zone_and_no_more(screened):
    of = screened.screen
    ids = [f"h3-{cell:x}" for cell in of.land.cell.tolist()]
    zone = pd.Series(of.zone, index=ids)
    rank = pd.Series(of.rank, index=ids)
    short = shortlist(of).set_index("site_id")
    for number in range(1, len(of.head) + 1):
        own = rank[zone == number].sort_values()
        assert set(own.index[:KEPT]) == set(short.index[zone[short.index] == number])
    assert screened.places["kind"].eq("hexagon").all()


def test_every_cell_is_told_once_with_its_rank_and_score(screened, told):
    of = screened.screen
    assert told["h3"].tolist() == [f"{cell:x}" for cell in of.land.cell.tolist()]
    free = told["masked_by"].eq("").to_numpy()
    assert (free == (of.rank > 0)).all()
    assert told.loc[free, "rank"].tolist() == of.rank[free].tolist()
    assert told.loc[free, "score"].to_numpy() == pytest.approx(100 * of.score[free], abs=1e-9)
    assert told.loc[~free, ["rank", "score", "p_first", "port_km"]].isna().all(axis=None)


def test_the_chances_of_a_zone_are_those_of_the_plan(screened, told):
    heads = told.iloc[screened.screen.head]
    table = screened.confidence.table
    for column in ("p_first", "p_top10"):
        assert heads[column].to_numpy() == pytest.approx(table[column], abs=0.004)
    assert (told["p_top5"].dropna() >= told["p_first"].dropna()).all()


def test_blocks_engines_and_workers_give_the_same_bytes(screened, monkeypatch):
    monkeypatch.setattr(screening, "BLOCK", 150)

    def run(engine):
        parts = details(screened.study, screened.facts, screened.screen, engine)
        return pd.concat(parts, ignore_index=True)

    one = run(HERE)
    for engine in (Engine(workers=2), Engine("dask", workers=2)):
        pd.testing.assert_frame_equal(run(engine), one, check_exact=True)


def test_a_screening_where_nothing_is_free_says_how_to_mend_it(screened):
    barren = Hexagons(resolution=4, regions=("EE",), min_people=90_000_000)
    study = screened.study.model_copy(update={"candidates": Candidates(hex=barren)})
    with pytest.raises(SitingError, match="cells are masked") as caught:
        make_plan(study)
    assert "min_people" in str(caught.value)


def test_cells_and_catalogue_sites_are_compared_together_where_both_are_asked_for(screened):
    both = Candidates(sets=("industrial_sites",), hex=Hexagons(resolution=4, regions=("FI",)))
    study = screened.study.model_copy(update={"candidates": both, "confidence": Draws(draws=0)})
    plan = make_plan(study)
    assert {"hexagon", "industrial site"} == set(plan.places["kind"])
    assert next(details(study, plan.facts, plan.screen, HERE)).filter(like="p_").empty
