import io
import json
import re

import numpy as np
import pytest
from remade import remade

from maps.numerals import THIN, share, times
from siting.commands import terminal
from siting.freight.freight import route
from siting.model.plan import advantages, country_chances
from siting.pipeline import make_plan
from siting.results.columns import COLUMNS
from siting.results.data_age import data_age, price_of_the_day, sentence
from siting.results.tables import tables_of
from siting.results.text.confidence import first_ten, scale_sentence
from siting.results.text.explain import explain
from siting.results.text.money import pays
from siting.study.study import Candidates
from siting.support.console import Printer
from siting.world.gazetteer import place


@pytest.fixture
def printed(monkeypatch):
    """Return what is printed on a terminal of some width."""

    def show(width, print_it, *what):
        console = Printer(file=io.StringIO(), width=width)
        monkeypatch.setattr(terminal, "console", console)
        print_it(*what)
        return console.file.getvalue()

    return show


@pytest.mark.parametrize("width", [70, 80, 120])
def test_numbers_are_whole_at_every_width(printed, nordic, tmp_path, width):
    text = printed(width, terminal.print_plan, nordic, tables_of(nordic), tmp_path / "out", 1.25)
    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    start = next(i for i, line in enumerate(lines) if line.startswith("rank"))
    assert ("zone" in lines[start]) == (width >= terminal.WIDE)
    countries = country_chances(nordic)
    table = nordic.confidence.table
    for zone, (i, line) in enumerate(zip(nordic.zones.head[:10], lines[start + 1 :], strict=False)):
        assert f" {share(nordic.zones.share[zone])} " in line
        assert f" {share(countries[nordic.places['country'].iloc[i]])} " in line
        assert f" {share(table['p_top10'].iloc[zone])} " in line
        assert f"{nordic.measures.outcome['delivered'].iloc[i]:,.0f}" in line
        chance = round(pays(nordic, int(i)), COLUMNS["chance_it_pays"].decimals)
        assert line.rstrip().endswith(share(chance))
    assert "1.2 s" in text
    flat = re.sub(r"[ \n]+", " ", text)
    assert "open map.html first" in flat
    assert first_ten(table["p_top10"].iloc[0]) in flat
    assert scale_sentence().split(", ")[0] in flat
    assert " ".join(sentence(data_age(nordic)).split()) in " ".join(text.split())
    assert f"Price of the day: {price_of_the_day(nordic.study, nordic.facts)}" in flat


def test_a_plan_without_what_if_runs_hides_no_column_of_the_next(printed, nordic, tmp_path):
    undrawn = remade(nordic, confidence=None)
    first = printed(80, terminal.print_plan, nordic, tables_of(nordic), tmp_path, 1.0)
    assert "first 10" not in printed(
        80, terminal.print_plan, undrawn, tables_of(undrawn), tmp_path, 1.0
    )
    assert printed(80, terminal.print_plan, nordic, tables_of(nordic), tmp_path, 1.0) == first


def test_the_plan_as_json(nordic, tmp_path):
    summary = json.loads(terminal.plan_json(nordic, tables_of(nordic), tmp_path))
    sites = summary["sites"]
    assert [site["rank"] for site in sites] == list(range(1, len(nordic.zones.head) + 1))
    assert summary["as_of"] == "2026-11-22"
    assert summary["lens"] == "evidence"
    assert summary["price_usd_per_t"] == nordic.price_usd_per_t
    assert sum(summary["countries"].values()) == pytest.approx(1)
    assert [site["share"] for site in sites] == pytest.approx(nordic.zones.share.tolist())
    heads = nordic.zones.head
    odds = np.exp(advantages(nordic).sum(axis=1).to_numpy()[heads])
    assert [site["odds_vs_median"] for site in sites] == pytest.approx(odds.tolist())
    assert len(summary["certainty_words"]) == 7
    assert summary["data_age"]["sentence"] == sentence(data_age(nordic))


@pytest.mark.parametrize("width", [80, 120])
def test_an_explanation_fits_and_shows_every_number(printed, nordic, width):
    one = explain(nordic, int(nordic.zones.head[0]))
    text = printed(width, terminal.print_explanation, one)
    assert max(map(len, text.splitlines())) <= width
    rows = {line.split("  ")[0]: line for line in text.splitlines()}
    for row in one.contributions.to_dict("records"):
        if row["name"] in rows:  # long names stand on two lines
            assert times(row["odds"]) in rows[row["name"]]
            assert times(row["rival_odds"]) in rows[row["name"]]
    assert "Power price" in rows
    assert "USD/MWh" in rows["Power price"]
    assert times(one.odds) in rows["all together"]
    assert one.customers["name"].iloc[0].split()[0] in text
    assert not re.search(rf"\d{THIN}\d", text)  # thousands have commas, as in the tables
    assert "borne out" in text


def test_an_explanation_as_json_has_no_number_that_is_none(nordic):
    one = explain(nordic, int(nordic.zones.head[0]))

    def refuse(constant):
        raise AssertionError(constant)

    told = json.loads(terminal.explanation_json(one), parse_constant=refuse)
    assert told["runner_up"]["site_id"] == one.rival["site_id"]
    assert told["share"] == pytest.approx(nordic.zones.share[0])
    assert told["odds_vs_median"] == pytest.approx(one.odds)
    assert len(told["customers"]) == len(one.customers)
    assert len(told["estates"]) == len(one.estates)
    assert {"instrument_id", "instrument", "theme", "summary"} <= set(told["policies"][0])
    assert 0 <= told["chance_it_pays"] <= 1


def test_a_way_names_its_ends_and_its_legs_add_up(printed, nordic):
    ends = place("Sundsvall"), place("Salzgitter")
    way = route(*nordic.demand.ways, ends[0].latlon, ends[1].latlon)
    said = json.loads(terminal.route_json(way, *ends))
    assert set(said) == {"schema_version", "origin", "destination", "km", "usd_per_t", "legs"}
    assert said["legs"][0]["from_place"] == "Sundsvall, SE"
    assert said["legs"][-1]["to_place"] == "Salzgitter, DE"
    assert sum(leg["km"] for leg in said["legs"]) == pytest.approx(said["km"], abs=0.01)
    assert "Salzgitter, DE" in printed(80, terminal.print_route, way, *ends)


def test_names_are_data_on_the_terminal(printed, nordic_study, tmp_path):
    (tmp_path / "own.csv").write_text(
        "name,lat,lon\n[bold red]Vaasa[/],63.1,21.6\n[link=http://x]Oulu[/link],65.0,25.5\n"
    )
    own = Candidates(file=tmp_path / "own.csv")
    plan = make_plan(nordic_study.model_copy(update={"candidates": own}))
    said = printed(120, terminal.print_plan, plan, tables_of(plan), tmp_path / "[red]out", 0.0)
    assert "[bold red]Vaasa[/]" in said
    assert "[link=http://x]Oulu[/link]" in said
    assert "[red]out" in said
    assert "[bold red]Vaasa[/]" in printed(120, terminal.print_explanation, explain(plan, 1))
