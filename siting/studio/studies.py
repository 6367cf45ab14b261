"""Studies as the page shows them: cards, what a text says and what is wrong with it, runs of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.results.folder import default_folder
from siting.results.inputs import own_files
from siting.studio import judged, store
from siting.studio.answering import faults_of
from siting.studio.asked import Body
from siting.studio.folder import Folder
from siting.studio.forms import with_value
from siting.studio.runs import COMMANDS, Asked
from siting.study import setting
from siting.study.plainyaml import keys_and_lines
from siting.study.study import Study
from siting.study.studyfile import PRESETS, parse, preset
from siting.study.template import commented, relocated

_EXTRAS = ("pdf", "slides")


@dataclass(frozen=True)
class Checked:
    """What a text says.

    Attributes
    ----------
    values : dict
        Keys as they are written.
    faults : tuple of Fault
    weights : dict or None
        The weights in force; None where the text is no sound study.
    """

    values: dict[str, Any]
    faults: tuple[Fault, ...]
    weights: dict[str, Any] | None


def checked(folder: Folder, name: str, text: str) -> Checked:
    """Return what the text of a study says, and every fault of it."""
    folder.study(name)
    try:
        values = keys_and_lines(text, name)[0]
    except SitingError as error:
        return Checked({}, tuple(error.faults), None)
    try:
        study = parse(text, name, folder.root)
    except SitingError as error:
        return Checked(values, tuple(error.faults), None)
    return Checked(values, tuple(_outside(folder, study)), judged.tree(study))


def _outside(folder: Folder, study: Study) -> list[Fault]:
    """Return the files of a study that do not lie in the studio's folder."""
    hint = tr("copy it into the folder of the studio")
    return [
        Fault(study.origin.name, tr("names a file outside the folder"), hint, None, None, str(path))
        for path in own_files(study).values()
        if not path.resolve().is_relative_to(folder.root)
    ]


def opened(folder: Folder, name: str) -> dict[str, Any]:
    """Return a study with its draft and versions."""
    saved = store.read(folder, name)
    content, kept = checked(folder, name, saved.text), store.draft(folder, name)
    return {
        "name": name,
        "text": saved.text,
        "etag": saved.etag,
        "values": content.values,
        "weights": content.weights,
        "faults": faults_of(SitingError(content.faults)),
        "draft": None if kept is None else {"text": kept[0], "saved": kept[1]},
        "versions": [
            {"id": one.id, "saved": one.saved, "changed": words, "size": one.path.stat().st_size}
            for one, words in store.changes(folder, name)
        ],
    }


def faults(folder: Folder) -> dict[str, int]:
    """Return how many faults each study of the folder has."""
    return {name: _count(folder, name) for name in folder.studies()}


def _count(folder: Folder, name: str) -> int:
    try:
        return len(checked(folder, name, store.read(folder, name).text).faults)
    except SitingError as error:
        return len(error.faults)


def started_from(folder: Folder, start: str, name: str) -> str:
    """Return the text of a new study: another one's, or the last of one that was removed.

    A preset's shows every key as a comment.
    """
    if start in store.removed(folder):
        return store.versions(folder, start)[0].text
    if start not in PRESETS:
        return store.read(folder, start).text
    path = folder.study(name)
    return commented(relocated(preset(start), path.parent), start)


def with_setting(folder: Folder, name: str, text: str, link: str) -> str:
    """Return the text of a study with what was set on the map, by its link.

    Raises
    ------
    SitingError
        When the link, or the study with it, is at fault.
    """
    study = parse(text, name, folder.root)
    made = setting.laid_on(study, setting.of_link(link.rpartition("#")[2]))
    values = made.model_dump(mode="json", exclude_defaults=True)
    for key in setting.HELD:
        if getattr(made, key) != getattr(study, key):
            text = with_value(text, name, [key], values.get(key))
    return text


def run_asked(folder: Folder, body: Body) -> Asked:
    """Return the command that the page asks for.

    Raises
    ------
    SitingError
        With every fault of the study, or of what is asked.
    """
    command = body.text("command")
    if command not in COMMANDS:
        hint = tr("choose one of {names}", names=", ".join(COMMANDS))
        raise SitingError(Fault("request", tr("unknown command"), hint, value=command))
    study, other, grid = (body.text(key, empty=True) for key in ("study", "other", "grid"))
    for name in filter(None, (study, other)):
        _sound(folder, name)
    if command == "compare" and not (study and other):
        what, hint = tr("two studies are compared"), tr("choose another one")
        raise SitingError(Fault("request", what, hint))
    if command == "sweep" and not grid:
        what, hint = tr("a sweep needs a grid"), tr("choose a file of scenarios")
        raise SitingError(Fault("request", what, hint))
    if grid:
        store.read(folder, grid)
    return Asked(
        command, study, other, grid, _options(command, body), _folder(command, study, grid)
    )


def _sound(folder: Folder, name: str) -> None:
    """Refuse a study that cannot be planned; a preset is none of the folder's."""
    if name in PRESETS:
        return
    content = checked(folder, name, store.read(folder, name).text)
    if content.faults:
        raise SitingError(content.faults)


def _options(command: str, body: Body) -> tuple[str, ...]:
    """Return the options of a command; numbers and codes, never a text that could be another."""
    if command == "plan":
        return tuple(f"--{extra}" for extra in _EXTRAS if body.flag(extra))
    if command != "portfolio":
        return ()
    numbers = {key: body.number(key) for key in ("price", "plants")}
    stated = [f"--{key}={number:g}" for key, number in numbers.items() if number is not None]
    investor = body.text("investor", empty=True)
    if investor and not (investor.isascii() and investor.isalpha()):
        what, hint = tr("no code of a country"), tr("give two letters, as KR")
        raise SitingError(Fault("request", what, hint))
    return (*stated, *([f"--investor={investor}"] if investor else []))


def _folder(command: str, study: str, grid: str) -> str:
    """Return where the results go, as the command line would have it."""
    suffix = {"sweep": Path(grid).stem, "portfolio": "portfolio"}.get(command, "")
    return "" if command == "compare" else default_folder(study, suffix).as_posix()
