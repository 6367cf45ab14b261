"""Archetypes: sites of the list that are alike in profile, under a name that a rule gives.

The first sites of a list are clustered in criteria space: values, each axis stretched by the root
of the criterion's weight, so that squared distances are weighted by it. Ward's
linkage (Ward 1963) with the number of clusters that has the largest mean silhouette (Rousseeuw
1987). Everything is worked out in the order of `site_id`, so that no order of rows matters.
A name says what the sites show and nothing more: six in seven of them meet its bounds, which are
values by the fixed anchors, and their median is not on the wrong side of the list's.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from geodata.arrays import Floats
from geodata.language import tr
from siting.model.plan import Plan, once_a_plan
from siting.study.criteria import CRITERIA
from siting.support import cache

SITES = 100
CLUSTERS = (3, 4, 5, 6)
SLACK = 0.05  # of the value scale: least spread that a lead is measured by
FELT = 0.005  # of the value scale: less than the rounding of a figure separates nothing
LEAD = 0.1  # standard deviations by which sites must lead the list, on average over a rule
MOST = 0.85  # share of the members that must meet the bounds of their name
AHEAD, MIDDLE, KIND = "ahead on ", "middle of the list", "kind "
WHOLE = 100.0  # figures from here on have no decimals


@dataclass(frozen=True)
class Trait:
    """What sites must show: a value of a criterion on one side of a bound."""

    criterion: str
    least: float = -np.inf
    most: float = np.inf

    @property
    def high(self) -> bool:
        """Whether a large value is asked for."""
        return bool(np.isfinite(self.least))


def _high(criterion: str, least: float) -> Trait:
    return Trait(criterion, least=least)


def _low(criterion: str, most: float) -> Trait:
    return Trait(criterion, most=most)


# The bounds are values by the anchors of `siting.study.criteria` (judgement): half of `compatriots`
# is works within 50 km; half of `accessible_demand` is 20 kt/y in reach, 0.6 is 30; 0.5 of
# `grid_carbon` 350 g/kWh, 0.6 of `power_price` 78 USD/MWh.
NAMES: dict[str, tuple[Trait, ...]] = {
    "where the owner has works": (_high("tie", 1.0),),
    "beside works of compatriots": (_high("compatriots", 0.5),),
    "at home or with allies": (_high("home_affinity", 0.4),),
    "carried by aid": (_high("targeted_aid", 0.3), _high("investment_wave", 0.5)),
    "clean power in a stable country": (
        _high("grid_carbon", 0.75), _high("power_price", 0.6), _high("governance", 0.75),
    ),
    "clean-power periphery": (
        _high("grid_carbon", 0.5), _high("power_price", 0.6), _low("accessible_demand", 0.5),
    ),
    "cheap-power periphery": (_high("power_price", 0.55), _low("accessible_demand", 0.5)),
    "beside the customer": (_high("accessible_demand", 0.6),),
    "duty-free and near customers": (
        _high("accessible_demand", 0.45), _high("duty_free_reach", 0.5),
    ),
    "where law sells electric cars": (
        _high("fleet_standard", 0.5), _high("purchase_support", 0.5), _high("automaker_pull", 0.4),
    ),
    "low-cost export hub": (_high("delivered_cost", 0.35), _high("port_km", 0.6)),
    "cheap labour far from customers": (_high("wage", 0.8), _low("accessible_demand", 0.5)),
    "cheap labour by a city": (_high("wage", 0.8), _high("workforce", 0.6)),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """The median of a criterion among sites that are alike, and that of the list."""

    criterion: str
    own: str
    list_: str

    @property
    def criterion_in_words(self) -> str:
        """The criterion's name in the language of now."""
        return _lower(tr(CRITERIA[self.criterion].name))

    @property
    def words(self) -> str:
        """Both figures, after the name of the criterion."""
        unit = CRITERIA[self.criterion].unit
        own = self.own if unit in ("year", "0-1") else f"{self.own} {tr(unit)}"
        return tr("{criterion} {figure} (the list's {list})", criterion=self.criterion_in_words,
                  figure=own, list=self.list_)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Archetype:
    """Sites that are alike.

    Attributes
    ----------
    name : str
        What they share, in English: tables know the kind by it. `words` is for a reader.
    shown : tuple of Shown
        The criteria that the name speaks of.
    members : tuple of str
        `site_id`, best first.
    leading : str
        The first of them, by name and country.
    of : int
        How many sites the list has.
    profile : Series
        Mean value of each criterion.
    """

    name: str
    shown: tuple[Shown, ...]
    members: tuple[str, ...]
    leading: str
    of: int
    profile: pd.Series

    @property
    def words(self) -> str:
        """The name in the language of now."""
        if self.name in NAMES or self.name == MIDDLE:
            return tr(self.name)
        if not self.name.startswith(AHEAD):
            return tr("kind {number}", number=self.name.removeprefix(KIND))
        keys = self.shown
        if len(keys) == 1:
            return tr("ahead on {criterion}", criterion=keys[0].criterion_in_words)
        return tr("ahead on {one} and {other}", one=keys[0].criterion_in_words,
                  other=keys[1].criterion_in_words)  # fmt: skip

    @property
    def middle(self) -> str:
        """What the sites show at their middle, beside the list."""
        return tr("; ").join(one.words for one in self.shown)

    @property
    def sentence(self) -> str:
        """All of it, with numbers."""
        return tr(
            '"{kind}" ({number} of the {all} likeliest sites, {site} best); at their middle '
            "{figures}.",
            kind=self.words, number=len(self.members), all=self.of, site=self.leading,
            figures=self.middle,
        )  # fmt: skip

    @property
    def best(self) -> str:
        """Return the `site_id` of the best ranked member."""
        return self.members[0]


