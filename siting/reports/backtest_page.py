"""Writes docs/backtest.md and its picture, in minutes: `python -m siting.reports.backtest_page`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.load import table
from siting.model.scoring import ODDS
from siting.reports.backtest_picture import MISS, draw_backtest, missed
from siting.reports.page import filled, write
from siting.study.criteria import CRITERIA
from siting.study.studyfile import preset
from siting.validation.figures import (
    PART_NAMES,
    RESAMPLES,
    Estimate,
    Figures,
    calibration,
    draws,
    figures,
    hundredths,
    likelihood,
    of_plants,
    parts_of,
    untied,
)
from siting.validation.plants import COMMERCIAL_KTPA, NEIGHBOURS_OF, SINCE, choose, neighbours_of
from siting.validation.prospect import LISTS, Prospect, prospects
from siting.validation.register import ENOUGH, frozen_on, newest
from siting.validation.replay import FEW, NEAR_KM, RANKINGS, ZONES, Backtest, backtest

STUDY = "balanced"
UNSEEN = ("fresh", "newest", "unsized")  # kept out of choosing here; C was in view before
FORMER = "former.csv"
UNEXPLAINED = "not known"
Rows = Sequence[Sequence[object]]
INDUSTRIES = {"gigafactories": "cells", "material_works": "materials and parts"}


def main(folder: Path = Path("docs")) -> None:
    """Rank every plant, and the neighbours, and write page and picture."""
    study = preset(STUDY)
    result = backtest(study, choose(table("anode_plants"), frozen=frozen_on()))
    near = {name: backtest(study, neighbours_of(table(name))) for name in INDUSTRIES}
    text = page(result, near, prospects(study), table("plant_choices"))
    write(folder / "backtest.md", text)
    draw_backtest(result, folder / "backtest.png")


def page(
    result: Backtest, near: dict[str, Backtest], lists: Sequence[Prospect], choices: pd.DataFrame
) -> str:
    """Return the page of a backtest, of the neighbouring industries and of lists of the past.

    Parameters
    ----------
    result : Backtest
    near : dict of Backtest
        By table of `INDUSTRIES`.
    lists : sequence of Prospect
    choices : DataFrame
        The table `plant_choices`: why owners went where the model does not place them.
    """
    unseen = result.chosen.plants["part"].isin(UNSEEN).to_numpy()
    free, open_ = untied(result), ~result.standing["barred"].to_numpy(bool)
    frozen = newest()
    return filled(
        "backtest.md",
        since=SINCE, size=COMMERCIAL_KTPA, few=FEW, zones=ZONES, near=NEAR_KM, odds=ODDS,
        resamples=RESAMPLES, miss=MISS, enough=ENOUGH, study=result.study.name,
        left_out=[f"{n} {why}" for why, n in result.chosen.left_out.items() if n],
        short=_short(result, unseen),
        unseen=(
            _part(result, "C, D and F together", unseen),
            _part(result, "C, D and F without the place that war bars", unseen & open_),
        ),
        untied=(
            _part(result, "Without a tie, all parts", free),
            _part(result, "Without a tie, of C, D and F", free & unseen),
        ),
        parts=[_part(result, PART_NAMES[p], inside) for p, inside in parts_of(result)],
        former=_former(result),
        calibration=_calibration(result, np.ones(len(unseen), dtype=bool)),
        calibration_unseen=_calibration(result, unseen),
        without=_without({"A": result, **near}), neighbours=_neighbours(near),
        lists=[f"near, {label}" for label in LISTS.values()], prospects=_prospects(lists),
        plants=_plants(result), misses=_misses(result, choices),
        frozen_on=frozen["as_of"] if frozen else "-", sha=frozen["sha256"] if frozen else "-",
        investors=len(frozen["predictions"]) if frozen else 0,
    )  # fmt: skip


def _short(result: Backtest, unseen: NDArray[np.bool_]) -> dict[str, object]:
    model, chance = of_plants(result, unseen)["model"][0], likelihood(result, unseen)
    return {
        "plants": unseen.sum(),
        "towns": _share(model.towns["auc"]),
        "sites": _share(model.sites["auc"]),
        "towns_inside": _share(model.towns["within_country"]),
        "sites_inside": _share(model.sites["within_country"]),
        "near": _share(model.near_25),
        "country": _share(model.country_first),
        "country_rank": chance.country_rank.value,
    }


def _share(estimate: Estimate) -> str:
    return f"{estimate.value:.0%} [{estimate.low:.0%}, {estimate.high:.0%}]"


def _part(result: Backtest, title: str, inside: NDArray[np.bool_]) -> dict[str, object]:
    plants, every = result.chosen.plants[inside], of_plants(result, inside)
    chance = likelihood(result, inside)
    return {
        "title": title,
        "plants": len(plants),
        "towns": plants["town"].nunique(),
        "ln_chance": chance.ln_chance,
        "ln_random": chance.ln_random,
        "country_rank": chance.country_rank.value,
        "own": [(RANKINGS[name], *_cells(own)) for name, (own, _) in every.items()],
        "lead": [(RANKINGS[n], *_cells(more)) for n, (_, more) in every.items() if n != "model"],
    }


def _cells(of: Figures) -> tuple[str, ...]:
    return (
        str(of.towns["auc"]), str(of.towns["within_country"]), str(of.sites["auc"]),
        str(of.sites["within_country"]), str(of.near_25), str(of.country_first),
    )  # fmt: skip


def _former(result: Backtest) -> Rows:
    """Return the paired lead over the former version, part by part."""
    text = resources.files("siting.validation").joinpath(FORMER)
    with text.open(encoding="utf-8") as file:
        former = pd.read_csv(file).set_index("id")
    plants, rows = result.chosen.plants, list[tuple[str, ...]]()
    groups = {PART_NAMES[p]: inside for p, inside in parts_of(result)}
    groups["C, D and F together"] = plants["part"].isin(UNSEEN).to_numpy()
    groups["without a tie, all parts"] = untied(result)
    for name, inside in groups.items():
        known = inside & plants["id"].isin(list(former.index)).to_numpy()
        if not known.any():
            continue
        weights = draws(plants.loc[known, "town"])
        before = former.loc[plants.loc[known, "id"]].reset_index(drop=True)
        before["country_first"] = np.nan
        now = result.ranks["model"][known].reset_index(drop=True)
        own, lead = figures(before, weights), figures(now, weights, before)
        rows.append((name, str(known.sum()), *_cells(own)[:5], *_cells(lead)[:5]))
    return rows


def _calibration(result: Backtest, inside: NDArray[np.bool_]) -> Rows:
    return [
        (str(r["band"]), f"{r['pairs']:,}", f"{r['expected']:.1f}", f"{r['seen']:.0f}")
        for r in calibration(result, inside).to_dict("records")
    ]


def _without(of: dict[str, Backtest]) -> dict[str, object]:
    """Return what the sum loses without each criterion, on A and on the neighbours."""
    columns: dict[str, pd.Series] = {}
    for name, result in of.items():
        label = INDUSTRIES.get(name, name)
        plants = result.chosen.plants
        ids = plants.loc[plants["part"].eq("explore") | (name in INDUSTRIES), "id"]
        left = result.without[result.without["plant"].isin(list(ids))]
        whole = result.ranks["model"][plants["id"].isin(list(ids)).to_numpy()]
        for key in ("towns", "sites"):
            columns[f"{label}, {key}"] = left.groupby("criterion")[key].mean() - whole[key].mean()
    lost = pd.DataFrame(columns)
    rows = [
        (CRITERIA[str(name)].name, *(f"{value:+.3f}" for value in row))
        for name, row in zip(lost.index, lost.to_numpy(), strict=True)
    ]
    return {"heads": list(lost), "rows": rows}


def _neighbours(near: dict[str, Backtest]) -> Rows:
    rows = list[tuple[str, ...]]()
    for name, result in near.items():
        homes = result.chosen.plants["investor"]
        for home in (*NEIGHBOURS_OF, ""):
            inside = homes.eq(home).to_numpy() if home else np.ones(len(homes), dtype=bool)
            every = of_plants(result, inside)
            rows += [
                (f"{INDUSTRIES[name]}, {home or 'all'}", str(inside.sum()), RANKINGS[key],
                 *_cells(every[key][0]))
                for key in ("model", "tie_power", "power_price", "compatriots")
            ]  # fmt: skip
    return rows


def _prospects(lists: Sequence[Prospect]) -> Rows:
    return [
        (p.as_of.isoformat(), p.investor, industry, str(count),
         *(hundredths(p.near[name][industry]) for name in LISTS), hundredths(p.chance[industry]))
        for p in lists for industry, count in p.came.items()
    ]  # fmt: skip


def _plants(result: Backtest) -> Rows:
    plants, model, standing = result.chosen.plants, result.ranks["model"], result.standing
    pair = result.ranks["tie_power"]
    order = np.lexsort((plants["id"], -model["towns"], plants["part"]))
    return [
        (
            _named(plants.iloc[i]), plants["part"][i],
            plants["as_of"][i].isoformat(), plants["investor"][i],
            "yes" if standing["tied"][i] else "no",
            *(hundredths(model[c][i]) for c in ("towns", "sites", "towns_country")),
            f"{standing['country_rank'][i]:.0f}", _entry(standing.iloc[i]),
            f"{model['near_km'][i]:,.0f}", hundredths(pair["towns"][i]),
        )
        for i in order
    ]  # fmt: skip


def _misses(result: Backtest, choices: pd.DataFrame) -> Rows:
    reasons = choices.set_index("plant_id")["reason"]
    plants, model, standing = result.chosen.plants, result.ranks["model"], result.standing
    return [
        (_named(plants.iloc[i]), plants["part"][i], hundredths(model["towns"][i]),
         hundredths(model["sites"][i]), _entry(standing.iloc[i]),
         reasons.get(plants["id"][i], UNEXPLAINED))
        for i in np.flatnonzero(missed(result))
    ]  # fmt: skip


def _named(plant: pd.Series) -> str:
    return f"{plant['name']}, {plant['country']}"


def _entry(standing: pd.Series) -> str:
    return "barred" if standing["barred"] else hundredths(standing["openness"])


if __name__ == "__main__":
    main()
