"""Delivered cost, parity, margin and the price that pays, by hand and by brute force."""

import datetime as dt
import functools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.market import market
from siting.market.customers import coordinates, freight_to_customers, known_demand
from siting.money import landed as money
from siting.money.cost import Swings
from siting.study.study import Policies, Study
from siting.world import facts as facts_module
from siting.world.conditions import conditions

PLACES = pd.DataFrame(
    {
        "name": ["Kokkola", "Chattanooga", "Kendal", "Salzgitter"],
        "lat": [63.84, 35.05, -6.92, 52.15],
        "lon": [23.13, -85.31, 110.20, 10.33],
        "country": ["FI", "US", "ID", "DE"],
        "region": ["FI-07", "US-TN", "ID-JT", "DE-NI"],
        "zone": ["FI", "", "", "DE_LU"],
    }
)
FI, US, ID, DE = range(4)


@functools.cache
def known_of(key):
    """Return what a study knows before any cost is worked out: facts, demand, customers, places."""
    study = Study.model_validate_json(key)
    facts = facts_module.load(study)
    demand = known_demand(study, facts)
    customers = freight_to_customers(demand, coordinates(PLACES))
    return facts, demand, customers, conditions(facts["place_factors"], PLACES, facts.as_of)


@pytest.fixture(scope="module")
def reckon():
    """Return a function: study -> (Landed of the four places, its customers); cached."""
    known = {}

    def make(**keys):
        study = Study(**keys)
        key = study.model_dump_json()
        if key not in known:
            facts, demand, customers, at = known_of(key)
            found = money.landed(study, facts, PLACES, at, customers, demand)
            known[key] = found, customers.plants
        return known[key]

    return make


def test_delivered_is_the_gate_and_the_way_and_the_duty(reckon):
    found, _ = reckon()
    for i in range(len(PLACES)):
        by_hand = found.stack.iloc[i].sum() + found.freight[i] + found.duty[i]
        assert found.delivered()[i] == pytest.approx(by_hand, abs=0.01)
        assert found.margin_at(i) == pytest.approx(found.margin()[i], abs=0.01)


def test_parity_by_hand(reckon):
    found, plants = reckon(as_of=dt.date(2025, 1, 20))
    gates = found.gates.set_index(plants["country"].to_numpy())
    american, german = gates.loc["US"].iloc[0], gates.loc["DE"].iloc[0]
    fob = american["chinese_price"]
    # the US reckons 25 % (Section 301) on the price at the port, the EU 3.6 % on the freight too
    assert american["chinese_duty"] == pytest.approx(0.25 * fob)
    assert american["parity"] == pytest.approx(1.25 * fob + american["chinese_freight"])
    assert german["parity"] == pytest.approx(1.036 * (fob + german["chinese_freight"]))


def test_the_price_is_the_landed_tonne_or_the_price_of_the_day_whichever_is_more(reckon):
    found, _ = reckon(price_usd_per_t=3300.0)
    gates = found.gates
    assert (gates["price"] == np.maximum(3300.0, gates["parity"])).all()
    assert (gates["parity"] > 3300).any()
    assert (gates["parity"] < 3300).any()


def test_an_own_price_holds_the_chinese_price_at_most_at_it(reckon):
    low, _ = reckon(price_usd_per_t=2000.0)
    assert (low.gates["chinese_price"] == 2000.0).all()
    both, _ = reckon(price_usd_per_t=2000.0, chinese_price_usd_per_t=2500.0)
    assert (both.gates["chinese_price"] == 2500.0).all()


def test_a_site_sells_where_freight_and_duty_are_least(reckon):
    found, plants = reckon()
    kept = -found.freight - found.duty
    left_kt = plants["unserved_kt"].to_numpy()
    open_kt = left_kt * found.gates["open_share"].to_numpy()
    assert found.open_kt == pytest.approx(open_kt)
    for i in range(len(PLACES)):
        order = np.argsort(-kept[i], kind="stable")
        left, by_hand = 50.0, np.zeros(len(plants))
        for j in order:
            by_hand[j] = min(left, open_kt[j])
            left -= by_hand[j]
        assert found.sold[i] @ kept[i] == pytest.approx(by_hand @ kept[i] / 50.0, rel=1e-5)
        assert (found.sold[i] * 50 <= open_kt + 1e-4).all()


