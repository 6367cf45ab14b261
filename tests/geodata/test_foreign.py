"""Foreign files are parsed in a process of their own; what breaks it is one fault."""

from __future__ import annotations

import socket
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geodata import foreign
from geodata.errors import SitingError
from geodata.userfiles import read_areas, read_points

POINTS = gpd.GeoDataFrame({"name": ["Süd"]}, geometry=[shapely.Point(13.4, 52.5)], crs=4326)


def fault(path: Path) -> str:
    with pytest.raises(SitingError) as caught:
        read_points(path)
    assert len(caught.value.faults) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "with recursive r(n) as (select 1 union all select n + 1 from r) select n, geom from r, a",
        "select * from a",
    ],
)
def test_a_view_is_no_layer(tmp_path: Path, query: str) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path, layer="a")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"CREATE VIEW v AS {query}")
        base.execute("UPDATE gpkg_contents SET table_name = 'v'")
        base.execute("UPDATE gpkg_geometry_columns SET table_name = 'v'")
    assert fault(path).startswith("a.gpkg: the layer v is a view, not a table - ")


def test_the_list_of_layers_is_no_view(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path, layer="a")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("ALTER TABLE gpkg_contents RENAME TO held")
        base.execute("CREATE VIEW gpkg_contents AS SELECT * FROM held")
    assert "gpkg_contents is a view" in fault(path)


def test_changes_beside_a_geopackage_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path, layer="a")
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = wal")
        base.execute("CREATE TABLE more (x)")
        base.commit()
        assert "not written into it yet" in fault(path)
    assert read_points(path)["name"].tolist() == ["Süd"]


def nested(depth: int) -> bytes:
    inner = shapely.to_wkb(shapely.Point(13.4, 52.5), byte_order=1)
    return struct.pack("<BII", 1, 7, 1) * depth + inner


def geoparquet(shape: bytes, path: Path) -> Path:
    POINTS.to_parquet(path)
    table = pq.read_table(path)
    column = table.column_names.index("geometry")
    pq.write_table(table.set_column(column, "geometry", pa.array([shape], pa.binary())), path)
    return path


def test_deep_shapes_break_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    assert read_points(geoparquet(nested(1), path))["name"].tolist() == ["Süd"]
    assert "nested too deeply" in fault(geoparquet(nested(20), path))
    assert "the reader of Parquet broke down on it" in fault(geoparquet(nested(3_000_000), path))


def test_a_dictionary_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), ["x" * 100_000])
    place = pa.array([52.5] * 200_000)
    pq.write_table(pa.table({"lat": place, "lon": place, "t": text}), path, compression="zstd")
    assert path.stat().st_size < 1_000_000
    assert fault(path).startswith("a.parquet: ")


@pytest.mark.parametrize("most", ["MEMORY", "SECONDS"])
def test_memory_and_time_run_out_as_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    path = tmp_path / "a.parquet"
    POINTS.to_parquet(path)
    monkeypatch.setattr(foreign, most, {"MEMORY": 100 << 20, "SECONDS": 0}[most])
    assert "a.parquet: " in fault(path)


def dbf_without_cpg(folder: Path, encoding: str, code_page: int) -> Path:
    path = folder / "sites.shp"
    POINTS.to_file(path, encoding=encoding)
    path.with_suffix(".cpg").unlink()
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[29] = code_page
    table.write_bytes(content)
    return path


def test_text_of_a_shapefile_that_names_no_encoding(tmp_path: Path) -> None:
    assert read_points(dbf_without_cpg(tmp_path, "UTF-8", 0))["name"].tolist() == ["Süd"]
    assert read_points(dbf_without_cpg(tmp_path, "CP1252", 3))["name"].tolist() == ["Süd"]
    path = dbf_without_cpg(tmp_path, "CP1252", 0)
    assert fault(path) == (
        "sites.shp: the file does not say its encoding - "
        "add a .cpg file that names it (UTF-8, 1252, ...), or save it as GeoPackage"
    )
    path.with_suffix(".cpg").write_text("UTF-8")
    assert "row 2, name: not UTF-8 text" in fault(path)


def test_a_letter_cut_by_the_width_of_its_column_goes(tmp_path: Path) -> None:
    path = dbf_without_cpg(tmp_path, "UTF-8", 0)
    table = path.with_suffix(".dbf")
    content = table.read_bytes()
    start = content.index("Süd".encode())
    width = content[32 + 16]
    cell = b"x" * (width - 1) + "ü".encode()[:1]
    table.write_bytes(content[:start] + cell + content[start + width :])
    assert read_points(path)["name"].tolist() == ["x" * (width - 1)]


def test_a_feature_layer_without_some_shapes_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    shapes = [shapely.box(0, 0, 1, 1), None]
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=shapes, crs=4326).to_file(path)
    areas = read_areas(path)
    assert (areas["n"].tolist(), areas.attrs["without_shape"]) == ([1], 1)


REACHES_OUT = """
import os, socket, sys
from geodata.foreign_child import _confine
_confine(1 << 32, 50)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
except OSError:
    print("nobody")
try:
    with open(sys.argv[2], "w") as file:
        file.write("x")
except OSError:
    print("nothing")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process keeps its network")
def test_the_reader_reaches_and_writes_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        words = [sys.executable, "-c", REACHES_OUT, port, str(tmp_path / "x")]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["nobody", "nothing"]
