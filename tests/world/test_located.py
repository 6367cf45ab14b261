from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.places import locate
from siting.support.cachefolder import ENV
from siting.world import located as module
from siting.world.located import located

POINTS = pd.DataFrame(
    {
        "lat": [64.75, 51.5, 48.86, 0.0, 35.8],
        "lon": [20.95, 7.5, 2.35, -30.0, -5.8],
        "country": ["SE", "", "FR", "", "MA"],
    }
)


@pytest.mark.parametrize("names", [["lat", "lon", "country"], ["lat", "lon"]])
def test_points_lie_where_locate_says_found_or_kept(names, monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    points = POINTS[names]
    expected = locate(*(points[name].to_numpy() for name in names))
    for _ in range(2):
        pd.testing.assert_frame_equal(located(points), expected, check_dtype=False)
    assert len(list(tmp_path.glob("*.npy"))) == 1


def test_what_is_kept_is_not_looked_for_again_and_another_point_is(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    located(POINTS)
    asked = []
    monkeypatch.setattr(module, "locate", lambda *given: asked.append(given) or locate(*given))
    located(POINTS)
    assert not asked
    located(POINTS.assign(lat=POINTS["lat"] + 0.01))
    assert len(asked) == 1


def test_a_missing_country_is_none_stated(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    stated = located(POINTS.assign(country=[None, np.nan, "FR", "", "MA"]))
    assert stated["country"].tolist() == ["SE", "DE", "FR", "", "MA"]


def test_a_place_off_the_globe_is_a_fault_and_nothing_is_kept(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    with pytest.raises(SitingError, match="out of range"):
        located(POINTS.assign(lat=95.0))
    assert not list(tmp_path.glob("*.npy"))
