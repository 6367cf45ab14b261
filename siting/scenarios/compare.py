"""What moved between two studies: which sites, by how much, and which input moved them.

Starting from the first study, one input at a time is set as the second has it and the plan is
made again: what that changes is the input's own doing. What then remains of the whole change is
what the inputs do only in combination; its name is "together", and it is not spread over them. What
is counted is the share of the chances: P of the zone that a place lies in, its own P where it is in
none, and 0 where it is barred or no candidate, so that the parts of every site sum to its change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np
import pandas as pd

from geodata.errors import SitingError
from geodata.load import catalogue_date
from siting.model.plan import Plan, country_chances
from siting.money.landed import prices_of
from siting.pipeline import NO_SCORE, Run
from siting.study.study import Draws, Study
from siting.support.progress import Stages, silent
from siting.world import facts

TOGETHER = "together"
NO_CANDIDATE = "no candidate"


@dataclass(frozen=True)
class Group:
    """What is swapped at once: keys of the study, and facts that follow its date.

    Keys form one group where one alone may make no valid study of the other's.
    """

    name: str
    keys: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    dated: bool = False


PRICE = Group("price of the day", ("price_usd_per_t", "chinese_price_usd_per_t"), dated=True)
LAWS = Group("laws", (), ("laws", "enacted", "scheduled"), dated=True)
EVENTS = Group("wars and lanes", (), ("events", "closed"), dated=True)
PLANTS = Group("plants", (), ("plants_on",), dated=True)
REST = Group(
    "rest of the date",
    (),
    tuple(
        f.name
        for f in fields(facts.Facts)
        if f.name not in (*LAWS.facts, *EVENTS.facts, *PLANTS.facts)
    ),
    dated=True,
)
GROUPS = (
    PRICE, LAWS, EVENTS, PLANTS, REST,
    Group("investor", ("investor",)),
    Group("product, process and size", ("product", "furnace", "parameters", "capacity_ktpa")),
    Group("demand year", ("demand_year",)),
    Group("lens and weights", ("lens", "weights")),
    Group("anchors", ("anchors",)),
    Group("reach of demand", ("reach",)),
    Group("laws switched by hand", ("policies",)),
    Group("events switched by hand", ("events",)),
    Group("carbon price", ("carbon_price_usd_per_t",)),
    Group("own figures of places", ("factors",)),
    Group("own tables", ("tables",)),
    Group("candidates and exclusions", ("candidates", "exclude")),
)  # fmt: skip


@dataclass(frozen=True)
class PlanSummary:
    """How one plan ranks, without the rest of it: a comparison makes many plans.

    Attributes
    ----------
    study : Study
    as_of : date
    prices : (float, float)
        Chinese export price and price of the day (USD/t).
    laws : frozenset of str
        `instrument_id` of the instruments that count.
    plants : (int, int)
        Gigafactories and rival anode plants that are known.
    sites : DataFrame
        By site_id: name, country, kind, share (% of the chances), rank among all places, zone (0:
        none).
    barred : DataFrame
        By site_id: name, country, kind, rule.
    heads : tuple of str
        site_id of the place that stands for each siting zone, in the order of the list.
    countries : Series
        Share of each country (% of the chances).
    """

    study: Study
    as_of: dt.date
    prices: tuple[float, float]
    laws: frozenset[str]
    plants: tuple[int, int]
    sites: pd.DataFrame
    barred: pd.DataFrame
    heads: tuple[str, ...]
    countries: pd.Series


@dataclass(frozen=True)
class Comparison:
    """Two plans compared over the first `top` siting zones of each.

    Attributes
    ----------
    before, after : PlanSummary
    top : int
    inputs : tuple of Group
        Inputs that differ.
    faults : dict of str
        Inputs that could not be swapped alone, and why; what they do is in `together`.
    sites : DataFrame
        The places that stand for those zones, in the order of the second plan and then of the
        first: site_id, name, country, kind, zone, rank, share and rule of each plan (`_before`,
        `_after`; rank 0 and share missing where the rule says why), change (percentage points).
    parts : DataFrame
        Percentage points that each input moves a site by itself, and `together`; rows sum to the
        change.
    countries : DataFrame
        By country of these zones: zones before, after; share_before, share_after (%).
    barred, freed : DataFrame
        All places that became barred or free: site_id, name, country, rank, rule.
    """

    before: PlanSummary
    after: PlanSummary
    top: int
    inputs: tuple[Group, ...]
    faults: dict[str, str]
    sites: pd.DataFrame
    parts: pd.DataFrame
    countries: pd.DataFrame
    barred: pd.DataFrame
    freed: pd.DataFrame

    @property
    def entered(self) -> pd.Series:
        """Sites whose zone is among the first now and was not (n,)."""
        return self._first("after") & ~self._first("before")

    @property
    def left(self) -> pd.Series:
        """Sites whose zone was among the first and is no more (n,)."""
        return self._first("before") & ~self._first("after")

    @property
    def totals(self) -> pd.Series:
        """Sum of the absolute percentage points that each input and `together` moved."""
        return self.parts.abs().sum()

    def _first(self, side: str) -> pd.Series:
        return self.sites[f"zone_{side}"].between(1, self.top)


@dataclass(frozen=True)
class Runs:
    """The plans that a comparison rests on.

    Attributes
    ----------
    before, after : PlanSummary
    inputs : tuple of Group
        Inputs that differ.
    alone : mapping of PlanSummary or SitingError
        The first plan with one input as the second has it, by name; or why there is none.
    """

    before: PlanSummary
    after: PlanSummary
    inputs: tuple[Group, ...]
    alone: Mapping[str, PlanSummary | SitingError]

    def compared(self, top: int) -> Comparison:
        """Compare the first siting zones of each."""
        return attribute(self.before, self.after, self.inputs, self.alone, top)


def compare(a: Study, b: Study, top: int = 25, stages: Stages | None = None) -> Comparison:
    """Compare two studies; makes a plan of each, and one for every input that differs.

    Parameters
    ----------
    a, b : Study
        Before and after.
    top : int
        Siting zones of each that are compared.
    stages : Stages, optional
        Shown how many plans are made.

    Raises
    ------
    SitingError
        When one of the two studies is at fault.
    """
    return runs(a, b, stages or silent()).compared(top)


def runs(a: Study, b: Study, stages: Stages) -> Runs:
    """Make the plans of a comparison; see `compare`."""
    groups = differing(a, b)
    alone: dict[str, PlanSummary | SitingError] = {}
    with stages("compare") as progress:
        run = Run()
        after = summary_of(run.plan(_undrawn(b)))
        progress(1, len(groups) + 2)
        before = summary_of(
            run.plan(_undrawn(a))
        )  # last, so that what is swapped shares its stages
        for done, group in enumerate(groups, start=2):
            progress(done, len(groups) + 2)
            alone[group.name] = _attempt(partial(_swapped_plan, run, a, b, group))
    return Runs(before, after, groups, alone)


def differing(a: Study, b: Study) -> tuple[Group, ...]:
    """Return the groups in which two studies differ; a key of no group is one of its own."""
    every = type(a).model_fields
    keys = {
        key
        for key in every
        if key not in (*NO_SCORE, "as_of") and getattr(a, key) != getattr(b, key)
    }
    grouped = {key for group in GROUPS for key in group.keys}
    further = [Group(k.replace("_", " "), (k,)) for k in every if k in keys - grouped]
    dated = date_of(a) != date_of(b)
    return tuple(g for g in (*GROUPS, *further) if keys & set(g.keys) or (dated and g.dated))


def date_of(study: Study) -> dt.date:
    """Return the date of a study, the catalogue's own where it names none."""
    return study.as_of or catalogue_date()


