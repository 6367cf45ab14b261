"""Hostile inputs through the command line: its arguments, the files they name, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from geodata.controls import CONTROLS

from . import forked, oracle, words
from .inputs import Input, make
from .oracle import ACCEPTED, FAILED, REFUSED, Outcome
from .questions import SCALARS

NOWHERE = "no such place at all"
LISTS = ("CSV list", "WKT in CSV, list", "GeoJSON list", "GeoPackage list", "Shapefile list",
         "Parquet list", "GeoParquet list")  # fmt: skip
LAYERS = ("WKT in CSV, layer", "GeoJSON layer", "GeoPackage layer", "Shapefile layer")
KINDS = ("study", "list", "study", "layer", "words", "judgements of weights", "list", "setting of the map",
         "grid of a sweep", "table of one's own")  # fmt: skip
# Commands for a study that the reader accepts must not plan: that takes half a minute each.
PLANNING = (["plan", "a.yaml"], ["plan", "a.yaml", "--json"], ["explain", "Vaasa", "a.yaml"],
            ["compare", "a.yaml", "balanced"], ["cost", "Vaasa", "a.yaml"], ["stakeholders", "a.yaml"],
            ["data", "age", "a.yaml"], ["sweep", "a.yaml", "-g", "a.yaml"], ["weights", "a.yaml"])  # fmt: skip
LOOKING = (
    ["weights", "a.yaml"],
    ["weights", "a.yaml", "--json"],
    ["explain", NOWHERE, "a.yaml"],
)
READING = (["plan", "a.yaml"], ["explain", NOWHERE, "a.yaml"], ["cost", NOWHERE, "a.yaml"],
           ["plan", "a.yaml", "-q", "--json"])  # fmt: skip
REFUSED_LIST = {"list.csv": b"name,lat,lon\nA,95,200\n"}
FLAT = ("utf-8", "ascii", "cp1252", "cp936")


def tried(seed: int, number: int, *, fresh: bool) -> tuple[str, Input | None, Outcome]:
    """Return the kind, the input and the outcome of one command line."""
    rng = Random(f"commands {seed} {number}")  # noqa: S311 - no secret
    kind = KINDS[number % len(KINDS)]
    given, argv, files, codes = _asked(kind, rng, seed, number)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        encoding = rng.choice(FLAT)
        done = (_anew if fresh else _warm)(argv, folder, encoding)
        left = {path.name for path in folder.iterdir()} - set(files)
    wrong = _wrong(done, argv, codes, left, encoding)
    if wrong:
        said = (wrong, " ".join(argv)[:200], done.err.decode(errors="replace")[-500:])
        return f"{kind} ({argv[0]})", given, Outcome(FAILED, said)
    return f"{kind} ({argv[0]})", given, Outcome(ACCEPTED if done.code == 0 else REFUSED)


def _asked(
    kind: str, rng: Random, seed: int, number: int
) -> tuple[Input | None, list[str], dict[str, bytes], tuple[int, ...]]:
    """Return the input, the arguments, the files, and the exit codes that fit."""
    if kind == "words":
        return None, _words(rng), {}, (0, 2)
    reader = {"list": rng.choice(LISTS), "layer": rng.choice(LAYERS)}.get(kind, kind)
    given = make(reader, seed + 1_000, number)  # others than those of the doors
    first = next(iter(given.files))
    fits = oracle.judged(given).ended == ACCEPTED
    if kind == "study":
        argv = rng.choice(LOOKING if fits else PLANNING)
        return given, argv, dict(given.files), (0, 2) if fits else (2,)
    if kind == "judgements of weights":
        method = given.door.split()[1]
        argv = ["weights", "balanced", f"--{method}", first, "-o", "new.yaml"]
        return given, argv, dict(given.files), (0,) if fits else (2,)
    if kind == "setting of the map":
        link = given.files["link"].decode("utf-8", "surrogateescape").replace("\x00", "")
        study = b"candidates: {file: list.csv}\n"
        argv = ["plan", "a.yaml", f"--from-setting={link}"]
        return given, argv, {"a.yaml": study, **REFUSED_LIST}, (2,)
    if kind == "grid of a sweep":
        study = "nothere.yaml" if fits else "balanced"
        return given, ["sweep", study, "--grid", first], dict(given.files), (2,)
    key = {"list": f"candidates: {{file: {first!r}}}", "layer": f"exclude: [{{file: {first!r}}}]"}
    own = key.get(kind, f"tables: {{{given.door.split()[-1]}: {first!r}}}")
    argv = rng.choice(READING[1:3] if fits else READING)
    codes = (2,) if kind == "list" or fits else (0, 2)
    return given, argv, {**given.files, "a.yaml": f"{own}\n".encode()}, codes


def _words(rng: Random) -> list[str]:
    """Return a command with words that people do not write."""

    def word() -> str:
        text = rng.choice(rng.choice((words.TEXTS, words.NUMBERS, SCALARS, words.SHAPES[:40])))
        return text.replace("\x00", "")[:2_000]

    town = rng.choice(words.PLACES)[0]
    spot = f"{rng.choice(words.NUMBERS)},{rng.choice(words.NUMBERS)}".replace("\x00", "")
    return rng.choice((
        ["freight", word(), town], ["freight", spot, "63.1,21.6"], ["cost", word()], ["cost", spot], ["merit", word()],
        ["data", "show", word()], ["data", "show", "anode_prices", "--where", word()], ["data", "show", "gigafactories", "-c", word()],
        ["data", "show", "gigafactories", "--where", f"{rng.choice(('name', 'lat', 'country'))}{rng.choice(('=', '>', '~', '<='))}{word()}", "--json"],
        ["plan", word()], ["plan", "-o", word(), "nothere.yaml"], ["weights", word()], ["init", word() + ".yaml", word()],
        ["cost", "Vaasa", "--capacity", word()], ["cost", "Vaasa", "--as-of", word()], ["cost", "Vaasa", "--investor", word()],
        ["explain", NOWHERE + word()], ["compare", word(), word()], [word(), word()], ["sweep", "balanced", "-g", word()],
        ["weights", "--ahp", word()], ["freight", town, "63.1,21.6", "--mode", word()], ["stakeholders", word()],
        ["plan", "nothere.yaml", "--engine", word()], ["plan", "balanced", "--scheduler", word(), "--engine", "dask"],
        ["data", word()], ["backtest", word()], ["crosscheck", word()],
    ))  # fmt: skip


def _warm(argv: list[str], folder: Path, encoding: str) -> forked.Ended:
    """Run the command line in a copy of this process."""
    from siting.commands import cli  # noqa: PLC0415 - slow

    def main() -> None:
        os.chdir(folder)
        sys.argv = ["siting", *argv]
        sys.stdout.reconfigure(encoding=encoding)  # type: ignore[union-attr]
        sys.stderr.reconfigure(encoding=encoding)  # type: ignore[union-attr]
        cli.main()

    return forked.run(main)


def _anew(argv: list[str], folder: Path, encoding: str) -> forked.Ended:
    """Run the command line as a user does."""
    begun = time.monotonic()
    root = str(Path(__file__).parents[2])
    told = os.environ | {"PYTHONPATH": root, "PYTHONIOENCODING": encoding}
    line = [sys.executable, "-m", "siting.commands.cli", *argv]
    try:
        done = subprocess.run(line, cwd=folder, env=told, capture_output=True, check=False,
                              timeout=3 * forked.SECONDS, errors=None)  # fmt: skip
    except subprocess.TimeoutExpired:
        return forked.Ended(-9, b"", b"", time.monotonic() - begun, 0, late=True)
    return forked.Ended(
        done.returncode, done.stdout, done.stderr, time.monotonic() - begun, 0, late=False
    )


def _wrong(
    done: forked.Ended, argv: list[str], codes: tuple[int, ...], left: set[str], encoding: str
) -> str:
    """Return what must never be, "" where the command ended well."""
    bad = oracle.lost(done)
    if bad:
        return bad
    if done.code not in codes:
        return f"exit code {done.code}, not {codes}"
    for text in (done.out, done.err):
        if CONTROLS.search(text.decode(encoding, "replace").replace("\n", "")):
            return "prints what steers a terminal"
    lines = done.err.decode(errors="replace").splitlines()
    if done.code == 2 and not any(line.startswith("error: ") for line in lines):
        return "refused without a fault"
    if done.code == 2 and left:
        return f"refused, and left {sorted(left)}"
    if done.code == 0 and "--json" in argv:
        json.loads(done.out, parse_constant=lambda word: 1 / 0)
    return ""
