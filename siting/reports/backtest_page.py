"""Writes docs/backtest.md and its picture, in minutes: `python -m siting.reports.backtest_page`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.load import table
from siting.model.scoring import ODDS
from siting.reports.backtest_picture import MISS, draw_backtest, missed
from siting.reports.backtest_text import PAGE, REASONS, UNEXPLAINED
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
INDUSTRIES = {"gigafactories": "cells", "material_works": "materials and parts"}


def main(folder: Path = Path("docs")) -> None:
    """Rank every plant, and the neighbours, and write page and picture."""
    study = preset(STUDY)
    result = backtest(study, choose(table("anode_plants"), frozen=frozen_on()))
    near = {name: backtest(study, neighbours_of(table(name))) for name in INDUSTRIES}
    (folder / "backtest.md").write_text(
        page(result, near, prospects(study)), encoding="utf-8", newline="\n"
    )
    draw_backtest(result, folder / "backtest.png")


def page(result: Backtest, near: dict[str, Backtest], lists: Sequence[Prospect]) -> str:
    """Return the page of a backtest, of the neighbouring industries and of lists of the past."""
    unseen = result.chosen.plants["part"].isin(UNSEEN).to_numpy()
    free, open_ = untied(result), ~result.standing["barred"].to_numpy(bool)
    frozen = newest()
    return PAGE.format(
        since=SINCE, size=COMMERCIAL_KTPA, few=FEW, zones=ZONES, near=NEAR_KM, odds=ODDS,
        resamples=RESAMPLES, miss=MISS, enough=ENOUGH, study=result.study.name,
        left_out="; ".join(f"{n} {why}" for why, n in result.chosen.left_out.items() if n),
        short=_short(result, unseen),
        unseen=_part(result, "C, D and F together", unseen)
        + _part(result, "C, D and F without the place that war bars", unseen & open_),
        untied=_part(result, "Without a tie, all parts", free)
        + _part(result, "Without a tie, of C, D and F", free & unseen),
        parts="\n".join(_part(result, PART_NAMES[p], inside) for p, inside in parts_of(result)),
        former=_former(result),
        calibration=_calibration(result, np.ones(len(unseen), dtype=bool)),
        calibration_unseen=_calibration(result, unseen),
        without=_without({"A": result, **near}), neighbours=_neighbours(near),
        prospects=_prospects(lists), plants=_plants(result), misses=_misses(result),
        frozen_on=frozen["as_of"] if frozen else "-", sha=frozen["sha256"] if frozen else "-",
        investors=len(frozen["predictions"]) if frozen else 0,
    )  # fmt: skip


def _short(result: Backtest, unseen: NDArray[np.bool_]) -> str:
    model, chance = of_plants(result, unseen)["model"][0], likelihood(result, unseen)
    return (
        f"On the {unseen.sum()} plants kept out of choosing (C, D, F; C was in view when the "
        "criteria were picked) the sum stands above "
        f"{_share(model.towns['auc'])} of all towns and {_share(model.sites['auc'])} of named "
        f"sites, {_share(model.towns['within_country'])} and "
        f"{_share(model.sites['within_country'])} within the country; "
        f"{_share(model.near_25)} lie near one of the {ZONES} zones, and the true country is "
        f"among the first three for {_share(model.country_first)} "
        f"(median rank {chance.country_rank.value:g})."
    )


def _share(estimate: Estimate) -> str:
    return f"{estimate.value:.0%} [{estimate.low:.0%}, {estimate.high:.0%}]"


def _part(result: Backtest, title: str, inside: NDArray[np.bool_]) -> str:
    plants, every = result.chosen.plants[inside], of_plants(result, inside)
    chance = likelihood(result, inside)
    own = [(RANKINGS[name], *_cells(ranking)) for name, (ranking, _) in every.items()]
    lead = [(RANKINGS[n], *_cells(more)) for n, (_, more) in every.items() if n != "model"]
    heads = ("towns", "in country", "sites", "in country", "near", "first 3")
    return (
        f"### {title}: {len(plants)} plants, {plants['town'].nunique()} towns\n\n"
        f"ln P of the place {chance.ln_chance}, by lot {chance.ln_random:.2f}; rank of the true "
        f"country in the median {chance.country_rank.value:g}.\n\n"
        f"{_md(('ranking', *heads), own)}\n\n{_md(('the model less', *heads), lead)}\n\n"
    )


def _cells(of: Figures) -> tuple[str, ...]:
    return (
        str(of.towns["auc"]), str(of.towns["within_country"]), str(of.sites["auc"]),
        str(of.sites["within_country"]), str(of.near_25), str(of.country_first),
    )  # fmt: skip


def _former(result: Backtest) -> str:
    """Return the paired lead over the former version, part by part."""
    text = resources.files("siting.validation").joinpath(FORMER)
    with text.open(encoding="utf-8") as file:
        former = pd.read_csv(file).set_index("id")
    plants, rows = result.chosen.plants, []
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
    heads = ("towns", "in country", "sites", "in country", "near")
    return _md(("part", "plants", *heads, *(f"lead, {h}" for h in heads)), rows)


def _calibration(result: Backtest, inside: NDArray[np.bool_]) -> str:
    rows = [
        (str(r["band"]), f"{r['pairs']:,}", f"{r['expected']:.1f}", f"{r['seen']:.0f}")
        for r in calibration(result, inside).to_dict("records")
    ]
    return _md(("chance of the country", "plant and country", "expected", "seen"), rows)


def _without(of: dict[str, Backtest]) -> str:
    """Return what the sum loses without each criterion, on A and on the neighbours."""
    columns: dict[str, pd.Series] = {}
    for name, result in of.items():
        label = INDUSTRIES.get(name, name)
        plants = result.chosen.plants
        ids = plants.loc[plants["part"].eq("explore") | (name in INDUSTRIES), "id"]
        rows = result.without[result.without["plant"].isin(list(ids))]
        whole = result.ranks["model"][plants["id"].isin(list(ids)).to_numpy()]
        for key in ("towns", "sites"):
            lost = rows.groupby("criterion")[key].mean() - whole[key].mean()
            columns[f"{label}, {key}"] = lost
    table_ = pd.DataFrame(columns)
    rows_ = [
        (CRITERIA[str(name)].name, *(f"{value:+.3f}" for value in row))
        for name, row in zip(table_.index, table_.to_numpy(), strict=True)
    ]
    return _md(("without", *table_), rows_)


def _neighbours(near: dict[str, Backtest]) -> str:
    rows = []
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
    heads = ("towns", "in country", "sites", "in country", "near", "first 3")
    return _md(("industry, home", "works", "ranking", *heads), rows)


def _prospects(lists: Sequence[Prospect]) -> str:
    rows = [
        (p.as_of.isoformat(), p.investor, industry, str(count),
         *(_number(p.near[name][industry]) for name in LISTS), _number(p.chance[industry]))
        for p in lists for industry, count in p.came.items()
    ]  # fmt: skip
    heads = (*(f"near, {label}" for label in LISTS.values()), "chance of their countries")
    return _md(("list of", "home", "industry", "came", *heads), rows)


def _plants(result: Backtest) -> str:
    plants, model, standing = result.chosen.plants, result.ranks["model"], result.standing
    pair = result.ranks["tie_power"]
    order = np.lexsort((plants["id"], -model["towns"], plants["part"]))
    heads = (
        "plant", "part", "eve", "home", "tie", "towns", "sites", "in country", "rank of country",
        "chance of entry", "km to a zone", "tie and power, towns",
    )  # fmt: skip
    return _md(
        heads,
        (
            (
                f"{plants['name'][i]}, {plants['country'][i]}", str(plants["part"][i]),
                plants["as_of"][i].isoformat(), plants["investor"][i],
                "yes" if standing["tied"][i] else "no",
                *(_number(model[c][i]) for c in ("towns", "sites", "towns_country")),
                f"{standing['country_rank'][i]:.0f}",
                "barred" if standing["barred"][i] else _number(standing["openness"][i]),
                f"{model['near_km'][i]:,.0f}", _number(pair["towns"][i]),
            )
            for i in order
        ),
    )  # fmt: skip


def _misses(result: Backtest) -> str:
    plants, model, standing = result.chosen.plants, result.ranks["model"], result.standing
    rows = [
        (f"{plants['name'][i]}, {plants['country'][i]}", str(plants["part"][i]),
         _number(model["towns"][i]), _number(model["sites"][i]),
         "barred" if standing["barred"][i] else _number(standing["openness"][i]),
         REASONS.get(plants["id"][i], UNEXPLAINED))
        for i in np.flatnonzero(missed(result))
    ]  # fmt: skip
    heads = ("plant", "part", "towns", "sites", "chance of entry", "what the model did not know")
    return _md(heads, rows)


def _number(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else "-"


def _md(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar in a cell stays in it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in x)} |" for x in lines)


if __name__ == "__main__":
    main()
