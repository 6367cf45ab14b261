"""From a plan to the brief: what a board reads of it."""

from __future__ import annotations

import importlib.metadata

import numpy as np
import pandas as pd

from geodata.geometry import credit_lines
from geodata.language import tr
from geodata.places import country_name
from maps.brief import Brief, Kind, Line
from maps.numerals import number, share
from maps.print.locator import Ground
from siting.confidence.what_if import nearest, tornado
from siting.market.surface import BREAKS
from siting.model.archetypes import Archetype
from siting.model.plan import Plan, country_chances, weighed
from siting.model.zones import Zones
from siting.results import data_age
from siting.results.page.costs import costs_at
from siting.results.page.live import seen_by
from siting.results.sites import pillar_odds
from siting.results.tables import Tables, tables_of
from siting.results.text import accounts, brief
from siting.results.text.answer import investor, long_date, question
from siting.results.text.confidence import lead, lead_words, scale_sentence, short
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.lenses import LENSES

SITES, COSTED, KINDS, COUNTRIES = 10, 5, 3, 8
FIRSTS = 3  # zones named under each lens
IN_BRIEF = {  # column of the brief -> of the sites
    **{key: key for key in (
        "rank", "name", "zone", "lat", "lon", "share", "rank_low", "rank_high",
    )},
    "odds": "odds_vs_median", "delivered": "delivered_usd_per_t", "pays": "chance_it_pays",
    "pays_from": "pays_from_usd_per_t",
}  # fmt: skip


def brief_of(plan: Plan, tables: Tables | None = None) -> Brief:
    """Return what the brief of a plan says; the plan is not run again, but for single laws.

    `tables` saves time where they are at hand.
    """
    tables = tables or tables_of(plan)
    shown = plan.zones.head[:SITES]
    change, lenses = nearest(plan), _lenses(plan)
    kinds, laws = tables.kinds, tables.laws
    used = {CRITERIA[criterion].pillar for criterion in weighed(plan)}
    return Brief(
        title=question(plan),
        kicker=tr("Siting brief, study {study}", study=plan.study.name),
        subtitle=tr("{nationality} investor, as known on {date}; {number} places compared",
                    nationality=investor(plan), date=long_date(plan),
                    number=number(len(plan.places))),
        answer=brief.answer(plan, change, lenses),
        countries=_countries(plan),
        sites=_sites(plan, tables),
        sure_of=lead_words(plan),
        pillars=tuple(
            pair for pair in pillar_names(plan.study.investor).items() if pair[0] in used
        ),
        of_zones=len(plan.zones.head),
        draws=plan.confidence.draws if plan.confidence else 0,
        ground=_ground(plan, tables),
        kinds=tuple(_kind(plan, kind) for kind in kinds[:KINDS]),
        of_kinds=len(kinds),
        lenses=lenses,
        changes=brief.changes(plan),
        laws=_laws(plan, tables),
        laws_seen=laws.loc[laws["nth"] < len(shown), "instrument_id"].nunique(),
        costs=costs_at(plan, tables, shown[:COSTED]),
        unknown=(
            *brief.unknown(plan, tornado(plan, int(shown[0]))),
            Line(tr("Age of the data"), data_age.sentence(tables.age)),
        ),
        scale=scale_sentence(),
        method=(*brief.method(plan), *_accounts(plan)),
        facts=_facts(plan),
        attributions=credit_lines(),
    )  # fmt: skip


def _countries(plan: Plan) -> pd.DataFrame:
    """Return the likeliest countries with their shares, and how many zones lie in each."""
    shares = country_chances(plan).head(COUNTRIES)
    zoned = plan.places["country"].iloc[plan.zones.head].value_counts()
    return pd.DataFrame(
        {
            "country_name": [country_name(str(code)) for code in shares.index],
            "share": shares.to_numpy(),
            "zones": [int(zoned.get(code, 0)) for code in shares.index],
        }
    )