def _undrawn(study: Study) -> Study:
    """Return the study without draws: scores are compared, not their confidence."""
    return study.model_copy(update={"confidence": Draws(draws=0)})


def swapped(a: Study, b: Study, group: Group) -> tuple[Study, facts.Facts | None]:
    """Return the first study with one group as the second has it, and the facts to plan it on.

    No facts where they are those of the study itself. Prices are written out, because they follow
    the date of their own group only.
    """
    study = a.model_copy(update={key: getattr(b, key) for key in group.keys})
    if date_of(a) == date_of(b):
        return study, None
    own, other = (
        facts.load(study.model_copy(update={"as_of": date})) for date in (date_of(a), date_of(b))
    )
    known = replace(own, **{name: getattr(other, name) for name in group.facts})
    chinese, outside = prices_of(study, other if group is PRICE else own)
    priced = {"price_usd_per_t": outside, "chinese_price_usd_per_t": chinese}
    return study.model_copy(update=priced), known


def _swapped_plan(run: Run, a: Study, b: Study, group: Group) -> PlanSummary:
    study, known = swapped(a, b, group)
    run = run if known is None else Run(facts=known)
    return summary_of(run.plan(_undrawn(study)))


def _attempt(step: Callable[[], PlanSummary]) -> PlanSummary | SitingError:
    """Return what a step gives, or its fault: one input alone may make no valid study."""
    try:
        return step()
    except SitingError as error:
        return error


