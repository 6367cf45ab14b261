import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.confidence.draws import draw
from siting.confidence.uncertainty import model_of
from siting.model.appraisal import appraise
from siting.pipeline import make_plan
from siting.screening import screen as screening
from siting.screening.engine import Engine
from siting.screening.screen import KEPT, details, shortlist
from siting.study.sources import Candidates, Hexagons
from siting.study.study import Draws

HERE = Engine(workers=1)


@pytest.fixture(scope="module")
def described(screened):
    return pd.concat(
        details(screened.study, screened.facts, screened.screen, HERE), ignore_index=True
    )


def test_ranks_go_from_the_best_cell_to_the_worst_and_leave_none_out(screened):
    of = screened.screen
    free = np.isfinite(of.utility)
    assert sorted(of.rank[free]) == list(range(1, int(free.sum()) + 1))
    assert (of.rank[~free] == 0).all()
    best_first = np.argsort(of.rank[free])
    assert (np.diff(np.round(of.utility[free][best_first], 12)) <= 0).all()


def test_zones_are_cut_among_the_free_cells_of_one_country(screened):
    of = screened.screen
    assert (of.zone[of.rank == 0] == 0).all()
    country = of.land.frame(slice(None))["country"]
    for number, head in enumerate(of.head, start=1):
        own = np.flatnonzero(of.zone == number)
        assert head == own[np.argmin(of.rank[own])]
        assert len(set(country.iloc[own])) == 1
    heads = {f"h3-{of.land.cell[k]:x}" for k in of.head}
    assert heads <= set(screened.places["site_id"])


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


def test_every_cell_is_described_once_with_its_rank_and_score(screened, described):
    of = screened.screen
    assert described["h3"].tolist() == [f"{cell:x}" for cell in of.land.cell.tolist()]
    free = described["masked_by"].eq("").to_numpy()
    assert (free == (of.rank > 0)).all()
    assert described.loc[free, "rank"].tolist() == of.rank[free].tolist()
    assert described.loc[free, "utility"].to_numpy() == pytest.approx(of.utility[free], abs=1e-9)
    assert described.loc[~free, ["rank", "utility", "p_first", "port_km"]].isna().all(axis=None)


def test_the_chances_of_cells_are_those_of_their_scores_among_the_heads(screened, described):
    of, study, facts = screened.screen, screened.study, screened.facts
    some = np.concatenate([of.head, np.flatnonzero(of.rank > 0)[::25]])
    seen = appraise(study, facts, screened.demand, of.land.frame(some))
    model = model_of(study, facts, seen, np.arange(len(some)))
    asked = study.confidence
    drawn = draw(model, asked.draws, asked.seed, asked.concentration)
    score = model.utility(drawn, slice(0, asked.draws))
    heads = score[: len(of.head)]
    for row, cell in zip(score, some, strict=True):
        others = np.delete(heads, of.zone[cell] - 1, axis=0) if of.zone[cell] else heads
        ahead = (others > row).sum(axis=0)
        for rank, column in ((1, "p_first"), (5, "p_top5"), (10, "p_top10")):
            share = described[column].iloc[cell]
            assert share == pytest.approx((ahead < rank).mean(), abs=0.004)
    assert (described["p_top5"].dropna() >= described["p_first"].dropna()).all()


def test_the_chance_that_it_pays_falls_with_what_a_tonne_loses(described):
    free = described[described["masked_by"].eq("")]
    assert free["chance_it_pays"].between(0, 1).all()
    lost = free["margin_usd_per_t"].rank()
    assert np.corrcoef(lost, free["chance_it_pays"].rank())[0, 1] > 0.5


def test_blocks_engines_and_workers_give_the_same_bytes(screened, monkeypatch):
    monkeypatch.setattr(screening, "BLOCK", 150)

    def run(engine):
        parts = details(screened.study, screened.facts, screened.screen, engine)
        return pd.concat(parts, ignore_index=True)

    one = run(HERE)
    for engine in (Engine(workers=2), Engine("dask", workers=2)):
        pd.testing.assert_frame_equal(run(engine), one, check_exact=True)


def test_a_screening_where_nothing_is_free_says_what_to_loosen(screened):
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
