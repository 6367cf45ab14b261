"""The ranked list in every format, and the manifest: written aside, then renamed into place."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import xlsxwriter

from geodata.errors import Fault, SitingError
from siting.support.text import distinct

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MANIFEST = "manifest.json"
OUTPUTS = (
    MANIFEST, "map.html", "barred_sites.csv",
    *(f"ranked_sites.{kind}" for kind in ("csv", "xlsx", "parquet", "gpkg", "geojson")),
)  # fmt: skip
# What a file browser or an open GeoPackage leaves beside them.
LITTER = (".DS_Store", "Thumbs.db", "ranked_sites.gpkg-wal", "ranked_sites.gpkg-shm")
LIBRARIES = (
    "folium",
    "geopandas",
    "h3",
    "numpy",
    "pandas",
    "pyproj",
    "scikit-learn",
    "scipy",
    "shapely",
)
# GeoPackage stamps a time of last change; a fixed one keeps the same study the same bytes.
GPKG_STAMP = "2000-01-01T00:00:00.000Z"


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder that takes the place of `target` when the block succeeds.

    An existing folder is replaced as a whole; when the block fails it is left as it was.

    Raises
    ------
    SitingError
        As `check_target`.
    """
    target = target.resolve()
    check_target(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_target(target: Path) -> None:
    """Refuse a folder for the results that cannot be made, or that holds anything else.

    Raises
    ------
    SitingError
        Unless `target` is new, empty or an earlier plan: nothing of the user's is ever deleted.
    """
    mend = "choose another folder with -o"
    if not target.exists():
        above = next(folder for folder in target.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            raise SitingError(Fault(str(target), f"cannot be made in {above}", mend))
        return
    foreign = _not_ours(target)
    if foreign:
        what = "exists and is not the folder of a plan"
        raise SitingError(Fault(str(target), what, mend, value=", ".join(foreign[:5])))


def _not_ours(target: Path) -> list[str]:
    """Return what stands at `target` and was not written by the planner."""
    if not target.is_dir():
        return ["a file"]
    held = sorted(path.name for path in target.iterdir())
    foreign = [name for name in held if name not in (*OUTPUTS, *LITTER)]
    return foreign if MANIFEST in held else held


def _swap(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`, which stands until the last moment."""
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    old.rmdir()
    target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def write_tables(
    folder: Path, ranked: pd.DataFrame, barred: pd.DataFrame, notes: list[str]
) -> None:
    """Write the ranked list in every format, and the barred list as CSV."""
    points = gpd.GeoDataFrame(
        ranked, geometry=gpd.points_from_xy(ranked["lon"], ranked["lat"]), crs="EPSG:4326"
    )
    write_csv(ranked, folder / "ranked_sites.csv")
    write_csv(barred, folder / "barred_sites.csv")
    write_xlsx({"Ranking": ranked, "Barred": barred}, notes, folder / "ranked_sites.xlsx")
    points.to_parquet(folder / "ranked_sites.parquet", index=False)
    _write_gpkg(points, folder / "ranked_sites.gpkg")
    points.to_file(
        folder / "ranked_sites.geojson", driver="GeoJSON", engine="pyogrio", RFC7946="YES"
    )


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV in UTF-8 whose text cells no spreadsheet takes for a formula."""
    frame.map(inert).rename(columns=inert).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n"
    )


def inert(cell: object) -> object:
    """Return a text cell that starts like a formula with an apostrophe before it (OWASP)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def write_xlsx(sheets: dict[str, pd.DataFrame], notes: list[str], path: Path) -> None:
    """Write a workbook of tables; text from data stays text, and its date is fixed."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {"whole": book.add_format({"num_format": "#,##0"}),
                   "fine": book.add_format({"num_format": "#,##0.00"})}  # fmt: skip
        for name, frame in sheets.items():
            _write_sheet(book.add_worksheet(name), frame, head, formats)
        about = book.add_worksheet("Read me")
        about.set_column(0, 0, 110)
        for row, note in enumerate(notes):
            about.write_string(row, 0, note)


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    frame: pd.DataFrame,
    head: object,
    formats: dict[str, object],
) -> None:
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))
    for j, column in enumerate(frame.columns):
        cells = frame[column].tolist()
        numeric = pd.api.types.is_numeric_dtype(frame[column])
        shown = "whole" if numeric and pd.api.types.is_integer_dtype(frame[column]) else "fine"
        widths = [len(str(column)) * 0.7]
        widths += [len(str(cell)) for cell in cells[:50] if not numeric]
        wide = max(widths)
        sheet.set_column(j, j, min(max(wide, 9), 42))
        sheet.write_string(0, j, str(column), head)
        for i, cell in enumerate(cells, start=1):
            if pd.isna(cell):
                continue
            if numeric:
                sheet.write_number(i, j, cell, formats[shown])
            else:
                sheet.write_string(i, j, str(cell)[:32_000])


def _write_gpkg(points: gpd.GeoDataFrame, path: Path) -> None:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": GPKG_STAMP})
    # no two columns of one name in any case, and two names that the format takes for itself
    names = distinct(points.columns.drop("geometry"), ("fid", "geom", "geometry"))
    points = points.set_axis([*names, "geometry"], axis=1)
    try:
        points.to_file(path, driver="GPKG", layer="ranked_sites", engine="pyogrio")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def manifest(
    study: dict[str, object], inputs: dict[str, bytes], counts: dict[str, int],
    timings: dict[str, float], **more: object,
) -> str:  # fmt: skip
    """Return the manifest as JSON: what went in, by hash, and what came out, by number.

    Parameters
    ----------
    study : dict
        The study as checked, defaults filled in.
    inputs : dict of bytes
        Content of every table and layer, by name.
    counts : dict of int
    timings : dict of float
        Seconds by stage: the only part that differs between two runs of a study.
    **more
        Further keys.
    """
    text = json.dumps(study, sort_keys=True, default=str)
    content = {
        "planner": importlib.metadata.version("siting-planner"),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "study": study,
        "study_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "inputs_sha256": {k: hashlib.sha256(v).hexdigest() for k, v in sorted(inputs.items())},
        "counts": counts,
        **more,
        "timings_s": timings,
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
