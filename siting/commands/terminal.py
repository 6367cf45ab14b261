"""What the command line prints: tables for people, JSON for programs."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.language import pgettext, sentences, tr
from siting.support.console import answer, console

if TYPE_CHECKING:  # the planner is slow to import, and a route between two towns needs none of it
    from siting.freight.routes import Route
    from siting.model.plan import Plan
    from siting.results.tables import Tables
    from siting.results.text.explain import Explanation
    from siting.world.point import Point

ROWS = 25
WIDE = 100  # characters from which a table has room for all of its columns
COLUMNS: dict[str, Literal["left", "right"]] = {
    "rank": "right",
    "site": "left",
    "zone": "left",
    "chance": "right",
    "country": "left",
    "first": "right",
    "first 10": "right",
    "pays from": "right",
    "margin": "right",
    "pays": "right",
}
ONLY_WIDE = {"zone"}
HEADS = {"usd_per_t": "USD/t", "from_place": "from", "to_place": "to", "instrument_id": "id",
         "start_date": "since", "odds": "times", "area_ha_available": "ha free",
         "grid_mw_available": "MW free", "special_regime": "regime", "km_away": "km"}  # fmt: skip
FACT = 30
IN_JSON = (
    "rank", "zone", "scouted", "site_id", "name", "country", "lat", "lon", "share", "country_share",
    "odds_vs_median", "place_rank", "percentile", "delivered_usd_per_t", "margin_usd_per_t",
    "pays_from_usd_per_t", "chance_it_pays", "price_rank", "front",
)  # fmt: skip # of the sites
SURE = ("first 10", "first")
ESTATE_FACTS = ["name", "area_ha_available", "grid_mw_available", "port", "special_regime"]


def print_plan(plan: Plan, tables: Tables, folder: Path, seconds: float) -> None:
    """Print the ranked table of the best zones, how sure it is and where the files are."""
    from siting.results import data_age, limits
    from siting.results.text import accounts
    from siting.results.text import answer as said
    from siting.results.text.confidence import scale_sentence
    from siting.results.text.money import two_orders

    console.print(Text(tr("{question}?", question=said.question(plan)), style="bold"))
    console.print(Text(said.known(plan)))
    rows = Table(box=None, header_style="dim", pad_edge=False)
    hidden = {*ONLY_WIDE} if console.width < WIDE else set()
    sure = _sure(plan)
    hidden |= {*SURE} - {sure}
    shown = [name for name in COLUMNS if name not in hidden]
    heads = _heads()
    for name in shown:
        # names give way to numbers: a column that may wrap is the first that Rich narrows
        rows.add_column(heads[name], justify=COLUMNS[name],
                        no_wrap=name not in ("site", "zone", "country"))  # fmt: skip
    for cells in _summary(plan, tables):
        rows.add_row(*(Text(cells[c], no_wrap=True, overflow="ellipsis") for c in shown))
    console.print(rows)
    print_text(_legend(sure), "dim")
    if plan.confidence is not None:
        print_text(_certainty(plan))
        print_text(scale_sentence(), "dim")
    print_text(two_orders(plan))
    for account in accounts.sentences(plan):
        print_text(account)
    for note in said.notes(plan)[:2]:
        console.print(Text(note, style="dim"))
    if limited := limits.sentence(plan):
        print_text(limited)
    print_text(data_age.sentence(tables.age), "dim")
    last = tr("{seconds} s. Results in {folder}/: open map.html first.",
              seconds=f"{seconds:.1f}", folder=folder)  # fmt: skip
    console.print(Text(last))


def _heads() -> dict[str, str]:
    """Return what the columns are called."""
    return {
        "rank": tr("rank"), "site": tr("site"), "zone": tr("zone"), "chance": tr("chance"),
        "country": tr("country"), "first": pgettext("heading", "first"), "first 10": tr("first 10"),
        "pays from": tr("pays from"), "margin": tr("margin"), "pays": pgettext("heading", "pays"),
    }  # fmt: skip


def _legend(sure: str) -> str:
    """Say what the columns are."""
    runs = {
        "first 10": tr("first 10: share of the what-if runs with the zone among the first ten"),
        "first": tr("first: share of the what-if runs with the zone at rank 1"),
    }
    return tr("; ").join((
        tr("zone: a cluster of nearby sites"),
        tr("chance: how likely the next plant goes to the zone, and to its country beside it"),
        *([runs[sure]] if sure else []),
        tr("pays from: price outside China from which a tonne earns its cost before tax, USD/t"),
        tr("margin: USD/t at the price of the day"),
        tr("pays: chance that it is above zero"),
    ))  # fmt: skip


def _summary(plan: Plan, tables: Tables) -> list[dict[str, str]]:
    """Return the cells of the ranked table, a zone a row."""
    from geodata.places import country_name
    from maps.numerals import number, share

    name_of = country_name if console.width >= WIDE else str

    return [
        {
            "rank": str(site["rank"]),
            "site": str(site["name"]),
            "zone": str(site["zone"]),
            "chance": share(site["share"]),
            "country": f"{name_of(site['country'])} {share(site['country_share'])}".strip(),
            **_surely(site.get("confidence")),
            "pays from": _price(site["pays_from_usd_per_t"]),
            "margin": number(site["margin_usd_per_t"], sign=True),
            "pays": share(site["chance_it_pays"]),
        }
        for site in _sites(plan, tables)[: min(ROWS, plan.study.listing.top)]
    ]


def _sure(plan: Plan) -> str:
    """Return which column of `SURE` is shown; none where nothing was drawn."""
    from siting.results.text.confidence import knows_ten

    if plan.confidence is None:
        return ""
    return "first 10" if knows_ten(plan) else "first"


def _surely(drawn: dict[str, float | None] | None) -> dict[str, str]:
    from maps.numerals import share

    named = {"first": "p_first", "first 10": "p_top10"}
    values = {name: (drawn or {}).get(key) for name, key in named.items()}
    return {name: "" if one is None else share(one) for name, one in values.items()}


def _price(usd: float) -> str:
    return f"{usd:,.0f}" if usd > 0 else tr("any")


def _sites(plan: Plan, tables: Tables) -> list[dict[str, Any]]:
    """Return what JSON says of each zone, best first."""
    from siting.results.columns import COLUMNS

    decimals = COLUMNS["chance_it_pays"].decimals
    sites = tables.sites[[*IN_JSON]].round({"chance_it_pays": decimals})
    return [
        {**{str(key): _plain(value) for key, value in site.items()}, **_drawn(plan, nth)}
        for nth, site in enumerate(sites.to_dict("records"))
    ]


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def _certainty(plan: Plan) -> str:
    """Say in a line how sure rank 1 is."""
    from siting.results.text.confidence import first_else, leading

    assert plan.confidence is not None  # noqa: S101 - asked for only then
    row = plan.confidence.table.iloc[0]
    return sentences([tr("Rank 1 is {sure}.", sure=leading(row)), first_else(plan)])


def plan_json(plan: Plan, tables: Tables, folder: Path) -> str:
    """Return the summary of a plan as JSON."""
    from siting.model.plan import country_chances
    from siting.results.data_age import summary
    from siting.results.text.accounts import for_programs
    from siting.results.text.confidence import CERTAINTY
    from siting.results.write import counts

    content = {
        "study": plan.study.name,
        "lens": plan.study.lens,
        "as_of": plan.as_of.isoformat(),
        "folder": str(folder),
        "price_usd_per_t": plan.price_usd_per_t,
        "data_age": summary(plan, tables.age),
        "counts": counts(plan),
        **for_programs(plan),
        "countries": {str(code): float(p) for code, p in country_chances(plan).items()},
        "certainty_words": [{"from": least, "word": word} for least, word in CERTAINTY],
        "sites": _sites(plan, tables),
    }
    return answer(content)


def _drawn(plan: Plan, zone: int) -> dict[str, object]:
    """Return the confidence of a zone for JSON; empty where none was asked for."""
    if plan.confidence is None:
        return {}
    row = plan.confidence.table.iloc[zone]
    known = {str(k): None if pd.isna(v) else round(float(v), 6) for k, v in row.items()}
    return {"confidence": known}


def print_explanation(about: Explanation) -> None:
    """Print an explanation: the sentences, then the numbers behind them."""
    from maps.numerals import times
    from siting.results.text.confidence import scale_sentence, short

    for paragraph in about.paragraphs:
        print_text(sentences(paragraph))
    print_text(scale_sentence(), "dim")
    wide = console.width >= WIDE
    table = Table(box=None, header_style="dim", pad_edge=False, title_justify="left")
    table.title, table.title_style = tr("What each criterion multiplies the odds by"), "bold"
    table.add_column(tr("criterion"))
    rival = console.fitted(short(about.rival["name"]), 18 if wide else 12)
    for head in (tr("raw"), *([tr("value")] if wide else []), tr("median"), rival):
        table.add_column(Text(head), justify="right", no_wrap=True)
    for row in about.contributions.to_dict("records"):
        value = [f"{row['value']:.2f}"] if wide else []
        odds = (times(row[key]) for key in ("odds", "rival_odds"))
        table.add_row(Text(tr(str(row["name"]))), _measured(row), *value, *odds)
    whole = (times(about.odds), times(about.rival_odds))
    table.add_row(tr("all together"), "", *([""] if wide else []), *whole, style="bold")
    console.print(table)
    if about.contributions["imputed"].any():
        console.print(Text(tr("* read for a wider place"), style="dim"))
    _print_estates(about)
    _print_frame(
        about.customers, ["name", "country", "kt", "usd_per_t", "km", "modes"], tr("Customers")
    )
    _print_frame(
        about.laws,
        ["instrument_id", "theme", "instrument", "start_date"],
        tr("Instruments in force here"),
    )
    _print_frame(about.reasons.assign(odds=about.reasons["odds"].map(times)),
                 ["reason", "odds", "verdict"],
                 tr("The reasons of November 2023: odds against the median place"))  # fmt: skip


def _print_estates(about: Explanation) -> None:
    """Print the facts of the named sites of the zone by which a team would choose."""
    known = [c for c in ESTATE_FACTS if c in about.estates and about.estates[c].notna().any()]
    if about.estates.empty or len(known) < 2:  # noqa: PLR2004 - names alone
        return
    facts = about.estates[known].copy()
    for column in known[1:]:
        number = pd.api.types.is_numeric_dtype(facts[column])
        shown = facts[column].map(lambda v, n=number: f"{v:,.0f}" if n else console.fitted(v, FACT))
        facts[column] = shown.where(facts[column].notna(), "")
    _print_frame(facts, known, tr("Named sites of its zone, by name: the order means nothing"))


def print_text(text: str, style: str = "") -> None:
    """Print a sentence, broken at spaces that may break."""
    for line in textwrap.wrap(text, console.width):
        console.print(Text(line, style=style))


def _measured(row: dict[Hashable, Any]) -> str:
    """Return a raw value with its unit, and a star where it was read for a wider place."""
    from siting.model.archetypes import figure
    from siting.results.text.confidence import with_unit

    text = with_unit(figure(row["raw"], row["unit"]), row["unit"])
    return f"{text} *" if row["imputed"] else text


def explanation_json(about: Explanation) -> str:
    """Return an explanation as JSON."""
    content = {
        "site": {k: v for k, v in about.site.items() if pd.notna(v)},
        "barred_by": list(about.lifted),
        "rank": about.rank,
        "percentile": about.percentile,
        "zone": about.zone,
        "zone_name": about.zone_name,
        "zones": about.zones,
        "share": about.report.share,
        "chance": about.chance,
        "country_share": about.country_share,
        "odds_vs_median": about.odds,
        "runner_up": {"site_id": about.rival["site_id"], "name": about.rival["name"],
                      "odds": about.rival_odds},
        "contributions": _records(about.contributions),
        "confidence": _standing(about),
        "estates": _records(about.estates),
        "chance_it_pays": about.pays,
        "customers": _records(about.customers),
        "policies": _records(
            about.laws[["instrument_id", "instrument", "theme", "summary", "source"]]
        ),
        "reasons": _records(about.reasons),
        "sentences": list(about.sentences),
    }  # fmt: skip
    return answer(content, _plain_number)


def _standing(about: Explanation) -> dict[str, object]:
    """Return how sure the rank is and what would change it."""
    report = about.report
    passing = _records(pd.DataFrame([dataclasses.asdict(report.passing)])) if report.passing else []
    return {
        "rank": None if report.ranked is None else report.ranked.to_dict(),
        "ahead": report.pair[0],
        "behind": report.pair[1],
        "passes_when": passing[0] if passing else None,
        "tornado": _records(report.tornado),
        "odds_to_be_among_the_first": max(report.lacking, 1.0),
        "needs_one_of": _records(report.needs),
    }


def print_route(route: Route, origin: Point, destination: Point) -> None:
    """Print a route between two points with its legs."""
    console.print(Text(f"{origin.name} to {destination.name}: {route.usd_per_t:,.1f} USD/t, "
                       f"{route.km:,.0f} km", style="bold"))  # fmt: skip
    legs = pd.DataFrame(_legs(route, origin, destination))
    _print_frame(legs, ["mode", "from_place", "to_place", "km", "usd_per_t"], "")


def _legs(route: Route, origin: Point, destination: Point) -> list[dict[str, object]]:
    """Return the legs of a route; the first starts at its origin, the last ends where it ends."""
    legs = [dataclasses.asdict(leg) for leg in route.legs]
    if legs:
        legs[0]["from_place"] = legs[0]["from_place"] or origin.name
        legs[-1]["to_place"] = legs[-1]["to_place"] or destination.name
    return legs


def route_json(route: Route, origin: Point, destination: Point) -> str:
    """Return a route as JSON: km, usd_per_t, legs and its two ends."""
    content = {
        "origin": origin.__dict__,
        "destination": destination.__dict__,
        "km": round(route.km, 3),
        "usd_per_t": round(route.usd_per_t, 3),
        "legs": _legs(route, origin, destination),
    }
    return answer(content, _plain_number)


def _print_frame(frame: pd.DataFrame, columns: list[str], title: str) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False, title=title or None,
                  title_justify="left", title_style="bold")  # fmt: skip
    for name in columns:
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        table.add_column(HEADS.get(name, name), justify="right" if numeric else "left")
    for row in frame[columns].itertuples(index=False):
        table.add_row(*(Text(f"{c:,.1f}" if isinstance(c, float) else str(c)) for c in row))
    console.print(table)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    rows = frame.to_dict("records")
    return [
        {str(k): v for k, v in row.items() if isinstance(v, tuple) or pd.notna(v)} for row in rows
    ]


def _plain_number(value: object) -> object:
    """Return a numpy scalar as a plain number, anything else as text."""
    return value.item() if hasattr(value, "item") else str(value)
