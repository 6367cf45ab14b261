"""What people and programs put into cells, headings and shapes by mistake or on purpose."""

from __future__ import annotations

import datetime as dt
import decimal

PLACES = (
    ("Vaasa", 63.096, 21.616, "FI"), ("Kokkola", 63.838, 23.13, "FI"), ("Pori", 61.485, 21.797, "FI"),
    ("Skellefteå", 64.75, 20.95, "SE"), ("Västerås", 59.61, 16.545, "SE"), ("Łódź", 51.76, 19.456, "PL"),
    ("Wrocław", 51.108, 17.039, "PL"), ("Debrecen", 47.53, 21.64, "HU"), ("Győr", 47.687, 17.65, "HU"),
    ("Erfurt", 50.978, 11.03, "DE"), ("Salzgitter", 52.154, 10.333, "DE"), ("Dunkerque", 51.03, 2.37, "FR"),
    ("Zaragoza", 41.65, -0.88, "ES"), ("Navalmoral", 39.89, -5.54, "ES"), ("Évora", 38.57, -7.91, "PT"),
    ("Tanger", 35.76, -5.83, "MA"), ("Kénitra", 34.26, -6.58, "MA"), ("Nevada", 39.53, -119.5, "US"),
    ("Chattanooga", 35.05, -85.31, "US"), ("Vidalia", 31.56, -91.43, "US"), ("Bécancour", 46.34, -72.43, "CA"),
    ("Monterrey", 25.67, -100.31, "MX"), ("Antofagasta", -23.65, -70.36, "CL"), ("Pohang", 36.03, 129.36, "KR"),
    ("大阪", 34.69, 135.5, "JP"), ("Kendal", -6.95, 110.2, "ID"), ("Kulim", 5.37, 100.56, "MY"),
    ("Chennai", 13.0, 80.2, "IN"), ("Perth", -31.95, 115.86, "AU"), ("Richards Bay", -28.75, 32.05, "ZA"),
)  # fmt: skip

