"""The folder that a studio works in: names that stay below it, and files written as a whole."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import Fault, SitingError
from geodata.language import tr

STUDIES = (".yaml", ".yml")
# What the planner reads: as geodata.spatialfiles, which takes long to import.
LAYERS = (".csv", ".tsv", ".txt", ".xlsx", ".geojson", ".json", ".gpkg", ".parquet",
          ".geoparquet", ".kml", ".kmz", ".shp")  # fmt: skip
PARTS = (".dbf", ".shx", ".prj", ".cpg")  # of a Shapefile
OWN = ".siting-studio"  # drafts, versions and runs
MOST_NAME = 120  # characters
_MOST_BYTES = 200  # of a name; most systems take 255


@dataclass(frozen=True)
class Folder:
    """A folder of studies.

    Attributes
    ----------
    root : Path
        Resolved; nothing outside it is read or written.
    read_only : bool
    studio : str
        Name of this studio among those that are open on the folder.
    """

    root: Path
    read_only: bool = False
    studio: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def own(self) -> Path:
        """Where the studio keeps drafts, versions and runs."""
        return self.root / OWN

    def study(self, name: str) -> Path:
        """Return the path of a study file, which need not be there.

        Raises
        ------
        SitingError
            When the name is no plain name of a YAML file, or leads elsewhere.
        """
        return self._plain(name, STUDIES, tr("a study is a file .yaml"))

    def data(self, name: str) -> Path:
        """Return the path of a list or layer directly in the folder, which need not be there.

        Raises
        ------
        SitingError
            As `study`.
        """
        return self._plain(
            name, (*LAYERS, *PARTS), tr("choose one of {names}", names=", ".join(LAYERS))
        )

    def below(self, name: str) -> Path:
        """Return the path of a file or folder below the folder, each step a plain name.

        Raises
        ------
        SitingError
            When a step is no plain name, is hidden, or is a link.
        """
        path = self.root
        for step in name.split("/"):
            path /= _plain_name(step)
            if path.is_symlink():
                raise _refused(name, tr("is a link"), tr("put the file itself into the folder"))
        return path

    def studies(self) -> list[str]:
        """Return the names of the studies, in order."""
        return [path.name for path in self._files(STUDIES)]

    def layers(self) -> list[Path]:
        """Return the lists and layers, in order."""
        return list(self._files(LAYERS))

    def check_writable(self) -> None:
        """Refuse to write in a folder that is open for reading alone.

        Raises
        ------
        SitingError
        """
        if self.read_only:
            what = tr("this folder is open for reading alone")
            hint = tr("open it without --read-only to change it")
            raise SitingError(Fault("studio", what, hint))

    def _files(self, endings: tuple[str, ...]) -> Iterator[Path]:
        for path in sorted(self.root.iterdir()):
            if path.suffix.lower() in endings and _shown(path):
                yield path

    def _plain(self, name: str, endings: tuple[str, ...], hint: str) -> Path:
        path = self.root / _plain_name(name)
        if path.suffix.lower() not in endings:
            raise _refused(name, tr("is no name of such a file"), hint)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise _refused(name, tr("is no plain file"), tr("put the file itself into the folder"))
        return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it, or kills this process, finds old or new whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, fresh = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(fresh).chmod(stat.S_IMODE(mode))
        Path(fresh).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(fresh).unlink()
        raise


def _umask() -> int:
    """Return the rights that this process takes from new files; reading them sets them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _plain_name(name: str) -> str:
    """Return a name of one step, as a user would give it."""
    visible = name.isprintable() and not any("\ud800" <= c <= "\udfff" for c in name)
    if not (visible and 0 < len(name) <= MOST_NAME and len(os.fsencode(name)) <= _MOST_BYTES):
        hint = tr("use 1 to {most} visible characters", most=MOST_NAME)
        raise _refused(name, tr("is no name of a file"), hint)
    if name[0] in ".-~" or name != name.strip() or any(sign in name for sign in '/\\:*?"<>|'):
        hint = tr('start with a letter or digit, and use none of / \\ : * ? " < > |')
        raise _refused(name, tr("is no name of a file here"), hint)
    return name


def _shown(path: Path) -> bool:
    try:
        _plain_name(path.name)
    except SitingError:
        return False
    return path.is_file() and not path.is_symlink()


def _refused(name: str, what: str, hint: str) -> SitingError:
    return SitingError(Fault("studio", what, hint, None, None, name))
