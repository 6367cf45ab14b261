"""The page of what the planner was tried with: `python -m tests.fuzz.page` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .corpus import EXPECTED

RECORD = Path(__file__).with_name("campaign.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
COLUMNS = ("accepted", "refused", "in a parser's words", "failed")
# What else is tried, by which test file, and the command of the long run where there is one.
OTHERWISE = (
    ("A disk that is full at the n-th write, an allocation that fails, a file that may not grow: the old plan or the new one whole", "whole/test_faults.py", "make campaign"),
    ("kill -9 at random moments of a plan: never half a result, never a broken cache", "whole/test_killed.py", "make campaign"),
    ("Ctrl-C at any moment", "support/test_interrupt.py", ""),
    ("What is not ours in a results folder is left alone", "results/test_folder.py", ""),
    ("Foreign files that crash, fill or hold up whoever parses them; a reader that reaches and writes nothing",
     "geodata/test_foreign.py", ""),
    ("What one format of a user's file accepts another does", "geodata/test_read_alike.py", ""),
    ("Rings across 180 degrees, around a pole, with holes, against an independent oracle", "geodata/test_rings.py", ""),
    ("YAML 1.2: numbers, days, keys given twice, each with what to write instead", "study/test_plainyaml.py", ""),
    ("Hostile names in every text of the page, in a real browser", "maps/test_hostile_browser.py", ""),
    ("Bad input through the command line, each with its one line", "whole/test_bad_input.py", ""),
    ("A question changed in 32 ways (re-ordered, re-projected, doubled, split, layers cut, customers shuffled): the answer changes as it must", "whole/test_relations.py", ""),
    ("The score of the page against that of Python, to the last bit", "maps/test_differential.py", "make differential"),
)  # fmt: skip

FOUND = (
    "A corner of a hole far outside of its outer ring, or one that is no number: a traceback while places near the layer were looked for. Every corner of every ring must be in degrees.",
    "A column of numbers headed as the country (GeoJSON, GeoPackage, Shapefile, Parquet): a sound list was not readable.",
    "A column without a heading in Parquet: taken for the shapes of the file.",
    "Curved shapes, shapes that are no WKB, a GeoParquet header of another form, two columns of one name, a GeoJSON type that is an object, `NaN` in JSON: an exception of Python was all that was said.",
    "A missing or damaged .shx, a damaged database, JSON cut short: the words of a driver, with the path of a temporary file.",
    "A FeatureCollection whose features are no list: advised to become a FeatureCollection.",
)

TEXT = """\
# Reliability

Made by `python -m tests.fuzz.page` from the record of the last campaign; `make fuzz` runs a new one and writes this
page again.

## The campaign of hostile inputs

Seed {seed}, commit {commit}, {date}, Python {python}: **{tried:,} inputs** through the public functions by which
`siting plan` reads (`candidates.read_own`, `gather`, `exclusions.in_layers`, `load.table`, `studyfile.read`,
`sweep_grid.read`, `weights_files.read`, `setting.read`) and **{commands:,} command lines**; **{failed} failed**.

Inputs are sound documents that are changed where their meaning lies, one to three times: columns, headings, cells,
shapes, types, ids, row counts, the tree of a GeoJSON, the SQL of a GeoPackage, the header of a GeoParquet, the sidecars of
a Shapefile, keys and values of a study; and in a quarter of them bytes, pieces and encodings of the finished file. About
a sixth is left sound and must be read whole. An input is failed by

- a traceback, a signal, more than 60 s, more than 4 GB, a file left behind;
- silent loss: fewer places, features or rows than were written, another id, name or number in a cell than the file has;
- nonsense accepted: a position out of range or from a cell that is no number, ids not unique, a number of a study that
  YAML 1.2 does not know, weights that are no shares;
- a sound document refused; a study that is another one when it is written and read again;
- a fault that quotes an exception which the reader did not foresee;
- a fault without cause or hint, with signs that steer a terminal, or longer than anybody reads.

| input | tried | accepted | clear fault | fault in a parser's own words | failed |
| --- | ---: | ---: | ---: | ---: | ---: |
{inputs}

A fault in a parser's own words says that the file is damaged or cut short and what to do, and quotes what a library says
of it.

| command line | tried | exit code 0 | exit code 2, clear faults | failed |
| --- | ---: | ---: | ---: | ---: |
{lines}

Of command lines the exit code must be 0 or 2 as the reader of the file says, standard error must hold a line that
begins with `error: ` where it is 2, nothing printed may steer a terminal (UTF-8, ASCII, cp1252 and cp936 in turn), `--json` must
be JSON, and a refused command must leave no file.

A list or layer that the reader accepts is not planned to the end: the command asks for a place that is not there, and
must say so.

{failures}## What failed before

By some 25,000 inputs on earlier commits; each was mended as a kind, and is kept in the corpus or has a test.