def _sites(plan: Plan, tables: Tables) -> pd.DataFrame:
    """Return the first sites under the names that the brief has for their columns."""
    sites = tables.sites.iloc[:SITES]
    heads = plan.zones.head[: len(sites)]
    estates = tables.estates["zone"].value_counts()
    return sites[[*IN_BRIEF.values()]].set_axis([*IN_BRIEF], axis=1).assign(
        sure=lead(sites).to_numpy(dtype=float),
        name=[short(name) for name in sites["name"]],
        country_name=[country_name(code) for code in sites["country"]],
        estates=[int(estates.get(zone, 0)) for zone in sites["rank"]],
        **pillar_odds(plan).iloc[heads].reset_index(drop=True),
    )  # fmt: skip


def _ground(plan: Plan, tables: Tables) -> Ground:
    return Ground(
        tables.plants[["lat", "lon", "status", "capacity_gwh"]],
        tables.surface,
        BREAKS,
        frozenset(plan.places["country"]) - {""},
    )


def _kind(plan: Plan, kind: Archetype) -> Kind:
    heads = plan.zones.head
    ids = plan.places["site_id"].to_numpy(dtype=str)[heads]
    own = np.flatnonzero(np.isin(ids, kind.members))
    outcome = plan.measures.outcome.iloc[heads[own]]
    return Kind(
        name=kind.words,
        sentence=tr("At their middle {figures}.", figures=kind.middle),
        sites=len(own),
        best=short(brief.name(plan, int(heads[own[0]]))),
        rank=int(own[0]) + 1,
        delivered=float(outcome["delivered"].mean()),
        pays=float(plan.measures.pays[heads[own]].mean()),
    )


def _lenses(plan: Plan) -> pd.DataFrame:
    """Return the first zones by the weights of each lens, where there is more than one zone."""
    rows = []
    for key, lens in LENSES.items():
        own = key == plan.study.lens and not plan.study.weights
        zones = plan.zones if own else seen_by(plan, lens.tree).zones
        rows.append(
            {
                "name": tr(lens.name),
                "own": own,
                "firsts": tr("; ").join(_first(plan, zones, nth) for nth in range(FIRSTS)
                                    if nth < len(zones.head)),
                "zone": int(zones.zone[plan.zones.head[0]]),
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    return table if len(plan.zones.head) > 1 else table.iloc[:0]


def _first(plan: Plan, zones: Zones, nth: int) -> str:
    """Return one of the first zones by its site and share."""
    site = plan.places.iloc[zones.head[nth]]
    where = tr(", ").join(part for part in (short(site["name"]), str(site["country"])) if part)
    return f"{where} {share(zones.share[nth])}"


def _laws(plan: Plan, tables: Tables) -> pd.DataFrame:
    table = tables.without_laws
    place = {column: [short(brief.name(plan, int(i))) for i in table[column]]
             for column in ("site", "first")}  # fmt: skip
    return table.assign(**place)


def _accounts(plan: Plan) -> list[str]:
    """Say what became of the user's own files; of many the first, for the brief stays short."""
    lines = accounts.sentences(plan)
    left = len(lines) - accounts.MOST_SENTENCES
    return [
        *lines[: accounts.MOST_SENTENCES],
        *([tr("{number} more in manifest.json.", number=left)] if left > 0 else []),
    ]


def _facts(plan: Plan) -> tuple[Line, ...]:
    drawn = plan.confidence
    facts = [
        Line(tr("As known on"), long_date(plan)),
        Line(tr("Study"), plan.study.name),
        Line(tr("Price of the day"), data_age.price_of_the_day(plan.study, plan.facts)),
        Line(tr("Places compared"), number(len(plan.places))),
        Line(tr("Excluded by a rule"), number(len(plan.barred))),
        Line(tr("Zones listed"), number(len(plan.zones.head))),
        Line(tr("Cell plants"), number(len(plan.demand.plants))),
        Line(tr("Laws in force"), number(len(plan.facts.laws))),
        Line(tr("What-if runs"), number(drawn.draws) if drawn else tr("none")),
        *([Line(tr("Seed"), str(drawn.seed))] if drawn else []),
        Line(tr("Planner"), importlib.metadata.version("siting-planner")),
    ]
    return tuple(facts)
