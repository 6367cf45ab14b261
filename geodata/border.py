"""Where foreign files come in: whatever breaks a reader there is one fault of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from geodata.errors import Fault, SitingError, shorten

_KINDS = {
    ".csv": "CSV", ".tsv": "CSV", ".txt": "CSV", ".geojson": "GeoJSON", ".json": "GeoJSON",
    ".gpkg": "GeoPackage", ".shp": "Shapefile", ".parquet": "Parquet", ".geoparquet": "GeoParquet",
    ".kml": "KML", ".kmz": "KML", ".xlsx": "Excel",
}  # fmt: skip


@contextmanager
def at_border(name: str) -> Iterator[None]:
    """Turn what no reader foresaw into one fault that names the file and its kind.

    What caused it stays attached, for whoever corrects the reader.
    """
    try:
        yield
    except SitingError:
        raise
    except MemoryError as error:
        fault = Fault(name, "needs more memory to read than there is", "split or thin it")
        raise SitingError(fault) from error
    except Exception as error:
        kind = next((kind for end, kind in _KINDS.items() if name.lower().endswith(end)), "a table")
        what = f"not readable as {kind} ({type(error).__name__}: {shorten(error, 200)})"
        raise SitingError(Fault(name, what, "save it again with another program")) from error
