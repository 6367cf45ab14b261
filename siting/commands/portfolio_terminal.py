"""Output of `siting portfolio`: the answer in sentences and a table of plants, or JSON."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from rich.text import Text

from maps.numerals import number, share
from siting.results.portfolio import files
from siting.results.portfolio.tables import PortfolioTables
from siting.results.portfolio.text import sentences, why_sentences
from siting.support.console import answer, console

WIDE = 110  # characters from which a table has room for all of its columns


def print_portfolio(tables: PortfolioTables, folder: Path, seconds: float) -> None:
    """Print the answer, the plants, why each is in, and where the files are."""
    for line in sentences(tables):
        console.print(Text(line))
    if len(tables.plants):
        console.print(_plants(tables))
        for line in why_sentences(tables):
            console.print(Text(line, style="dim"))
    console.print(Text(f"{seconds:.1f} s. Results in {folder}/: open portfolio.html first."))


def _plants(tables: PortfolioTables) -> Table:
    wide = console.width >= WIDE
    rows = Table(box=None, header_style="dim", pad_edge=False)
    rows.add_column("", justify="right", no_wrap=True)
    rows.add_column("site")
    rows.add_column("country")
    rows.add_column("kt a year")
    heads = ("own money", "worth", "chance", "margin", "portfolios")
    hidden = () if wide else ("own money", "chance")
    for head in heads:
        if head not in hidden:
            rows.add_column(head, justify="right", no_wrap=wide)
    count = len(tables.answer.near.portfolios)
    for row in tables.plants.to_dict("records"):
        cells = {
            "own money": number(row["invested_musd"]),
            "worth": number(row["npv_musd"], sign=True),
            "chance": share(row["chance"]),
            "margin": number(row["margin_usd_per_t"], sign=True),
            "portfolios": f"{row['in_portfolios']}/{count}",
        }
        shown = [str(row["plant"]), str(row["name"]), str(row["country_name"]), str(row["steps"])]
        shown += [cell for head, cell in cells.items() if head not in hidden]
        rows.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in shown))
    return rows


def portfolio_json(tables: PortfolioTables, folder: Path) -> str:
    """Return all of a portfolio as JSON."""
    return answer({"folder": str(folder), **files.content(tables)}, files.plain)
