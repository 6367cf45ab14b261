"""Output of `siting sweep`: sentences and the robust table, or JSON for programs."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.places import country_name
from siting.results.sweep_files import accounted, robust_table, scenario_table, sentences
from siting.results.text.confidence import short
from siting.scenarios.notices import for_programs
from siting.scenarios.sweep import Sweep
from siting.support.console import answer, console

ROWS = 15
WIDE = 100  # characters from which a table has room for all of its columns
NONE = "\N{EN DASH}"


def print_sweep(result: Sweep, folder: Path, seconds: float) -> None:
    """Print the result, the first rows of the robust table and where the files are."""
    for line in sentences(result):
        console.print(Text(line))
    wide = console.width >= WIDE
    rows = Table(box=None, header_style="dim", pad_edge=False)
    rows.add_column("", justify="right", no_wrap=True)
    rows.add_column("site")
    rows.add_column("country")
    heads = ("median rank", "worst", "first ten", "mean regret", "largest regret", "in scenario")
    hidden = () if wide else ("worst", "mean regret", "in scenario")
    for head in heads:
        if head not in hidden:
            rows.add_column(head, justify="right", no_wrap=wide)
    count = len(result.scenarios)
    for row in result.sites.head(ROWS).to_dict("records"):
        cells = {
            "median rank": _rank(row["rank_median"]),
            "worst": _rank(row["rank_worst"]),
            "first ten": f"{row['times_top10']}/{count}",
            "mean regret": f"{row['regret_expected']:.2f}",
            "largest regret": f"{row['regret_max']:.2f}",
            "in scenario": str(row["regret_max_in"]),
        }
        shown = [str(row["robust_rank"]), short(str(row["name"])), country_name(row["country"])]
        shown += [cell for head, cell in cells.items() if head not in hidden]
        rows.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in shown))
    console.print(rows)
    note = (
        f"Score: odds against the best place of a scenario, 0 to 1. Regret: what a site's "
        f"score lacks there to that of rank 1. {NONE} beyond the list."
    )
    console.print(Text(note, style="dim"))
    for sentence in accounted(result):
        console.print(Text(sentence))
    console.print(Text(f"{seconds:.1f} s. Results in {folder}/: open sweep.html first."))


def _rank(rank: float) -> str:
    return NONE if math.isnan(rank) else f"{rank:.0f}"


def sweep_json(result: Sweep, folder: Path) -> str:
    """Return the tables of a sweep as JSON."""
    content = {
        "study": result.base.name,
        "folder": str(folder),
        "top": result.top,
        "sentences": sentences(result),
        **for_programs(result.notices),
        "sites": _records(robust_table(result)),
        "scenarios": _records(scenario_table(result)),
    }
    return answer(content)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return rows as plain values, None where there is none."""
    return [
        {str(k): None if pd.isna(v) else v for k, v in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]