@once_a_plan
def archetypes(plan: Plan) -> tuple[Archetype, ...]:
    """Return the archetypes among the first sites of a plan, that of the best site first."""
    head = plan.zones.head[:SITES]
    ids = plan.places["site_id"].to_numpy(dtype=str)[head]
    values, weights = plan.values.iloc[head].reset_index(drop=True), mean_weights(plan)
    raw = plan.measures.raw.iloc[head].reset_index(drop=True).astype(float)
    label = clusters(_stretched(values, weights), ids)
    # numbered by their best site, since the rows are in order, the best first
    label = pd.factorize(label)[0]
    named = names(values, label, weights)
    country = plan.places["country"].to_numpy(dtype=str)[head]
    site = plan.places["name"].to_numpy(dtype=str)[head]
    result = []
    for number, (name, shown) in enumerate(named):
        members = np.flatnonzero(label == number)
        best = f"{site[members[0]]}, {country[members[0]]}".rstrip(", ")
        facts = tuple(_shown(key, raw[key].iloc[members], raw[key]) for key in shown)
        mean = values.iloc[members].mean()
        result.append(Archetype(name, facts, tuple(ids[members]), best, len(head), mean))
    return tuple(result)


def archetype_names(
    plan: Plan, kinds: tuple[Archetype, ...], positions: NDArray[np.intp]
) -> list[str]:
    """Return the archetype of candidates by name; one that is no member has the nearest profile."""
    member = {site: kind.name for kind in kinds for site in kind.members}
    weights = mean_weights(plan)
    points = _stretched(plan.values.iloc[positions], weights)
    to = _stretched(pd.DataFrame([kind.profile for kind in kinds]), weights)
    nearest = ((points[:, None, :] - to[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    ids = plan.places["site_id"].to_numpy(dtype=str)[positions]
    return [member.get(site, kinds[k].name) for site, k in zip(ids, nearest, strict=True)]


def archetype_sentence(plan: Plan, position: int) -> str:
    """Say in a sentence which archetype a candidate belongs to, or is nearest to."""
    kinds = archetypes(plan)
    name = archetype_names(plan, kinds, np.array([position]))[0]
    kind = next(kind for kind in kinds if kind.name == name)
    member = str(plan.places["site_id"].iloc[position]) in kind.members
    places = {"kind": kind.words, "number": len(kind.members), "all": kind.of}
    if member:
        return tr('Its kind of site: "{kind}", {number} of the {all} likeliest sites.', **places)
    return tr('The nearest kind of site: "{kind}", {number} of the {all} likeliest sites.',
              **places)  # fmt: skip


def mean_weights(plan: Plan) -> pd.Series:
    """Return the weight of each criterion as a share of the whole; sums to 1."""
    return (plan.weights / plan.weights.sum()).sort_index()


def clusters(points: Floats, ids: NDArray[np.str_]) -> NDArray[np.intp]:
    """Cluster points (n, c) into three to six, or into one where there are too few (n,).

    The same sites fall together whatever the order of the rows; labels carry no meaning.
    """
    points = np.round(points, 12)
    most = min(len(np.unique(points, axis=0)), len(points) - 1)
    if most < CLUSTERS[0]:
        return np.zeros(len(points), dtype=np.intp)
    order = np.argsort(ids, kind="stable")
    counts, label = [k for k in CLUSTERS if k <= most], np.empty(len(points), dtype=np.intp)
    # scikit-learn takes a second to load and a moment to cluster: its result is kept
    key = cache.digest("clusters", version("scikit-learn"), counts, points[order])
    label[order] = cache.array(key, lambda: _best_cut(points[order], counts))
    return label


def _best_cut(points: Floats, counts: list[int]) -> NDArray[np.intp]:
    """Cut the tree of points into that many clusters of `counts` that are best apart (n,)."""
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415 - slow to load
    from sklearn.metrics import silhouette_score  # noqa: PLC0415 - heavy

    cuts = [AgglomerativeClustering(k, linkage="ward").fit_predict(points) for k in counts]
    worth = [round(float(silhouette_score(points, cut)), 9) for cut in cuts]
    return np.asarray(cuts[int(np.argmax(worth))])  # the first of equals: the fewer clusters


def names(
    values: pd.DataFrame, label: NDArray[np.intp], weights: pd.Series
) -> list[tuple[str, tuple[str, ...]]]:
    """Name each cluster, no two alike, with the criteria that the name speaks of.

    The rules of `NAMES` that hold are assigned so that as many as can be are used, and fit best
    together; fit is the lead over the list's median in the space of the clusters. What is left is
    named by the two criteria in which it leads most by weight, or as the middle of the list where
    it leads in none.

    Parameters
    ----------
    values : DataFrame (n, criteria)
    label : ndarray (n,)
        Cluster of each site, from 0 without a gap.
    weights : Series
        Mean leaf weights.
    """
    count = int(label.max()) + 1
    fit = np.array(
        [[_fit(values, label == k, rule, weights) for rule in NAMES.values()] for k in range(count)]
    )
    applies = np.isfinite(fit)
    worth = np.where(applies, 1e3 + np.where(applies, fit, 0.0), 0.0)  # any rule before any fit
    chosen = dict(zip(*linear_sum_assignment(worth, maximize=True), strict=True))
    rules = list(NAMES)
    named: list[tuple[str, tuple[str, ...]]] = []
    for k in range(count):
        rule = chosen.get(k, -1)
        if rule >= 0 and applies[k, rule]:
            named.append((rules[rule], tuple(t.criterion for t in NAMES[rules[rule]])))
        else:
            taken = {name for name, _ in named}
            named.append(_by_leads(values, label == k, weights, taken))
    return named


def _fit(
    values: pd.DataFrame, own: NDArray[np.bool_], rule: tuple[Trait, ...], weights: pd.Series
) -> float:
    """Return how well a rule fits some sites, minus infinity where it does not hold."""
    meets = np.ones(int(own.sum()), dtype=bool)
    leads, fit = [], 0.0
    for trait in rule:
        column = values[trait.criterion].to_numpy(dtype=float)
        meets &= (column[own] >= trait.least) & (column[own] <= trait.most)
        lead = float(np.median(column[own]) - np.median(column)) * (1.0 if trait.high else -1.0)
        apart = lead >= FELT or own.all()  # a single cluster is the list itself
        leads.append(lead / max(float(column.std()), SLACK) if apart else -np.inf)
        fit += lead * float(np.sqrt(weights.get(trait.criterion, 0.0)))
    leading = own.all() or np.mean(leads) >= LEAD
    return fit if leading and meets.mean() >= MOST else -np.inf


def _by_leads(
    values: pd.DataFrame, own: NDArray[np.bool_], weights: pd.Series, taken: set[str]
) -> tuple[str, tuple[str, ...]]:
    """Name sites by the two criteria in which they lead most, skipping names that are taken."""
    keys = np.array(weights.index, dtype=str)
    middle, here = values[keys].median().to_numpy(), values[keys][own].median().to_numpy()
    weight = weights.to_numpy(dtype=float)
    lead, share = np.round(weight * (here - middle), 12), np.round(weight * here, 12)
    order = np.lexsort((keys, -share, -lead))
    ahead = [str(keys[i]) for i in order if lead[i] > 0 and here[i] - middle[i] >= FELT]
    for shown in (*combinations(ahead, min(2, max(len(ahead), 1))), *((key,) for key in ahead)):
        name = f"{AHEAD}{' and '.join(_lower(CRITERIA[key].name) for key in shown)}"
        if name not in taken:
            return name, shown
    name = MIDDLE if MIDDLE not in taken else f"{KIND}{len(taken) + 1}"
    return name, tuple(str(keys[i]) for i in order[:2])


def _stretched(values: pd.DataFrame, weights: pd.Series) -> Floats:
    used = values[list(weights.index)].to_numpy(dtype=float)
    return np.asarray(used * np.sqrt(weights.to_numpy(dtype=float)))


def _shown(key: str, own: pd.Series, all_sites: pd.Series) -> Shown:
    here, there = (figure(float(v.median()), CRITERIA[key].unit) for v in (own, all_sites))
    return Shown(key, here, there)


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def figure(value: float, unit: str) -> str:
    """Return a raw figure without its unit: three digits, or whole where it has more."""
    if unit == "year":
        return f"{value:.0f}"
    if unit == "km":
        return f"{max(value, 1.0):,.0f}"  # nearer than that nobody knows
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{round(value, 4):.3g}"
