from __future__ import annotations

import dataclasses
import html
import re

import numpy as np
import pytest
from remade import remade
from sample_atlas import PAYLOADS

from geodata.places import country_names
from maps.brief import Brief, render
from maps.escape import plain
from maps.numerals import MINUS, share
from siting.confidence.what_if import keeps_first, nearest, tornado
from siting.model import scoring
from siting.model.plan import Plan, advantages, country_chances
from siting.pipeline import make_plan
from siting.results.data_age import data_age, price_of_the_day, sentence
from siting.results.page.brief import brief_of
from siting.results.page.live import live
from siting.results.tables import ranked_sites
from siting.results.text.confidence import short
from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES
from siting.study.study import Draws


@pytest.fixture(scope="module")
def brief(nordic: Plan) -> Brief:
    return brief_of(nordic)


def fewer(plan: Plan, zones: int) -> Plan:
    """Return a plan whose list has so many zones, without draws."""
    heads = plan.zones.head[:zones]
    label = np.where(plan.zones.zone <= zones, plan.zones.zone, 0)
    study = plan.study.model_copy(update={"confidence": Draws(draws=0)})
    held = {name: getattr(plan.zones, name)[:zones] for name in ("centre", "share", "scouted")}
    cut = dataclasses.replace(plan.zones, head=heads, zone=label, **held)
    return dataclasses.replace(plan, study=study, zones=cut, confidence=None)


def test_the_table_is_the_ranked_list(nordic: Plan, brief: Brief) -> None:
    ranked = ranked_sites(nordic).head(10)
    sites = brief.sites
    assert sites["name"].tolist() == ranked["name"].map(short).tolist()
    assert sites["country_name"].tolist() == ranked["country"].map(country_names()).tolist()
    for column in ("rank_low", "rank_high", "share"):
        assert np.allclose(sites[column], ranked[column], atol=1e-4)
    assert np.allclose(sites["sure"], ranked["p_top10"], atol=1e-4)
    assert np.allclose(sites["odds"], ranked["odds_vs_median"], rtol=1e-3)
    pillars = sites[[key for key, _ in brief.pillars]].sum(axis=1)
    assert np.allclose(np.exp(pillars), sites["odds"])
    assert np.allclose(sites["pays"], ranked["chance_it_pays"], atol=1e-4)
    counted = ranked["estates"].map(lambda names: len(names.split(";")) if names else 0)
    assert sites["estates"].tolist() == counted.tolist()


def test_it_says_how_old_the_rows_are_that_decide(nordic: Plan, brief: Brief) -> None:
    assert ("Age of the data", sentence(data_age(nordic))) in brief.unknown
    assert ("Price of the day", price_of_the_day(nordic.study, nordic.facts)) in brief.facts


def test_countries_have_the_chances_of_their_places(nordic: Plan, brief: Brief) -> None:
    shares = country_chances(nordic)
    assert brief.countries["share"].tolist() == shares.head(8).tolist()
    assert brief.countries["share"].sum() == pytest.approx(1)  # of four countries all are shown
    assert brief.countries["zones"].sum() == len(nordic.zones.head)


def test_the_cost_of_a_tonne_is_the_sum_of_its_parts(nordic: Plan, brief: Brief) -> None:
    ranked = ranked_sites(nordic)
    assert [cost.rank for cost in brief.costs] == [1, 2, 3, 4, 5]
    for cost, (_, row) in zip(brief.costs, ranked.iterrows(), strict=False):
        assert sum(cost.parts.values()) == pytest.approx(cost.delivered)
        way = row["cost_freight_usd_per_t"] + row["cost_duty_usd_per_t"]
        assert cost.delivered == pytest.approx(row["gate_cost_usd_per_t"] + way, abs=2)
        assert cost.low == pytest.approx(row["gate_cost_low_usd_per_t"] + way, abs=2)
        assert cost.high == pytest.approx(row["gate_cost_high_usd_per_t"] + way, abs=2)
        assert cost.margin == pytest.approx(row["margin_usd_per_t"], abs=1)
        assert cost.margin == pytest.approx(row["price_paid_usd_per_t"] - cost.delivered, abs=1)


def test_kinds_hold_every_listed_site_once(nordic: Plan, brief: Brief) -> None:
    assert 1 <= len(brief.kinds) == min(3, brief.of_kinds)
    assert sum(kind.sites for kind in brief.kinds) <= len(nordic.zones.head)
    ranked = ranked_sites(nordic)
    for kind in brief.kinds:
        own = ranked[ranked["archetype"].eq(kind.name)]
        assert kind.sites == len(own)
        assert (kind.best, kind.rank) == (own["name"].iloc[0], own["rank"].iloc[0])
        at = nordic.zones.head[own["rank"] - 1]
        assert kind.delivered == pytest.approx(nordic.measures.outcome["delivered"].iloc[at].mean())


