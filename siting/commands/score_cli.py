"""`siting score`: the places of a list, each with what a study says of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import Fault, SitingError, together
from siting.commands import options
from siting.support.console import answer, aside, print_csv, print_json, say_aside

if TYPE_CHECKING:
    import pandas as pd

    from siting.study.study import Study

STREAM = "-"
NAME = "standard-input.csv"  # as faults name what was read there


def score(
    sites: Annotated[
        str, typer.Argument(help="Your list: CSV, Excel, GeoPackage ..., or - for CSV on stdin.")
    ],
    study: options.Study = options.STUDY,
    out: Annotated[
        str, options.out("File: .csv, .xlsx, .gpkg, .geojson, .parquet; - for CSV on stdout.")
    ] = STREAM,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook with several.")] = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Score your own list: a row for each place given, with the reason where it is excluded."""
    from siting.study.studyfile import changed, named

    target = None if out == STREAM else Path(out)
    checks = [partial(_check_target, target, force=force)] if target else []
    asked, *_ = together([partial(named, study), *checks])
    with _listed(sites) as file:
        # the order of the list is asked for, and not how sure it is
        chosen = changed(
            asked, {"candidates": {"file": file, "sheet": sheet}, "confidence": {"draws": 0}}
        )
        if target is not None:
            _check_unread(target, [Path(study), *_files_of(chosen)])
        rows = _scored(chosen, quiet=quiet)
    if target is not None:
        _write(rows, target)
        if not quiet:
            say_aside(f"Wrote {target}: {len(rows):,} places.")
    if as_json:
        print_json(answer({"study": chosen.name, "sites": _records(rows)}))
    elif target is None:
        from siting.results.scores import csv_text

        print_csv(csv_text(rows))


def _scored(study: Study, *, quiet: bool) -> pd.DataFrame:
    from siting.pipeline import Run
    from siting.results.scores import scored
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:
        run = Run(stages)
        plan = run.plan(study)
        points = run.of("own", study).points
    if not quiet:
        for note in plan.notes:
            say_aside(note)
    return scored(plan, points)


@contextmanager
def _listed(sites: str) -> Iterator[Path]:
    """Yield the file of the list; standard input is copied into one meanwhile."""
    if sites != STREAM:
        yield Path(sites)
        return
    from geodata.csvtext import MAX_BYTES
    from siting.support.drafts import scratch

    with scratch() as folder:
        file = folder / NAME
        file.write_bytes(sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b"")
        yield file


def _files_of(study: Study) -> list[Path]:
    from siting.results.inputs import own_files

    return list(own_files(study).values())


def _check_target(target: Path, *, force: bool) -> None:
    """Refuse a file that cannot be written, or that is there unless forced."""
    from siting.results.scores import WRITERS

    where, another = str(target), "choose another name with -o"
    if target.suffix.lower() not in WRITERS:
        kinds = ", ".join(WRITERS)
        raise SitingError(Fault(where, "not a kind of file that is written", f"one of {kinds}"))
    if not target.absolute().parent.is_dir():
        raise SitingError(Fault(where, "its folder does not exist", another))
    if target.is_dir() or (target.exists() and not force):
        raise SitingError(Fault(where, "exists already", "choose another name, or --force"))


def _check_unread(target: Path, inputs: list[Path]) -> None:
    """Refuse to write over what is read, forced or not."""
    if any(path.exists() and target.exists() and target.samefile(path) for path in inputs):
        what, hint = "is read here and never written over", "choose another name with -o"
        raise SitingError(Fault(str(target), what, hint))


def _write(rows: pd.DataFrame, target: Path) -> None:
    """Write the rows beside their place, then rename: it is whole, or as it was."""
    from siting.results.scores import WRITERS
    from siting.support.drafts import draft

    with draft(target.absolute().parent) as made:
        fresh = made.content / f"scores{target.suffix.lower()}"
        WRITERS[target.suffix.lower()](rows, fresh)
        os.replace(fresh, target)  # noqa: PTH105 - a link there is replaced, not followed


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return rows as plain values, null where there is none."""
    plain = rows.astype(object).where(rows.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
