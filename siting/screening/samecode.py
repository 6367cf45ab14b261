"""Whether a cluster runs the code that asks it: what differs, and what to install there.

A block's result must not depend on who works it, so workers need this package file by file, and
the libraries that its numbers come from at the same versions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from distributed import Client

from geodata.errors import Fault, raise_if

PACKAGE = "siting-planner"
PYTHON, CODE = "Python", "code"
LIBRARIES = ("numpy", "pandas", "scipy", "shapely", "geopandas", "h3")
_SOURCES = ("siting", "geodata")
_SHOWN = 3  # workers in a fault


def asker() -> Callable[[], dict[str, str]]:
    """Return a function that says what a process runs, whatever is installed there.

    Dask sends it by value, for it is no function of a module; so it imports what it needs.
    """
    names, sources = (PACKAGE, *LIBRARIES), _SOURCES

    def what_runs() -> dict[str, str]:
        import hashlib  # noqa: PLC0415 - where it runs
        import sys  # noqa: PLC0415
        from importlib import metadata, util  # noqa: PLC0415
        from pathlib import Path  # noqa: PLC0415

        versions = {"Python": ".".join(map(str, sys.version_info[:2]))}
        for name in names:
            try:
                versions[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                versions[name] = "none"
        state = hashlib.sha256()
        for name in sources:
            spec = util.find_spec(name)
            if spec is None or spec.origin is None:
                return {**versions, "siting-planner": "none", "code": "none"}
            folder = Path(spec.origin).parent
            for path in sorted(folder.rglob("*.py")):
                state.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
        return {**versions, "code": state.hexdigest()}

    return what_runs


def check_code(client: Client, address: str) -> None:
    """Refuse a cluster of which a worker runs other code.

    Raises
    ------
    SitingError
        With what differs, and what to install.
    """
    ask = asker()
    there: dict[str, Any] = {
        f"worker {name}": answer for name, answer in client.run(ask, on_error="return").items()
    }
    raise_if(differences(ask(), there, address))


def differences(here: Mapping[str, str], there: Mapping[str, Any], address: str) -> list[Fault]:
    """Return a fault for each way in which processes run other code.

    Parameters
    ----------
    here : mapping
        As `asker` has it.
    there : mapping
        The same, or the exception that was raised instead, by the process.
    address : str
        Of the scheduler.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for who, answer in there.items():
        alike.setdefault(_difference(here, answer), []).append(who)
    faults = []
    for (differs, hint), workers in alike.items():
        if differs:
            more = f" and {len(workers) - _SHOWN} more" if len(workers) > _SHOWN else ""
            verb = "runs" if len(workers) == 1 else "run"
            what = f"{', '.join(workers[:_SHOWN])}{more} {verb} other code: {differs}"
            faults.append(Fault("--scheduler", what, hint, value=address))
    return faults


def _difference(here: Mapping[str, str], there: Any) -> tuple[str, str]:
    """Return what differs in words, and the hint; "" twice for nothing."""
    if isinstance(there, BaseException):  # code of another Python cannot even be read
        what = f"it cannot answer ({type(there).__name__})"
        return what, _all_of(here)
    other = [name for name in (PYTHON, PACKAGE, *LIBRARIES) if there[name] != here[name]]
    if not other and there[CODE] == here[CODE]:
        return "", ""
    if not other:
        what = f"{PACKAGE} {here[PACKAGE]} with other files"
        return what, "install there the files that are installed here"
    versions = [f"{name} {there[name]} (here {here[name]})" for name in other]
    steps = [f"run Python {here[PYTHON]} there"] if PYTHON in other else []
    packages = tuple(name for name in other if name != PYTHON)
    steps += [f"install there: {_pip(here, packages)}"] if packages else []
    return ", ".join(versions), "; ".join(steps)


def everything() -> str:
    """Return what installs all of it, as it is here."""
    return _all_of(asker()())


def _all_of(here: Mapping[str, str]) -> str:
    return f"run Python {here[PYTHON]} there, with {_pip(here, (PACKAGE, *LIBRARIES))}"


def _pip(here: Mapping[str, str], names: tuple[str, ...]) -> str:
    return f"pip install {' '.join(f'{name}=={here[name]}' for name in names)}"
