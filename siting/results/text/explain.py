"""Why a site has its rank: against the median and its rival, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError
from geodata.language import sentences, tr
from geodata.places import country_name
from maps.numerals import number, per_cent, share, times
from siting.confidence.rank_report import RankReport, rank_report
from siting.model import scoring
from siting.model.archetypes import archetype_sentence
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.results.customers import customers_of
from siting.results.neighbours import estates_of
from siting.results.tables import laws_at
from siting.results.text.confidence import (
    confidence_sentences,
    lower,
    needs_sentences,
    short,
    to_one,
)
from siting.results.text.money import money_sentences, pays
from siting.results.text.reasons import reasons_at
from siting.scenarios.unbarred import site_named, switch_of, without_what_bars
from siting.study.criteria import CRITERIA
from siting.study.study import Study
from siting.support.progress import Stages
from siting.support.text import plain
from siting.world import candidates, facts
from siting.world.gazetteer import candidate, names_of
from siting.world.unknown import unknown_of

FELT = 1.05  # times; what moves the odds less is not worth a word
FOR, AGAINST = 3, 2  # criteria that are named
ESTATES_NAMED = 3


@dataclass(frozen=True)
class Explanation:
    """One candidate explained.

    Attributes
    ----------
    site : Series
        The candidate's row.
    rank : int
        Among all places.
    percentile : float
        Share of the places that rank below it.
    zone, zones : int
        Number of its siting zone (0: in none) and of how many.
    zone_name : str
    chance, country_share : float
        P of the place alone and of its country; that of its zone is in `report`.
    odds, rival_odds : float
        Against the median place; of the place against the rival.
    rival : Series
        The site of the next zone; the site itself where there is no other.
    contributions : DataFrame
        criterion, name, unit, raw, value, odds (what it multiplies the odds by against the median
        place), rival_odds (against the rival), imputed, level.
    estates : DataFrame
        Named sites of its zone, by name, as `ranking.estates_of`.
    pays : float
        Chance that a tonne earns its cost at the price of the day.
    report : RankReport
        How sure the rank is, what would turn it, what would bring the site among the first.
    customers, laws, reasons : DataFrame
    lifted : tuple of str
        Laws that bar the site; the rest holds as if they were not there.
    paragraphs : tuple of tuple of str
        The same in words, sentence by sentence.
    """

    site: pd.Series
    rank: int
    percentile: float
    zone: int
    zones: int
    zone_name: str
    chance: float
    country_share: float
    odds: float
    rival: pd.Series
    rival_odds: float
    contributions: pd.DataFrame
    estates: pd.DataFrame
    pays: float
    report: RankReport
    customers: pd.DataFrame
    laws: pd.DataFrame
    reasons: pd.DataFrame
    lifted: tuple[str, ...]
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all paragraphs."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


def site_of(study: Study, wanted: str) -> str:
    """Return the `site_id` of the named candidate of a study, before there is a plan.

    Hexagons are known by their names in a plan only; of a study with them it is `wanted` itself.

    Raises
    ------
    SitingError
        As `gazetteer.candidate`, and for the files of the study.
    """
    if study.candidates.hex:
        return wanted
    known = facts.load(study)
    places = candidates.gather(
        study, known["industrial_sites"], known.closed, candidates.read_own(study)
    )
    return str(places["site_id"].iloc[candidate(names_of(places), wanted)])


def find(plan: Plan, wanted: str) -> int:
    """Return the position of a candidate that a user names by `site_id`, name or coordinates.

    Raises
    ------
    SitingError
        When there is none, with the nearest names; when several bear the name, with what picks
        each; when a rule keeps it out, with the rule.
    """
    site_id = site_named(plan, wanted)
    ranked = np.flatnonzero(plan.places["site_id"].eq(site_id))
    if len(ranked):
        return int(ranked[0])
    row = plan.barred[plan.barred["site_id"].eq(site_id)].iloc[0]
    hint = f"what would admit it: {row['admitted_if']}"
    if key := switch_of(plan, str(row["rule_id"])):
        hint = f"to see where it would stand: {key}: {{off: [{row['rule_id']}]}} in a study"
    rule = f"is in no ranking: {row['rule']}"
    raise SitingError(Fault(str(row["name"]), rule, hint, value=str(row["rule_id"])))


def explain_named(plan: Plan, wanted: str, stages: Stages) -> Explanation:
    """Explain the candidate that a user names, with the laws left out that bar it.

    Raises
    ------
    SitingError
        As `site_of` and `find`.
    """
    try:
        site = site_named(plan, wanted)
    except SitingError:
        site = site_of(plan.study, wanted)  # lists several in the order of the tables
    made, lifted = without_what_bars(plan, site, stages)
    return explain(made, find(made, site), lifted)


def explain(plan: Plan, position: int, lifted: tuple[str, ...] = ()) -> Explanation:
    """Explain the candidate at `position`; `lifted` are laws left out that bar it."""
    zone, report = int(plan.zones.zone[position]), rank_report(plan, position)
    estates = estates_of(plan)
    site = plan.places.iloc[position]
    table = _contributions(plan, position, report.rival)
    explained = Explanation(
        site=site,
        rank=int(plan.rank[position]),
        percentile=float(plan.percentile[position]),
        zone=zone,
        zones=len(plan.zones.head),
        zone_name=plan.zone_names[zone - 1] if zone else "",
        chance=float(plan.chance[position]),
        country_share=float(country_chances(plan)[site["country"]]),
        odds=float(np.prod(table["odds"])),
        rival=plan.places.iloc[report.rival],
        rival_odds=float(np.prod(table["rival_odds"])),
        contributions=table,
        estates=estates[estates["zone"].eq(zone)].reset_index(drop=True),
        pays=pays(plan, position),
        report=report,
        customers=customers_of(plan, position),
        laws=laws_at(plan, np.array([position])),
        reasons=reasons_at(plan, position),
        lifted=lifted,
        paragraphs=(),
    )
    return replace(explained, paragraphs=_paragraphs(plan, explained, position))


def _contributions(plan: Plan, position: int, rival: int) -> pd.DataFrame:
    criteria = weighed(plan)
    against = plan.parts.iloc[position] - plan.parts.iloc[rival]
    measures = plan.measures
    return pd.DataFrame(
        {
            "criterion": criteria,
            "name": [CRITERIA[key].name for key in criteria],
            "unit": [CRITERIA[key].unit for key in criteria],
            "raw": [float(measures.raw[key].iloc[position]) for key in criteria],
            "value": [float(plan.values[key].iloc[position]) for key in criteria],
            "odds": np.exp(advantages(plan).iloc[position][criteria].to_numpy(dtype=float)),
            "rival_odds": scoring.odds(against[criteria].to_numpy(dtype=float)),
            "level": [str(measures.level[key].iloc[position]) for key in criteria],
            "imputed": [bool(measures.imputed[key].iloc[position]) for key in criteria],
        }
    )


def _barred(plan: Plan, about: Explanation) -> list[str]:
    if not about.lifted:
        return []
    names = dict(plan.facts["policy_zones"][["instrument_id", "instrument"]].to_numpy())
    names |= dict(plan.facts["events"][["event_id", "summary"]].to_numpy())
    rules = tr("; ").join(f"{names[rule]} ({rule})" for rule in about.lifted)
    barred = tr("{site} may not be built on and is in no ranking: {rules}.",
                site=about.site["name"], rules=rules)  # fmt: skip
    return [sentences([barred, tr("Were that not in force, this would hold:")])]


def _paragraphs(plan: Plan, about: Explanation, position: int) -> tuple[tuple[str, ...], ...]:
    report = about.report
    against = [_against(about)] if report.rival != report.site else []
    # the archetypes are those of the list; far from it none fits
    kind = [archetype_sentence(plan, position)] if about.zone else []
    paragraphs = (
        _barred(plan, about),
        [_where(plan, about, position)],
        [_why(about), *against],
        [*money_sentences(plan, position), *unknown_of(plan.study, plan.facts)],
        [*confidence_sentences(plan, report), *needs_sentences(plan, report)],
        [*_estates(about), *kind, _complete(about), *_namesake(plan, position)],
    )
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _complete(about: Explanation) -> str:
    """Say how many criteria are known at the place itself, and which are read for a wider one."""
    imputed = about.contributions.loc[about.contributions["imputed"], "name"].sort_values()
    places = {"known": len(about.contributions) - len(imputed), "total": len(about.contributions)}
    if imputed.empty:
        return tr("{known} of {total} criteria are known here.", **places)
    return tr("{known} of {total} criteria are known here; read for a wider place: {criteria}.",
              criteria=tr(", ").join(lower(tr(name)) for name in imputed), **places)  # fmt: skip


def _where(plan: Plan, about: Explanation, position: int) -> str:
    name, zone, site = str(about.site["name"]), about.zone, about.report.site
    country = country_name(about.site["country"])
    chance = {"share": share(about.report.share), "country_share": share(about.country_share)}
    if country:
        chances = tr("a {share} chance of the next plant, {country} {country_share}",
                     country=country, **chance)  # fmt: skip
    else:
        chances = tr("a {share} chance of the next plant, the rest {country_share}", **chance)
    of = about.zone_name if site == position else short(plan.places["name"].iloc[site])
    places = {
        "site": tr("{site}, {country},", site=name, country=country) if country else name,
        "zone": zone, "zones": about.zones, "name": of, "chances": chances,
        "above": _above(about, len(plan.places)),
    }  # fmt: skip
    if not zone:
        return tr("{site} lies in no zone: with what lies around it {chances}; {above}.", **places)
    if site != position and of != name:
        return tr("{site} lies in zone {zone} of {zones} ({name}): {chances}; {above}.", **places)
    if site != position:
        return tr("{site} lies in zone {zone} of {zones}: {chances}; {above}.", **places)
    if of != name:
        return tr("{site} stands for zone {zone} of {zones} ({name}): {chances}; {above}.",
                  **places)  # fmt: skip
    return tr("{site} stands for zone {zone} of {zones}: {chances}; {above}.", **places)


def _above(about: Explanation, places: int) -> str:
    if about.percentile >= 1:
        return tr("above all others of {number} places", number=number(places))
    return tr("above {share} of {number} places", share=percentile(about.percentile),
              number=number(places))  # fmt: skip


def percentile(below: float) -> str:
    """Return the share of places below one, rounded down, so that only the first is above all."""
    return per_cent(np.floor(1000 * below) / 10, 1) if below < 1 else tr("all others")


def _why(about: Explanation) -> str:
    odds = tr("Its odds against the median place are {odds}", odds=to_one(about.odds))
    return _reasoned(odds, about.contributions, "odds")


def _against(about: Explanation) -> str:
    odds = tr("Against {rival} they are {odds}", rival=short(about.rival["name"]),
              odds=to_one(about.rival_odds))  # fmt: skip
    return _reasoned(odds, about.contributions, "rival_odds")


def _reasoned(said: str, rows: pd.DataFrame, column: str) -> str:
    """Return a sentence with what speaks for a place and what against, where anything does."""
    most = (FOR, AGAINST) if column == "odds" else (FOR - 1, AGAINST - 1)
    names = [tr(name) for name in rows["name"]]
    pro, contra = split(names, rows[column].to_numpy(dtype=float), *most)
    reasons = [tr(", ").join(pro)] if pro else []
    if contra:
        reasons.append(tr("against it {criteria}", criteria=tr(", ").join(contra)))
    listed = tr("; ").join(reasons)
    said = tr("{said}: {reasons}", said=said, reasons=listed) if listed else said
    return tr("{sentence}.", sentence=said)


def split(
    names: list[str], odds: NDArray[np.float64], pro: int = FOR, contra: int = AGAINST
) -> tuple[list[str], list[str]]:
    """Return what speaks for a place and what against, with odds, the strongest first."""
    ln = np.round(np.log(odds), 9)
    order, felt = np.lexsort((np.array(names), -ln)), float(np.log(FELT))
    for_it = [i for i in order if ln[i] > felt][:pro]
    against = [i for i in order[::-1] if ln[i] < -felt][:contra]

    def named(rows: list[int]) -> list[str]:
        return [
            tr("{criterion} {times} times", criterion=lower(names[i]), times=times(float(odds[i])))
            if nth == 0
            else tr("{criterion} {times}", criterion=lower(names[i]), times=times(float(odds[i])))
            for nth, i in enumerate(rows)
        ]

    return named(for_it), named(against)


def _estates(about: Explanation) -> list[str]:
    """Name the sites of the zone that a team can visit, and say that their order means nothing."""
    if not about.zone:
        return []
    others = about.estates.loc[about.estates["site_id"].ne(about.site["site_id"]), "name"]
    if about.estates.empty:
        return [tr("No named site is known in its zone.")]
    if others.empty:
        return [tr("It is the only named site of its zone.")]
    named = tr(", ").join(map(short, others.head(ESTATES_NAMED)))
    more = len(others) - ESTATES_NAMED
    if more <= 0:
        return [tr("Named sites of its zone, which no public data can order: {sites}.",
                   sites=named)]  # fmt: skip
    return [tr("Named sites of its zone, which no public data can order: {sites} and {number} "
               "more.", sites=named, number=more)]  # fmt: skip


def _namesake(plan: Plan, position: int) -> list[str]:
    """Name a place of another country that ranks higher and has the name too."""
    name, country = plan.places["name"].iloc[position], plan.places["country"]
    same = [plain(name) in other for other in plan.names.plains[: len(plan.places)]]
    others = np.flatnonzero(same & country.ne(country.iloc[position]).to_numpy(dtype=bool))
    if not len(others) or plan.rank[others].min() > plan.rank[position]:
        return []
    other = int(others[np.argmin(plan.rank[others])])
    code = str(country.iloc[other])
    where = country_name(code)
    return [tr("Of that name too: {site}, {country}.", site=plan.places["name"].iloc[other],
               country=where)]  # fmt: skip
