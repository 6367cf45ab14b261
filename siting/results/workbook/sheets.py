"""The sheets of the plan: estates, laws, confidence, barred places, sources."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.geometry import credit_lines
from geodata.language import sentences, tr
from siting.model.plan import Plan
from siting.results import limits
from siting.results.columns import BARRED
from siting.results.tables import Tables
from siting.results.text.confidence import knows_ten
from siting.results.text.estates import in_words
from siting.results.workbook.spreadsheet import A3, TEXT_STYLES, Column, Placed, Spreadsheet
from siting.study.criteria import CRITERIA

SITES_PRINTED = 10  # of a sheet with many rows a site
OF_A_SITE = 1000  # key of the k-th row of a site: its number times this, plus k
LAW_COLUMNS: Mapping[str, tuple[str, str]] = {  # column -> heading, style
    "instrument_id": ("Instrument id", "text"), "zone_name": ("Where it holds", "text"),
    "instrument": ("Instrument", "wrap"), "theme": ("Theme", "text"),
    "effect_type": ("Effect", "text"), "magnitude": ("Size", "fine"), "unit": ("Unit", "text"),
    "start_date": ("From", "text"), "end_date": ("Until", "text"),
    "summary": ("What it says", "wrap"), "source": ("Source", "wrap"),
    "as_of": ("Read", "text"), "confidence": ("Confidence", "text"),
}  # fmt: skip
WIDE = {"summary": 70, "source": 50, "instrument": 40}
NO_ORDER = (
    "Named sites of each zone, by name: their order means nothing. Between the estates of a "
    "country public data choose no better than chance; choose by the facts. Blank is unknown."
)
ESTATE_FACTS: Mapping[str, tuple[str, str, float]] = {  # column -> heading, style, width
    "operator": ("Operator", "text", 0), "site_type": ("Type of site", "text", 0),
    "status": ("Status", "text", 0), "area_ha_available": ("Land available, ha", "whole", 0),
    "grid_mw_available": ("Grid power available, MW", "whole", 0),
    "power_note": ("Power", "wrap", 40), "port": ("Port", "text", 0),
    "rail": ("Railway", "text", 0), "gas": ("Gas", "text", 0),
    "special_regime": ("Special regime", "wrap", 40),
    "notable_tenants": ("Tenants", "wrap", 40),
}  # fmt: skip


def write_estates(book: Spreadsheet, tables: Tables) -> Placed:
    """Write the named sites of each zone, by name, with the facts to choose by."""
    named = limits.fitting(tables.estates, "zone")
    site = named["zone"].to_numpy() - 1
    columns = [
        *of_site(tables.sites, site),
        Column("estate", tr("Estate"), named["name"].astype(str).tolist(), width=44),
        Column("km", tr("From the site that stands for the zone, km"), named["km_away"].to_numpy(),
               "whole"),
        *(Column(key, tr(head), _facts(named[key], style), style, width=width)
          for key, (head, style, width) in ESTATE_FACTS.items() if key in named),
        Column("lat", tr("Latitude, degrees"), named["lat"].to_numpy(float), "degree"),
        Column("lon", tr("Longitude, degrees"), named["lon"].to_numpy(float), "degree"),
        Column("id", tr("Site id"), named["site_id"].astype(str).tolist()),
        key_of(site),
    ]  # fmt: skip
    printed = int((site < SITES_PRINTED).sum())
    return book.table("Estates", columns, freeze=4, paper=A3, note=tr(NO_ORDER), printed=printed)


def _facts(cells: pd.Series, style: str) -> list[str] | np.ndarray:
    if style in TEXT_STYLES:
        return [in_words(cell) for cell in cells.fillna("").astype(str)]
    return np.asarray(pd.to_numeric(cells, errors="coerce"), dtype=float)


def write_policies(book: Spreadsheet, tables: Tables) -> tuple[Placed, int]:
    """Write the instruments in force at each site; return also the most that one site has."""
    laws = tables.laws
    site = laws["nth"].to_numpy()
    columns = [
        *of_site(tables.sites, site),
        *(Column(key, tr(text), _of_laws(laws, key), style, width=WIDE.get(key, 0))
          for key, (text, style) in LAW_COLUMNS.items()),
        key_of(site),
    ]  # fmt: skip
    note = tr("Instruments in force on the date of the plan that apply to this investor and "
              "product.")  # fmt: skip
    printed = int((site < SITES_PRINTED).sum())
    placed = book.table("Policies", columns, freeze=3, paper=A3, note=note, printed=printed)
    book.name("policies_key", placed.column("key"))
    return placed, int(np.bincount(site).max(initial=0))


def _of_laws(laws: pd.DataFrame, key: str) -> list[object]:
    cells: list[object] = laws[key].tolist()
    return [in_words(str(cell)) for cell in cells] if key == "effect_type" else cells


def write_confidence(book: Spreadsheet, plan: Plan, tables: Tables) -> Placed | None:
    """Write how sure the order is; nothing where the study asks for no draws."""
    if plan.confidence is None:
        return None
    table = plan.confidence.table
    columns = [
        *site_columns(tables.sites),
        Column("p_first", tr("First in the what-if runs"), table["p_first"].to_numpy(), "share"),
        *([Column("p_top10", tr("Among the first ten in the what-if runs"),
                  table["p_top10"].to_numpy(), "share")] if knows_ten(plan) else []),
        Column("low", tr("Rank in nine of ten runs, from"), table["rank_low"].to_numpy(), "year"),
        Column("high", tr("Rank in nine of ten runs, to"), table["rank_high"].to_numpy(), "year"),
        Column("mean", tr("Rank on average"), table["expected_rank"].to_numpy(), "tenth"),
        Column("share_low", tr("Chance in nine of ten runs, from"), table["share_low"].to_numpy(),
               "share"),
        Column("share_high", tr("Chance in nine of ten runs, to"), table["share_high"].to_numpy(),
               "share"),
    ]  # fmt: skip
    note = tr(
        "Of {draws} what-if runs around the study's own weights, plants, costs and prices: these "
        "numbers do not follow the sheet Weights.",
        draws=f"{plan.confidence.draws:,}",
    )
    placed = book.table("Confidence", columns, freeze=3, note=note)
    for key in {"p_first", "p_top10"} & {*placed.columns}:
        book.bars(placed.column(key), 1)
    return placed


def write_barred(book: Spreadsheet, plan: Plan) -> None:
    """Write the excluded places with their rule."""
    barred = limits.fitting(plan.barred)
    columns = [
        Column(key, tr(text), barred[key].tolist(), "degree" if key in ("lat", "lon") else "text")
        for key, text in BARRED.items()
    ]
    note = tr("Places that may not be built on, with the rule that excludes them.")
    if len(barred) < len(plan.barred):
        first = tr("The first {shown} of {all}: see barred_sites.csv.",
                   shown=f"{len(barred):,}", all=f"{len(plan.barred):,}")  # fmt: skip
        note = sentences([note, first])
    book.table("Excluded", columns, freeze=2, note=note)


def write_sources(book: Spreadsheet, plan: Plan) -> None:
    """Write where the facts come from: credit lines, anchors, and the sources of every table.

    The first rows sum up each table and are all that is printed; every source follows.
    """
    first: list[tuple[str, str, str, str, int]] = [
        (tr("credit"), line, "", "", 1) for line in credit_lines()
    ]
    every = []
    for name, table in sorted(plan.facts.tables.items()):
        words = tr(name.replace("_", " "))
        read = _sources_of(table)
        every += [(words, *row) for row in read.itertuples(index=False, name=None)]
        first.append((words, *_in_short(read)))
    anchors = [
        (tr("anchors of {criterion}", criterion=tr(criterion.name)), criterion.source, "", "", 1)
        for criterion in CRITERIA.values()
    ]
    what, sources, dates, confidence, facts = zip(*first, *anchors, *every, strict=True)
    note = tr(
        "Confidence: A primary or official, B reliable secondary, C general knowledge. The first "
        "{number} rows sum up, and are printed; every source follows: filter by table.",
        number=len(first),
    )
    book.table("Sources", [
        Column("what", tr("Table"), what, width=30),
        Column("source", tr("Source"), sources, "wrap", width=90),
        Column("as_of", tr("As of"), dates, width=22),
        Column("sure", tr("Confidence"), confidence, width=24),
        Column("count", tr("Facts"), facts, "whole"),
    ], note=note, printed=len(first))  # fmt: skip


def _sources_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return each source of a table with its date and confidence, and how many facts it gives."""
    keys = ["source", "as_of", "confidence"]
    read = table[keys].fillna("").astype(str).value_counts(sort=False).sort_index()
    return read.reset_index()


