"""What commands wrote: shown in a frame that reaches nothing, zipped, published byte for byte."""

from __future__ import annotations

import io
import json
import secrets
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.results.folder import whole_folder
from siting.studio.folder import Folder

PAGES = ("map.html", "brief.html", "atlas.html", "portfolio.html", "comparison.html")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # time of a file in a zip, so that equal results are equal bytes
_MOST_VIEWS = 200


@dataclass
class Views:
    """Folders of results that the page may show, each under a name that nobody can guess."""

    _folders: dict[str, Path] = field(default_factory=dict)

    def open(self, folder: Folder, name: str) -> str:
        """Return the name under which the files of a folder of results are served."""
        place = _results(folder, name)
        for key, known in self._folders.items():
            if known == place:
                return key
        key = secrets.token_urlsafe(24)
        self._folders[key] = place
        while len(self._folders) > _MOST_VIEWS:
            del self._folders[next(iter(self._folders))]
        return key

    def file(self, key: str, name: str) -> Path | None:
        """Return a file of a folder that is shown; None where there is none."""
        place = self._folders.get(key)
        if place is None:
            return None
        return next((path for path in files(place) if _name(path, place) == name), None)

    def folder(self, key: str) -> Path | None:
        """Return a folder that is shown."""
        return self._folders.get(key)


def _results(folder: Folder, name: str) -> Path:
    place = folder.below(name)
    if not place.is_dir():
        raise SitingError(Fault(name, tr("there are no such results"), tr("run the command first")))
    return place


def files(place: Path) -> list[Path]:
    """Return the files of a folder of results, in order; no links."""
    return [path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()]


def _name(path: Path, place: Path) -> str:
    return path.relative_to(place).as_posix()


def shown_files(place: Path) -> list[dict[str, Any]]:
    """Return name and size (bytes) of each file of a folder of results."""
    return [{"name": _name(path, place), "bytes": path.stat().st_size} for path in files(place)]


def zipped(place: Path) -> bytes:
    """Return the files of a folder of results as a zip; the same files, the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files(place):
            entry = zipfile.ZipInfo(_name(path, place), _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return content.getvalue()


def publish(folder: Folder, name: str, to: str) -> list[dict[str, Any]]:
    """Copy results, byte for byte, to another folder below the studio's.

    Raises
    ------
    SitingError
        When the other folder holds anything but results of the planner.
    """
    folder.check_writable()
    source, target = _results(folder, name), folder.below(to)
    if target == source or source in target.parents or target in source.parents:
        hint = tr("publish to a folder beside it")
        raise SitingError(Fault(to, tr("is the folder of the results"), hint))
    with whole_folder(target) as place:
        shutil.copytree(source, place, dirs_exist_ok=True)
    return shown_files(target)


def card(folder: Folder, study: Path) -> dict[str, Any] | None:
    """Return what the last plan of a study says first; None where there is none.

    `stale` says that the study was saved after its results were written.
    """
    name = f"out/{study.stem}"
    place = folder.root / "out" / study.stem
    manifest = place / "manifest.json"
    if not manifest.is_file() or place.is_symlink():
        return None
    try:
        first = _first(place / "ranked_sites.geojson")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        first = None
    made = manifest.stat().st_mtime
    return {"folder": name, "first": first, "made": made, "stale": study.stat().st_mtime > made}


def _first(path: Path) -> dict[str, Any] | None:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    ranked = [f["properties"] for f in features if f["properties"].get("rank") == 1]
    if not ranked:
        return None
    return {key: ranked[0].get(key) for key in ("name", "country", "share")}
