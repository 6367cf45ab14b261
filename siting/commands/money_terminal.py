"""What `siting cost` and `siting merit` print: tables for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from maps.numerals import number, per_cent, share
from siting.commands.terminal import WIDE
from siting.money.sitecost import SHOWN, SiteCost, one_a_country
from siting.results.text.money import pays_sentence, worth_sentence
from siting.study.parameters import NAMES, Parameters
from siting.study.study import Study
from siting.study.terms import COST_PARTS
from siting.support.console import answer, console
from siting.world.facts import Facts
from siting.world.unknown import unknown_of

BAR, CELLS = "\N{FULL BLOCK}", 24
MOVERS = 5
GATE_COLUMNS = {"name": "customer", "country": "", "kt": "kt/y", "freight": "freight",
                "duty": "duty", "delivered": "delivered", "parity": "Chinese",
                "price": "price", "margin": "margin"}  # fmt: skip
MERIT_COLUMNS = {"name": "site", "country": "", "cost": "at the gate", "freight": "freight",
                 "duty": "duty", "delivered": "delivered", "margin": "margin"}  # fmt: skip


def print_cost(site: SiteCost, customers: pd.DataFrame, study: Study, p: Parameters) -> None:
    """Print the stack, the inputs that move it most, and the gates of customers."""
    title = (
        f"A tonne of {study.product.replace('_', '-')} anode at {site.place.name}: "
        f"{site.usd_per_t:,.0f} USD at the gate ({site.low:,.0f} to {site.high:,.0f})"
    )
    console.print(Text(title, style="bold"))
    console.print(_stack_table(site, p))
    moves = site.moves.head(MOVERS).items()
    ranges = ", ".join(f"{NAMES[str(name)].lower()} {abs(usd):,.0f}" for name, usd in moves)
    sentence = f"Its range depends on (USD/t from one end to the other): {ranges}."
    console.print(Text(sentence, style="dim"))
    if site.entry < 1:
        law = (
            f"The law in force leaves this investor a chance of {share(site.entry)} to build here."
        )
        console.print(Text(law))
    for sentence in _outcome(site):
        console.print(Text(sentence))
    shown = one_a_country(customers).head(SHOWN)
    console.print(_frame(shown, GATE_COLUMNS, "Delivered, against the price that is paid, USD/t"))


def print_unknown(study: Study, facts: Facts) -> None:
    """Print what the tables do not know of the product."""
    for sentence in unknown_of(study, facts):
        console.print(Text(sentence))


def _outcome(site: SiteCost) -> tuple[str, str]:
    """Say what a tonne brings at the customers that are served, and what the plant is worth."""
    of = site.money
    tonne = (
        f"Over the customers that it serves {of['delivered']:,.0f} delivered, {of['price']:,.0f} "
        f"paid: margin {number(of['margin'], sign=True)}, chance that it is above zero "
        f"{share(of['pays'])}. {pays_sentence(of)}"
    )
    return tonne, worth_sentence(of)


def _stack_table(site: SiteCost, p: Parameters) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("part")
    table.add_column("USD/t", justify="right")
    table.add_column("")
    if console.width >= WIDE:
        table.add_column("of")
    shown = site.stack[site.stack.round() != 0]
    behind = _behind(site, p)
    for (part, usd), bar in zip(shown.items(), bars(shown.to_list()), strict=True):
        row = [Text(COST_PARTS[str(part)].name), Text(number(usd)),
               Text(bar, style="green" if usd < 0 else "")]  # fmt: skip
        if console.width >= WIDE:
            row.append(Text(behind.get(str(part), ""), style="dim"))
        table.add_row(*row)
    table.add_row("cost at the gate", f"{site.usd_per_t:,.0f}", style="bold")
    return table


def bars(amounts: Sequence[float]) -> list[str]:
    """Return a bar an amount: to the right what adds, to the left of its start what takes away."""
    most, least = max([0.0, *amounts]), min([0.0, *amounts])
    cell = (most - least) / CELLS or 1.0
    left = max([0, *(_cells(usd, cell) for usd in amounts if usd < 0)])
    return [
        (" " * left + BAR * _cells(usd, cell))
        if usd >= 0
        else (BAR * _cells(usd, cell)).rjust(left)
        for usd in amounts
    ]


def _cells(usd: float, cell: float) -> int:
    return max(1, round(abs(usd) / cell))


def _behind(site: SiteCost, p: Parameters) -> dict[str, str]:
    """Return what a part is made of: amounts and prices."""
    conditions = site.conditions
    rate = p.rate_pct + conditions["country_risk_pct"]
    feed = [f"{t:.2f} t {k.replace('_', ' ')}" for k, t in p.feedstock_t_per_t.items()]
    if p.precursor_t_per_t:
        feed.append(f"{p.precursor_t_per_t:.2f} t precursor")
    return {
        "capital": f"{per_cent(rate, 1)} a year over {p.life_years:g} years",
        "power": f"{p.power_mwh_per_t:g} MWh at {conditions['power_usd_per_mwh']:,.0f} USD/MWh",
        "gas": f"{p.gas_mmbtu_per_t:g} MMBtu at {conditions['gas_usd_per_mmbtu']:,.1f} USD/MMBtu",
        "labour": f"{p.hours_per_t:g} h of nameplate at {conditions['wage_usd_per_h']:,.1f} USD/h",
        "feedstock": ", ".join([*feed, "pitch"]),
        "maintenance": f"{p.maintenance_pct:g} % of capex a year",
    }


def cost_json(site: SiteCost, customers: pd.DataFrame, study: Study) -> str:
    """Return the cost of a place as JSON."""
    content = {
        "place": {"name": site.place.name, "lat": site.place.lat, "lon": site.place.lon,
                  "country": site.country, "region": site.region},
        "product": study.product,
        "furnace": study.furnace,
        "investor": study.investor,
        "as_of": study.as_of.isoformat() if study.as_of else None,
        "usd_per_t": round(site.usd_per_t, 2),
        "low": round(site.low, 2),
        "high": round(site.high, 2),
        "stack": _rounded(site.stack),
        "conditions": _rounded(site.conditions),
        "moves": _rounded(site.moves),
        "money": _rounded(site.money),
        "chance_of_entry": round(site.entry, 4),
        "customers": [_row(row) for row in customers.to_dict("records")],
    }  # fmt: skip
    return answer(content)


def print_merit(rows: pd.DataFrame, title: str) -> None:
    """Print the sites from the cheapest to the dearest at a customer's gate."""
    console.print(_frame(rows, MERIT_COLUMNS, title))


def merit_json(rows: pd.DataFrame, customer: dict[str, Any]) -> str:
    """Return the merit order as JSON."""
    content = {"customer": _row(customer), "sites": [_row(r) for r in rows.to_dict("records")]}
    return answer(content)


def _rounded(numbers: pd.Series) -> dict[str, float]:
    known = numbers.dropna()  # JSON has no NaN
    return {str(name): round(float(value), 2) for name, value in known.items()}


def _row(row: dict[Any, Any]) -> dict[str, object]:
    return {str(k): round(v, 2) if isinstance(v, float) else v for k, v in row.items()}


def _frame(rows: pd.DataFrame, columns: dict[str, str], title: str) -> Table:
    # as Text: a customer's name is no markup
    table = Table(box=None, header_style="dim", pad_edge=False, title=Text(title),
                  title_justify="left", title_style="bold")  # fmt: skip
    for name, head in columns.items():
        numeric = pd.api.types.is_numeric_dtype(rows[name])
        table.add_column(head, justify="right" if numeric else "left", no_wrap=name != "name")
    for row in rows[list(columns)].itertuples(index=False):
        table.add_row(*(Text(number(c) if isinstance(c, float) else str(c)) for c in row))
    return table