def test_the_price_of_the_day_moves_no_delivered_cost(reckon):
    cheap, _ = reckon(price_usd_per_t=3000.0)
    dear, _ = reckon(price_usd_per_t=9000.0)
    assert (cheap.outcome()["delivered"] == dear.outcome()["delivered"]).all()
    assert (cheap.outcome()["margin"] < dear.outcome()["margin"]).all()


def test_at_the_price_from_which_it_pays_a_tonne_earns_its_cost(reckon):
    found, _ = reckon(chinese_price_usd_per_t=2830.0)
    for i, price in enumerate(found.pays_from()):
        at, _ = reckon(price_usd_per_t=round(float(price), 2), chinese_price_usd_per_t=2830.0)
        assert at.outcome()["margin"][i] == pytest.approx(0, abs=0.05)


def test_where_the_chinese_tonne_lands_dear_a_site_pays_at_any_price(reckon):
    found, _ = reckon(chinese_price_usd_per_t=9000.0)
    assert (found.outcome()["parity"] > found.outcome()["delivered"]).all()
    assert (found.pays_from() == 0).all()


def test_where_rivals_leave_nothing_a_site_sells_to_all_that_is_open():
    left, kt, share = np.zeros(3), np.array([5.0, 7.0, 9.0]), np.array([1.0, 0.5, 0.0])
    assert market.open_demand(left, kt, share).tolist() == [5.0, 3.5, 0.0]
    assert market.open_demand(np.array([1.0, 2.0, 3.0]), kt, share).tolist() == [1.0, 1.0, 0.0]
    assert market.open_demand(left, kt, np.zeros(3)).tolist() == kt.tolist()


def test_demand_served_at_a_profit_is_that_of_the_customers_with_a_margin(reckon):
    found, _ = reckon(investor="KR", as_of=dt.date(2025, 8, 1))
    below = found.delivered() <= found.gates["parity"].to_numpy(dtype=np.float32)
    for i in range(len(PLACES)):
        assert found.served_kt()[i] == pytest.approx(found.kt[below[i]].sum())
    assert found.served_kt()[US] > 100  # behind a duty of 145 % on Chinese anode


def test_parity_in_the_us_rises_in_may_and_july_2025_and_falls_in_march_2026(reckon):
    days = ["2025-01-20", "2025-05-20", "2025-06-01", "2025-07-20", "2025-07-25", "2026-03-12",
            "2026-03-13", "2026-11-22"]  # fmt: skip
    american = []
    for day in days:
        found, plants = reckon(as_of=dt.date.fromisoformat(day))
        american.append(found.gates.loc[plants["country"].eq("US"), "parity"].mean())
    before, may, june, july, august, march, after, now = american
    assert before < may < june < july < august  # the countervailing duty was amended on 2 July
    assert august > 2 * before
    assert march > 1.9 * after
    assert now == pytest.approx(after)
    # back to the duty of before, Section 301 alone
    today, plants = reckon()
    assert today.gates.loc[plants["country"].eq("US"), "duty_rate"].to_numpy() == pytest.approx(
        0.25
    )


def test_a_chinese_investor_in_the_us_loses_45x_in_july_2025_and_no_other_does(reckon):
    def credit(investor, day):
        found, _ = reckon(investor=investor, as_of=dt.date.fromisoformat(day))
        return -found.stack["credit"].iloc[US]

    assert credit("CN", "2025-06-30") > 100
    assert credit("CN", "2025-08-01") == 0
    assert credit("KR", "2025-08-01") > 100
    # the phase-out of 2030-32 draws nearer
    assert credit("US", "2023-11-28") > credit("US", "2026-11-22") > 50


def test_switching_45x_off_changes_american_sites_alone_and_by_the_credit(reckon):
    on, _ = reckon(investor="KR")
    off, _ = reckon(investor="KR", policies=Policies(off=("US-45X-EAM", "US-45X-CM")))
    change = off.cost - on.cost
    assert change[[FI, ID, DE]] == pytest.approx(0, abs=1e-9)
    # by hand: 10 % of the cost without capital, but with what is written off each year; a plant
    # decided on 22 November 2026 makes its first year's tonnes in 2029, 15 years at 10.23 %
    stack = on.stack.iloc[US]
    work = stack[["power", "gas", "labour", "feedstock", "feedstock_freight", "consumables",
                  "maintenance"]].sum()  # fmt: skip
    rate = 0.10 + 0.0023
    annuity = rate / (1 - (1 + rate) ** -15)
    written_off = stack["capital"] / annuity / 15
    worth = (1 + rate) ** -np.arange(1, 16)
    share = 0.10 * (worth[:4] @ [1, 0.75, 0.5, 0.25]) / worth.sum()
    assert change[US] == pytest.approx(share * (work + written_off), rel=1e-6)


