"""Shapes written as text: WKT, and EWKT with the number of its coordinate reference system."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from geodata.fault_list import Faults
from geodata.foreign_readers import CURVED, DEEPEST

WGS84 = 4326
_HINT = "write it as POINT (lon lat) or POLYGON ((lon lat, ...))"
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{1,6})\s*;", re.IGNORECASE)
_CURVED = re.compile(r"CIRCULAR|COMPOUND|CURVE|SURFACE", re.IGNORECASE)
_NESTING = re.compile("COLLECTION", re.IGNORECASE)


def shapes_of(cells: pd.Series, faults: Faults) -> NDArray[np.object_]:
    """Return the shapes of a column of WKT or EWKT in EPSG:4326, None where it is blank.

    Parameters
    ----------
    cells : Series of str
        The index is the row in a spreadsheet; named as its column.
    faults : Faults
        Gains one for each cell that is no shape or whose SRID is unknown.
    """
    column = str(cells.name)
    missing = cells.isna()
    texts = [
        cell.strip() if isinstance(cell, str) else "" if none else "-"
        for cell, none in zip(cells, missing, strict=True)
    ]
    heads = [_SRID.match(text) for text in texts]
    bare = [
        text[head.end() if head else 0 :] or None if _is_flat(text) else "-"
        for text, head in zip(texts, heads, strict=True)
    ]
    curved = np.array([bool(_CURVED.search(text)) for text in texts], dtype=bool)
    faults.add_cells(*CURVED, column, cells[curved])
    written = np.array(bare, dtype=object)
    written[curved] = None
    with np.errstate(all="ignore"):  # of numbers too large, which are caught as places
        shapes: NDArray[np.object_] = shapely.from_wkt(written, on_invalid="ignore")
    blank = np.array([not text for text in texts])
    known = shapely.get_type_id(shapes) <= shapely.GeometryType.GEOMETRYCOLLECTION
    wrong = ~blank & ~curved & (shapely.is_missing(shapes) | ~known)
    faults.add_cells("not a shape in WKT", _HINT, column, cells[wrong])
    shapes[wrong] = None
    srid = np.array([int(head[1]) if head else WGS84 for head in heads])
    for code in np.unique(srid[srid != WGS84]).tolist():
        here = (srid == code) & ~blank
        try:
            to_degrees = pyproj.Transformer.from_crs(code, WGS84, always_xy=True)
            shapes[here] = shapely.transform(shapes[here], to_degrees.transform, interleaved=False)
        except (CRSError, ProjError):
            what = "unknown coordinate reference system"
            faults.add_cells(what, "write the shape in SRID=4326", column, cells[here])
    return shapes


def _is_flat(text: str) -> bool:
    """Whether collections are not nested so deeply that a parser breaks down."""
    if len(_NESTING.findall(text)) <= DEEPEST:
        return True
    steps = np.array([(c == "(") - (c == ")") for c in text if c in "()"])
    return int(steps.cumsum().max(initial=0)) <= DEEPEST