def test_a_map_of_few_places_has_the_first_zones_of_the_brief_under_every_lens(
    nordic: Plan, brief: Brief
) -> None:
    few = live(nordic, most=50)
    assert len(few.places) < len(nordic.places)
    views = [view for view in few.views if view.kind == "lens"]
    for view, row in zip(views, brief.lenses.itertuples(), strict=True):
        if row.own:
            continue
        assert view.zones is not None
        assert view.countries is not None
        assert sum(view.countries.values()) == pytest.approx(1.0)
        heads = few.places.iloc[view.zones["head"][:3]]
        firsts = [
            f"{short(place.name_)}, {place.country} {share(one)}"
            for place, one in zip(
                heads.rename(columns={"name": "name_"}).itertuples(),
                view.zones["share"],
                strict=False,
            )
        ]
        assert "; ".join(firsts) == row.firsts


def test_each_lens_cuts_the_zones_of_all_places(nordic: Plan, brief: Brief) -> None:
    assert brief.lenses["name"].tolist() == [lens.name for lens in LENSES.values()]
    assert brief.lenses["own"].tolist() == [key == nordic.study.lens for key in LENSES]
    first = nordic.places["site_id"].iloc[nordic.zones.head[0]]
    key = "low_cost_export"
    row = brief.lenses.iloc[list(LENSES).index(key)]
    study = nordic.study.model_copy(update={"lens": key, "confidence": Draws(draws=0)})
    again = make_plan(study)
    names = [short(again.places["name"].iloc[head]) for head in again.zones.head[:3]]
    told = [part.rsplit(", ", 1)[0] for part in row["firsts"].split("; ")]
    assert told == names
    assert share(again.zones.share[0]) in row["firsts"]
    at = int(np.flatnonzero(again.places["site_id"].eq(first))[0])
    assert row["zone"] == again.zones.zone[at]


def test_the_same_plan_gives_the_same_bytes(nordic: Plan, brief: Brief) -> None:
    assert render(brief_of(nordic)) == render(brief)


def numbers(text: str) -> list[tuple[float, int]]:
    """Return the numbers of a text, without sign, with how many decimals they were said."""
    flat = text.replace(",", "").replace(MINUS, "-")
    found = re.findall(r"(?<![\w.])\d+(?:\.\d+)?", flat)
    return [(float(n), len(n.partition(".")[2])) for n in found]


def allowed(plan: Plan, brief: Brief) -> dict[str, np.ndarray]:
    """Return the numbers that each line may say, few a line, so that no wrong one hides."""
    heads = plan.zones.head
    first, second = (int(head) for head in heads[:2])
    money = plan.measures.outcome.loc[first, ["delivered", "price", "margin"]]
    shown = plan.measures.outcome["margin"].iloc[heads[:10]]
    cheapest = plan.measures.pays_from[heads].min()
    sure = plan.confidence.table.iloc[0]
    change = nearest(plan)
    others = 100 * plan.confidence.table["p_first"].iloc[1:].nlargest(3)
    ahead = advantages(plan).iloc[first]
    gap = scoring.ODDS * (plan.parts.iloc[first] - plan.parts.iloc[second])
    ln = np.array([*ahead, ahead.sum(), *gap, gap.sum()])
    firm = keeps_first(plan)[["weight", "low", "high"]].to_numpy().ravel()
    ends = tornado(plan, first)[["low", "high"]].head(4).to_numpy().ravel()
    price = price_of_the_day(plan.study, plan.facts).partition("tonne")[2]
    lines = {
        "Rank 1": 100 * np.array([*plan.zones.share[:3], *country_chances(plan).head(3)]),
        "How sure": [plan.confidence.draws, 100 * sure["p_first"], 100 * sure["p_top10"],
                     100 * sure["share_low"], 100 * sure["share_high"], 90, 100, *others],
        "Why": [*np.exp(ln), *np.exp(-ln), 1],
        "Does it pay": [*money, brief.costs[0].pays_from, brief.costs[0].pays_after_tax_from,
                        *(100 * brief.sites["pays"]), cheapest, *range(1, len(heads) + 1)],
        "What would change it": [100 * change.share, 100 * change.at, 1, 2023],
        "Weights": 100 * firm,
        "Price of the day": [int(n) for n in re.findall(r"\d+", price)] + [plan.price_usd_per_t],
        "Price": shown,
        "What moves": 100 * np.array([plan.zones.share[0], *ends]),
        "As known on": [plan.as_of.day, plan.as_of.year],
        "Places compared": [len(plan.places)],
        "Excluded": [len(plan.barred)],
        "Zones listed": [len(heads)],
        "Cell plants": [len(plan.demand.plants)],
        "Laws": [len(plan.facts.laws), brief.laws_seen],
        "Draws": [plan.confidence.draws],
        "Seed": [plan.confidence.seed],
    }  # fmt: skip
    return {head: np.abs(np.array(list(given), dtype=float)) for head, given in lines.items()}


