"""What a cross-check says: tables for people, JSON for programs."""

from __future__ import annotations

import json

import pandas as pd
from rich.table import Table
from rich.text import Text

from siting.confidence.agreement import FIRSTS, MIXTURE, Check, Crosscheck
from siting.confidence.archetypes import archetypes
from siting.confidence.crosschecks import METHODS
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES
from siting.support.console import console

HEADS = {
    "model": "model", "sum": "sum", "product": "prod.", "topsis": "TOPSIS", "vikor": "VIKOR",
    "promethee_usual": "PROM.", "promethee_linear": "PROM. lin.",
}  # fmt: skip
CAVEAT = (
    "A cross-check only: TOPSIS, VIKOR and PROMETHEE measure sites against each other, so that one "
    "that comes or goes may turn the order of the rest. No score depends on them."
)
WEIGHTS_CAVEAT = (
    "Entropy and CRITIC say how much a criterion tells these sites apart, not how much it matters; "
    "they are never used."
)
DECIMALS = 6
WIDE = 110  # characters from which the ranks have room for the country


def print_crosscheck(found: Crosscheck, plan: Plan) -> None:
    """Print the agreement, the ranks by every method, the weights and the archetypes."""
    first = found.checks[0]
    console.print(_agreement(found))
    console.print()
    console.print(_ranks(found.sites, first))
    for check in found.checks:
        named = found.sites.set_index("site_id")["name"].reindex(list(check.agreed))
        told = "; ".join(named) or "none"
        console.print(
            Text(f"{_name(check)}: among the first {max(FIRSTS)} of every method: {told}.")
        )
    console.print()
    console.print(_weights(first))
    console.print(Text(CAVEAT, style="dim"))
    console.print(Text(WEIGHTS_CAVEAT, style="dim"))
    console.print()
    console.print(Text("Archetypes of the list", style="bold"))
    for kind in archetypes(plan):
        console.print(Text(kind.sentence))


def crosscheck_json(found: Crosscheck, plan: Plan) -> str:
    """Return a cross-check and the archetypes as JSON."""
    content = {
        "study": plan.study.name,
        "as_of": plan.as_of.isoformat(),
        "methods": {
            key: {"name": m.name, "source": m.source, "set_relative": m.set_relative}
            for key, m in METHODS.items()
        },
        "sites": json.loads(found.sites.to_json(orient="records")),
        "checks": [
            {
                "strategy": check.key,
                "agreement": _records(check.agreement, "method"),
                "ranks": _records(check.ranks, "site_id"),
                "agreed": list(check.agreed),
                "weights": _records(check.weights, "criterion"),
            }
            for check in found.checks
        ],
        "archetypes": [
            {
                "name": kind.name,
                "sentence": kind.sentence,
                "best": kind.best,
                "members": list(kind.members),
                "profile": {str(k): round(float(v), DECIMALS) for k, v in kind.profile.items()},
            }
            for kind in archetypes(plan)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _agreement(found: Crosscheck) -> Table:
    """Return each method's agreement with the model, strategy by strategy."""
    count = len(found.sites)
    table = _table(f"Agreement with the model's order of its first {count} sites")
    table.add_column("under")
    table.add_column("method", no_wrap=True)
    heads = ("Kendall tau", "Spearman", *(f"of first {min(k, count)}" for k in FIRSTS))
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for check in found.checks:
        for at, (key, row) in enumerate(check.agreement.iterrows()):
            firsts = (f"{int(row[f'first_{k}'])}" for k in FIRSTS)
            numbers = (f"{row['kendall']:.2f}", f"{row['spearman']:.2f}", *firsts)
            table.add_row("" if at else _name(check), METHODS[str(key)].name, *numbers)
    return table


def _ranks(sites: pd.DataFrame, check: Check) -> Table:
    """Return the rank of each site by every method."""
    table = _table(f"Ranks, {_name(check).lower()}")
    shown = ["name", "country_name"] if console.width >= WIDE else ["name"]
    # names give way to numbers: a column that may wrap is the first that Rich narrows
    for column in shown:
        table.add_column("site" if column == "name" else "country")
    for key in check.ranks:
        table.add_column(HEADS[str(key)], justify="right", no_wrap=True)
    names = sites[shown].itertuples(index=False)
    for cells, (_, row) in zip(names, check.ranks.iterrows(), strict=True):
        told = (Text(str(cell), no_wrap=True, overflow="ellipsis") for cell in cells)
        table.add_row(*told, *(str(rank) for rank in row))
    return table


def _weights(check: Check) -> Table:
    """Return the chosen weights beside those that the data would give, the largest first."""
    table = _table(f"Weights, {_name(check).lower()}, %")
    table.add_column("criterion")
    for head in ("chosen", "entropy", "CRITIC"):
        table.add_column(head, justify="right")
    rows = check.weights.sort_values("chosen", ascending=False, kind="stable")
    for key, row in rows.iterrows():
        table.add_row(CRITERIA[str(key)].name, *(f"{100 * share:.1f}" for share in row))
    return table


def _name(check: Check) -> str:
    return "Mixture, pooled weights" if check.key == MIXTURE else STRATEGIES[check.key].name


def _table(title: str) -> Table:
    return Table(
        box=None, header_style="dim", pad_edge=False, title=title, title_justify="left",
        title_style="bold",
    )  # fmt: skip


def _records(frame: pd.DataFrame, index: str) -> list[dict[str, object]]:
    """Return rows with their index as a key, floats rounded."""
    rows = frame.round(DECIMALS).rename_axis(index).reset_index()
    return list(json.loads(rows.to_json(orient="records")))
