"""A comparison in sentences and tables for people, rows for a file, JSON for programs."""

from __future__ import annotations

import datetime as dt
import math
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel
from rich.table import Table
from rich.text import Text

from geodata.errors import Fault, SitingError, shorten
from geodata.places import country_name
from siting.pipeline import NO_SCORE
from siting.scenarios.compare import (
    LAWS,
    PLANTS,
    PRICE,
    REST,
    TOGETHER,
    Comparison,
    Group,
)
from siting.study.study import Study
from siting.support.console import answer, console

LEAST = 0.05  # percentage points; smaller differences are not worth a word
SENTENCES = 5  # sites described in words, in each direction
WIDE = 100  # characters from which a table has room for all of its columns
ROWS_SHOWN = 8  # rules and values on the terminal; all of them are in the JSON
DECIMALS = 6
BEYOND = "overlap and interplay"  # what `together` holds
NOTHING = "No input that moves a score differs between the two studies."


def differences(compared: Comparison, group: Group) -> list[str]:
    """Say how an input differs: what its facts come to, else its keys one by one."""
    before, after = compared.before, compared.after
    if group is PRICE:
        heads = ("Chinese export price", "price outside China")
        pairs = zip(heads, before.prices, after.prices, strict=True)
        return [f"{head}: {was:,.0f} -> {now:,.0f} USD/t" for head, was, now in pairs]
    if group is LAWS:
        came, went = len(after.laws - before.laws), len(before.laws - after.laws)
        numbers = f"{len(before.laws)} -> {len(after.laws)}"
        return [f"instruments that count: {numbers} ({came} came, {went} went)"]
    if group is PLANTS:
        heads = ("gigafactories known", "rival anode plants known")
        counts = zip(heads, before.plants, after.plants, strict=True)
        return [f"{head}: {was:,} -> {now:,}" for head, was, now in counts]
    if group is REST:
        return [f"as_of: {_value(before.as_of)} -> {_value(after.as_of)}"]
    return _keys(before.study, after.study, group.keys)


def without_effect(compared: Comparison) -> list[str]:
    """Say what differs and moves no score."""
    return _keys(compared.before.study, compared.after.study, NO_SCORE)