def test_every_number_of_the_answer_stands_in_the_plan(nordic: Plan, brief: Brief) -> None:
    given = allowed(nordic, brief)
    names = [*nordic.places["name"].iloc[nordic.zones.head], *(c.name for c in CRITERIA.values())]
    names = sorted((*names, *(name.lower() for name in names), "CO2"), key=len, reverse=True)
    checked = 0
    for line in (*brief.answer, *brief.changes, *brief.unknown, *brief.facts):
        own = next((given[head] for head in given if line.head.startswith(head)), None)
        if own is None:
            continue
        text = line.text
        for name in names:
            text = text.replace(name, " ")
        for value, decimals in numbers(text):
            near = np.nanmin(np.abs(own - value))
            # two digits are said, of odds of a hundred and more not the last
            rounded = max(0.5 * 10.0**-decimals, 0.05 * value * (decimals == 0 and value >= 100))
            assert near <= rounded + 1e-9, (line, value)
            checked += 1
    assert checked > 25


def test_every_number_of_the_page_stands_in_the_brief(brief: Brief) -> None:
    """The cells of the tables against their frames: nothing is made up on the way."""
    page = render(brief)
    table = re.search(r'<table class="stack">.*?</table>', page, flags=re.DOTALL)[0]
    cells = re.findall(r'<td class="n[^"]*">([^<]*)<', table)
    shown = [abs(v) for cost in brief.costs for v in (
        *cost.parts.values(), cost.delivered, cost.low, cost.high, cost.price, cost.parity,
        cost.margin, 100 * cost.pays, cost.pays_from, cost.pays_after_tax_from, cost.npv_musd,
        cost.irr_pct, cost.carbon_t_per_t)]  # fmt: skip
    for value, _ in numbers(" ".join(cells)):
        assert np.nanmin(np.abs(np.array([*shown, 0.0]) - value)) <= 0.5
    assert len(cells) >= 8 * len(brief.costs)


@pytest.fixture
def no_laws(monkeypatch: pytest.MonkeyPatch, brief: Brief) -> None:
    """Leave the laws out, which take longest and have tests of their own."""
    monkeypatch.setattr("siting.results.tables.without_laws", lambda _: brief.laws.iloc[:0])


@pytest.mark.usefixtures("no_laws")
def test_one_zone_and_no_draws(nordic: Plan) -> None:
    one = brief_of(fewer(nordic, 1))
    assert len(one.sites) == len(one.costs) == 1
    assert one.changes == ()
    assert one.lenses.empty
    assert "only zone of the study" in one.answer[0].text
    assert "asks for no what-if runs" in one.answer[1].text
    assert "nan" not in html.unescape(re.sub(r"<[^>]+>", " ", render(one))).lower().split()


@pytest.mark.usefixtures("no_laws")
def test_three_zones(nordic: Plan) -> None:
    three = brief_of(fewer(nordic, 3))
    assert three.sites["rank"].tolist() == [1, 2, 3]
    assert three.kinds[0].rank == 1
    assert "The 3 likeliest sites" in render(three)


@pytest.mark.usefixtures("no_laws")
def test_hostile_names_stay_text(nordic: Plan, brief: Brief) -> None:
    few = fewer(nordic, 5)
    places, plants = few.places.copy(), few.demand.plants.copy()
    for k, head in enumerate(few.zones.head):
        places.loc[places.index[head], "name"] = PAYLOADS[k] + PAYLOADS[k + 5]
    plants["name"] = [PAYLOADS[k % len(PAYLOADS)] for k in range(len(plants))]
    demand = dataclasses.replace(few.demand, plants=plants)
    page = render(brief_of(remade(few, places=places, demand=demand)))
    said = html.unescape(page)
    for name in places["name"].iloc[few.zones.head]:
        assert plain(name) in said
    assert not re.findall(r"<(script|img|iframe)\b", page)
    allowed = set(re.findall(r"<(\w+)", render(brief)))
    assert set(re.findall(r"<(\w+)", page)) <= allowed
