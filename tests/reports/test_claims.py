"""The sixteen claims: each has a number, the number can turn the verdict, the commands run."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from commandline import called
from typer.testing import CliRunner

from geodata.load import table
from siting.commands.data_cli import app
from siting.pipeline import make_plan
from siting.reports import claim_figures as figures
from siting.reports.claim_figures import Moment
from siting.reports.claims import CARRIED, CLAIMS, PARTLY, PLACES, REFUTED
from siting.reports.claims_page import contribution, page
from siting.results.text.explain import find
from siting.results.text.reasons import reasons_at
from siting.study.studyfile import changed, named, preset

COUNTRIES = ("US", "SE", "FI", "NO", "DE", "MA", "MY", "FR", "ES", "PL", "RO", "HU", "PT", "IT")
NUMBER = re.compile(r"\d")


@pytest.fixture(scope="module")
def at() -> Moment:
    """Give the day of the article over the countries that the claims name."""
    study = preset("article_2023")
    candidates = {**study.candidates.model_dump(), "countries": COUNTRIES}
    quick = {"lens": "article_2023", "confidence": {"draws": 0}, "candidates": candidates}
    return Moment(make_plan(changed(study, quick)))


def says(words: str):
    """Return the claim whose text holds some words."""
    return next(claim for claim in CLAIMS if words in claim.says)


def with_works(at: Moment, **columns) -> Moment:
    """Return the same day with other anode works."""
    demand = at.plan.demand
    return Moment(replace(at.plan, demand=replace(demand, rivals=demand.rivals.assign(**columns))))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.says[:40])
def test_no_claim_is_silent(at, claim):
    verdict, number = claim.judge(at)
    assert verdict in {CARRIED, PARTLY, REFUTED}
    assert NUMBER.search(number)
    assert "nan" not in number
    assert len(contribution(at, claim)) == len(PLACES)


def test_there_are_sixteen_and_the_page_of_the_docs_has_each():
    assert len({claim.says for claim in CLAIMS}) == len(CLAIMS) == 16
    text = Path("docs/claims.md").read_text(encoding="utf-8")
    for n, claim in enumerate(CLAIMS, 1):
        assert f"| {n} | {claim.says} | " in text


def test_every_weight_of_the_lens_serves_a_claim(at):
    several = [claim for claim in CLAIMS if 0 < len(claim.criteria) < 5]
    assert {name for claim in several for name in claim.criteria} == set(at.plan.weights.index)


def test_the_page_prints_what_explain_prints(at):
    single = [claim for claim in CLAIMS if len(claim.criteria) == 1]
    shown = [contribution(at, claim) for claim in single]
    for place, name in enumerate(PLACES.values()):
        reasons = reasons_at(at.plan, find(at.plan, name)).set_index("criteria")["odds"]
        for claim, odds in zip(single, shown, strict=True):
            printed = float(odds[place].replace(",", ""))
            assert printed == pytest.approx(reasons[claim.criteria[0]], rel=0.06)


def test_the_places_gain_as_the_article_says(at):
    wave, growth, rule = (
        dict(zip(PLACES, contribution(at, says(words)), strict=True))
        for words in ("IRA drew", "sped up", "shuts out")
    )
    assert float(wave["Chattanooga"]) > 3 > float(wave["Torsboda"])
    assert float(growth["Arendal"]) > float(growth["Chattanooga"])
    assert float(rule["Chattanooga"]) > float(rule["Kedah"])


def test_supply_is_that_of_the_catalogue(at):
    """Korean works that ran, added up from the table by hand."""
    rows = table("anode_plants")
    korean = rows[rows["owner_hq_country"].eq("KR") & rows["status"].eq("operating")]
    korean = korean[korean["announced_date"].str[:4].astype(float).le(2021)]  # two years to build
    by_hand = 0.75 * korean["capacity_ktpa_now"].sum()
    assert figures.supply_by_home(at)["kt"]["KR"] == pytest.approx(by_hand)


def test_what_is_left_to_imports_lies_between_nothing_and_all(at):
    found = figures.dependence(at)
    assert found[["left", "planned_left"]].stack().between(0, 1).all()
    markets = found.drop("all")
    for column in ("demand_kt", "supply_kt", "planned_kt", "unserved_kt"):
        assert found.loc["all", column] == pytest.approx(markets[column].sum())


def test_more_works_abroad_refute_that_they_are_too_small(at):
    small, imported = says("too small"), says("imported from China")
    assert small.judge(at)[0] == imported.judge(at)[0] == CARRIED
    tenfold = at.plan.demand.rivals["capacity_ktpa_now"] * 10
    many = with_works(at, capacity_ktpa_now=tenfold)
    assert small.judge(many)[0] == imported.judge(many)[0] == REFUTED


def test_works_of_others_refute_that_they_are_japanese_and_korean(at):
    claim, rivals = says("Japanese and Korean"), at.plan.demand.rivals
    homes = rivals["owner_hq_country"].where(rivals["capacity_ktpa_now"].fillna(0).lt(50), "NO")
    assert claim.judge(at)[0] == CARRIED
    assert claim.judge(with_works(at, owner_hq_country=homes))[0] == REFUTED


def test_a_chinese_tonne_never_serves_more_of_america_than_others(at):
    open_share = figures.open_american_demand(at)
    chinese, owned, korean = open_share.to_numpy()
    assert ((chinese <= owned) & (owned <= korean)).all()
    assert (korean == 1).all()
    assert open_share.loc["Chinese, made in China", ("2023-11-28", "in two years")] < 0.2
    assert open_share.loc["Chinese, made in China", ("2025-01-01", "in force")] == 1
    # what is enacted for a plant that opens in two years never leaves more than today's law
    in_force, ahead = (
        open_share.xs(word, axis=1, level=1).to_numpy() for word in ("in force", "in two years")
    )
    assert (ahead <= in_force + 1e-12).all()


def test_cells_for_a_million_cars_are_graphite_over_graphite(at):
    economics = table("anode_economics").set_index("param_id")["central"]
    kg = np.mean([economics["INT-NMC"], economics["INT-LFP"]]) * economics["INT-SCRAP"]
    assert figures.gwh_a_million_cars(at) * kg == pytest.approx(economics["INT-EV-VIA"])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.command[:50])
def test_the_command_of_a_claim_runs(at, claim, tmp_path):
    words = shlex.split(claim.command)
    if words[:2] == ["siting", "data"]:
        done = CliRunner().invoke(app, words[2:])
        assert done.exit_code == 0, done.output
        assert not done.output.splitlines()[-1].startswith("0 of")
    elif words[:2] == ["siting", "explain"]:
        assert find(at.plan, words[2]) >= 0
    elif words[0] == "siting":
        assert "USD at the gate" in called(tmp_path, *words[1:]).stdout
    else:
        study = tmp_path / "c.yaml"
        study.write_text(words[1].replace("\\n", "\n"), encoding="utf-8")
        assert (named(str(study)).lens, named(str(study)).as_of) == ("article_2023", at.date)


def test_the_article_is_the_day_and_the_lens(at):
    assert at.date == dt.date(2023, 11, 28)
    assert at.plan.study.lens == "article_2023"
    assert page(at).count("\n| 16 | ") == 3


def test_the_cost_that_china_leads_by_is_that_over_its_landed_tonne_and_not_over_the_price(at):
    money = at.plan.measures.outcome
    over = (money["delivered"] - money["parity"]).groupby(at.plan.places["country"].to_numpy())
    verdict, text = says("leads in cost").judge(at)
    assert f"of the US {over.min()['US']:+,.0f}, of all {over.min().min():+,.0f}" in text
    assert verdict == (PARTLY if over.min()["US"] > 0 else REFUTED)