def _keys(a: Study, b: Study, keys: tuple[str, ...]) -> list[str]:
    """Return "key: before -> after" for every value below `keys` that differs."""
    was, now = (dict(_leaves({key: getattr(study, key) for key in keys})) for study in (a, b))
    return [
        shorten(f"{key}: {_value(was.get(key))} -> {_value(now.get(key))}", 200)
        for key in dict.fromkeys([*was, *now])
        if was.get(key) != now.get(key)
    ]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of nested sections by their dotted keys."""
    if not isinstance(value, dict | BaseModel):
        yield path, value
        return
    for key, inner in dict(value).items():
        yield from _leaves(inner, f"{path}.{key}" if path else str(key))


def _value(value: Any) -> str:
    """Return one value of a study in words; without one, its default."""
    if value is None:
        return "default"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, tuple):
        return ", ".join(map(_value, value)) or "none"
    if isinstance(value, BaseModel):
        given = {key: inner for key, inner in dict(value).items() if inner is not None}
        return " ".join(f"{key} {_value(inner)}" for key, inner in given.items())
    return str(value)


def sentence(compared: Comparison, row: int) -> str:
    """Say how a site moved, and by which inputs."""
    site = compared.sites.iloc[row]
    country = country_name(site["country"])
    moved = compared.parts.iloc[row]
    strongest = moved.drop(TOGETHER).abs().sort_values(ascending=False, kind="stable").index
    named = [name for name in (*strongest, TOGETHER) if abs(moved[name]) > LEAST]
    by = ", ".join(f"{name} {_signed(moved[name])}" for name in named)
    return f"{shorten(site['name'])}, {country} {_move(site)}{by and ': '}{by}."


def _move(site: pd.Series) -> str:
    was, now = int(site["rank_before"]), int(site["rank_after"])
    if not was and not now:
        return f"is excluded in both ({site['rule_after']})"
    if not now:
        return f"was {was:,} and is excluded now ({shorten(site['rule_after'])})"
    if not was:
        share = f"{site['share_after']:.2f} %"
        return f"is {now:,} now (chance {share}) and was excluded ({shorten(site['rule_before'])})"
    verb = "rose" if now < was else "fell"
    moved = f"{verb} from {was:,} to {now:,}" if now != was else f"stays at {now:,}"
    return f"{moved} (chance {site['share_before']:.2f} to {site['share_after']:.2f} %)"


def _signed(points: float) -> str:
    return f"{'+' if points >= 0 else chr(0x2212)}{abs(points):.2f}"  # a real minus sign


def closing(compared: Comparison) -> str:
    """Say which input moved the list most."""
    if not compared.inputs:
        return NOTHING
    totals = compared.totals.drop(TOGETHER).sort_values(ascending=False, kind="stable")
    interplay = compared.totals[TOGETHER]
    first = f"the first {compared.top} of either study"
    if not (totals > LEAST).any():
        if interplay > LEAST:
            points = f"{interplay:,.1f} percentage points"
            return f"No input alone moved {first}; together they did: {points}."
        return f"No chance among {first} moved."
    others = [f"{name} {points:,.1f}" for name, points in totals.iloc[1:].items() if points > LEAST]
    then = f"; then {', '.join(others)}" if others else ""
    extra = f"; {BEYOND} {interplay:,.1f}" if interplay > LEAST else ""
    return (
        f"{str(totals.index[0]).capitalize()} moved the list most: {totals.iloc[0]:,.1f} "
        f"percentage points over the {len(compared.sites)} sites in {first}{then}{extra}."
    )


def movers(compared: Comparison) -> list[int]:
    """Return the rows described in words: the longest rises by rank, then the longest falls."""
    last = max(len(compared.before.sites), len(compared.after.sites)) + 1
    was, now = (compared.sites[f"rank_{side}"].replace(0, last) for side in ("before", "after"))
    steps = was - now
    order = steps.sort_values(ascending=False, kind="stable")
    falls = order[order < 0].sort_values(kind="stable")
    return [*order[order > 0].index[:SENTENCES], *falls.index[:SENTENCES]]


def turned(rows: pd.DataFrame, verb: str) -> list[str]:
    """Say how many places became barred or free, by rule, with the best of them."""
    return [
        f"{len(own):,} {'place' if len(own) == 1 else 'places'} {verb}: "
        f"{shorten(rule, 90)} (best: {shorten(own['name'].iloc[0])}, {own['rank'].iloc[0]:,})"
        for rule, own in rows.groupby("rule", sort=False)
    ]


def table(compared: Comparison) -> pd.DataFrame:
    """Return one row a site with its parts, for a file."""
    sites = compared.sites.round({"share_before": 4, "share_after": 4, "change": 4})
    return sites.join(compared.parts.round(4).add_prefix("points by "))


def check_table(path: Path) -> None:
    """Refuse a file for the table that cannot be made, or that holds anything else.

    Raises
    ------
    SitingError
        Unless `path` is new, or a table of an earlier comparison.
    """
    hint = "choose another file with --out"
    if path.suffix.lower() != ".csv":
        raise SitingError(Fault(str(path), "the table is a CSV file", "let its name end in .csv"))
    if not path.absolute().parent.is_dir():
        raise SitingError(Fault(str(path), "its folder does not exist", hint))
    if not path.exists():
        return
    head = b"site_id,name,country,kind,zone_before,"
    if not path.is_file() or not _begins(path, head):
        raise SitingError(Fault(str(path), "exists and is not a table of movers", hint))


def _begins(path: Path, head: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(BOM_UTF8) + len(head)).removeprefix(BOM_UTF8).startswith(head)


def print_comparison(compared: Comparison) -> None:
    """Print what differs, the list before and after, the movers and which input moved most."""
    for side, plan in (("Before", compared.before), ("After", compared.after)):
        console.print(Text(f"{side}: {plan.study.name}, as known on {_value(plan.as_of)}", "bold"))
    _print_inputs(compared)
    if compared.inputs:
        _print_list(compared)
        _print_countries(compared)
        for row in movers(compared):
            console.print(Text(sentence(compared, row)))
        turns = [*turned(compared.barred, "became barred"), *turned(compared.freed, "became free")]
        for line in turns[:ROWS_SHOWN]:
            console.print(Text(line))
        if len(turns) > ROWS_SHOWN:
            console.print(Text(f"and {len(turns) - ROWS_SHOWN} rules more", style="dim"))
    console.print(Text(closing(compared), style="bold"))


def _print_inputs(compared: Comparison) -> None:
    rows = _grid("What differs")
    rows.add_column("input", no_wrap=True)
    rows.add_column("before -> after")
    rows.add_column("points", justify="right", no_wrap=True)
    for group in compared.inputs:
        lines = differences(compared, group)
        more = [f"and {len(lines) - ROWS_SHOWN} more"] if len(lines) > ROWS_SHOWN else []
        points = f"{compared.totals[group.name]:,.1f}" if group.name in compared.totals else "?"
        rows.add_row(group.name, Text("\n".join([*lines[:ROWS_SHOWN], *more])), points)
    if compared.inputs:
        rows.add_row(TOGETHER, f"{BEYOND} of the above", f"{compared.totals[TOGETHER]:,.1f}")
    for line in without_effect(compared):
        rows.add_row(Text("moves no score", style="dim"), Text(line, style="dim"), "")
    if rows.row_count:
        console.print(rows)
    for name, fault in compared.faults.items():
        console.print(Text(f"{name} cannot be swapped alone: {fault}", style="dim"))


def _print_list(compared: Comparison) -> None:
    rows = _grid(f"Zones: the {compared.top} likeliest, and who left them")
    shown = ["now", "was", "site", "country", "chance, %", "change", "most by"]
    for head in shown:
        right = head in ("now", "was", "chance, %", "change")
        # names give way to numbers: a column that may wrap is the first that Rich narrows
        narrow = head in ("site", "country")
        rows.add_column(head, justify="right" if right else "left", no_wrap=not narrow)
    for row, site in enumerate(compared.sites.to_dict("records")):
        parts = compared.parts.iloc[row]
        most = str(parts.drop(TOGETHER).abs().idxmax()) if len(parts) > 1 else TOGETHER
        cells = (
            _zone(site, "after"),
            _zone(site, "before"),
            shorten(site["name"]),
            country_name(site["country"]),
            f"{site['share_after']:.2f}" if site["rank_after"] else "excluded",
            _signed(site["change"]),
            f"{_short(most)} {_signed(parts[most])}" if abs(parts[most]) > LEAST else "",
        )
        rows.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in cells))
    console.print(rows)


def _zone(site: dict[Any, Any], side: str) -> str:
    return f"{site[f'zone_{side}']}" if site[f"zone_{side}"] else "-"


def _short(name: str) -> str:
    return name if console.width >= WIDE else shorten(name, 16)


def _print_countries(compared: Comparison) -> None:
    table = _grid(f"Countries of the first {compared.top} zones")
    for head in ("country", "zones", "was", "chance, %", "was"):
        table.add_column(head, justify="left" if head == "country" else "right", no_wrap=True)
    for row in compared.countries.to_dict("records"):
        shares = (f"{row[f'share_{side}']:.1f}" for side in ("after", "before"))
        name = country_name(row["country"])
        table.add_row(Text(name), str(row["after"]), str(row["before"]), *shares)
    console.print(table)


def _grid(title: str) -> Table:
    return Table(box=None, header_style="dim", pad_edge=False, title=title,
                 title_justify="left", title_style="bold")  # fmt: skip


def comparison_json(compared: Comparison) -> str:
    """Return all of a comparison as JSON; shares in %, null where there is none."""
    sites = [
        {**site, "entered": bool(entered), "left": bool(left), "points": points}
        for site, entered, left, points in zip(
            _records(compared.sites),
            compared.entered,
            compared.left,
            _records(compared.parts),
            strict=True,
        )
    ]
    content = {
        "before": _side(compared, "before"),
        "after": _side(compared, "after"),
        "top": compared.top,
        "inputs": [
            {
                "name": group.name,
                "differences": differences(compared, group),
                "points": _number(compared.totals.get(group.name)),
                "fault": compared.faults.get(group.name),
            }
            for group in compared.inputs
        ],
        "together_points": _number(compared.totals[TOGETHER]),
        "moves_no_score": without_effect(compared),
        "countries": _records(compared.countries),
        "sites": sites,
        "barred": _records(compared.barred),
        "freed": _records(compared.freed),
        "sentences": [sentence(compared, row) for row in range(len(compared.sites))],
        "closing": closing(compared),
    }
    return answer(content)


def _side(compared: Comparison, side: str) -> dict[str, object]:
    plan = compared.before if side == "before" else compared.after
    chinese, outside = plan.prices
    return {
        "study": plan.study.name,
        "as_of": plan.as_of.isoformat(),
        "price_usd_per_t": outside,
        "chinese_price_usd_per_t": chinese,
        "ranked": len(plan.sites),
        "barred": len(plan.barred),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(k): _number(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _number(value: Any) -> Any:
    """Return a number that JSON can hold: rounded, None where it is missing; text as it is."""
    if not isinstance(value, float):
        return value
    return round(float(value), DECIMALS) if not math.isnan(value) else None