def summary_of(plan: Plan) -> PlanSummary:
    """Return what a comparison needs of a plan."""
    zones = plan.zones
    share = np.where(zones.zone > 0, np.append(0.0, zones.share)[zones.zone], plan.chance)
    sites = plan.places[["site_id", "name", "country", "kind"]].assign(
        share=100 * share, rank=plan.rank, zone=zones.zone
    )
    sites = sites.set_index("site_id")
    return PlanSummary(
        plan.study,
        plan.as_of,
        prices_of(plan.study, plan.facts),
        frozenset(plan.facts.laws["instrument_id"])
        | frozenset(plan.facts.enacted["instrument_id"]),
        (len(plan.demand.plants), len(plan.demand.rivals)),
        sites,
        plan.barred.set_index("site_id")[["name", "country", "kind", "rule"]],
        tuple(sites.index[zones.head]),
        100 * country_chances(plan),
    )


def attribute(
    before: PlanSummary,
    after: PlanSummary,
    inputs: tuple[Group, ...],
    alone: Mapping[str, PlanSummary | SitingError],
    top: int,
) -> Comparison:
    """Put the change of every site down to the inputs.

    Parameters
    ----------
    before, after : PlanSummary
    inputs : tuple of Group
    alone : mapping of PlanSummary or SitingError
        The first plan with one input as the second has it, by name; or why there is none.
    top : int
    """
    ids = pd.Index(
        dict.fromkeys([*after.heads[:top], *before.heads[:top]]), name="site_id", dtype=object
    )
    was = _shares(before, ids)
    change = _shares(after, ids) - was
    made = {name: plan for name, plan in alone.items() if isinstance(plan, PlanSummary)}
    parts = pd.DataFrame({name: _shares(plan, ids) - was for name, plan in made.items()}, ids)
    parts[TOGETHER] = change - parts.sum(axis=1)
    sites = _names(before, after).reindex(ids)
    for side, plan in (("before", before), ("after", after)):
        ranked = plan.sites.reindex(ids)
        sites[f"zone_{side}"] = ranked["zone"].fillna(0).astype(int)
        sites[f"rank_{side}"] = ranked["rank"].fillna(0).astype(int)
        sites[f"share_{side}"] = ranked["share"]
        rule = plan.barred["rule"].reindex(ids).fillna(NO_CANDIDATE)
        sites[f"rule_{side}"] = rule.where(ranked["share"].isna(), "")
    firsts = [p.sites.loc[list(p.heads[:top]), "country"].value_counts() for p in (before, after)]
    countries = pd.concat(firsts, axis=1, keys=["before", "after"]).fillna(0).astype(int)
    for side, plan in (("before", before), ("after", after)):
        countries[f"share_{side}"] = plan.countries.reindex(countries.index).fillna(0.0)
    countries = countries.rename_axis("country").reset_index()
    return Comparison(
        before,
        after,
        top,
        inputs,
        {name: str(e.faults[0]) for name, e in alone.items() if isinstance(e, SitingError)},
        sites.assign(change=change).reset_index(),
        parts.reset_index(drop=True),
        countries.sort_values(["after", "before", "country"], ascending=[False, False, True]),
        _turned(before, after),
        _turned(after, before),
    )


def _shares(plan: PlanSummary, ids: pd.Index) -> pd.Series:
    """Return the share of sites, 0 where they are not ranked."""
    return plan.sites["share"].reindex(ids).fillna(0.0)


def _names(before: PlanSummary, after: PlanSummary) -> pd.DataFrame:
    """Return name, country and kind of every place by site_id, as the second plan has them."""
    columns = ["name", "country", "kind"]
    every = pd.concat([p[columns] for s in (after, before) for p in (s.sites, s.barred)])
    return every[~every.index.duplicated()]


def _turned(ranked: PlanSummary, barred: PlanSummary) -> pd.DataFrame:
    """Return the places that one plan ranks and the other bars, best first."""
    rows = ranked.sites.join(barred.barred["rule"], how="inner").sort_values("rank", kind="stable")
    return rows.reset_index()[["site_id", "name", "country", "rank", "rule"]]
