from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyproj
import pytest
from sample_brief import sample_brief

from maps.print import locator
from maps.print.locator import pictures, regions


def sites(places: list[tuple[str, float, float]]) -> pd.DataFrame:
    names, lat, lon = zip(*places, strict=True)
    return pd.DataFrame({"rank": range(1, len(names) + 1), "name": names, "country_name": names,
                         "lat": lat, "lon": lon, "sure": 0.25})  # fmt: skip


WIDE = sites([("Vaasa", 63.1, 21.6), ("Kuching", 1.6, 110.4), ("Tampere", 61.5, 23.8),
              ("Nashville", 36.2, -86.8), ("Dumai", 1.7, 101.4)])  # fmt: skip


def test_sites_that_are_near_share_a_region_numbered_by_the_best() -> None:
    at = regions(WIDE["lat"].to_numpy(), WIDE["lon"].to_numpy())
    assert at.tolist() == [0, 1, 0, 2, 1]
    assert regions(np.array([60.0]), np.array([20.0])).tolist() == [0]


def test_five_continents_become_three_regions() -> None:
    lat, lon = np.array([60.0, 40, -20, -30, 35]), np.array([20.0, -100, -60, 140, 110])
    assert sorted(set(regions(lat, lon))) == [0, 1, 2]


def test_a_picture_a_region_and_the_world_before_them() -> None:
    found = pictures(WIDE, sample_brief().ground)
    assert [(p.letter, p.label) for p in found] == [
        ("", "The world"), ("A", "Vaasa, Tampere"), ("B", "Kuching, Dumai"), ("C", "Nashville"),
    ]  # fmt: skip
    ranks = [sorted(map(int, re.findall(r'class="rank"[^>]*>(\d+)<', p.svg))) for p in found]
    assert ranks == [[], [1, 3], [2, 5], [4]]
    for name in WIDE["name"]:
        assert sum(f">{name}</text>" in p.svg for p in found) == 1


def test_a_lonely_site_stands_in_the_middle_of_its_picture() -> None:
    _, picture = pictures(WIDE.iloc[3:4], sample_brief().ground)
    wide, high = locator.SIZES[1]
    x, y = map(float, re.search(r'class="rank" x="([\d.]+)" y="([\d.]+)"', picture.svg).groups())
    assert x == pytest.approx(wide / 2, abs=1)
    assert y == pytest.approx(high / 2, abs=6)  # of the text's baseline


def test_the_scale_bar_holds_along_the_ground() -> None:
    frame = locator.frame_of(WIDE.iloc[[0, 2]], (400, 300))
    spots = frame.spots(*WIDE.iloc[[0, 2]][["lon", "lat"]].to_numpy().T)
    apart = np.hypot(*(spots[1] - spots[0]))
    km = pyproj.Geod(a=6371000, b=6371000).inv(21.6, 63.1, 23.8, 61.5)[2] / 1000
    bar = "".join(locator.scale_bar(frame))
    told = float(re.search(r">(\d+) km<", bar)[1])
    drawn = float(re.search(r"H([\d.]+)V", bar)[1]) - 8
    assert apart / km == pytest.approx(drawn / told, rel=0.01)


def test_the_ring_is_as_long_as_the_chance() -> None:
    _, picture = pictures(WIDE.iloc[3:4], sample_brief().ground)
    ring, around = map(
        float, re.search(r'stroke-dasharray="([\d.]+) ([\d.]+)"', picture.svg).groups()
    )
    assert ring / around == pytest.approx(0.25, abs=0.01)
    _, unsure = pictures(WIDE.iloc[3:4].assign(sure=np.nan), sample_brief().ground)
    assert "stroke-dasharray" not in unsure.svg


def test_sites_on_both_sides_of_the_antimeridian_are_one_region() -> None:
    both = sites([("Suva", -18.1, 178.4), ("Apia", -13.8, -171.8)])
    _, picture = pictures(both, sample_brief().ground)
    assert re.findall(r'class="rank"[^>]*>(\d+)<', picture.svg).__len__() == 2
    shore = [float(x) for x in re.findall(r"[ML]([-\d.]+) ", picture.svg)]
    assert -5 <= min(shore) <= max(shore) <= locator.SIZES[1][0] + 5


def test_no_site_no_picture() -> None:
    assert pictures(WIDE.iloc[:0], sample_brief().ground) == ()
