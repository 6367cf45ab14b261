import geopandas as gpd
import numpy as np
import pytest
import shapely

from siting.screening import survey
from siting.study.sources import Candidates, Exclusion, Hexagons
from siting.study.studyfile import changed
from siting.world import candidates


@pytest.fixture(scope="module")
def common(screened):
    return survey.shared(screened.study, screened.facts, candidates.Own())


@pytest.fixture(scope="module")
def cells(screened):
    return screened.screen.land.frame(slice(None))


def test_a_cell_scores_what_a_place_of_the_users_at_its_centre_does(screened, common, cells):
    scores = survey.scores(common, cells)
    places = screened.places
    at = {f"h3-{cell:x}": k for k, cell in enumerate(screened.screen.land.cell.tolist())}
    own = scores[[at[name] for name in places["site_id"]]]
    assert own == pytest.approx(screened.utility, abs=1e-12)


def test_the_score_of_a_cell_does_not_depend_on_its_block(common, cells):
    whole = survey.scores(common, cells)
    parts = [survey.scores(common, cells[:100]), survey.scores(common, cells[100:])]
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-12, nan_ok=True)


def test_cells_without_road_or_people_are_masked_and_the_first_rule_is_named(common, cells):
    rule = survey.masks(common, cells)
    points = cells[["lat", "lon"]].to_numpy()
    far = common.demand.field.gap_km(points) > 25
    few = survey.people_around(points) < 30_000
    assert (rule.eq("") == ~(far | few)).all()
    assert (rule[far] == "cell:road").all()
    assert (rule[few & ~far] == "cell:people").all()
    assert far.any()
    assert (few & ~far).any()


def test_the_users_layers_and_their_buffers_mask_cells(common, cells, tmp_path):
    lake = gpd.GeoDataFrame({"name": ["l"]}, geometry=[shapely.box(25, 58, 26, 59)], crs=4326)
    file = tmp_path / "lake.geojson"
    lake.to_file(file)
    masked = {}
    for buffer in (0.0, 60.0):
        study = common.study.model_copy(
            update={"exclude": (Exclusion(file=file, buffer_km=buffer),)}
        )
        own = candidates.read_own(study)
        rule = survey.masks(survey.Shared(study, common.facts, own, common.demand), cells)
        masked[buffer] = set(np.flatnonzero(rule == "layer:lake.geojson"))
    inside = shapely.contains_xy(lake.geometry[0], cells["lon"], cells["lat"])
    assert masked[0.0] == set(np.flatnonzero(inside))
    assert masked[0.0] < masked[60.0]


def test_looser_masks_only_ever_free_cells(common, cells):
    loose = Hexagons(resolution=4, regions=("EE",), min_people=0, max_road_km=1000)
    study = changed(common.study, {"candidates": Candidates(hex=loose).model_dump()})
    freed = survey.masks(survey.Shared(study, common.facts, common.own, common.demand), cells)
    assert freed.eq("").all()


def test_a_block_without_a_free_cell_has_no_scores(common, cells):
    barren = cells[survey.masks(common, cells).ne("").to_numpy()]
    assert np.isnan(survey.scores(common, barren)).all()
