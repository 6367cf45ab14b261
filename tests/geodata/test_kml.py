"""KML and KMZ as lists and layers, and what such a file may be made to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geodata import spatialfiles
from geodata.errors import SitingError
from geodata.userfiles import read_areas, read_points

POINT = "<Point><coordinates>{},0</coordinates></Point>"
AREA = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>13,52 14,52 14,53 13,52</coordinates>"
    "</LinearRing></outerBoundaryIs></Polygon>"
)
DATA = (
    '<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="area_ha">12.5</SimpleData>'
    "</SchemaData></ExtendedData>"
)
SCHEMA = '<Schema name="s" id="s"><SimpleField type="double" name="area_ha"/></Schema>'


def mark(name: str, shape: str, more: str = "") -> str:
    return f"<Placemark><name>{name}</name>{more}{shape}</Placemark>"


def kml(path: Path, inner: str, before: str = "") -> Path:
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Mine</name>{SCHEMA}{inner}'
        "</Document></kml>"
    )
    path.write_text(text, encoding="utf-8")
    return path


def kmz(path: Path, source: Path, name: str = "doc.kml", **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(source, name)
        for other, content in more.items():
            archive.writestr(other.replace("_", "."), content)
    return path


def fault(path: Path) -> str:
    with pytest.raises(SitingError) as caught:
        read_points(path)
    assert len(caught.value.faults) == 1
    return str(caught.value)


@pytest.mark.parametrize("packed", [False, True])
def test_names_data_and_folders_are_read(tmp_path: Path, *, packed: bool) -> None:
    first = mark("宁德 Quay", POINT.format("23.13,63.84"), DATA)
    second = mark("Yard", POINT.format("13.4,52.52"))
    path = kml(
        tmp_path / "a.kml",
        f"<Folder><name>North</name>{first}</Folder><Folder><name>South</name>{second}</Folder>",
    )
    if packed:
        path = kmz(tmp_path / "a.kmz", path, files_png=b"no picture")
    rows = read_points(path)
    assert rows[["name", "lat", "lon", "folder"]].to_numpy().tolist() == [
        ["宁德 Quay", 63.84, 23.13, "North"], ["Yard", 52.52, 13.4, "South"],
    ]  # fmt: skip
    assert rows["area_ha"].tolist()[0] == 12.5
    drawn = {"icon", "visibility", "tessellate", "altitudemode", "extrude", "draworder"}
    assert not drawn & {name.lower() for name in rows}


def test_a_document_without_a_name_is_read_alike_each_time(tmp_path: Path) -> None:
    place = mark("Yard", POINT.format("13.4,52.52"))
    path = tmp_path / "a.kml"
    path.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{place}'
        f"<Folder><name>North</name>{place}</Folder></Document></kml>"
    )
    rows = read_points(path)
    assert sorted(rows["folder"]) == ["", "North"]
    pd.testing.assert_frame_equal(rows, read_points(path))


def test_areas_are_a_layer(tmp_path: Path) -> None:
    areas = read_areas(kml(tmp_path / "a.kml", mark("Park", AREA)))
    assert areas.geometry.iloc[0].bounds == (13, 52, 14, 53)
    assert areas.crs.to_epsg() == 4326


def test_a_candidate_is_a_point(tmp_path: Path) -> None:
    marks = mark("Yard", POINT.format("13.4,52.52")) + mark("Park", AREA) + mark("None", "")
    path = kml(tmp_path / "a.kml", marks)
    with pytest.raises(SitingError) as caught:
        read_points(path)
    assert [(f.row, f.what) for f in caught.value.faults] == [
        (3, "a candidate must be a point"), (4, "no coordinates"),
    ]  # fmt: skip


def test_links_are_not_followed(tmp_path: Path) -> None:
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    said = (
        "a.kml: the file has no placemarks - save the placemarks themselves: links are not followed"
    )
    assert fault(kml(tmp_path / "a.kml", link)) == said
    both = kml(tmp_path / "b.kml", link + mark("Yard", POINT.format("13.4,52.52")))
    assert read_points(both)["name"].tolist() == ["Yard"]


def test_entities_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE kml [<!ENTITY x0 "ha">{entities}]>'
    path = kml(tmp_path / "a.kml", mark("&x11;", POINT.format("1,2")), laughs)
    assert fault(path) == ("a.kml: it declares entities (DOCTYPE) - save it again without them")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<kml", "damaged"),
        ("{}", "this is no KML file"),
        ("<html><body>404</body></html>", "damaged"),
    ],
)
def test_what_is_no_kml(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.kml"
    path.write_text(content)
    assert said in fault(path)
    assert "pyogrio" not in fault(path)
    assert fault(path) == fault(path)


def test_archives_that_say_too_little_or_hold_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kml(tmp_path / "a.kml", mark("Yard", POINT.format("13.4,52.52")))
    two = kmz(tmp_path / "two.kmz", source, "a.kml", b_kml=b"<kml/>")
    assert "2 KML files and none of them is doc.kml" in fault(two)
    (tmp_path / "cut.kmz").write_bytes(two.read_bytes()[:60])
    assert "damaged archive" in fault(tmp_path / "cut.kmz")
    monkeypatch.setitem(spatialfiles.LIMITS, "max_unpacked", 100)
    assert "too large unpacked" in fault(kmz(tmp_path / "b.kmz", source))
