"""`siting studio`: one local page for the studies of a folder."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from geodata.errors import Fault, SitingError
from siting.support.console import console

_NEEDED = ("starlette", "uvicorn", "ruamel.yaml")
_DEMO = ("balanced", "low_cost_export")


def studio(
    folder: Annotated[Path, typer.Argument(help="Folder of studies.")] = Path(),
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port of this machine (8741, or the next free one)."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the link.")] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Look at the folder; write nothing.")
    ] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Open a new folder with two studies, for a first look.")
    ] = False,
) -> None:
    """Open the studio: write, plan and compare the studies of a folder in a browser."""
    _check_installed()
    root = _demo_folder() if demo else folder.resolve()
    if not root.is_dir():
        raise SitingError(Fault(str(folder), "there is no such folder", "make it first"))

    from siting.studio.folder import Folder
    from siting.studio.server import listen, serve

    def say(line: str) -> None:
        console.print(line, soft_wrap=True)

    serve(Folder(root, read_only), listen(port), say, browser=not no_browser)


def _check_installed() -> None:
    """Refuse where a library of the extra is missing.

    Raises
    ------
    SitingError
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name.partition(".")[0]) is None]
    if missing:
        hint = "install them: pip install 'siting-planner[studio]'"
        raise SitingError(Fault("siting studio", f"needs {', '.join(missing)}", hint))


def _demo_folder() -> Path:
    """Make a folder with studies of the presets, and return it."""
    root = Path(tempfile.mkdtemp(prefix="siting-demo-"))
    for name in _DEMO:
        source = resources.files("siting.study") / f"presets/{name}.yaml"
        with resources.as_file(source) as path:
            shutil.copyfile(path, root / f"my_{name}.yaml")
    return root
