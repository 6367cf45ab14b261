"""What is in the folder, read in a moment: names and keys as written, before anything is checked.

Nothing here imports the planner, so that the page is full while that still loads.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from geodata.errors import SitingError
from geodata.language import tr
from siting.studio import results, store
from siting.studio.folder import Folder
from siting.study.plainyaml import keys_and_lines

_TABLES = (".csv", ".tsv", ".txt", ".xlsx")
_SHOWN = ("question", "lens", "investor", "as_of")


def contents(folder: Folder) -> dict[str, Any]:
    """Return the cards of the studies, the presets, and the other files."""
    return {
        "studies": [card(folder, name) for name in folder.studies()],
        "removed": store.removed(folder),
        "presets": [{**one, "question": tr(one["question"])} for one in presets()],
        "files": [
            {"name": path.name, "bytes": path.stat().st_size, "kind": _kind(path)}
            for path in folder.layers()
        ],
    }


@lru_cache
def presets() -> list[dict[str, str]]:
    """Return name and question of each preset."""
    files = (resources.files("siting.study") / "presets").iterdir()
    texts = {Path(one.name).stem: one.read_text(encoding="utf-8") for one in files}
    return [{"name": name, **_asked(texts[name])} for name in sorted(texts)]


def card(folder: Folder, name: str) -> dict[str, Any]:
    """Return what the list of studies shows of one."""
    path = folder.study(name)
    modified = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    try:
        study = store.read(folder, name)
    except SitingError:
        study = store.Text("", "")
    return {
        "name": name,
        "modified": modified.isoformat(timespec="seconds"),
        "etag": study.etag,
        **_asked(study.text),
        "result": results.card(folder, path),
        "draft": store.draft(folder, name) is not None,
    }


def _kind(path: Path) -> str:
    return "table" if path.suffix.lower() in _TABLES else "layer"


def _asked(text: str) -> dict[str, str]:
    """Return the question of a study as written; "" where it says nothing."""
    try:
        values = keys_and_lines(text, "study")[0]
    except SitingError:
        values = {}
    return {key: str(values.get(key) or "") for key in _SHOWN}