def test_switching_a_duty_off_changes_exactly_its_market(reckon):
    on, plants = reckon()
    off, _ = reckon(policies=Policies(off=("US-301-SYN",)))
    change = (on.gates["parity"] - off.gates["parity"]).to_numpy()
    american = plants["country"].eq("US").to_numpy()
    assert change[american] == pytest.approx(0.25 * on.gates["chinese_price"].iloc[0])
    assert change[~american] == pytest.approx(0)


def test_aid_is_the_share_of_capital_that_the_law_states(reckon):
    on, _ = reckon()
    off, _ = reckon(policies=Policies(off=("DE-CISAF",)))
    assert (off.cost - on.cost)[[FI, US, ID]] == pytest.approx(0, abs=1e-9)
    assert (off.cost - on.cost)[DE] == pytest.approx(0.15 * on.stack["capital"].iloc[DE])


@pytest.mark.parametrize(
    ("product", "graphite", "silicon"), [("synthetic", 1.0, 0.0), ("silicon_blended", 0.94, 3000.0)]
)
def test_a_price_of_graphite_becomes_that_of_the_blend(product, graphite, silicon):
    study = Study(product=product)
    share, more = money.of_graphite(study, facts_module.load(study))
    assert share == pytest.approx(graphite)
    assert more == pytest.approx(silicon)  # 6 % at 50,000 USD/t


def test_silicon_is_bought_by_everyone_alike(reckon):
    plain, _ = reckon()
    blend, _ = reckon(product="silicon_blended")
    assert blend.stack["silicon"].to_numpy() == pytest.approx(0.06 * 50_000)
    graphite = [c for c in plain.stack if c not in ("silicon", "credit")]
    assert blend.stack[graphite].to_numpy() == pytest.approx(0.94 * plain.stack[graphite])
    rise = blend.gates["chinese_price"] - 0.94 * plain.gates["chinese_price"]
    assert rise.to_numpy() == pytest.approx(0.06 * 50_000)


def test_carbon_is_the_grid_at_the_stated_price(reckon):
    free, _ = reckon()
    priced, _ = reckon(carbon_price_usd_per_t=100.0)
    change = priced.cost - free.cost
    # 11 MWh a tonne, Indonesia's grid at 676 g/kWh: 7.4 t of CO2
    assert change[ID] == pytest.approx(11 * 0.6759 * 100, rel=1e-3)
    assert change[FI] < 150


def test_aid_that_is_aimed_and_the_duty_of_each_origin_by_hand(reckon):
    found, plants = reckon(investor="KR", capacity_ktpa=60)
    capital, credit = (found.stack[part].to_numpy() for part in ("capital", "credit"))
    # Germany gives 15 % of the capital of battery materials, the US a credit on production
    assert found.aimed_aid == pytest.approx([0.0, -credit[US], 0.0, 0.15 * capital[DE]])
    german = plants["country"].eq("DE").to_numpy()
    value = found.cost[US] + found.freight[US, german]
    assert found.duty[US, german] == pytest.approx(0.036 * value, rel=1e-5)
    assert not found.duty[[FI, DE]][:, german].any()  # within the Union
    assert not found.duty[US, plants["country"].eq("US").to_numpy()].any()


def test_the_range_holds_the_cost(reckon):
    found, _ = reckon(capacity_ktpa=60)
    assert (found.low < found.cost).all()
    assert (found.cost < found.high).all()
    assert (found.high - found.low < found.cost).all()


