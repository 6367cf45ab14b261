"""Studies on disk: saved in one step against the version that was opened, every version kept.

A save names the text it started from by its hash; where the file holds another one by then, it is
refused and both stay. A new version is written before the file is, so that a process killed between
the two has lost nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio import differences
from siting.studio.folder import Folder, write_whole
from siting.study.plainyaml import MAX_BYTES

_WAIT_S = 5.0  # for another studio that saves
_IDLE_S = 600.0  # after which a draft of another studio is nobody's


class ConflictError(SitingError):
    """A save of a study that somebody else has saved meanwhile.

    Attributes
    ----------
    theirs : Text
        What the file holds now.
    """

    def __init__(self, name: str, theirs: Text) -> None:
        hint = "compare both, then save again over theirs or take theirs"
        super().__init__(Fault(name, "somebody else saved this study meanwhile", hint))
        self.theirs = theirs


@dataclass(frozen=True)
class Text:
    """A text of a study and the hash that names it; "" where there is no file."""

    text: str
    etag: str


@dataclass(frozen=True)
class Version:
    """A text of a study that was saved.

    Attributes
    ----------
    id : str
        Running number and start of the hash.
    saved : str
        Time (ISO 8601, UTC).
    path : Path
    """

    id: str
    saved: str
    path: Path

    @property
    def text(self) -> str:
        """The YAML."""
        return self.path.read_text(encoding="utf-8")


def read(folder: Folder, name: str) -> Text:
    """Return a study as its file has it.

    Raises
    ------
    SitingError
        When it is not there, is too large or is no text in UTF-8.
    """
    path = folder.study(name)
    if not path.is_file():
        raise SitingError(
            Fault(name, tr("there is no such study in this folder"), tr("choose another"))
        )
    return _text(name, path)


def _text(name: str, path: Path) -> Text:
    content = path.read_bytes() if path.is_file() else b""
    if len(content) > MAX_BYTES:
        raise SitingError(Fault(name, tr("too large for a study"), tr("is it the right file?")))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        what, hint = tr("not a text file in UTF-8"), tr("save it as UTF-8")
        raise SitingError(Fault(name, what, hint)) from None
    return Text(text.replace("\r\n", "\n"), _hash(content) if path.is_file() else "")


def save(folder: Folder, name: str, text: str, etag: str) -> Text:
    """Save a study that was opened as `etag` ("" for a new one), and keep it as a version.

    Raises
    ------
    ConflictError
        When the file holds something else by now.
    SitingError
        When the folder is read-only or the text too large.
    """
    folder.check_writable()
    content = _bytes_of(name, text)
    path = folder.study(name)
    with _alone(folder):
        before = _text(name, path)
        if before.etag != etag and before.text != text:
            raise ConflictError(name, before)
        if before.etag:
            _keep(folder, name, before.text)
        _keep(folder, name, text)
        if before.text != text or not before.etag:
            write_whole(path, content)
        drop_draft(folder, name)
        return _text(name, path)


def delete(folder: Folder, name: str, etag: str) -> None:
    """Take a study out of the folder; its versions stay.

    Raises
    ------
    ConflictError
        When the file holds something else by now.
    """
    folder.check_writable()
    path = folder.study(name)
    with _alone(folder):
        before = _text(name, path)
        if before.etag != etag:
            raise ConflictError(name, before)
        _keep(folder, name, before.text)
        path.unlink(missing_ok=True)


def versions(folder: Folder, name: str) -> list[Version]:
    """Return the versions of a study, the newest first."""
    kept = sorted(_versions(folder, name).glob("*.yaml"), reverse=True)
    return [Version(path.stem, _time(path), path) for path in kept if path.is_file()]


def version(folder: Folder, name: str, wanted: str) -> Version:
    """Return one version of a study.

    Raises
    ------
    SitingError
        When there is none of that id.
    """
    for one in versions(folder, name):
        if one.id == wanted:
            return one
    what, hint = tr("there is no such version"), tr("choose another")
    raise SitingError(Fault(name, what, hint, value=wanted))


def keep(folder: Folder, name: str, text: str) -> Version:
    """Keep a text that is given up as a version, beside the file that stays as it is.

    Raises
    ------
    SitingError
        When the folder is read-only or the text too large.
    """
    folder.check_writable()
    _bytes_of(name, text)
    with _alone(folder):
        _keep(folder, name, text)
    return versions(folder, name)[0]


def removed(folder: Folder) -> list[str]:
    """Return the studies that have versions and no file, in order."""
    there = set(folder.studies())
    names = (path.name for path in (folder.own / "versions").glob("*") if path.is_dir())
    return sorted(name for name in names if name not in there)


def changes(folder: Folder, name: str) -> list[tuple[Version, list[str]]]:
    """Return each version with what it changed of the one before, the newest first."""
    kept = versions(folder, name)
    texts = [one.text for one in kept]
    words = [differences.in_words(old, new) for new, old in itertools.pairwise(texts)]
    return list(zip(kept, [*words, [tr("first version")]], strict=False))


def keep_draft(folder: Folder, name: str, text: str) -> str:
    """Keep a text that is not saved yet, beside those of other studios, and return when.

    Raises
    ------
    SitingError
        When the folder is read-only or the text too large.
    """
    folder.check_writable()
    path = _drafts(folder, name) / f"{folder.studio}.yaml"
    write_whole(path, _bytes_of(name, text))
    return _time(path)


def draft(folder: Folder, name: str) -> tuple[str, str] | None:
    """Return the newest text that was not saved, and when it was kept; None where there is none."""
    kept = sorted(_drafts(folder, name).glob("*.yaml"), key=lambda path: path.stat().st_mtime)
    return (kept[-1].read_text(encoding="utf-8"), _time(kept[-1])) if kept else None


def drop_draft(folder: Folder, name: str) -> None:
    """Remove the drafts of a study, but those that another studio is writing."""
    for path in _drafts(folder, name).glob("*.yaml"):
        idle = time.time() - path.stat().st_mtime > _IDLE_S
        if idle or path.stem == folder.studio:
            path.unlink(missing_ok=True)


def _bytes_of(name: str, text: str) -> bytes:
    """Return a text as a file has it; SitingError where it is too large for a study."""
    content = text.encode("utf-8")
    if len(content) > MAX_BYTES:
        raise SitingError(Fault(name, tr("too large for a study"), tr("leave comments out")))
    return content


def _keep(folder: Folder, name: str, text: str) -> None:
    """Keep a text as the newest version, unless it is that already."""
    kept = versions(folder, name)
    if kept and kept[0].text == text:
        return
    number = int(kept[0].id.partition("-")[0]) + 1 if kept else 1
    path = _versions(folder, name) / f"{number:04d}-{_hash(text.encode())[:8]}.yaml"
    write_whole(path, text.encode("utf-8"))


def _versions(folder: Folder, name: str) -> Path:
    return folder.own / "versions" / folder.study(name).name


def _drafts(folder: Folder, name: str) -> Path:
    return folder.own / "drafts" / folder.study(name).name


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Hold off every other studio on this folder while the block runs."""
    folder.own.mkdir(exist_ok=True)
    try:
        with FileLock(folder.own / "lock").acquire(timeout=_WAIT_S):
            yield
    except Timeout:
        hint = tr("try again: another studio on this folder is saving")
        raise SitingError(Fault("studio", tr("the folder is busy"), hint)) from None


def _time(path: Path) -> str:
    seconds = path.stat().st_mtime
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
