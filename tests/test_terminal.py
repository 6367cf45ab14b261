import io
import json

import pytest
from rich.console import Console

from siting.commands import terminal
from siting.freight.freight import route
from siting.planner import make_plan
from siting.results.explain import explain
from siting.study.study import Candidates
from siting.world.towns import point


@pytest.fixture
def printed(monkeypatch):
    """Return what is printed on a terminal of some width."""

    def show(width, print_it, *what):
        console = Console(file=io.StringIO(), width=width, highlight=False)
        monkeypatch.setattr(terminal, "console", console)
        print_it(*what)
        return console.file.getvalue()

    return show


@pytest.mark.parametrize("width", [60, 80, 120])
def test_numbers_are_whole_at_every_width(printed, nordic, tmp_path, width):
    said = printed(width, terminal.print_plan, nordic, tmp_path / "out", {"facts": 1.25})
    lines = said.splitlines()
    assert max(map(len, lines)) <= width
    start = next(i for i, line in enumerate(lines) if line.startswith("rank"))
    assert ("kind" in lines[start]) == (width >= terminal.WIDE)
    for i, line in zip(nordic.zones.head[:10], lines[start + 1 :], strict=False):
        assert f" {100 * nordic.score[i]:.1f} " in line
        assert f"{nordic.measures.raw['delivered_cost'].iloc[i]:,.0f}" in line
    assert "1.2 s" in said
    assert "open map.html first" in " ".join(said.split())


def test_the_plan_as_json(nordic, tmp_path):
    said = json.loads(terminal.plan_json(nordic, tmp_path))
    assert [site["rank"] for site in said["sites"]] == list(range(1, len(nordic.zones.head) + 1))
    assert said["as_of"] == "2026-11-22"
    assert said["price_usd_per_t"] == nordic.price_usd_per_t


@pytest.mark.parametrize("width", [80, 120])
def test_an_explanation_fits_and_shows_every_number(printed, nordic, width):
    found = explain(nordic, int(nordic.zones.head[0]))
    said = printed(width, terminal.print_explanation, found)
    assert max(map(len, said.splitlines())) <= width
    rows = {line.split("  ")[0]: line for line in said.splitlines()}
    for row in found.contributions.to_dict("records"):
        if row["name"] in rows:  # long names are told on two lines
            assert f"{row['points']:.1f}" in rows[row["name"]]
            assert f"{row['median_points']:.1f}" in rows[row["name"]]
    assert "Power price" in rows
    assert "USD/MWh" in rows["Power price"]
    year = found.contributions.set_index("criterion")["raw"]["net_zero_year"]
    assert f" {year:.0f} " in rows["Net-zero year"]
    assert f"{found.score:.1f}" in said
    assert found.customers["name"].iloc[0].split()[0] in said


def test_an_explanation_as_json_has_no_number_that_is_none(nordic):
    found = explain(nordic, int(nordic.zones.head[0]))

    def refuse(constant):
        raise AssertionError(constant)

    said = json.loads(terminal.explanation_json(found), parse_constant=refuse)
    assert said["runner_up"]["site_id"] == found.rival["site_id"]
    assert len(said["customers"]) == len(found.customers)
    assert {"zone_id", "instrument", "theme", "summary"} <= set(said["policies"][0])


def test_a_way_names_its_ends_and_its_legs_add_up(printed, nordic):
    ends = point("Sundsvall"), point("Salzgitter")
    way = route(*nordic.demand.ways, ends[0].latlon, ends[1].latlon)
    said = json.loads(terminal.route_json(way, *ends))
    assert set(said) == {"origin", "destination", "km", "usd_per_t", "legs"}
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
    said = printed(120, terminal.print_plan, plan, tmp_path / "[red]out", {})
    assert "[bold red]Vaasa[/]" in said
    assert "[link=http://x]Oulu[/link]" in said
    assert "[red]out" in said
    assert "[bold red]Vaasa[/]" in printed(120, terminal.print_explanation, explain(plan, 1))
