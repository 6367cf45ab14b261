"""Frames of a Python session as files, so that one reader checks what users bring."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import geopandas as gpd

from geodata.errors import Fault, SitingError
from siting.support.cachefolder import directory

FOLDER = "frames"


def as_file(frame: gpd.GeoDataFrame, name: str) -> Path:
    """Write a frame as GeoParquet beside the cache and return its path.

    The path depends on the content alone, so that the same frame gives the same results.

    Parameters
    ----------
    frame : GeoDataFrame
        With a coordinate reference system.
    name : str
        What it is, for messages: candidates, exclude.

    Raises
    ------
    SitingError
        When the frame has no coordinate reference system, or columns that GeoParquet cannot hold.
    """
    if frame.crs is None:
        hint = 'name it: frame.set_crs("EPSG:4326") for longitude and latitude'
        raise SitingError(Fault(name, "has no coordinate reference system", hint))
    content = BytesIO()
    try:
        frame.to_parquet(content, index=False)
    except (ValueError, TypeError, ArithmeticError) as error:
        hint = "keep columns of numbers, text, dates and truth values, each of one kind"
        raise SitingError(Fault(name, f"cannot be kept as GeoParquet: {error}", hint)) from error
    data = content.getvalue()
    folder = directory() / FOLDER / _name_of(data)
    path = folder / f"{name}.parquet"
    if not path.is_file() or path.read_bytes() != data:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{id(frame)}"
        draft.write_bytes(data)
        draft.replace(path)
    return path


def is_ours(path: Path) -> bool:
    """Whether a file is a frame as it was written: its folder is named after its content."""
    plain = path.is_file() and not path.is_symlink() and path.suffix == ".parquet"
    return plain and path.parent.name == _name_of(path.read_bytes())


def _name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
