"""Why a site stands where it stands: against the runner-up and the median, in words and numbers."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.places import country_names
from siting.confidence.archetypes import archetype_said
from siting.confidence.standing import Standing, standing
from siting.model.plan import Plan, weighed
from siting.model.scoring import LOSSES
from siting.results.confidence_words import confidence_said, held_back_said
from siting.results.money_words import money_said
from siting.results.ranking import customers_of
from siting.results.reasons import reasons_at
from siting.results.shared import laws_at
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES
from siting.support.text import plain

SAID = 0.05  # points; smaller differences are not worth a word
LOSS_NAMES = {
    "price_gate": "Cost above the price of the day",
    "entry_gate": "Risk that the investor is refused",
    "mixture": "The investor may follow another strategy",
}


@dataclass(frozen=True)
class Explanation:
    """One candidate explained.

    Attributes
    ----------
    site : Series
        The candidate's row.
    rank, zone_rank : int
        Among all places; of its siting zone (0: in none of the listed zones).
    score : float
        Of 100.
    rival : Series
        The best place of the next zone, or of its own when the site is not first in it; the site
        itself where there is no other.
    contributions : DataFrame
        criterion, unit, raw, value, points, rival_points, median_points, imputed, level.
    strategies : dict of float
        Score of each strategy, of 100.
    standing : Standing
        How sure the rank is, what would turn it, what would bring the site among the first.
    customers, laws, reasons : DataFrame
    lifted : tuple of str
        Laws that bar the site; the rest holds as if they were not there.
    sentences : tuple of str
        The same in words.
    """

    site: pd.Series
    rank: int
    zone_rank: int
    score: float
    rival: pd.Series
    rival_score: float
    contributions: pd.DataFrame
    strategies: dict[str, float]
    standing: Standing
    customers: pd.DataFrame
    laws: pd.DataFrame
    reasons: pd.DataFrame
    lifted: tuple[str, ...]
    sentences: tuple[str, ...]


def find(plan: Plan, wanted: str) -> int:
    """Return the position of a candidate by `site_id` or name.

    Of several places with that name the best ranked is meant.

    Raises
    ------
    SitingError
        When there is none, with the nearest names; when it stands apart, with its rule.
    """
    key = plain(wanted)
    names = plan.places["name"].map(plain)
    for match in (plan.places["site_id"].str.lower().eq(wanted.lower()), names.eq(key),
                  names.str.contains(key, regex=False)):  # fmt: skip
        hits = np.flatnonzero(match.to_numpy(bool)) if key else np.array([], dtype=int)
        if len(hits):
            return int(hits[np.argmin(plan.rank[hits])])
    apart = plan.barred[plan.barred["name"].map(plain).eq(key) | plan.barred["site_id"].eq(wanted)]
    if len(apart):
        row = apart.iloc[0]
        mend = "see barred_sites.csv"
        if row["rule_id"] in set(plan.facts["policy_zones"]["zone_id"]):
            mend = f"to see where it would stand: policies: {{off: [{row['rule_id']}]}} in a study"
        raise SitingError(Fault(str(row["name"]), f"stands apart, in no ranking: {row['rule']}",
                                mend, value=str(row["rule_id"])))  # fmt: skip
    near = difflib.get_close_matches(key, list(names.unique()), n=3, cutoff=0.6)
    shown = [str(plan.places["name"].to_numpy()[names.eq(n).to_numpy()][0]) for n in near]
    mend = f"nearest names: {', '.join(shown)}" if shown else "give its site_id or name"
    raise SitingError(Fault("candidates", "no such site", mend, value=wanted))


def explain(plan: Plan, position: int, lifted: tuple[str, ...] = ()) -> Explanation:
    """Explain the candidate at `position`; `lifted` are laws left out that bar it."""
    zone = int(plan.zones.zone[position])
    rival = _rival(plan, position, zone)
    table = _contributions(plan, position, rival)
    strategies = {n: float(100 * s.score[position]) for n, s in plan.strategies.items()}
    found = Explanation(
        site=plan.places.iloc[position],
        rank=int(plan.rank[position]),
        zone_rank=zone,
        score=float(100 * plan.score[position]),
        rival=plan.places.iloc[rival],
        rival_score=float(100 * plan.score[rival]),
        contributions=table,
        strategies=strategies,
        standing=standing(plan, position),
        customers=customers_of(plan, position),
        laws=laws_at(plan, np.array([position])),
        reasons=reasons_at(plan, position),
        lifted=lifted,
        sentences=(),
    )
    return replace(found, sentences=(*_barred(plan, found), *_sentences(plan, found)))


def _barred(plan: Plan, found: Explanation) -> list[str]:
    names = plan.facts["policy_zones"].set_index("zone_id")["instrument"]
    rules = "; ".join(f"{names[rule]} ({rule})" for rule in found.lifted)
    said = f"{found.site['name']} may not be built on and is in no ranking: {rules}."
    return [f"{said} Were that not in force, this would hold:"] if rules else []


def _rival(plan: Plan, position: int, zone: int) -> int:
    """Return whom to compare with: the next zone's head, or the first where this is not first."""
    heads = plan.zones.head
    if zone and heads[zone - 1] != position:
        return int(heads[zone - 1])
    after = heads[zone] if zone and zone < len(heads) else heads[0]
    return int(after if after != position else plan.order[min(1, len(plan.order) - 1)])


