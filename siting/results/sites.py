"""One row a siting zone, with all that is known of it: the table that every output reads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.places import country_name
from siting.model.front import front, price_rank
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.results.columns import DRAWN, SITE_FACTS, column_of
from siting.results.customers import customers_in_words
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.terms import FIRST_TEN
from siting.support.text import distinct
from siting.world.candidates import COLUMNS

USD = {  # column of the table -> of `siting.money.valuation.money_table`
    "gate_cost_usd_per_t": "gate", "gate_cost_low_usd_per_t": "low",
    "gate_cost_high_usd_per_t": "high", "delivered_usd_per_t": "delivered",
    "landed_chinese_tonne_usd_per_t": "parity", "price_paid_usd_per_t": "price",
    "margin_usd_per_t": "margin", "pays_from_usd_per_t": "pays_from",
    "pays_after_tax_from_usd_per_t": "pays_after_tax_from",
}  # fmt: skip
WORTH = ("npv_musd", "irr_pct", "carbon_t_per_t")


def site_table(
    plan: Plan,
    archetype: list[str],
    laws: pd.DataFrame,
    money: pd.DataFrame,
    estates: pd.DataFrame,
    runners_up: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row a siting zone, best first; nothing is rounded.

    Parameters
    ----------
    plan : Plan
    archetype : list of str
        Of the site that stands for each zone.
    laws, money, estates, runners_up : DataFrame
        As in `siting.results.tables.Tables`.

    Returns
    -------
    DataFrame
        The columns of `siting.results.columns`: rank, zone and the site that stands for it, shares,
        odds against the median place, raw criteria with their units, parts of the delivered cost,
        money, completeness, customers, laws, and what the sources add.
    """
    head = plan.zones.head
    places = plan.places.iloc[head].reset_index(drop=True)
    columns: dict[str, object] = {
        "rank": np.arange(1, len(head) + 1),
        "zone": plan.zone_names,
        **{key: places[key] for key in ("site_id", "name", "kind", "country")},
        "country_name": places["country"].map(country_name),
        "region": places["region"],
        **{key: places[key].astype(float) for key in ("lat", "lon")},
        **_shares(plan),
        "archetype": archetype,
        "place_rank": plan.rank[head],
        "zone_places": np.bincount(plan.zones.zone, minlength=len(head) + 1)[1:],
        "estates": _joined(estates, "zone", "name", range(1, len(head) + 1)),
        "runners_up": _joined(runners_up, "zone", "name", range(1, len(head) + 1)),
        **{key: _drawn(plan, key) for key in DRAWN},
        **_odds(plan),
        **_measured(plan),
        **_money(plan, money),
        **_completeness(plan),
        "customers": customers_in_words(plan),
        "laws": _joined(laws, "nth", "instrument_id", range(len(head))),
        "region_name": places["region_name"].fillna("") if "region_name" in places else "",
    }
    table = pd.DataFrame(columns)
    own_file = plan.study.candidates.source is not None
    further = [str(c) for c in places if c not in COLUMNS and (c in SITE_FACTS or own_file)]
    return table.join(places[further].set_axis(distinct(further, map(str, table)), axis=1))


def pillar_odds(plan: Plan) -> pd.DataFrame:
    """Return ln of what each pillar multiplies the odds by against the median place (n, pillars).

    The sum over the `advantages` of its criteria; 0 for a pillar that weighs nothing.
    """
    ahead = advantages(plan)
    return pd.DataFrame(
        {
            pillar: ahead[[c for c in weighed(plan) if CRITERIA[c].pillar == pillar]].sum(axis=1)
            for pillar in PILLARS
        }
    )


def _joined(frame: pd.DataFrame, by: str, text: str, groups: range) -> list[str]:
    """Return the texts of each group, joined by semicolons; "" of a group without any."""
    joined = frame.groupby(by)[text].agg(";".join)
    return [joined.get(group, "") for group in groups]


def in_first_ten(sites: pd.DataFrame) -> pd.Series:
    """Return how often each listed site is among the first ten; NaN where all always are."""
    all_in = len(sites) <= FIRST_TEN
    return sites["p_top10"].mask(pd.Series(all_in, index=sites.index))


def _drawn(plan: Plan, key: str) -> np.ndarray:
    """Return a column of the confidence of the zones; NaN where the study asks for no draws."""
    if plan.confidence is None:
        return np.full(len(plan.zones.head), np.nan)
    return plan.confidence.table[DRAWN[key]].to_numpy()


def _shares(plan: Plan) -> dict[str, object]:
    """Return the share of each zone and its country, and where its site stands among all places."""
    head = plan.zones.head
    return {
        "share": plan.zones.share,
        "share_low": _drawn(plan, "share_low"),
        "share_high": _drawn(plan, "share_high"),
        "country_share": plan.places["country"].iloc[head].map(country_chances(plan)).to_numpy(),
        "scouted": plan.zones.scouted,
        "odds_vs_median": np.exp(advantages(plan).sum(axis=1).to_numpy()[head]),
        "percentile": plan.percentile[head],
    }


def _odds(plan: Plan) -> dict[str, object]:
    """Return the odds against the median place by pillar that weighs, and by criterion."""
    pillars = pillar_odds(plan)[list(dict.fromkeys(CRITERIA[c].pillar for c in weighed(plan)))]
    return {
        f"odds_{key}": np.exp(column.to_numpy()[plan.zones.head])
        for frame in (pillars, advantages(plan))
        for key, column in frame.items()
    }


def _measured(plan: Plan) -> dict[str, object]:
    """Return the raw criteria that weigh, and the parts of the delivered cost."""
    head = plan.zones.head
    raw = {
        column_of(key): plan.measures.raw[key].to_numpy(dtype=float)[head] for key in weighed(plan)
    }
    stack = plan.measures.stack.iloc[head]
    return raw | {f"cost_{part}_usd_per_t": usd.to_numpy() for part, usd in stack.items()}


def _money(plan: Plan, money: pd.DataFrame) -> dict[str, object]:
    """Return the cost at the gate with its range, what the customers pay, and whether it pays."""
    zones, pays_from = plan.zones, money["pays_from"].to_numpy()
    return {
        **{key: money[of].to_numpy() for key, of in USD.items()},
        "chance_it_pays": money["pays"].to_numpy(),
        "price_rank": price_rank(pays_from),
        "front": front(zones.share, pays_from, zones.scouted),
        **{key: money[key].to_numpy() for key in WORTH},
    }


def _completeness(plan: Plan) -> dict[str, object]:
    criteria = weighed(plan)
    imputed = plan.measures.imputed[criteria].iloc[plan.zones.head].reset_index(drop=True)
    return {
        "criteria_known": (~imputed).sum(axis=1),
        "criteria_total": len(criteria),
        "criteria_imputed": [";".join(imputed.columns[row]) for row in imputed.to_numpy(bool)],
    }
