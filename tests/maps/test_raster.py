import base64
import io

import h3.api.numpy_int as h3
import numpy as np
import pytest
from PIL import Image

from maps import palette, raster


@pytest.fixture(scope="module")
def cells():
    """Every cell of resolution 5 in six of resolution 1, north and south, one at the date line."""
    parents = [h3.latlng_to_cell(lat, lon, 1) for lat, lon in
               ((52, 10), (48, 2), (-33, 150), (35, -90), (60, 25), (-17, 179.9))]  # fmt: skip
    return np.sort(np.concatenate([h3.cell_to_children(p, 5) for p in parents]))


def image(picture):
    return Image.open(io.BytesIO(base64.b64decode(picture.png.partition(",")[2])))


def pixel(picture, lat, lon):
    south, west, north, east = picture.bounds
    held = np.array(image(picture))
    x0, y0 = raster._mercator(np.array([[north, west]]))
    x1, y1 = raster._mercator(np.array([[south, east]]))
    x, y = raster._mercator(np.array([[lat, lon]]))
    row = int((y[0] - y0[0]) / (y1[0] - y0[0]) * held.shape[0])
    column = int((x[0] - x0[0]) / (x1[0] - x0[0]) * held.shape[1])
    return int(held[row, column])


def test_classes_are_the_best_shares_of_what_is_ranked():
    rank = np.r_[np.arange(1, 1001), np.zeros(500, int)]
    of = raster.classes(rank)
    assert np.bincount(of).tolist() == [500, 10, 40, 50, 150, 750]
    assert (np.diff(of[:1000].astype(int)) >= 0).all()


def test_parents_are_those_of_h3_with_the_best_class_in_each(cells):
    rng = np.random.default_rng(1)
    of = rng.integers(1, 6, len(cells)).astype(np.uint8)
    for wide in (0, 2, 4):
        found, best = raster._parents(cells, of, wide, 5)
        by_hand = {}
        for cell, k in zip(cells.tolist(), of.tolist(), strict=True):
            parent = h3.cell_to_parent(cell, wide)
            by_hand[parent] = min(by_hand.get(parent, 9), k)
        assert dict(zip(found.tolist(), best.tolist(), strict=True)) == by_hand


def test_a_cell_has_its_colour_where_it_lies(cells):
    of = np.full(len(cells), 5, np.uint8)
    best = cells[::400]
    of[::400] = 1
    near = raster.pictures(cells, of)[-1]
    for cell in best.tolist():
        lat, lon = h3.cell_to_latlng(cell)
        assert abs(lon) > 170 or pixel(near, lat, lon) in (1, 5)
    shown = [pixel(near, *h3.cell_to_latlng(c)) for c in best.tolist()
             if abs(h3.cell_to_latlng(c)[1]) < 170]  # fmt: skip
    assert np.mean(np.array(shown) == 1) > 0.9
    assert pixel(near, 0.0, -30.0) == 0  # nothing there


def test_from_afar_the_best_spot_still_shows():
    world = np.sort(np.concatenate([h3.cell_to_children(c, 4) for c in h3.get_res0_cells()]))
    of = np.full(len(world), 5, np.uint8)
    spot = int(np.flatnonzero(world == h3.latlng_to_cell(47.0, 8.0, 4))[0])
    of[spot] = 1
    afar = raster.pictures(world, of)[0]
    assert afar.from_zoom == 0
    assert pixel(afar, 47.0, 8.0) == 1


def test_pictures_are_small_true_to_the_palette_and_the_same_each_time(cells):
    of = (np.arange(len(cells)) % 5 + 1).astype(np.uint8)
    drawn = raster.pictures(cells, of)
    assert drawn == raster.pictures(cells, of)
    assert [p.from_zoom for p in drawn] == [0, raster.NEAR_ZOOM][: len(drawn)]
    assert sum(len(p.png) for p in drawn) < 400_000
    colours = np.array(image(drawn[-1]).getpalette()[: 3 * 6]).reshape(-1, 3)
    assert ["#{:02X}{:02X}{:02X}".format(*c) for c in colours[1:]] == list(palette.CELLS)


def test_nothing_free_draws_nothing(cells):
    assert raster.pictures(cells, np.zeros(len(cells), np.uint8)) == []
