"""A portfolio written to its folder: tables, JSON and the manifest."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.geometry import credit_lines
from maps.portfolio import render
from siting.portfolios.answer import Answer
from siting.results import folder, ownership
from siting.results.export import write_csv
from siting.results.gis.write import write_geopackage
from siting.results.inputs import inputs_of, recorded
from siting.results.manifest import manifest
from siting.results.portfolio.gis import layers
from siting.results.portfolio.page import TITLE, page_of
from siting.results.portfolio.tables import PortfolioTables
from siting.results.portfolio.text import sentences, why_sentences
from siting.results.portfolio.workbook import write_workbook
from siting.support.console import answer
from siting.support.progress import Stages

DECIMALS = {"usd_per_t": 2, "musd": 3, "kt": 4, "chance": 4, "share": 4, "t_per_t": 3}
DEGREES = 5


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as files hold it: by the unit at the end of each column's name."""
    made = {}
    for column in table.columns:
        ends = [n for unit, n in DECIMALS.items() if str(column).endswith(unit)]
        if column in ("lat", "lon"):
            made[column] = table[column].astype(float).round(DEGREES)
        elif ends:
            made[column] = table[column].astype(float).round(ends[0])
        elif table[column].dtype == bool:
            made[column] = table[column].map({True: "yes", False: "no"})
    return table.assign(**made)


def tables_by_name(tables: PortfolioTables) -> dict[str, pd.DataFrame]:
    """Return every table by the stem of its file."""
    by_name = {
        "plants": tables.plants,
        "flows": tables.flows,
        "years": tables.years,
        "portfolios": tables.portfolios,
        "sites": tables.sites,
        "supply": tables.supply,
    }
    regrets = tables.answer.regrets
    if regrets is not None:
        frame = pd.DataFrame({"scenario": regrets.names, "probability": regrets.probability})
        for nth, row in enumerate(regrets.values):
            frame[f"portfolio_{nth + 1}_musd"] = row
        by_name["scenarios"] = frame
    return {name: rounded(table) for name, table in by_name.items()}


def content(tables: PortfolioTables) -> dict[str, object]:
    """Return all of it for programs; None where a figure is not known."""
    whole, found = tables.answer, tables.answer.search
    return {
        "study": whole.plan.study.name,
        "as_of": whole.plan.as_of.isoformat(),
        "sentences": sentences(tables),
        "why": why_sentences(tables),
        "value_musd": round(found.portfolio.value, 3),
        "bound_musd": round(found.bound, 3),
        "gap": _finite(found.gap),
        "stopped": found.stopped,
        "expected_musd": round(whole.settled[0].total, 3),
        "npv_musd": round(float(whole.settled[0].npv.sum()), 3),
        "pays_from_usd_per_t": _finite(whole.break_even),
        "near_complete": whole.near.complete,
        **{name: _records(table) for name, table in tables_by_name(tables).items()},
    }  # fmt: skip


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {str(k): None if pd.isna(v) else v for k, v in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def write_portfolio(
    tables: PortfolioTables, target: Path, stages: Stages, grid: Path | None = None,
    made_of: str = "",
) -> None:  # fmt: skip
    """Write every output of a portfolio; `target` is replaced as a whole or left as it was.

    Raises
    ------
    SitingError
        When `target` holds something that was not written by the planner.
    """
    with folder.whole_folder(target) as fresh, stages("files"):
        written = tables_by_name(tables)
        for name, table in written.items():
            write_csv(table, fresh / f"{name}.csv")
        page = render(page_of(tables))
        (fresh / "portfolio.html").write_text(page, encoding="utf-8", newline="\n")
        write_workbook(tables, written, fresh / "portfolio.xlsx")
        if len(tables.plants):
            title = f"{TITLE}: {tables.answer.plan.study.name}"
            write_geopackage(layers(tables, written), fresh / "portfolio.gpkg", title)
        text = answer(content(tables), plain)
        (fresh / "portfolio.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
        record = _manifest(tables.answer, grid, stages, made_of)
        ownership.write_manifest(fresh, ownership.MANIFEST, record)


def plain(value: object) -> object:
    """Return a number of NumPy as one that JSON knows."""
    return value.item() if isinstance(value, np.generic) else None


def _manifest(whole: Answer, grid: Path | None, stages: Stages, made_of: str) -> dict[str, Any]:
    found = whole.search
    return manifest(
        recorded(whole.plan.study),
        inputs_of([whole.plan.study], {"grid": grid} if grid else {}),
        {
            "sites": whole.problem.sites,
            "customers": len(whole.ledger.customers),
            "periods": len(whole.ledger.calendar.decided),
            "portfolios": len(whole.near.portfolios),
        },
        stages.timings,
        made_of=made_of,
        databases=list(whole.plan.selection.databases),
        search=[
            {"s": round(s, 2), "done": what, "value_musd": _finite(value), "bound_musd": _finite(b)}
            for s, what, value, b in found.trail
        ],
        attributions=list(credit_lines()),
    )


def _finite(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