def _contributions(plan: Plan, position: int, rival: int) -> pd.DataFrame:
    rows = []
    for key in [*weighed(plan), *LOSSES]:
        points = 100 * plan.parts[key]
        row: dict[str, object] = {
            "criterion": key,
            "name": CRITERIA[key].name if key in CRITERIA else LOSS_NAMES[key],
            "points": float(points.iloc[position]),
            "rival_points": float(points.iloc[rival]),
            "median_points": float(points.median()),
        }
        if key in CRITERIA:
            row |= {
                "unit": CRITERIA[key].unit,
                "raw": float(plan.measures.raw[key].iloc[position]),
                "value": float(plan.values[key].iloc[position]),
                "level": str(plan.measures.level[key].iloc[position]),
                "imputed": bool(plan.measures.imputed[key].iloc[position]),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def _sentences(plan: Plan, found: Explanation) -> tuple[str, ...]:
    name, total = found.site["name"], len(plan.places)
    country = country_names().get(str(found.site["country"]), str(found.site["country"]))
    place = f"place {found.rank:,} of {total:,}"
    lines = [f"{name} ({country}) scores {found.score:.1f} of 100 and is {place}."]
    lines[0] += f" It stands in siting zone {found.zone_rank}." if found.zone_rank else ""
    best = max(found.strategies, key=lambda s: found.strategies[s])
    if len(found.strategies) > 1:
        lines.append(
            f"It is strongest as {STRATEGIES[best].name.lower()} ({found.strategies[best]:.1f})."
        )
    if found.rival["site_id"] != found.site["site_id"]:
        # what the mixture takes away follows from the rest, and is no reason of its own
        told_of = found.contributions[found.contributions["criterion"].ne("mixture")]
        gap = (told_of["points"] - told_of["rival_points"]).to_numpy()
        word = "leads" if found.score >= found.rival_score else "trails"
        by = f"{abs(found.score - found.rival_score):.1f} points"
        told = _ahead_and_behind(told_of["name"].to_numpy(), gap)
        lines.append(f"It {word} {found.rival['name']} by {by}{told and ': '}{told}.")
    position = int(plan.places.index[plan.places["site_id"].eq(found.site["site_id"])][0])
    lines += money_said(plan, position)
    lines += confidence_said(plan, found.standing)
    lines += held_back_said(plan, found.standing)
    if found.zone_rank:  # the archetypes are those of the list; far from it none fits
        lines.append(archetype_said(plan, position))
    imputed = found.contributions.loc[found.contributions["imputed"].eq(True), "name"]
    known = len(weighed(plan)) - len(imputed)
    told = f"; taken from a wider place: {', '.join(imputed).lower()}" if len(imputed) else ""
    lines.append(f"{known} of {len(weighed(plan))} criteria are known here{told}.")
    return tuple(lines)


def _ahead_and_behind(names: np.ndarray, gap: np.ndarray) -> str:
    order = np.argsort(-gap, kind="stable")
    ahead = [f"{names[i].lower()} +{gap[i]:.1f}" for i in order[:3] if gap[i] > SAID]
    behind = [
        f"{names[i].lower()} \N{MINUS SIGN}{-gap[i]:.1f}" for i in order[::-1][:2] if gap[i] < -SAID
    ]
    parts = [
        f"ahead on {', '.join(ahead)}" if ahead else "",
        f"behind on {', '.join(behind)}" if behind else "",
    ]
    return "; ".join(part for part in parts if part)
