"""Small files that once failed or stand for a kind, each with what must be said of it.

They lie in `corpus/DOOR/`; `corpus/expected.tsv` says for each file "accepted", or a part of the
one clear fault. A file that ends in .gz is unpacked first.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from . import oracle
from .inputs import Input
from .oracle import ACCEPTED, Outcome

FOLDER = Path(__file__).parent / "corpus"
EXPECTED = FOLDER / "expected.tsv"


def kept() -> Iterator[tuple[str, Input]]:
    """Yield the path of each file and the input that it is."""
    for path in sorted(FOLDER.glob("*/*")):
        content = path.read_bytes()
        if path.suffix == ".gz":
            path, content = path.with_suffix(""), gzip.decompress(content)  # noqa: PLW2901
        door = path.parent.name.replace("-", " ")
        yield path.relative_to(FOLDER).as_posix(), Input("corpus", door, {path.name: content})


def outcomes() -> dict[str, Outcome]:
    """Return how each file ends."""
    names, inputs = zip(*kept(), strict=True)
    return dict(zip(names, oracle.all_judged(inputs), strict=True))


def failures() -> list[str]:
    """Return a line for each file that ends otherwise than it must."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = dict(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    ended = outcomes()
    lines = [f"{name}: not in {EXPECTED.name}" for name in ended.keys() ^ expected.keys()]
    for name in ended.keys() & expected.keys():
        said = "; ".join(ended[name].said) or ended[name].ended
        if expected[name] not in said or ended[name].ended == oracle.FAILED:
            lines.append(f"{name}: {expected[name]!r} expected, {said!r} said")
    return lines


def draft() -> str:
    """Return the table of what is said today, to be read before it is kept."""
    rows = [f"{name}\t{ACCEPTED if one.ended == ACCEPTED else one.said[0]}\n"
            for name, one in outcomes().items()]  # fmt: skip
    return "".join(rows)
