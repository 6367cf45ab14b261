"""A backtest told on the terminal, in 80 columns, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rich.table import Table
from rich.text import Text

from geodata.errors import shorten
from siting.backtest.figures import PART_NAMES, Estimate, Figures, of_plants, parts_of
from siting.backtest.replay import NEAR_KM, RANKINGS, ZONES, Backtest
from siting.study.strategies import STRATEGIES
from siting.support.console import console

DECIMALS = 4
NAME_WIDE = 23
KEY = (
    "AUC: mean share of candidates that score lower than the plant, 0.5 by chance; r10: share of "
    "plants in the best tenth; home: AUC within the plant's country; near: share of plants within "
    f"{NEAR_KM:.0f} km of one of the {ZONES} best zones. In brackets 90 % intervals over towns."
)


def print_backtest(found: Backtest) -> None:
    """Print the figures of each part, then a line a plant."""
    for part, inside in parts_of(found):
        plants = found.chosen.plants[inside]
        head = f"{PART_NAMES[part]}: {_count(plants)}"
        console.print(_figures(head, of_plants(found, inside)))
    console.print(Text(KEY, style="dim"))
    console.print(_plants(found))
    told = [f"{number} {reason}" for reason, number in found.chosen.left_out.items() if number]
    if told:
        console.print(Text(f"Left out: {', '.join(told)}.", style="dim"))


def _count(plants: pd.DataFrame) -> str:
    return f"{len(plants)} plants, {plants['town'].nunique()} towns"


def _figures(title: str, figures: dict[str, tuple[Figures, Figures]]) -> Table:
    rows = _grid(title)
    rows.add_column("ranking", no_wrap=True)
    for head in ("AUC in towns", "r10", "home", "AUC in sites", "r10", "near"):
        rows.add_column(head, justify="right", no_wrap=True)
    for name, (own, _) in figures.items():
        rows.add_row(
            RANKINGS[name],
            str(own.towns["auc"]), _plain(own.towns["recall_at_10"]),
            _plain(own.towns["within_country"]),
            str(own.sites["auc"]), _plain(own.sites["recall_at_10"]),
            _plain(own.near_25),
            style="bold" if name == "model" else "",
        )  # fmt: skip
    return rows


def _plants(found: Backtest) -> Table:
    rows = _grid("Share of candidates that score lower than the plant")
    rows.add_column("plant", no_wrap=True)
    rows.add_column("eve", no_wrap=True)
    rows.add_column("by", no_wrap=True)
    for head in ("towns", "sites", "home"):
        rows.add_column(head, justify="right", no_wrap=True)
    rows.add_column("as", no_wrap=True)
    rows.add_column("zone km", justify="right", no_wrap=True)
    plants, model = found.chosen.plants, found.ranks["model"]
    for row in model.sort_values("towns", ascending=False, kind="stable").index:
        plant, rank, stood = plants.loc[row], model.loc[row], found.stood.loc[row]
        cells = (
            f"{shorten(plant['name'], NAME_WIDE)}, {plant['country']}",
            f"{plant['as_of']:%Y-%m}",
            plant["investor"],
            *(_number(rank[column]) for column in ("towns", "sites", "towns_country")),
            "barred" if stood["barred"] else STRATEGIES[stood["strategy"]].short,
            f"{rank['near_km']:,.0f}",
        )  # fmt: skip
        rows.add_row(*(Text(str(cell)) for cell in cells))
    return rows


def _plain(estimate: Estimate) -> str:
    return _number(estimate.value)


def _number(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else "-"


def _grid(title: str) -> Table:
    return Table(box=None, header_style="dim", pad_edge=False, title=title,
                 title_justify="left", title_style="bold")  # fmt: skip


def backtest_json(found: Backtest) -> str:
    """Return the figures of all plants together, of each part, and a row a plant.

    Figures stand among towns, and once more among named sites; a difference is the model less
    the baseline. null where no plant has a figure.
    """
    everything = np.ones(len(found.chosen.plants), dtype=bool)
    content = {
        "study": found.study.name,
        **_told(found, everything),
        "parts": {part: _told(found, inside) for part, inside in parts_of(found)},
        "left_out": found.chosen.left_out,
        "rows": list(_rows(found)),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _told(found: Backtest, inside: NDArray[np.bool_]) -> dict[str, Any]:
    """Return the model's figures over some plants, and the baselines' with the model's lead."""
    plants = found.chosen.plants[inside]
    figures = of_plants(found, inside)
    return {
        "plants": len(plants),
        "towns": int(plants["town"].nunique()),
        **_flat(figures["model"][0]),
        "baselines": {
            name: {**_flat(own), "difference": _flat(lead)}
            for name, (own, lead) in figures.items()
            if name != "model"
        },
    }


def _flat(figures: Figures) -> dict[str, Any]:
    return {
        **_spread({**figures.towns, "near_25": figures.near_25}),
        "among_sites": _spread(figures.sites),
    }


def _spread(estimates: dict[str, Estimate]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, estimate in estimates.items():
        told[name] = _json(estimate.value)
        told[f"{name}_interval"] = [_json(estimate.low), _json(estimate.high)]
    return told


def _rows(found: Backtest) -> Iterator[dict[str, Any]]:
    for plant, stood, rank in zip(
        found.chosen.plants.to_dict("records"),
        found.stood.to_dict("records"),
        found.ranks["model"].to_dict("records"),
        strict=True,
    ):
        yield {
            **{str(k): plant[k] for k in ("id", "name", "owner", "country", "announced")},
            "investor": plant["investor"],
            "as_of": plant["as_of"].isoformat(),
            "product": plant["product"],
            "capacity_ktpa": _json(plant["capacity_ktpa"]),
            "part": plant["part"],
            "percentile_in_towns": _json(rank["towns"]),
            "percentile_in_sites": _json(rank["sites"]),
            "percentile_in_country_towns": _json(rank["towns_country"]),
            "percentile_in_country_sites": _json(rank["sites_country"]),
            "leading_strategy": stood["strategy"],
            "score": _json(stood["score"]),
            "barred": stood["barred"],
            "nearest_zone_km": _json(rank["near_km"]),
        }


def _json(value: float) -> float | None:
    return round(float(value), DECIMALS) if np.isfinite(value) else None
