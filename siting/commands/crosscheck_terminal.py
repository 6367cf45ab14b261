"""A cross-check as tables for people and JSON for programs."""

from __future__ import annotations

import json

import pandas as pd
from rich.table import Table
from rich.text import Text

from siting.confidence.agreement import FIRSTS, Crosscheck
from siting.confidence.crosschecks import METHODS
from siting.model.archetypes import archetypes
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES
from siting.support.console import answer, console

HEADS = {
    "model": "model", "sum": "sum", "product": "prod.", "topsis": "TOPSIS", "vikor": "VIKOR",
    "promethee_usual": "PROM.", "promethee_linear": "PROM. lin.",
}  # fmt: skip
CAVEAT = (
    "A cross-check only: TOPSIS, VIKOR and PROMETHEE measure sites against each other, so that one "
    "that comes or goes may turn the order of the rest. No score depends on them."
)
WEIGHTS_CAVEAT = (
    "Swing: the chosen weight times the range of values among these sites, which the methods use. "
    "Entropy and CRITIC say how much these sites differ in a criterion, not how much it matters; "
    "they are never used."
)
DECIMALS = 6
WIDE = 110  # characters from which the ranks have room for the country


def print_crosscheck(checked: Crosscheck, plan: Plan) -> None:
    """Print the agreement, the ranks by every method, the weights and the archetypes."""
    console.print(_agreement(checked))
    console.print()
    console.print(_ranks(checked))
    named = checked.sites.set_index("site_id")["name"].reindex(list(checked.agreed))
    first = f"Among the first {max(FIRSTS)} of the model and of every method"
    console.print(Text(f"{first}: {'; '.join(named) or 'none'}."))
    console.print()
    console.print(_weights(checked, LENSES[plan.study.lens].name))
    console.print(Text(CAVEAT, style="dim"))
    console.print(Text(WEIGHTS_CAVEAT, style="dim"))
    console.print()
    console.print(Text("Kinds of site in the list", style="bold"))
    for kind in archetypes(plan):
        console.print(Text(kind.sentence))


def crosscheck_json(checked: Crosscheck, plan: Plan) -> str:
    """Return a cross-check and the archetypes as JSON."""
    content = {
        "study": plan.study.name,
        "as_of": plan.as_of.isoformat(),
        "methods": {
            key: {"name": m.name, "source": m.source, "set_relative": m.set_relative}
            for key, m in METHODS.items()
        },
        "sites": json.loads(checked.sites.to_json(orient="records")),
        "agreement": _records(checked.agreement, "method"),
        "ranks": _records(checked.ranks, "site_id"),
        "agreed": list(checked.agreed),
        "weights": _records(checked.weights, "criterion"),
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
    return answer(content)


def _agreement(checked: Crosscheck) -> Table:
    """Return each method's agreement with the model."""
    count = len(checked.sites)
    table = _table(f"Agreement with the model's order of the sites of its first {count} zones")
    table.add_column("method", no_wrap=True)
    heads = ("Kendall tau", "Spearman", *(f"of first {min(k, count)}" for k in FIRSTS))
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for key, row in checked.agreement.iterrows():
        firsts = (f"{int(row[f'first_{k}'])}" for k in FIRSTS)
        numbers = (f"{row['kendall']:.2f}", f"{row['spearman']:.2f}", *firsts)
        table.add_row(METHODS[str(key)].name, *numbers)
    return table


def _ranks(checked: Crosscheck) -> Table:
    """Return the rank of each site by every method."""
    table = _table("Ranks")
    shown = ["name", "country_name"] if console.width >= WIDE else ["name"]
    # names give room to numbers: a column that may wrap is the first that Rich narrows
    for column in shown:
        table.add_column("site" if column == "name" else "country")
    for key in checked.ranks:
        table.add_column(HEADS[str(key)], justify="right", no_wrap=True)
    names = checked.sites[shown].itertuples(index=False)
    for cells, (_, row) in zip(names, checked.ranks.iterrows(), strict=True):
        texts = (Text(str(cell), no_wrap=True, overflow="ellipsis") for cell in cells)
        table.add_row(*texts, *(str(rank) for rank in row))
    return table


def _weights(checked: Crosscheck, lens: str) -> Table:
    """Return the chosen weights beside those that the data would give, the largest first."""
    table = _table(f"Weights, {lens}, %")
    table.add_column("criterion")
    for head in ("chosen", "swing", "entropy", "CRITIC"):
        table.add_column(head, justify="right")
    rows = checked.weights.sort_values("chosen", ascending=False, kind="stable")
    for key, row in rows.iterrows():
        table.add_row(CRITERIA[str(key)].name, *(f"{100 * share:.1f}" for share in row))
    return table


def _table(title: str) -> Table:
    return Table(
        box=None, header_style="dim", pad_edge=False, title=title, title_justify="left",
        title_style="bold",
    )  # fmt: skip


def _records(frame: pd.DataFrame, index: str) -> list[dict[str, object]]:
    """Return rows with their index as a key, floats rounded."""
    rows = frame.round(DECIMALS).rename_axis(index).reset_index()
    return list(json.loads(rows.to_json(orient="records")))
