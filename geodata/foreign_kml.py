"""KML, and KMZ, its archive, as Arrow tables; run in `foreign_child`.

Folders of a KML are layers to the driver: they are one table here, with the folder in a column.
Links to other files are not followed.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodata.foreign_refusal import Refused, Request, check_count, check_unpacked

CRS = "EPSG:4326"  # of every KML
FOLDER = "folder"
_SHAPE = "wkb_geometry"
# How a feature is drawn; the driver adds these columns to every layer.
_DRAWN = ("altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet")
_SELDOM = ("id", "timestamp", "begin", "end")  # added too, and data only where one is filled
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_MAIN = "doc.kml"
_COPY = re.compile(r"(/vsimem/)?pyogrio_[0-9a-f]{32}")


def kml(path: Path, request: Request) -> pa.Table:
    """Read a KML file; see `geodata.foreign_readers.read`."""
    return _features(path.read_bytes(), request)


def kmz(path: Path, request: Request) -> pa.Table:
    """Read the one KML of an archive; pictures beside it are left alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _main(archive)
            check_unpacked(part.file_size, request)
            with archive.open(part) as file:
                content = file.read(request["max_unpacked"] + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Refused(f"damaged archive: {error}", "save it again as KML") from error
    check_unpacked(len(content), request)
    return _features(content, request)


def _main(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the entry of the KML: the one in the archive, or the one called doc.kml."""
    parts = [one for one in archive.infolist() if one.filename.lower().endswith(".kml")]
    named = [one for one in parts if one.filename.lower() == _MAIN]
    if len(named) != 1 and len(parts) != 1:
        what = f"the archive holds {len(parts)} KML files and none of them is {_MAIN}"
        raise Refused(what, "unpack it and name the KML that counts")
    return (named or parts)[0]


def _features(content: bytes, request: Request) -> pa.Table:
    import pyogrio  # noqa: PLC0415 - only once pandas is hidden, see `geodata.foreign_readers`

    if any(word in content for word in _ENTITIES):
        raise Refused("it declares entities (DOCTYPE)", "save it again without them")
    try:
        return _of_folders(pyogrio, content, request)
    except pyogrio.errors.DataSourceError as error:
        why = _COPY.sub("it", str(error))
        raise Refused(f"damaged, or cut short: {why}", "copy it again, or save it again") from error


def _of_folders(pyogrio: Any, content: bytes, request: Request) -> pa.Table:
    """Return the features of every folder as one table."""
    count, parts = 0, []
    # By number: a layer without a name is called as its copy in memory, another one each time.
    for nth, (name, _) in enumerate(pyogrio.list_layers(content)):
        about = pyogrio.read_info(content, layer=nth, force_feature_count=True)
        count += about["features"]
        check_count(count, len(about["fields"]), request)
        if about["features"]:
            _, table = pyogrio.read_arrow(content, layer=nth)
            parts.append((_COPY.sub("", name), _without_style(table)))
    if not parts:
        what = "the file has no placemarks"
        raise Refused(what, "save the placemarks themselves: links are not followed")
    taken = any(FOLDER in table.column_names for _, table in parts)
    tables = [
        table if taken or len(parts) == 1 else table.append_column(FOLDER, _repeated(name, table))
        for name, table in parts
    ]
    whole = pa.concat_tables(tables, promote_options="permissive")
    return whole.replace_schema_metadata({"shape": _SHAPE, "crs": CRS})


def _repeated(text: str, table: pa.Table) -> pa.Array:
    return pa.array([text] * table.num_rows, pa.string())


def _without_style(table: pa.Table) -> pa.Table:
    """Return the columns that a user filled: names, descriptions and data."""
    unfilled = [
        name
        for name in _SELDOM
        if name in table.column_names and table[name].null_count == table.num_rows
    ]
    styled = [name for name in _DRAWN if name in table.column_names]
    return table.drop_columns([*unfilled, *styled])