def test_places_bring_to_the_cost_what_is_known_of_them():
    study = Study(investor="KR")
    facts, _, customers, at = known_of(study.model_dump_json())
    found = money.inputs_at(study, facts, PLACES, at, customers.feed_freight, customers.feedstock)
    assert found.country.tolist() == ["FI", "US", "ID", "DE"]
    for field, factor in (
        ("power_usd_per_mwh", "power"), ("gas_usd_per_mmbtu", "gas"), ("wage_usd_per_h", "wage"),
        ("carbon_g_per_kwh", "carbon"), ("hazard", "hazard"),
    ):  # fmt: skip
        assert getattr(found, field).tolist() == at.values(factor).tolist(), field
    assert found.risk_premium == pytest.approx(at.values("risk") / 100)  # per cent to shares
    assert found.power_deviation.tolist() == at.deviation("power").tolist()
    assert found.wage_deviation.tolist() == at.deviation("wage").tolist()
    assert (found.power_deviation > 0).all()
    assert (found.wage_deviation > 0).all()
    # 10 % of the cost of production (45X) in the United States alone, until it phases out
    assert found.credit["production"].max(axis=1) == pytest.approx([0.0, 0.1, 0.0, 0.0])
    assert found.aid_share[[ID, DE]].tolist() == [0.0, 0.15]
    # the cheapest of each feedstock at the gate
    sources = customers.feedstock
    for kind, (price, way) in found.feed.items():
        mine = sources["feedstock"].eq(kind).to_numpy()
        gate = customers.feed_freight[:, mine] + sources["price_usd_per_t"].to_numpy()[mine]
        assert price + way == pytest.approx(gate.min(axis=1), rel=1e-6)


def test_aid_is_for_the_owners_that_the_law_names():
    facts, demand, customers, at = known_of(Study().model_dump_json())
    korean = facts.laws["applies_to_owner_hq"].mask(
        facts.laws["instrument_id"].eq("DE-CISAF"), "KR"
    )
    facts = replace(facts, laws=facts.laws.assign(applies_to_owner_hq=korean))
    for investor, share in (("KR", 0.15), ("CN", 0.0)):
        study = Study(investor=investor)
        found = money.landed(study, facts, PLACES, at, customers, demand)
        assert found.aimed_aid[DE] == pytest.approx(share * found.stack["capital"].iloc[DE])
        feed = customers.feed_freight, customers.feedstock
        assert money.inputs_at(study, facts, PLACES, at, *feed).aid_share[DE] == share


def test_the_plant_and_its_parameters_are_those_of_the_study():
    plain = Study()
    own = Study(
        investor="KR",
        capacity_ktpa=80,
        carbon_price_usd_per_t=70,
        parameters={"FIN-RATE": 7.5},
    )
    facts = known_of(plain.model_dump_json())[0]
    assert money.parameters_of(own, facts).central.rate_pct == 7.5
    assert money.parameters_of(plain, facts).central.rate_pct != 7.5
    plant = money.plant_of(own, facts, money.parameters_of(own, facts))
    assert (plant.builder, plant.capacity_ktpa) == ("KR", 80)
    assert plant.carbon_usd_per_t == 70


# Three sites and three customers by hand; the last customer takes nothing of the second site.
FREIGHT = np.array([[100.0, 200.0, 300.0], [300.0, 100.0, 50.0], [0.0, 400.0, 250.0]], np.float32)
DUTY = np.array([[0.0, 0.0, 500.0], [250.0, 250.0, 0.0], [0.0, 100.0, 0.0]], np.float32)
SOLD = np.array([[0.5, 0.5, 0.0], [0.25, 0.75, 0.0], [0.25, 0.25, 0.5]], np.float32)
COST = np.array([2800.0, 2500.0, 3000.0])


def by_hand(parity=(3000.0, 2850.0, 3600.0), price=3200.0, cost=COST):
    parts = pd.DataFrame({"power": cost + 100.0, "aid": np.full(3, -100.0)}, index=[7, 8, 9])
    gates = pd.DataFrame({"parity": parity, "open_share": [1.0, 0.5, 0.25]})
    gates["price"] = np.maximum(price, gates["parity"])
    low, high = np.array([-1.0, -2.0, -3.0]), np.array([4.0, 5.0, 6.0])
    swings = Swings({"yield": low}, {"yield": high}, np.ones(3), np.ones(3))
    kt, open_kt = np.array([10.0, 20.0, 40.0]), np.array([5.0, 0.0, 10.0])
    return money.Landed(
        parts, lambda: swings, np.array([10.0, 20.0, 30.0]), FREIGHT, DUTY, gates, SOLD, kt, open_kt
    )


