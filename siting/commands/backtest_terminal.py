"""A backtest on the terminal, in 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rich.table import Table
from rich.text import Text

from siting.support.console import answer, console
from siting.validation.figures import (
    NO_TIE,
    PART_NAMES,
    Estimate,
    Figures,
    calibration,
    hundredths,
    likelihood,
    of_plants,
    parts_of,
    untied,
)
from siting.validation.replay import NEAR_KM, RANKINGS, ZONES, Backtest

DECIMALS = 4
NAME_WIDE = 21
KEY = (
    "Towns, sites: AUC, the mean share of these candidates that score lower than the plant, 0.5 by "
    "chance; home: within the plant's country; near: share of plants within "
    f"{NEAR_KM:.0f} km of a centre of the {ZONES} zones; top 3: share whose country is among the "
    "first three. In brackets 90 % intervals over towns, in hundredths."
)


def print_backtest(result: Backtest) -> None:
    """Print the figures of each part, then a line a plant."""
    for part, inside in parts_of(result):
        _print_part(result, PART_NAMES[part], inside)
    free = untied(result)
    if free.any() and not free.all():
        _print_part(result, f"All parts, {NO_TIE}", free)
    console.print(Text(KEY, style="dim"))
    console.print(_plants(result))
    left = [f"{number} {reason}" for reason, number in result.chosen.left_out.items() if number]
    if left:
        console.print(Text(f"Left out: {', '.join(left)}.", style="dim"))


def _print_part(result: Backtest, name: str, inside: NDArray[np.bool_]) -> None:
    console.print(_figures(f"{name}: {_count(result.chosen.plants[inside])}",
                           of_plants(result, inside)))  # fmt: skip
    chance = likelihood(result, inside)
    console.print(
        Text(f"ln P of the place: {chance.ln_chance}, by lot {chance.ln_random:.2f}; "
             f"rank of the true country: {chance.country_rank.value:g} in the median.")
    )  # fmt: skip


def _count(plants: pd.DataFrame) -> str:
    return f"{len(plants)} plants, {plants['town'].nunique()} towns"


def _figures(title: str, figures: dict[str, tuple[Figures, Figures]]) -> Table:
    rows = _grid(title)
    rows.add_column("ranking", no_wrap=True)
    for head in ("towns", "home", "sites", "home", "near", "top 3"):
        rows.add_column(head, justify="right", no_wrap=True)
    for name, (own, _) in figures.items():
        rows.add_row(
            RANKINGS[name],
            _short(own.towns["auc"]), _plain(own.towns["within_country"]),
            _short(own.sites["auc"]), _plain(own.sites["within_country"]),
            _plain(own.near_25), _plain(own.country_first),
            style="bold" if name == "model" else "",
        )  # fmt: skip
    return rows


def _plants(result: Backtest) -> Table:
    rows = _grid(
        "Share of candidates that score lower than the plant; rank of its country; km to a zone"
    )
    rows.add_column("plant", no_wrap=True)
    rows.add_column("eve", no_wrap=True)
    rows.add_column("by", no_wrap=True)
    for head in ("towns", "sites", "home", "rank", "open", "km"):
        rows.add_column(head, justify="right", no_wrap=True)
    plants, model = result.chosen.plants, result.ranks["model"]
    for row in model.sort_values("towns", ascending=False, kind="stable").index:
        plant, rank, standing = plants.loc[row], model.loc[row], result.standing.loc[row]
        cells = (
            f"{console.fitted(plant['name'], NAME_WIDE)}, {plant['country']}",
            f"{plant['as_of']:%Y-%m}",
            plant["investor"],
            *(hundredths(rank[column]) for column in ("towns", "sites", "towns_country")),
            f"{standing['country_rank']:.0f}",
            "barred" if standing["barred"] else hundredths(standing["openness"]),
            f"{rank['near_km']:,.0f}",
        )  # fmt: skip
        rows.add_row(*(Text(str(cell)) for cell in cells))
    return rows


def _short(estimate: Estimate) -> str:
    """Return a share with its interval in hundredths: 0.92 [86 97]."""
    if not estimate:
        return "-"
    return f"{estimate.value:.2f} [{100 * estimate.low:.0f} {100 * estimate.high:.0f}]"


def _plain(estimate: Estimate) -> str:
    return hundredths(estimate.value)


def _grid(title: str) -> Table:
    return Table(box=None, header_style="dim", pad_edge=False, title=title,
                 title_justify="left", title_style="bold")  # fmt: skip


def backtest_json(result: Backtest) -> str:
    """Return the figures of all plants together, of each part, and a row a plant.

    Figures stand among towns, and once more among named sites; a difference is the model less
    the baseline. null where no plant has a figure.
    """
    everything = np.ones(len(result.chosen.plants), dtype=bool)
    content = {
        "study": result.study.name,
        **_summary(result, everything),
        "parts": {part: _summary(result, inside) for part, inside in parts_of(result)},
        NO_TIE.replace(" ", "_"): _summary(result, untied(result))
        if untied(result).any()
        else None,
        "left_out": result.chosen.left_out,
        "rows": list(_rows(result)),
    }
    return answer(content)


def _summary(result: Backtest, inside: NDArray[np.bool_]) -> dict[str, Any]:
    """Return the model's figures over some plants, and the baselines' with the model's lead."""
    plants = result.chosen.plants[inside]
    figures = of_plants(result, inside)
    return {
        "plants": len(plants),
        "towns": int(plants["town"].nunique()),
        **_flat(figures["model"][0]),
        **_chances(result, inside),
        "baselines": {
            name: {**_flat(own), "difference": _flat(lead)}
            for name, (own, lead) in figures.items()
            if name != "model"
        },
    }


def _chances(result: Backtest, inside: NDArray[np.bool_]) -> dict[str, Any]:
    """Return likelihood, country rank and calibration over some plants."""
    chance = likelihood(result, inside)
    return {
        **_spread({"ln_chance": chance.ln_chance, "country_rank": chance.country_rank}),
        "ln_random": _json(chance.ln_random),
        "calibration": [
            {"band": str(row["band"]), "pairs": int(row["pairs"]),
             "expected": _json(row["expected"]), "seen": int(row["seen"])}
            for row in calibration(result, inside).to_dict("records")
        ],
    }  # fmt: skip


def _flat(figures: Figures) -> dict[str, Any]:
    return {
        **_spread(
            {**figures.towns, "near_25": figures.near_25, "country_first": figures.country_first}
        ),
        "among_sites": _spread(figures.sites),
    }


def _spread(estimates: dict[str, Estimate]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, estimate in estimates.items():
        flat[name] = _json(estimate.value)
        flat[f"{name}_interval"] = [_json(estimate.low), _json(estimate.high)]
    return flat


def _rows(result: Backtest) -> Iterator[dict[str, Any]]:
    for plant, standing, rank in zip(
        result.chosen.plants.to_dict("records"),
        result.standing.to_dict("records"),
        result.ranks["model"].to_dict("records"),
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
            "utility": _json(standing["utility"]),
            "ln_chance": _json(standing["ln_chance"]),
            "country_rank": int(standing["country_rank"]),
            "country_chance": _json(standing["country_chance"]),
            "chance_of_entry": _json(standing["openness"]),
            "tied": bool(standing["tied"]),
            "barred": standing["barred"],
            "nearest_zone_km": _json(rank["near_km"]),
        }


def _json(value: float) -> float | None:
    return round(float(value), DECIMALS) if np.isfinite(value) else None
