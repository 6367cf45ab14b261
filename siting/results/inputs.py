"""The files that a study was worked out from, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geodata import catalogue_files
from geodata.database import address
from siting.study.study import Study
from siting.world import exclusions

# ending of a file -> endings of what a reader reads beside it
SIDECARS = {
    ".shp": (".dbf", ".shx", ".prj", ".cpg"),
    ".gpkg": (".gpkg-wal", ".gpkg-journal"),
}


def inputs_of(studies: Iterable[Study], more: Mapping[str, Path] | None = None) -> dict[str, bytes]:
    """Return the content of every file that some studies read, by name.

    The parts of a shapefile and the log of a GeoPackage are beside it under its name and their
    ending. Where two studies bring two files for one thing, the second is numbered.

    Raises
    ------
    OSError
        When a file is gone.
    """
    files = {**catalogue_files(), **(more or {})}
    for study in studies:
        for name, path in own_files(study).items():
            nth = next(k for k in range(1, len(files) + 2) if _free(files, name, k, path))
            files[_numbered(name, nth)] = path
    return {name: path.read_bytes() for name, path in files.items()}


def own_files(study: Study) -> dict[str, Path]:
    """Return the user's files of a study, by name."""
    own = {f"own:{name}": path for name, path in study.tables.items()}
    if study.candidates.file:
        own |= _with_sidecars("candidates", study.candidates.file)
    for name, exclusion in zip(exclusions.names(study.exclude), study.exclude, strict=True):
        if exclusion.file:
            own |= _with_sidecars(f"exclude:{name}", exclusion.file)
    return own


def reads_a_database(study: Study) -> bool:
    """Whether a study asks a database, whose rows no file holds."""
    return any(one.database for one in (study.candidates, *study.exclude))


def recorded(study: Study) -> dict[str, Any]:
    """Return a study as results hold it: a database by its address, without the user."""
    keys = study.model_dump(mode="json")
    for one in (keys["candidates"], *keys["exclude"]):
        if one["database"] is not None:
            one["database"] = str(address(one["database"]))
    return keys


def _with_sidecars(name: str, path: Path) -> dict[str, Path]:
    """Return a file, and what is read beside it, by the name of the file and their ending."""
    wanted = SIDECARS.get(path.suffix.lower(), ())
    beside = sorted(
        other for other in (path.parent.iterdir() if wanted else ())
        if other.stem == path.stem and other.suffix.lower() in wanted and other.is_file()
    )  # fmt: skip
    return {name: path} | {f"{name}{other.suffix.lower()}": other for other in beside}


def _free(files: dict[str, Path], name: str, nth: int, path: Path) -> bool:
    return files.get(_numbered(name, nth), path) == path


def _numbered(name: str, nth: int) -> str:
    return name if nth == 1 else f"{name}:{nth}"
