"""A sweep written to its folder: two tables, a page and the manifest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from geodata.geometry import credit_lines
from geodata.places import country_name
from maps.heat import Heat, render
from maps.numerals import number
from siting.results import folder, ownership
from siting.results.export import write_csv
from siting.results.inputs import inputs_of, recorded
from siting.results.manifest import manifest
from siting.results.text.confidence import short
from siting.scenarios import notices
from siting.scenarios.sweep import Sweep
from siting.scenarios.sweep_grid import shown
from siting.support.progress import Stages

COLUMNS_DRAWN, ROWS_DRAWN = 100, 40
ALTERNATIVES = (
    "An alternative is a siting zone, represented by one place: those that stand for the first "
    "zones of any scenario. Places of one country nearer to each other than half the extent of a "
    "zone are one decision, and the one that stands for its zone most often speaks for them."
)
REGRET = (
    "In a scenario a place has the rank of the zone that it lies in, and its own score: its odds "
    "against the best place there, 0 to 1 (1: as likely as the best); 0 where it is excluded or no "
    "candidate. Regret is the score of the best alternative less its own (Savage 1951; Kouvelis "
    "and Yu 1997, robust deviation). The order is by the largest regret, then by the expected one."
)


def robust_table(result: Sweep) -> pd.DataFrame:
    """Return one row a site, most robust first; scores and regrets go from 0 to 1.

    Returns
    -------
    DataFrame
        Columns of `sweep.csv`, see docs/sweep.md.
    """
    sites = result.sites
    front = ["robust_rank", "site_id", "name", "kind", "country", "country_name", "region", "lat",
             "lon"]  # fmt: skip
    table = sites.assign(
        country_name=sites["country"].map(country_name),
        lat=sites["lat"].astype(float).round(5),
        lon=sites["lon"].astype(float).round(5),
    )
    for column in table.columns:
        if str(column).startswith(("score_", "regret_")):
            table[column] = table[column].round(4)
    table["p_top10"] = table["p_top10"].round(4)
    for column in ("rank_best", "rank_median", "rank_worst"):
        table[column] = table[column].astype("Int64")  # blank, not NaN, beyond the list
    last = ["stands_for"]
    return table[[*front, *(c for c in table if c not in (*front, *last)), *last]]


def scenario_table(result: Sweep) -> pd.DataFrame:
    """Return one row a scenario: what it sets, and its first three sites.

    Returns
    -------
    DataFrame
        Columns of `scenarios.csv`, see docs/sweep.md.
    """
    summary, chosen = result.summary, result.sites["site_id"].iloc[0]
    keys = dict.fromkeys(key for one in result.scenarios for key in one.values)
    columns: dict[str, object] = {
        "scenario": np.arange(1, len(result.scenarios) + 1),
        "scenario_name": [one.name for one in result.scenarios],
        "probability": [round(one.probability, 6) for one in result.scenarios],
    }
    columns |= {
        key: ["" if key not in one.values else shown(one.values[key]) for one in result.scenarios]
        for key in keys
    }
    columns |= {
        "date": [day.isoformat() for day in summary["as_of"]],
        "price_paid_usd_per_t": summary["price_usd_per_t"],
        "chinese_tonne_usd_per_t": summary["chinese_price_usd_per_t"],
        "places": summary["places"],
        "barred": summary["barred"],
    }
    for nth in ("first", "second", "third"):
        for what in ("id", "name", "country"):
            columns[f"{nth}_{what}"] = summary[f"{nth}_{what}"]
    columns["first_score"] = summary["first_score"].round(4)
    columns["most_robust"] = chosen
    columns["most_robust_rank"] = pd.Series(result.ranks[0], dtype="Int64").mask(
        result.ranks[0] == 0
    )
    columns["most_robust_regret"] = result.regrets[0].round(4)
    return pd.DataFrame(columns)


def sentences(result: Sweep) -> tuple[str, ...]:
    """Return the result of a sweep in sentences."""
    sites, count = result.sites, len(result.scenarios)
    best = sites.iloc[0]
    worst = int(best["regret_max_in"])
    behind = (
        f"{_named(best)} is the most robust of {number(len(sites))} sites: its score, 0 to 1, "
        f"never lies more than {number(best['regret_max'], 2)} behind that of rank 1, in scenario "
        f"{worst} ({result.scenarios[worst - 1].name}), and "
        f"{number(best['regret_expected'], 2)} on average."
    )
    firsts = (
        f"It has rank 1 in {best['times_first']} of {number(count)} scenarios, and is among the "
        f"first ten in {best['times_top10']}."
    )
    winners = result.summary.groupby("first_id", sort=True).agg(
        times=("first_id", "size"), name=("first_name", "first"), country=("first_country", "first")
    )
    most = winners.iloc[int(winners["times"].to_numpy().argmax())]  # of equals the first by id
    different = (
        f"{len(winners)} {'site has' if len(winners) == 1 else 'different sites have'} rank 1 in "
        f"some scenario; most often {_named(most)} in {most['times']} of {number(count)}."
    )
    always = sites.loc[sites["times_top10"].eq(count), "name"]
    every = (
        f"Among the first ten in all of them: {'; '.join(map(short, always))}."
        if len(always)
        else "No site is among the first ten in all of them."
    )
    return behind, firsts, different, every


def accounted(result: Sweep) -> tuple[str, ...]:
    """Return what became of exclusion layers and of names, in sentences."""
    return tuple(notices.sentence(one, len(result.scenarios)) for one in result.notices)


def heat_of(result: Sweep, grid: str) -> Heat:
    """Return the page of a sweep; `grid` is the name of its file."""
    count = len(result.scenarios)
    drawn = np.unique(np.linspace(0, count - 1, min(count, COLUMNS_DRAWN)).round().astype(int))
    sites = result.sites.head(ROWS_DRAWN)
    summary = result.summary.iloc[drawn]
    scenarios = pd.DataFrame(
        {
            "number": drawn + 1,
            "name": [result.scenarios[i].name for i in drawn],
            "share": [result.scenarios[i].probability for i in drawn],
            "first": summary["first_name"].map(short).to_numpy(),
            "country_name": summary["first_country"].map(country_name).to_numpy(),
            "score": summary["first_score"].to_numpy(),
        }
    )
    question = result.base.question or "Where to build"
    return Heat(
        title=f"{question}: which sites are good in all {number(count)} scenarios",
        kicker=f"Study {result.base.name}, grid {grid}",
        subtitle=f"The {len(result.sites)} sites that any scenario has among its first "
        f"{result.top}; the first {len(sites)} are drawn.",
        answer=sentences(result),
        sites=sites.assign(
            name=sites["name"].map(short), country_name=sites["country"].map(country_name)
        ),
        ranks=result.ranks[: len(sites)][:, drawn],
        absent=result.absent[: len(sites)][:, drawn],
        scenarios=scenarios,
        of_scenarios=count,
        notes=(*accounted(result), ALTERNATIVES, REGRET, *credit_lines()),
    )


def write_sweep(result: Sweep, grid: Path, target: Path, stages: Stages, made_of: str = "") -> None:
    """Write every output of a sweep; `target` is replaced as a whole or left as it was.

    Raises
    ------
    SitingError
        When `target` holds something that was not written by the planner.
    """
    with folder.whole_folder(target) as fresh:
        with stages("tables"):
            write_csv(robust_table(result), fresh / "sweep.csv")
            write_csv(scenario_table(result), fresh / "scenarios.csv")
            page = render(heat_of(result, grid.name))
            (fresh / "sweep.html").write_text(page, encoding="utf-8", newline="\n")
        content = manifest(
            recorded(result.base),
            inputs_of([result.base, *(one.study for one in result.scenarios)], {"grid": grid}),
            {
                "scenarios": len(result.scenarios),
                "sites": len(result.sites),
                "top": result.top,
                "places_most": int(result.summary["places"].max()),
            },
            stages.timings,
            made_of=made_of,
            scenarios=[
                {"name": one.name, "probability": one.probability, "set": one.values}
                for one in result.scenarios
            ],
            **notices.for_programs(result.notices),
            attributions=list(credit_lines()),
        )
        ownership.write_manifest(fresh, ownership.SWEEP, content)


def _named(site: pd.Series) -> str:
    return f"{short(site['name'])}, {country_name(site['country'])},"