def test_some_of_the_sites_have_the_money_of_those_sites():
    whole, rows = by_hand(), np.array([2, 0])
    some = whole.take(rows)
    assert some.cost.tolist() == whole.cost[rows].tolist() == [3000.0, 2800.0]
    assert some.stack.index.tolist() == [0, 1]
    assert some.aimed_aid.tolist() == [30.0, 10.0]
    assert some.delivered().tolist() == whole.delivered()[rows].tolist()
    assert some.sold.tolist() == whole.sold[rows].tolist()
    assert some.low.tolist() == whole.low[rows].tolist()
    assert some.high.tolist() == whole.high[rows].tolist()
    assert some.served_kt().tolist() == whole.served_kt()[rows].tolist()
    assert some.outcome().equals(whole.outcome().iloc[rows].reset_index(drop=True))


def test_money_that_is_worked_out_again_is_asked_for_the_rows_alone():
    whole, asked = by_hand(), []

    def again(rows):
        asked.append(rows.tolist())
        return whole.take(rows)

    far = replace(whole, freight=None, duty=None, sold=None, again=again)
    assert far.take(np.array([2, 0])).delivered().tolist() == whole.delivered()[[2, 0]].tolist()
    assert asked == [[2, 0]]


def test_margins_are_the_price_less_what_is_delivered():
    found = by_hand()
    assert found.delivered()[0].tolist() == [2900.0, 3000.0, 3600.0]
    assert found.margin()[0].tolist() == [300.0, 200.0, 0.0]
    assert found.margin_at(0).tolist() == [300.0, 200.0, 0.0]
    assert found.margin_at(1).tolist() == [150.0, 350.0, 1050.0]


def test_demand_is_served_where_a_tonne_costs_no_more_than_the_chinese_one():
    # each site two of the three: 10 of 10 kt and 10 of 20 or 40; to be level is enough
    assert by_hand().served_kt().tolist() == [20.0, 20.0, 20.0]
    # delivered at 2,850 the second customer, of whom half is open, is served too
    assert by_hand(parity=(0.0, 2850.0, 0.0)).served_kt().tolist() == [0.0, 10.0, 0.0]


def test_the_outcome_is_the_mean_over_the_customers_that_take_the_output():
    outcome = by_hand().outcome()
    columns = ["freight", "duty", "delivered", "parity", "price", "margin"]
    assert outcome.columns.tolist() == columns
    assert outcome.iloc[0].tolist() == [150.0, 0.0, 2950.0, 2925.0, 3200.0, 250.0]
    assert outcome.iloc[1].tolist() == [150.0, 250.0, 2900.0, 2887.5, 3200.0, 300.0]
    # half of it goes where the Chinese tonne lands at 3,600
    assert outcome.iloc[2].tolist() == [225.0, 25.0, 3250.0, 3262.5, 3400.0, 150.0]


def test_customers_are_served_in_the_order_of_freight_and_duty():
    found = by_hand()
    # the second customer is open to nobody
    assert found.customers(np.array([0, 1, 2]), 2).tolist() == [[0, 2], [2, 0], [0, 2]]
    assert found.customers(np.array([1]), 1).tolist() == [[2]]


@given(
    st.lists(st.floats(500, 6000), min_size=3, max_size=3),
    st.lists(st.floats(500, 6000), min_size=3, max_size=3),
)
def test_the_price_that_pays_is_the_root_of_what_is_paid_less_what_it_costs(parity, cost):
    found = by_hand(parity=tuple(parity), cost=np.array(cost))
    delivered = found.outcome()["delivered"].to_numpy()

    def paid(price):
        return (SOLD * np.maximum(np.asarray(price)[:, None], parity)).sum(axis=1)

    low, high = np.zeros(3), np.full(3, 1e5)
    for _ in range(60):  # bisection
        middle = (low + high) / 2
        enough = paid(middle) >= delivered
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    free = paid(np.zeros(3)) >= delivered + 2 * money.CENT
    found_from = found.pays_from()
    assert (found_from[free] == 0).all()
    # within two cents of what is paid, of which a site that sells little at this price has more
    assert np.abs(paid(found_from) - np.maximum(delivered, paid(np.zeros(3)))).max() < 0.03
    share = np.where(np.asarray(parity) < found_from[:, None], SOLD, 0.0).sum(axis=1)
    surely = ~free & (share > 0)
    assert np.abs((found_from - high) * share)[surely].max(initial=0.0) < 0.03
