"""The builders' pure pieces; the packages that they read are not needed here."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from polyline import decode

from geodata import geometry
from geodata.build import basemap, countries, names, ports, regions, sources, zones

BUILD = Path(regions.__file__).parent


# ---- basemap -------------------------------------------------------------------------------

thousandths = arrays(np.int64, st.tuples(st.integers(2, 30), st.just(2)),
                     elements=st.integers(-180_000, 180_000))  # fmt: skip


@given(thousandths)
def test_encode_is_undone_by_decode(steps: np.ndarray) -> None:
    kept = steps[np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]]
    code = basemap.encode(steps / 1000)
    if len(kept) < 2:
        assert code == ""
    else:
        assert np.rint(np.asarray(decode(code)) * 1000).astype(int).tolist() == kept.tolist()


def test_encode_gives_the_published_example() -> None:
    line = [(3850.0, -12020.0), (4070.0, -12095.0), (4325.2, -12645.3)]
    assert basemap.encode(line) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


def test_unwrap_follows_a_line_over_180_degrees() -> None:
    line = np.array([[179.0, 0.0], [-179.0, 1.0], [-178.0, 2.0], [179.5, 3.0]])
    assert basemap.unwrap(line)[:, 0].tolist() == [179.0, 181.0, 182.0, 179.5]


def test_cut_splits_an_area_at_180_degrees_and_keeps_its_size() -> None:
    pieces = basemap.cut(shapely.box(170.0, -5.0, 195.0, 5.0))
    assert sorted(shapely.bounds(pieces)[:, [0, 2]].tolist()) == [[-180.0, -165.0], [170.0, 180.0]]
    assert sum(shapely.area(pieces)) == pytest.approx(250.0)
    assert basemap.cut(shapely.box(0, 0, 1, 1)) == [shapely.box(0, 0, 1, 1)]
    line = basemap.cut(shapely.linestrings([(-181.0, 0.0), (-179.0, 0.0)]))
    assert sorted(shapely.bounds(line)[:, 0].tolist()) == [-180.0, 179.0]


def test_off_the_cut_leaves_the_meridian_out() -> None:
    line = np.array([[170, 0], [180, 0], [180, 5], [180, 9], [175, 9]], dtype=float)
    kept = [part.tolist() for part in basemap.off_the_cut(line)]
    assert kept == [[[170, 0], [180, 0]], [[180, 9], [175, 9]]]


def test_simplify_thins_a_coast_and_spares_a_small_island() -> None:
    coast = np.column_stack([np.linspace(0, 1, 101), 0.001 * np.sin(np.arange(101))])
    assert len(basemap.simplify(coast)) == 2
    angle = np.linspace(0, 2 * np.pi, 33)
    island = 0.01 * np.column_stack([np.cos(angle), np.sin(angle)])
    island[-1] = island[0]
    thin = basemap.simplify(island)
    assert 4 <= len(thin) < len(island)
    assert thin[0].tolist() == thin[-1].tolist()


def square(shift: float) -> list[list[int]]:
    """Arc indices of the left (0) and right (1) square of `SHARED`."""
    return [[0, 1]] if shift == 0 else [[~0, 2]]


SHARED = [
    np.array([[1.0, 0.0], [1.0, 1.0]]),  # the common border
    np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]),
    np.array([[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0]]),
]


def test_lines_are_borders_between_two_countries_and_coasts_of_one() -> None:
    borders, coast = basemap.lines_of(SHARED, {"AA": [square(0)], "BB": [square(1)]})
    assert [line.tolist() for line in borders] == [[[1, 0], [1, 1]]]
    assert len(coast) == 2
    borders, coast = basemap.lines_of(SHARED, {"AA": [square(0), square(1)]})
    assert borders == []  # a line within one country is none


def test_areas_join_their_arcs() -> None:
    (left,), (right,) = (basemap.areas(SHARED, [square(i)]) for i in (0, 1))
    assert left.equals(shapely.box(0, 0, 1, 1))
    assert right.equals(shapely.box(1, 0, 2, 1))


def test_middle_of_a_ring_shaped_area_lies_inside_it() -> None:
    horseshoe = shapely.Point(10, 60).buffer(5).difference(shapely.box(9, 54, 20, 64))
    assert horseshoe.contains(shapely.Point(basemap.middle(horseshoe)))


# ---- regions, countries, zones -------------------------------------------------------------


def test_codes_follow_iso_and_drop_makeshift_ones() -> None:
    raw = pd.DataFrame(
        [
            ("NO", "NO-16", "NOR"), ("NO", "NO-17", "NOR"), ("SE", "SE-Y", "SWE"),
            ("AX", "AX-X11~", "ALD"), ("XK", "XK-X02~", "KOS"), ("RU", "UA-43", "RUS"),
            ("IN", "-99-X06~", "KAS"), ("OM", "OM-BA", "OMN"), ("PR", "US-PR", "PRI"),
        ],
        columns=["iso_a2", "iso_3166_2", "adm0_a3"],
    )  # fmt: skip
    got = regions.codes(raw)
    assert got["country"].tolist() == ["NO", "NO", "SE", "FI", "XK", "UA", "", "OM", "PR"]
    assert got["region"].tolist() == [
        "NO-50", "NO-50", "SE-Y", "FI-01", "", "UA-43", "", "OM-BS", "",
    ]  # fmt: skip


def test_recoding_ends_at_once() -> None:
    # codes are replaced once: no new code of another region may be an old one
    old, new = set(regions.RECODE), set(regions.RECODE.values())
    assert {code for code in old & new if code.startswith(("NO", "PL", "OM"))} == set()
    assert all(a[:3] == b[:3] for a, b in regions.RECODE.items())


def test_cut_by_towns_gives_each_point_to_its_nearest_town() -> None:
    outline = shapely.box(0, 0, 10, 4)
    pieces = regions.cut_by_towns(
        outline,
        np.array([1.0, 3.0, 8.0]),
        np.array([2.0, 2.0, 2.0]),
        np.array(["A", "A", "B"], dtype=object),
    )
    assert pieces["A"].equals(shapely.box(0, 0, 5.5, 4))
    assert pieces["B"].equals(shapely.box(5.5, 0, 10, 4))


def test_polygons_only_mends_and_drops_what_has_no_area() -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.Point(5, 5)])
    line = shapely.LineString([(0, 0), (1, 1)])
    got = regions.polygons_only(np.array([bow, mixed, line], dtype=object))
    assert shapely.is_valid(got).all()
    assert shapely.area(got).tolist() == pytest.approx([2.0, 1.0, 0.0])
    assert [g.geom_type for g in got] == ["MultiPolygon"] * 3


def test_dissolve_joins_and_keeps_the_larger_name() -> None:
    frame = gpd.GeoDataFrame(
        {"country": ["AA", "AA"], "region": ["AA-1", "AA-1"], "name": ["small", "large"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 4, 1)],
        crs="EPSG:4326",
    )
    got = regions.dissolve(frame, ["country", "region"])
    assert got[["country", "region", "name"]].to_numpy().tolist() == [["AA", "AA-1", "large"]]
    assert got.geometry[0].equals(shapely.box(0, 0, 4, 1))


def test_western_sahara_is_cut_off() -> None:
    frame = gpd.GeoDataFrame(
        {"country": ["MA"], "region": ["MA-10"], "name": ["x"]},
        geometry=[shapely.box(-13, 26, -10, 30)],
        crs="EPSG:4326",
    )
    got = regions.free_western_sahara(frame).set_index("country")
    assert got.geometry["EH"].bounds[3] == got.geometry["MA"].bounds[1] == 27.6667
    assert got["region"]["EH"] == ""


def test_on_grid_keeps_common_borders_common() -> None:
    left, right = shapely.box(0, 0, 0.33333, 1), shapely.box(0.33333, 0, 1, 1)
    a, b = sources.on_grid(np.array([left, right], dtype=object))
    assert a.bounds[2] == b.bounds[0]
    assert a.bounds[2] * 2**13 == round(a.bounds[2] * 2**13)


def test_every_country_has_one_world_region() -> None:
    listed = [code for codes in countries.SUBREGIONS.values() for code in codes]
    assert len(listed) == len(set(listed))
    assert len(countries.SUBREGIONS) == 23  # 22 subregions and Antarctica


@pytest.mark.parametrize(
    ("stem", "code"),
    [("SE_2", "SE2"), ("DK_1", "DK1"), ("DE_LU", "DE_LU"), ("IT_NORD", "IT_NORD"), ("FI", "FI")],
)
def test_zone_codes(stem: str, code: str) -> None:
    assert zones.code(stem) == code


# ---- ports ---------------------------------------------------------------------------------


def test_minutes_taken_for_decimals_are_read_again() -> None:
    got = ports.as_minutes([54.06, -5.54, 20.5, 10.75, 10.123, 0.0, -0.3])
    np.testing.assert_allclose(got, [54.1, -5.9, 20 + 50 / 60, np.nan, np.nan, 0.0, -0.5])


def test_port_names_are_reduced_to_letters() -> None:
    names = pd.Series(
        ["São Sebastião", "Semarang, Java", "Portland (Oregon)", "Vado/Bologna", "St. John's"]
    )
    assert ports.plain(names).tolist() == [
        "saosebastiao",
        "semarang",
        "portland",
        "vado",
        "stjohns",
    ]


def test_ports_by_hand_are_complete_and_at_home() -> None:
    hand = pd.DataFrame(ports.BY_HAND, columns=["locode", "name", "lat", "lon"])
    assert hand["locode"].is_unique
    layer = geometry.layer("ports").set_index("locode")
    pd.testing.assert_frame_equal(
        layer.loc[hand["locode"], ["lat", "lon"]], hand.set_index("locode")[["lat", "lon"]]
    )


# ---- packages ------------------------------------------------------------------------------


def test_npm_packages_are_pinned_and_the_lock_names_no_host() -> None:
    wanted = json.loads((BUILD / "package.json").read_text(encoding="utf-8"))["dependencies"]
    text = (BUILD / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(text)["packages"]
    assert "://" not in text
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in entry for path, entry in locked.items() if path)


def test_missing_packages_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITING_NPM", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="make layers"):
        sources.npm("world-atlas")
    with pytest.raises(ModuleNotFoundError, match="make layers"):
        sources.pip("no_such_package_here")


def test_write_gives_the_same_bytes_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sources, "LAYERS", tmp_path)
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    first = sources.write(frame, "x").read_bytes()
    assert sources.write(frame, "x").read_bytes() == first
    assert gpd.read_parquet(tmp_path / "x.parquet").equals(frame)


# ---- names ---------------------------------------------------------------------------------


def test_names_of_towns_are_distinct_words_of_the_scripts_that_are_searched() -> None:
    others = ["GOT", "ge de bao", "Goteborg", "Göteborg", "Gothenburg", "Goeteborg", "Гётеборг",
              "哥德堡", "예테보리", "ヨーテボリ", "Göteborg 2", "G\u0434"]  # fmt: skip
    east = ["ヨーテボリ", "哥德堡", "예테보리"]
    assert names.distinct("Gothenburg", others) == ["Goeteborg", "Göteborg", *east]
    assert names.distinct("Goteborg", others) == ["Goeteborg", "Gothenburg", *east]
