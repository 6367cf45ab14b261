"""What the command line prints: tables for people, JSON for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.errors import shorten
from siting.study.strategies import STRATEGIES
from siting.support.console import console

if TYPE_CHECKING:  # the planner is slow to import, and a way between two towns needs none of it
    from siting.freight.routes import Route
    from siting.model.plan import Plan
    from siting.results.explain import Explanation
    from siting.world.towns import Point

ROWS = 25
WIDE = 100  # characters from which a table has room for all of its columns
COLUMNS: dict[str, Literal["left", "right"]] = {
    "rank": "right",
    "site": "left",
    "country": "left",
    "kind": "left",
    "score": "right",
    "top 10": "right",
    "USD/t": "right",
    "best as": "left",
}
HEADS = {"usd_per_t": "USD/t", "from_place": "from", "to_place": "to", "zone_id": "id",
         "start_date": "since", "points": "here", "median_points": "median"}  # fmt: skip


def print_plan(plan: Plan, folder: Path, timings: dict[str, float]) -> None:
    """Print the ranked table of the best zones, what stands apart and where the files are."""
    from geodata.places import country_names
    from siting.results import mapping

    console.print(Text(f"{mapping.question(plan)}?", style="bold"))
    console.print(Text(f"{mapping.investor(plan)} investor, as known on {mapping.long_date(plan)}"))
    rows = Table(box=None, header_style="dim", pad_edge=False)
    hidden = {"kind"} if console.width < WIDE else set()
    hidden |= {"top 10"} if plan.confidence is None else set()
    shown = [name for name in COLUMNS if name not in hidden]
    for name in shown:
        # names give way to numbers: a column that may wrap is the first that Rich narrows
        rows.add_column(name, justify=COLUMNS[name], no_wrap=name not in ("site", "country"))
    names, cost = country_names(), plan.measures.stack.sum(axis=1)
    for rank, i in enumerate(plan.zones.head[: min(ROWS, plan.study.listing.top)], start=1):
        place = plan.places.iloc[i]
        cells = {
            "rank": str(rank),
            "site": str(place["name"]),
            "country": names.get(place["country"], place["country"]),
            "kind": str(place["kind"]),
            "score": f"{100 * plan.score[i]:.1f}",
            "top 10": _share_of_draws(plan, rank - 1),
            "USD/t": f"{cost.iloc[i]:,.0f}",
            "best as": STRATEGIES[str(plan.shares.iloc[i].idxmax())].short,
        }
        rows.add_row(*(Text(cells[c], no_wrap=True, overflow="ellipsis") for c in shown))
    console.print(rows)
    for note in mapping.notes(plan)[:2]:
        console.print(Text(note, style="dim"))
    console.print(
        Text(f"{sum(timings.values()):.1f} s. Results in {folder}/: open map.html first.")
    )


def _share_of_draws(plan: Plan, zone: int) -> str:
    """Return in how many draws a zone is among the first ten."""
    if plan.confidence is None:
        return ""
    return f"{plan.confidence.table['p_top10'].iloc[zone]:.0%}"


def plan_json(plan: Plan, folder: Path) -> str:
    """Return the summary of a plan as JSON."""
    from siting.results.delivery import counts
    from siting.results.ranking import pillar_points

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
            **_drawn(plan, rank - 1),
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


def _drawn(plan: Plan, zone: int) -> dict[str, object]:
    """Return the confidence of a zone for JSON; empty where none was asked for."""
    if plan.confidence is None:
        return {}
    row = plan.confidence.table.iloc[zone]
    return {"confidence": {str(k): round(float(v), 4) for k, v in row.items()}}


def print_explanation(found: Explanation) -> None:
    """Print an explanation: the sentences, then the numbers behind them."""
    for sentence in found.sentences:
        console.print(Text(sentence))
    wide = console.width >= WIDE
    table = Table(box=None, header_style="dim", pad_edge=False, title_justify="left")
    table.title, table.title_style = "Contributions, points of 100", "bold"
    table.add_column("criterion")
    rival = shorten(found.rival["name"], 18 if wide else 12)
    for head in ("raw", *(["value"] if wide else []), "here", rival, "median"):
        table.add_column(Text(head), justify="right", no_wrap=True)
    for row in found.contributions.to_dict("records"):
        measured = pd.notna(row.get("value"))
        raw, value = (_measured(row), f"{row['value']:.2f}") if measured else ("", "")
        points = (f"{row[key]:.1f}" for key in ("points", "rival_points", "median_points"))
        table.add_row(Text(str(row["name"])), raw, *([value] if wide else []), *points)
    score = (f"{found.score:.1f}", f"{found.rival_score:.1f}")
    table.add_row("score", "", *([""] if wide else []), *score, "", style="bold")
    console.print(table)
    if found.contributions["imputed"].eq(True).any():
        console.print(Text("* taken from a wider place", style="dim"))
    _print_frame(
        found.customers, ["name", "country", "kt", "usd_per_t", "km", "modes"], "Nearest customers"
    )
    _print_frame(
        found.laws, ["zone_id", "theme", "instrument", "start_date"], "Instruments in force here"
    )
    _print_frame(found.reasons, ["reason", "points", "median_points", "verdict"],
                 "The reasons of November 2023, points against the median place")  # fmt: skip


def _measured(row: dict[Hashable, Any]) -> str:
    """Return a raw value with its unit, and a star where it was read for a wider place."""
    raw, unit = row["raw"], row["unit"]
    number = f"{raw:.0f}" if unit == "year" else f"{raw:,.0f}" if raw >= 1000 else f"{raw:.3g}"  # noqa: PLR2004 - four digits are whole
    said = f"{number} {unit}" if unit not in ("year", "0-1") else number
    return f"{said} *" if row["imputed"] is True else said


def explanation_json(found: Explanation) -> str:
    """Return an explanation as JSON."""
    site = {k: v for k, v in found.site.items() if pd.notna(v)}
    content = {
        "site": site,
        "barred_by": list(found.lifted),
        "rank": found.rank,
        "zone": found.zone_rank,
        "score": found.score,
        "strategies": found.strategies,
        "runner_up": {"site_id": found.rival["site_id"], "name": found.rival["name"],
                      "score": found.rival_score},
        "contributions": _records(found.contributions),
        "confidence": _standing(found),
        "customers": _records(found.customers),
        "policies": _records(found.laws[["zone_id", "instrument", "theme", "summary", "source"]]),
        "reasons": _records(found.reasons),
        "sentences": list(found.sentences),
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain_number)


def _standing(found: Explanation) -> dict[str, object]:
    """Return how sure the rank is and what would change it."""
    at = found.standing
    return {
        "rank": None if at.ranked is None else at.ranked.to_dict(),
        "ahead": at.pair[0],
        "behind": at.pair[1],
        "passes_when": _records(pd.DataFrame(map(dataclasses.asdict, at.passings))),
        "tornado": _records(at.tornado),
        "score_to_be_among_the_first": at.target,
        "needs_one_of": _records(at.needs),
    }


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
