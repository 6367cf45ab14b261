"""Agreement of other methods with the order of a plan, and weights that the data would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import kendalltau, spearmanr

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError
from geodata.places import country_name
from siting.confidence.crosschecks import METHODS, critic_weights, entropy_weights, ranks
from siting.model.plan import Plan

FIRSTS = (5, 10)
LEAST_SITES = 3


@dataclass(frozen=True)
class Crosscheck:
    """A shortlist as the model and as other methods order it.

    Attributes
    ----------
    sites : DataFrame (n)
        rank (in the list), site_id, name, country, country_name.
    ranks : DataFrame (n, model + methods)
        Ranks from 1 within the shortlist, by `site_id`; the model's by its score U.
    agreement : DataFrame (methods)
        kendall, spearman: correlation of its ranks with the model's; first_5, first_10: how many
        of the model's first are among its own first.
    agreed : tuple of str
        `site_id` of those that the model and every method put among their first ten.
    weights : DataFrame (criteria)
        chosen; swing, the chosen ones times the range of values in the shortlist, which is what the
        methods use; entropy and critic for comparison. Each column sums to 1.
    """

    sites: pd.DataFrame
    ranks: pd.DataFrame
    agreement: pd.DataFrame
    agreed: tuple[str, ...]
    weights: pd.DataFrame


def crosscheck(plan: Plan, top: int = 25) -> Crosscheck:
    """Judge the sites of the first `top` zones of a plan by every method.

    Values of the model have no common range: a cost goes on beyond its anchors, and the chance of
    entry is a logarithm. So each criterion is rescaled to [0, 1] over the shortlist, and its weight
    multiplied by that range: the order of the weighted sum stays the model's own.

    Raises
    ------
    SitingError
        When there are fewer than three sites.
    """
    head = plan.zones.head[:top]
    if len(head) < LEAST_SITES:
        hint = "widen the study or its listing"
        what = f"a cross-check needs {LEAST_SITES} sites"
        raise SitingError(Fault(plan.study.name, what, hint, value=str(len(head))))
    places = plan.places.iloc[head].reset_index(drop=True)
    sites = places[["site_id", "name", "country"]].assign(
        rank=np.arange(1, len(head) + 1),
        country_name=places["country"].map(country_name),
    )
    values = plan.values[list(plan.weights.index)].iloc[head].to_numpy(dtype=float)
    table = _ranks(values, plan.weights.to_numpy(), plan.utility[head], sites["site_id"])
    model = table["model"]
    agreement = pd.DataFrame(
        {
            name: {
                "kendall": float(kendalltau(model, table[name]).statistic),
                "spearman": float(spearmanr(model, table[name]).statistic),
                **{f"first_{k}": int(((model <= k) & (table[name] <= k)).sum()) for k in FIRSTS},
            }
            for name in METHODS
        }
    ).T.astype({f"first_{k}": int for k in FIRSTS})
    return Crosscheck(
        sites[["rank", "site_id", "name", "country", "country_name"]],
        table,
        agreement,
        tuple(str(site) for site in table.index[(table <= max(FIRSTS)).all(axis=1)]),
        _weights(values, plan.weights),
    )


def rescaled(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return values on [0, 1] over the set, and weights times the range of values.

    The weighted sum of the two differs from that of the original ones by a constant. A criterion in
    which all sites are alike has no range, hence no weight.

    Parameters
    ----------
    values : ndarray (n, criteria)
    weights : ndarray (criteria,)
    """
    spread = np.ptp(values, axis=0)
    scaled = (values - values.min(axis=0)) / np.where(spread > 0, spread, 1.0)
    return scaled, weights * spread if (weights * spread).any() else weights


def _ranks(values: Floats, weights: Floats, utility: Floats, site_id: pd.Series) -> pd.DataFrame:
    """Return the rank of each site by the model and by every method."""
    scaled, swing = rescaled(values, weights)
    by_method = {name: ranks(m.score(scaled, swing), site_id) for name, m in METHODS.items()}
    return pd.DataFrame({"model": ranks(utility, site_id), **by_method}, index=list(site_id))


def _weights(values: Floats, chosen: pd.Series) -> pd.DataFrame:
    """Return the chosen weights beside those that the data would give; columns sum to 1."""
    scaled, swing = rescaled(values, chosen.to_numpy())
    columns = {
        "chosen": chosen.to_numpy() / chosen.sum(),
        "swing": swing / swing.sum(),
        "entropy": entropy_weights(scaled),
        "critic": critic_weights(scaled),
    }
    return pd.DataFrame(columns, index=chosen.index)
