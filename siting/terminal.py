"""What the command line prints: tables for people, JSON for programs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Literal

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.errors import Fault, SitingError, shorten
from siting import mapping
from siting.console import console
from siting.explain import Explanation
from siting.export import is_plan
from siting.freight import Route
from siting.planner import Plan
from siting.ranking import country_names, pillar_points
from siting.strategies import STRATEGIES
from siting.towns import Point

ROWS = 25
COLUMNS: dict[str, Literal["left", "right"]] = {
    "rank": "right",
    "site": "left",
    "country": "left",
    "kind": "left",
    "score": "right",
    "USD/t": "right",
    "best as": "left",
}


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else, before any work is done."""
    if folder.exists() and not is_plan(folder):
        raise SitingError(Fault(str(folder), "exists and is not the folder of a plan",
                                "choose another folder with -o"))  # fmt: skip


def print_plan(plan: Plan, folder: Path, timings: dict[str, float]) -> None:
    """Print the ranked table of the best zones, what stands apart and where the files are."""
    console.print(Text(f"{mapping.question(plan)}?", style="bold"))
    console.print(Text(f"{mapping.investor(plan)} investor, as known on {mapping.long_date(plan)}"))
    rows = Table(box=None, header_style="dim", pad_edge=False)
    for name, justify in COLUMNS.items():
        rows.add_column(name, justify=justify, no_wrap=True, overflow="ellipsis")
    names, cost = country_names(), plan.measures.stack.sum(axis=1)
    for rank, i in enumerate(plan.zones.head[: min(ROWS, plan.study.listing.top)], start=1):
        place = plan.places.iloc[i]
        rows.add_row(
            str(rank),
            Text(str(place["name"])),
            Text(names.get(place["country"], place["country"])),
            str(place["kind"]),
            f"{100 * plan.score[i]:.1f}",
            f"{cost.iloc[i]:,.0f}",
            STRATEGIES[str(plan.shares.iloc[i].idxmax())].short,
        )
    console.print(rows)
    for note in mapping.notes(plan)[:2]:
        console.print(Text(note, style="dim"))
    console.print(
        Text(f"{sum(timings.values()):.1f} s. Results in {folder}/: open map.html first.")
    )


def plan_json(plan: Plan, folder: Path) -> str:
    """Return the summary of a plan as JSON."""
    from siting.delivery import counts

    points = pillar_points(plan)
    sites = [
        {
            "rank": rank,
            "site_id": str(plan.places["site_id"].iloc[i]),
            "name": str(plan.places["name"].iloc[i]),
            "country": str(plan.places["country"].iloc[i]),
            "lat": float(plan.places["lat"].iloc[i]),
            "lon": float(plan.places["lon"].iloc[i]),
            "score": round(float(100 * plan.score[i]), 3),
            "points": {k: round(float(v), 3) for k, v in points.iloc[i].items()},
        }
        for rank, i in enumerate(plan.zones.head, start=1)
    ]
    content = {
        "study": plan.study.name,
        "as_of": plan.as_of.isoformat(),
        "folder": str(folder),
        "price_usd_per_t": plan.price_usd_per_t,
        "counts": counts(plan),
        "sites": sites,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def print_explanation(found: Explanation) -> None:
    """Print an explanation: the sentences, then the numbers behind them."""
    for sentence in found.sentences:
        console.print(Text(sentence))
    table = Table(box=None, header_style="dim", pad_edge=False, title_justify="left")
    table.title, table.title_style = "Contributions, points of 100", "bold"
    table.add_column("criterion")
    for head in ("raw", "value", "here", shorten(found.rival["name"], 18), "median"):
        table.add_column(Text(head), justify="right")
    for row in found.contributions.to_dict("records"):
        measured = pd.notna(row.get("value"))
        star = " *" if row.get("imputed") is True else ""
        table.add_row(
            Text(str(row["name"])),
            f"{row['raw']:,.4g} {row['unit']}{star}" if measured else "",
            f"{row['value']:.2f}" if measured else "",
            *(f"{row[key]:.1f}" for key in ("points", "rival_points", "median_points")),
        )
    score = (f"{found.score:.1f}", f"{found.rival_score:.1f}")
    table.add_row("score", "", "", *score, "", style="bold")
    console.print(table)
    console.print(Text("* taken from a wider place", style="dim"))
    _print_frame(
        found.customers, ["name", "country", "kt", "usd_per_t", "km", "modes"], "Nearest customers"
    )
    _print_frame(
        found.laws, ["zone_id", "theme", "instrument", "start_date"], "Instruments in force here"
    )
    _print_frame(found.reasons, ["reason", "points", "median_points", "verdict"],
                 "The reasons of November 2023, points against the median place")  # fmt: skip


def explanation_json(found: Explanation) -> str:
    """Return an explanation as JSON."""
    site = {k: v for k, v in found.site.items() if pd.notna(v)}
    content = {
        "site": site,
        "rank": found.rank,
        "zone": found.zone_rank,
        "score": found.score,
        "strategies": found.strategies,
        "runner_up": {"site_id": found.rival["site_id"], "name": found.rival["name"],
                      "score": found.rival_score},
        "contributions": _records(found.contributions),
        "customers": _records(found.customers),
        "policies": _records(found.laws[["zone_id", "instrument", "theme", "summary", "source"]]),
        "reasons": _records(found.reasons),
        "sentences": list(found.sentences),
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain_number)


def print_route(way: Route, origin: Point, destination: Point) -> None:
    """Print a way between two points with its legs."""
    console.print(Text(f"{origin.name} to {destination.name}: {way.usd_per_t:,.1f} USD/t, "
                       f"{way.km:,.0f} km", style="bold"))  # fmt: skip
    legs = pd.DataFrame(_legs(way, origin, destination))
    _print_frame(legs, ["mode", "from_place", "to_place", "km", "usd_per_t"], "")


def _legs(way: Route, origin: Point, destination: Point) -> list[dict[str, object]]:
    """Return the legs of a way; the first starts at its origin, the last ends where it ends."""
    legs = [dataclasses.asdict(leg) for leg in way.legs]
    if legs:
        legs[0]["from_place"] = legs[0]["from_place"] or origin.name
        legs[-1]["to_place"] = legs[-1]["to_place"] or destination.name
    return legs


def route_json(way: Route, origin: Point, destination: Point) -> str:
    """Return a way as JSON: km, usd_per_t, legs and its two ends."""
    content = {
        "origin": origin.__dict__,
        "destination": destination.__dict__,
        "km": round(way.km, 3),
        "usd_per_t": round(way.usd_per_t, 3),
        "legs": _legs(way, origin, destination),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain_number)


def _print_frame(frame: pd.DataFrame, columns: list[str], title: str) -> None:
    table = Table(*columns, box=None, header_style="dim", pad_edge=False, title=title or None,
                  title_justify="left", title_style="bold")  # fmt: skip
    for column in table.columns:
        if pd.api.types.is_numeric_dtype(frame[str(column.header)]):
            column.justify = "right"
    for row in frame[columns].itertuples(index=False):
        table.add_row(*(Text(f"{c:,.1f}" if isinstance(c, float) else str(c)) for c in row))
    console.print(table)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    rows = frame.to_dict("records")
    return [{str(k): v for k, v in row.items() if pd.notna(v)} for row in rows]


def _plain_number(value: object) -> object:
    """Return a numpy scalar as a plain number, anything else as text."""
    return value.item() if hasattr(value, "item") else str(value)