{found}

## How it is done

- Each input runs in a copy (fork) of a process that has every module loaded; what it crashes or holds up is a copy.
  The process that parses GeoPackage, Parquet and Shapefile is such a copy too, with the limits and the code of the
  real one (`geodata.foreign_child`): a process started anew takes half a second. `tests/geodata/test_foreign.py` and the rest of the suite
  start it anew, and so does one command line of {fresh}.
- Every input can be had again: `python -m tests.fuzz --only "CSV list:17" --seed 1` reads one by the real process and
  prints what is said of it.
- {corpus} small files that once failed, or stand for a kind, are kept in `tests/fuzz/corpus` with what must be said of
  each. CI reads them and 100 new inputs (`tests/whole/test_fuzz.py`; `SITING_FUZZ=1000` for more).
- Coverage-guided fuzzing (atheris) is left out: its wheels are for Linux alone, the newest has none for Python 3.11, and
  the parsers behind four of the five formats are C that it does not see.

## What else is tried

| what | test | the long run |
| --- | --- | --- |
{otherwise}

All of it runs in `make test`. The long runs take hours on a small machine and are stopped by Ctrl-C: `make fuzz`
then writes what it has.

**The score, twice.** `make differential` draws settings of ten kinds (lenses, single criteria, all switched off, denormal,
twelve orders of magnitude apart) and places of eleven kinds (ties, twins, blanks, endless, halves of the last decimal),
and scores them in Python and by the page's own script in Chromium. Of 1,012,000 cases, a place under a setting each,
129,300 were refused by both and 574,400 tied; weights, scores and ranks agreed to the last bit, chances within 1.6e-15
(asked: 1e-12). Before, 21 of 10,120 settings ranked near-equal places otherwise on the page, 1,293 were refused by Python
alone, and chances of large scores were off by up to 1.6e-6. The suite runs 22,000 cases.

**Do the tests notice?** `make mutants` changes the six kernels (score, zones, flips, acceptability, landed cost, policy) in
one small way at a time (an operator, a number, an argument, a text) and runs each kernel's own quick tests on every
change. Killed: score 95.5 % and flips 97.4 % of all mutants; zones 93 %, acceptability 97 %, landed cost 95 %, policy
96 % of a sample of 100 that is the same on every machine. A second sample of 60 that no test was written for gave 96.7,
95, 90 and 96.7 %. Each known survivor stands with its reason in `benchmarks/mutants.csv`; one that does not, or a score
below 85 %, fails the target. `SITING_MUTANTS=1000 make mutants` runs every mutant.
"""


def page(record: Mapping[str, Any]) -> str:
    """Return the page of a record, see `campaign.Campaign.record`."""
    inputs, lines = record["inputs"], record["commands"]
    tables = (inputs, lines)
    with EXPECTED.open(encoding="utf-8") as file:
        kept = sum(1 for _ in file)
    return TEXT.format(
        seed=record["seed"], commit=record["commit"], date=record["date"], python=record["python"],
        tried=_count(inputs), commands=_count(lines), corpus=kept, fresh=record["fresh_every"],
        failed=sum(counts.get("failed", 0) for table in tables for counts in table.values()) or "none",
        inputs=_rows(inputs, COLUMNS), lines=_rows(lines, (COLUMNS[0], COLUMNS[1], COLUMNS[3])),
        failures=_failures(record["failures"]), found="\n".join(f"- {one}" for one in FOUND),
        otherwise="\n".join(
            f"| {what} | `tests/{test}` | {f'`{long}`' if long else ''} |" for what, test, long in OTHERWISE
        ),
    )  # fmt: skip


def _count(table: Mapping[str, Mapping[str, int]]) -> int:
    return sum(sum(counts.values()) for counts in table.values())


def _rows(table: Mapping[str, Mapping[str, int]], columns: Iterable[str]) -> str:
    """Return a row for each kind and one for all."""
    names = list(columns)
    whole = {name: sum(counts.get(name, 0) for counts in table.values()) for name in names}
    return "\n".join(
        f"| {kind} | {sum(counts.values()):,} | " + " | ".join(f"{counts.get(name, 0):,}" for name in names) + " |"
        for kind, counts in [*table.items(), ("all", whole)]
    )  # fmt: skip


def _failures(failures: Iterable[Mapping[str, Any]]) -> str:
    """Return what failed, one line each; nothing where all ended well."""
    rows = [
        f"- {one['kind']}, number {one['number']}: {' '.join(one['said'][0].split())[:200]}"
        for one in failures
    ]
    return "\n".join(["Failed:", "", *rows, "", ""]) if rows else ""


def write(record: Path = RECORD) -> None:
    """Keep a record and write the page of it."""
    text = record.read_text(encoding="utf-8")
    RECORD.write_text(text, encoding="utf-8", newline="\n")
    PAGE.write_text(page(json.loads(text)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
