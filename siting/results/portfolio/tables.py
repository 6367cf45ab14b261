"""The tables of a portfolio; docs/portfolio.md lists their columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError
from geodata.places import country_name
from siting.portfolios.answer import Answer
from siting.portfolios.exchange import Replacement, replacements
from siting.portfolios.shown import Shown, shown
from siting.portfolios.verify import verify

USD = ("price", "freight", "duty")
PLANT = [
    "plant", "site_id", "name", "country", "country_name", "lat", "lon", "list_rank", "decided",
    "opens", "size_ktpa", "steps", "invested_musd", "npv_musd", "chance", "expected_musd",
    "sold_kt", "price_usd_per_t", "freight_usd_per_t", "duty_usd_per_t", "cost_usd_per_t",
    "margin_usd_per_t", "carbon_t_per_t", "standing", "proved", "in_portfolios",
    "lost_without_musd", "replaced_by", "replaced_loss_musd",
]  # fmt: skip


@dataclass(frozen=True)
class PortfolioTables:
    """What every output of a portfolio reads: one definition of each figure.

    Attributes
    ----------
    answer : Answer
    """

    answer: Answer

    @cached_property
    def shown(self) -> Shown:
        """The best portfolio by rows."""
        return shown(self.answer.ledger, self.answer.best, self.answer.settled[0])

    @cached_property
    def exchanged(self) -> list[Replacement]:
        """What would replace each plant."""
        return replacements(self.answer.problem, self.answer.best, self.answer.near.portfolios[1:])

    @cached_property
    def plants(self) -> pd.DataFrame:
        """One row a plant of the best portfolio, the most valuable first (`PLANT`)."""
        answer, ledger, best = self.answer, self.answer.ledger, self.answer.best
        settled, site = answer.settled[0], answer.settled[0].site
        places = ledger.places.iloc[site]
        flow = best.flow[site][:, :, -1]
        mean = {
            "price": _mean(flow, np.broadcast_to(ledger.price[:, -1], flow.shape)),
            "freight": _mean(flow, ledger.freight[site]),
            "duty": _mean(flow, ledger.duty[site][:, :, -1]),
        }
        alone = {one.site: one.lost for one in answer.failures if not one.lane}
        cost = self._cost(site)
        steps = pd.DataFrame(self.shown.steps, columns=self.shown.steps[0]._fields if
                             self.shown.steps else ["site_id"])  # fmt: skip
        first = ledger.calendar.decided[best.decided[site, 0]] if len(site) else np.empty(0)
        names = ledger.places["name"]
        table = pd.DataFrame(
            {
                **{c: places[c].to_numpy() for c in ("site_id", "name", "country", "lat", "lon")},
                "country_name": [country_name(code) for code in places["country"]],
                "list_rank": answer.plan.rank[answer.rows[site]],
                "decided": first,
                "opens": first + ledger.calendar.build_years,
                "size_ktpa": [self._size(one) for one in site],
                "steps": [_in_words(steps, one) for one in places["site_id"]],
                "invested_musd": settled.invested.sum(axis=1),
                "npv_musd": settled.npv,
                "chance": ledger.chance[site, 0],
                "expected_musd": settled.expected,
                "sold_kt": flow.sum(axis=1),
                **{f"{name}_usd_per_t": mean[name] for name in USD},
                "cost_usd_per_t": cost,
                "margin_usd_per_t": mean["price"] - mean["freight"] - mean["duty"] - cost,
                "carbon_t_per_t": ledger.carbon[site],
                "standing": [str(answer.near.standing[one]) for one in site],
                "proved": answer.near.proved[site],
                "in_portfolios": answer.near.count[site],
                "lost_without_musd": [alone.get(int(one), 0.0) for one in site],
                "replaced_by": [str(names.iloc[r.by]) if r.by >= 0 else "" for r in self.exchanged],
                "replaced_loss_musd": [r.lost for r in self.exchanged],
            }
        )
        table = table.sort_values(["npv_musd", "site_id"], ascending=[False, True])
        return table.assign(plant=np.arange(1, len(table) + 1))[PLANT].reset_index(drop=True)

    def _size(self, site: int) -> float:
        built = int((self.answer.best.decided[site] >= 0).sum())
        return float(self.answer.ledger.sizes_ktpa[built - 1])

    def _cost(self, site: np.ndarray) -> Floats:
        """Return the cost at the gate of a tonne, by the size that each plant ends with."""
        ledger, costs = self.answer.ledger, []
        for one in site:
            size = int((self.answer.best.decided[one] >= 0).sum()) - 1
            period = int(self.answer.best.decided[one, size])
            costs.append(float(ledger.gate[period][size][one]))
        return np.array(costs)

    @cached_property
    def flows(self) -> pd.DataFrame:
        """One row a plant, customer and period of sales."""
        ledger = self.answer.ledger
        fields = ["site_id", "customer_id", "from_year", "to_year", "kt", *USD]
        table = pd.DataFrame(self.shown.sales, columns=fields)
        table = table.rename(columns={name: f"{name}_usd_per_t" for name in USD})
        names = ledger.places.set_index("site_id")["name"]
        customers = ledger.customers.set_index("id")
        buyer = customers.loc[table["customer_id"]]
        return table.assign(
            site_name=table["site_id"].map(names),
            customer_name=buyer["name"].to_numpy(),
            customer_country=buyer["country"].to_numpy(),
        )[["site_id", "site_name", "customer_id", "customer_name", "customer_country",
           *fields[2:5], *(f"{name}_usd_per_t" for name in USD)]]  # fmt: skip

    @cached_property
    def years(self) -> pd.DataFrame:
        """One row a year: capacity, sales, own spending and cash after tax of all plants."""
        answer, settled = self.answer, self.answer.settled[0]
        years = answer.ledger.calendar.years
        return pd.DataFrame(
            {
                "year": years,
                "capacity_ktpa": [self._capacity(int(year)) for year in years],
                "sold_kt": settled.sold.sum(axis=0),
                "invested_musd": settled.invested.sum(axis=0),
                "cash_musd": settled.cash.sum(axis=0),
            }
        )

    def _capacity(self, year: int) -> float:
        ledger, kt = self.answer.ledger, 0.0
        for site in self.answer.best.built:
            open_ = [ledger.sizes_ktpa[size]
                     for size, t in enumerate(self.answer.best.decided[site])
                     if t >= 0 and ledger.calendar.opens[t] <= year]  # fmt: skip
            kt += max(open_, default=0.0)
        return float(kt)

    @cached_property
    def portfolios(self) -> pd.DataFrame:
        """One row a near portfolio, then the simple rules, each with its sites and its worth."""
        answer, names = self.answer, self.answer.ledger.places["site_id"].to_numpy(dtype=object)
        rows = []
        for nth, (one, worth) in enumerate(
            zip(answer.near.portfolios, answer.settled, strict=True)
        ):
            kind = "the best" if nth == 0 else "near it"
            rows.append(self._portfolio(kind, one.built, worth.total, worth.npv.sum(), names))
        for rule, worth_ in answer.baselines:
            built = rule.portfolio.built if rule.portfolio else np.empty(0, dtype=np.intp)
            expected = worth_.total if worth_ else np.nan
            npv = worth_.npv.sum() if worth_ else np.nan
            rows.append(self._portfolio(rule.name, built, expected, npv, names))
        table = pd.DataFrame(rows)
        best = float(table["expected_musd"].iloc[0])
        table.insert(1, "behind_best_musd", best - table["expected_musd"])
        if answer.regrets is not None:
            worst = answer.regrets.lost.max(axis=1)
            mean = answer.regrets.lost @ answer.regrets.probability
            blank = [np.nan] * len(answer.baselines)
            table["regret_worst_musd"], table["regret_mean_musd"] = (
                [*worst, *blank],
                [*mean, *blank],
            )
        return table

    def _portfolio(
        self, kind: str, built: np.ndarray, expected: float, npv: float, names: np.ndarray
    ) -> dict[str, object]:
        return {
            "portfolio": kind,
            "expected_musd": expected,
            "npv_musd": float(npv),
            "plants": len(built),
            "sites": ";".join(str(names[i]) for i in built),
        }

    @cached_property
    def sites(self) -> pd.DataFrame:
        """One row a site that any near portfolio has, most often first: must-build or option."""
        near, ledger = self.answer.near, self.answer.ledger
        rows = np.flatnonzero(near.count > 0)
        rows = rows[np.argsort(-near.count[rows], kind="stable")]
        places = ledger.places.iloc[rows]
        return pd.DataFrame(
            {
                "site_id": places["site_id"].to_numpy(),
                "name": places["name"].to_numpy(),
                "country": places["country"].to_numpy(),
                "in_portfolios": near.count[rows],
                "of_portfolios": len(near.portfolios),
                "standing": [str(near.standing[one]) for one in rows],
                "proved": near.proved[rows],
                "sizes_ktpa": [self._sizes(int(one)) for one in rows],
            }
        )

    def _sizes(self, site: int) -> str:
        """Return the sizes that a site ends with, of the portfolios that have it."""
        sizes = self.answer.ledger.sizes_ktpa
        ends = {float(sizes[(one.decided[site] >= 0).sum() - 1])
                for one in self.answer.near.portfolios if one.decided[site, 0] >= 0}  # fmt: skip
        return ";".join(f"{kt:g}" for kt in sorted(ends))

    @cached_property
    def supply(self) -> pd.DataFrame:
        """One row a country of customers: demand, what is open to the owner, what is sold there.

        kt a year in the last period; `share` is what the portfolio sells there of the open demand,
        which would else be bought from China.
        """
        ledger, best = self.answer.ledger, self.answer.best
        table = pd.DataFrame(
            {
                "country": ledger.customers["country"].to_numpy(),
                "demand_kt": ledger.customers["anode_kt"].to_numpy(dtype=float),
                "open_kt": ledger.demand[:, -1],
                "sold_kt": best.flow[:, :, -1].sum(axis=0),
            }
        )
        table = table.groupby("country", as_index=False, sort=True).sum()
        table["share"] = table["sold_kt"] / table["open_kt"].where(table["open_kt"] > 0)
        return table.sort_values(["sold_kt", "country"], ascending=[False, True]).reset_index(
            drop=True
        )


def verified(tables: PortfolioTables) -> PortfolioTables:
    """Return the tables once every figure of every near portfolio has been reckoned again.

    Raises
    ------
    SitingError
        With what does not hold; nothing of it is shown.
    """
    answer = tables.answer
    wrong = [
        Fault("portfolio", str(one), "report it with the study: the planner is wrong")
        for portfolio, settled in zip(answer.near.portfolios, answer.settled, strict=True)
        for one in verify(answer.ledger, answer.choice, shown(answer.ledger, portfolio, settled))
    ]
    if wrong:
        raise SitingError(wrong)
    return tables


def _mean(kt: Floats, of: Floats) -> Floats:
    """Return the mean over what is sold (k,); NaN where nothing is."""
    sold = kt.sum(axis=1)
    mean = np.divide((kt * of).sum(axis=1), sold, out=np.full(len(kt), np.nan), where=sold > 0)
    return np.asarray(mean)


def _in_words(steps: pd.DataFrame, site: str) -> str:
    own = steps[steps["site_id"].eq(site)]
    last = own.groupby("year", sort=True)["size_ktpa"].max()
    return ", ".join(f"{kt:g} kt in {year}" for year, kt in last.items())