def _in_short(read: pd.DataFrame) -> tuple[str, str, str, int]:
    """Return how many sources a table has, from when to when, and how sure its facts are."""
    dates = read["as_of"][read["as_of"].ne("")]
    facts = read.groupby("confidence")["count"].sum().drop("", errors="ignore")
    return (
        tr("{number} sources", number=f"{read['source'].nunique():,}"),
        tr("{first} to {last}", first=dates.min(), last=dates.max()) if len(dates) else "",
        ", ".join(f"{grade} {count:,}" for grade, count in facts.items()),
        int(read["count"].sum()),
    )


def site_columns(sites: pd.DataFrame) -> list[Column]:
    """Return the columns that every sheet of sites begins with."""
    return [
        Column("no", tr("Planned rank"), sites["rank"].tolist(), "year"),
        Column("site", tr("Site"), sites["name"].astype(str).tolist(), "wrap", width=46),
        Column("country", tr("Country"), sites["country_name"].tolist()),
    ]


def of_site(sites: pd.DataFrame, site: np.ndarray) -> list[Column]:
    """Return the columns of the site that each row belongs to."""
    return [
        Column(c.key, c.head, [c.cells[i] for i in site], c.style, width=c.width)
        for c in site_columns(sites)
    ]


def key_of(site: np.ndarray) -> Column:
    """Return the key of each row: which site, and its how-manyth row."""
    nth = pd.Series(site).groupby(site).cumcount().to_numpy() + 1
    return Column("key", tr("Key"), OF_A_SITE * (site + 1) + nth, "year", hidden=True)