NUMBERS = (
    "", " ", "0", "-0", "1e400", "-1e400", "1e-400", "NaN", "nan", "inf", "-Infinity", "63,84", "63.84°",
    "63°50'18\"N", "N63.8", "1_000", "0x3F", "٦٣", "６３", "+63.8", "--5", "5-", "1 000", "1.000,5", "6.3.8",
    "true", "None", "#DIV/0!", "#REF!", "=1+1", "90.0000001", "-90", "90", "180", "-180", "181", "360",
    "5000000", "9" * 400, "0." + "0" * 300 + "1", "63.84\n", "63.84\x00", "\ufeff63.84", "63.84\u200b", "½",
    "1e2", "1E+1", ".5", "5.", "e5", "١", "1/2", "null", "N/A", "-", "?", "unknown", "2026-01-02",
)  # fmt: skip
TEXTS = (
    "", " ", "NA", "NaN", "null", "None", "true", "=1+1", "+1", "-5", "@SUM(A1)", '=HYPERLINK("http://x")',
    "<script>alert(1)</script>", "&amp;", "\\", "a\\nb", "[bold]x[/bold]", "{{7*7}}", "%s%n", "../../etc/passwd",
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "\u202eabc", "\u2066x", "a\x00b", "a\tb", "a\nb", "a\r\nb",
    "\u2028", "x" * 5_000, "ü" * 300, "👩‍👩‍👧", "e\u0301", "ﷺ", "ـ" * 50, "Ω\u200d", "\ufffd", "\ufeffA", '"', '""', "'",
    ",", ";", "a,b;c\td", "sep=;", "#", "--", "007", "1e5", "9007199254740993", "123456789012345678901234567890",
    "0", "CON", "nul", "~", "row", "row~2", "UK", "EL", "XX", "EU", "ZZ", "Türkiye", "FI", "fi", "Finland", "\U000e0041",
)  # fmt: skip
HEADINGS = (
    "", " ", "lat", "Lat", "LAT", "lon", "lng", "x", "y", "latitude (deg)", "name", "Name", "NAME", "site_id",
    "kind", "country", "region", "zone", "status", "rule", "rule_id", "admitted_if", "in_layers", "rank", "score",
    "geometry", "geom", "wkt", "shape", "fid", "ogc_fid", "index", "level_0", "__index_level_0__", "Unnamed: 0",
    "power_system", "area_ha_available", "grid_mw_available", "population", "source", "as_of", "1", "1.5", "None",
    "nan", "true", "a" * 300, "a\nb", "\x1b[31m", "\u202e", "=1+1", "<b>", "a,b", 'a"b', "名称", "Ä", "geometry_text",
    "lat_dd", "wgs84_lat", "site_name", "titel", "iso2", "crs", "type", "properties", "bbox", "id", "__class__", "a.b",
)  # fmt: skip
SHAPES = (
    "", " ", "POINT EMPTY", "POINT (21 63)", "POINT Z (21 63 5)", "POINT M (21 63 5)", "POINT ZM (21 63 5 6)",
    "POINT (nan nan)", "POINT (inf 63)", "POINT (1e400 63)", "POINT (63)", "POINT (21, 63)", "POINT 21 63", "(21 63)",
    "MULTIPOINT ((21 63))", "MULTIPOINT ((21 63), (22 64))", "LINESTRING (21 63, 22 64)", "LINESTRING (21 63)",
    "POLYGON ((21 63, 22 63, 22 64, 21 63))", "POLYGON ((21 63, 22 63, 22 64))", "POLYGON ((21 63, 22 63))",
    "POLYGON ((21 63, 22 64, 22 63, 21 64, 21 63))", "POLYGON ((21 63, 21 63, 21 63, 21 63))", "POLYGON EMPTY",
    "POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90), (20 60, 30 60, 30 70, 20 70, 20 60))",
    "POLYGON ((21 63, 22 63, 22 64, 21 63), (0 0, 1 0, 1 1, 0 0))", "POLYGON ((21 63, nan 63, 22 64, 21 63))",
    "POLYGON ((170 60, 190 60, 190 70, 170 60))", "POLYGON ((170 60, -170 60, -170 70, 170 60))",
    "POLYGON ((0 80, 120 80, 240 80, 0 80))", "POLYGON ((0 91, 1 91, 1 92, 0 91))", "POLYGON ((400000 7000000, 400100 7000000, 400100 7000100, 400000 7000000))",
    "MULTIPOLYGON (((21 63, 22 63, 22 64, 21 63)), ((23 63, 24 63, 24 64, 23 63)))", "MULTIPOLYGON EMPTY",
    "GEOMETRYCOLLECTION (POINT (21 63))", "GEOMETRYCOLLECTION EMPTY", "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION EMPTY)",
    "GEOMETRYCOLLECTION (" * 12 + "POINT (1 2)" + ")" * 12, "GEOMETRYCOLLECTION (" * 20_000, "(" * 50_000,
    "GEOMETRYCOLLECTION (POINT (21 63), POLYGON ((21 63, 22 63, 22 64, 21 63)))",
    "CURVEPOLYGON (CIRCULARSTRING (21 63, 22 63, 22 64, 21 64, 21 63))", "TRIANGLE ((21 63, 22 63, 22 64, 21 63))",
    "TIN (((21 63, 22 63, 22 64, 21 63)))", "CIRCULARSTRING (21 63, 22 63, 22 64)", "LINEARRING (21 63, 22 63, 22 64, 21 63)",
    "SRID=4326;POINT (21 63)", "SRID=3857;POINT (2337709 9050000)", "SRID=999999;POINT (21 63)", "SRID=0;POINT (21 63)",
    "SRID=-1;POINT (21 63)", "SRID=;POINT (21 63)", "SRID=4326;", "SRID=3857;POINT (1e300 1e300)", "SRID=5041;POINT (0 0)",
    "SRID=3857;POLYGON ((2300000 9000000, 2400000 9000000, 2400000 9100000, 2300000 9000000))", "SRID=4979;POINT Z (21 63 1)",
    "SRID=4978;POINT Z (2691000 1066000 5664000)", "SRID=5773;POINT (21 63)", "srid = 32635 ; point (400000 7000000)",
    "010100000000000000000035400000000000804F40", "0101000020E610000000000000000035400000000000804F40",
    '{"type":"Point","coordinates":[21,63]}', "POINT (21 63); DROP TABLE a", "POINT\x00(21 63)", "point(21 63)",
)  # fmt: skip
JSON = (
    None, True, False, 0, -0.0, 1, 1e308, 10**400, 2**63, 2**64, -(2**63) - 1, 9007199254740993, 1.5, "", "x", "1",
    [], {}, [[]], [None], {"a": {"b": [1]}}, [21, 63], [63, 21], [21], [21, 63, 5, 6], ["21", "63"], [None, None],
    [[21, 63]], [1e308, 1e308], [180.1, 0], [0, 0], [500000, 7000000], "\ud800", "\x1b[31m", "NaN", "Point", "Feature",
    "FeatureCollection", {"type": "Point"}, {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": None},
    {"type": "Polygon", "coordinates": [[]]}, {"type": "Polygon", "coordinates": [[[21, 63], [22, 63]]]},
    {"type": "Polygon", "coordinates": [[[21, 63], [22, 63], [22, 64]]]}, {"type": "GeometryCollection", "geometries": []},
    {"type": "MultiPoint", "coordinates": [[21, 63]]}, {"type": "LineString", "coordinates": [[21, 63], [22, 64]]},
    {"type": "name", "properties": {"name": "EPSG:3857"}}, {"type": "name", "properties": {"name": "EPSG:999999"}},
    {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, {"type": "link", "properties": {"href": "http://x"}},
    {"type": "Sphere", "coordinates": [21, 63]}, {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [21, 63]}]},
)  # fmt: skip
TYPED = (  # columns of Parquet
    [1, None], [2**63 - 1, -(2**63)], [2**64 - 1, 0], [1.5, float("nan")], [float("inf"), 0.0], [True, None],
    [b"\xff\x00", b"abc"], [[1, 2], None], [{"a": 1}, {"a": None}], [[{"a": [1]}], []], [dt.date(2026, 1, 2), None],
    [dt.time(1, 2), None], [dt.datetime(2026, 1, 2, 3, 4), None], [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)],
    [dt.timedelta(days=1), None], [decimal.Decimal("1.10"), None], [decimal.Decimal(10) ** 30, None],
    [None, None], ["63.8", "21.6"], ["a", None], [dt.datetime(2026, 1, 2, tzinfo=dt.UTC), None],
)  # fmt: skip
CRS = (
    "", "EPSG:4326", "EPSG:3857", "EPSG:32635", "EPSG:999999", "OGC:CRS84", "EPSG:5773", "EPSG:4978", "x" * 3_000,
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]',
    'GEOGCS["x",DATUM["x",SPHEROID["x",0,0]],PRIMEM["x",0],UNIT["x",0]]', 'LOCAL_CS["Undefined"]', "GEOGCS[" * 500, "\x00",
    'PROJCS["x",GEOGCS["x",DATUM["x",SPHEROID["x",6378137,298]],PRIMEM["x",0],UNIT["x",1]],PROJECTION["Mercator"],UNIT["m",1]]',
    "+proj=longlat +pm=paris +no_defs", "+proj=pipeline", "+proj=tmerc +lat_0=nan", "urn:ogc:def:crs:EPSG::4326",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp936",
             "shift_jis", "utf-7", "cp037")  # fmt: skip
PIECES = (b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b"\r", b"\n", b"\r\n", b",", b";", b"\t", b"{", b"}", b"[", b"]",
          b":", b"\\u0000", b"\\ud800", b"\\", b"#", b"---\n", b"&a ", b"*a", b"!!x ", b"|", b">", b"%YAML 1.1\n", b"? ",
          b"NaN", b"1e999", b"-", b"9" * 40, b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m", b"\xe2\x80\xae", b"null", b"sep=;\n",
          b" " * 2_000, b"(" * 2_000, b"[" * 2_000, b"{a: " * 200, b"POINT (", b"EMPTY", b"SRID=3857;")  # fmt: skip
