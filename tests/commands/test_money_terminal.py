"""What `siting cost` and `siting merit` print, at every width and with any name."""

from __future__ import annotations

import dataclasses
import io
import json

import pytest

from maps.numerals import number
from siting.commands import money_terminal
from siting.money.landed import parameters_of
from siting.money.merit import merit_at
from siting.money.sitecost import cost_at, one_a_country
from siting.study.parameters import NAMES, Parameters
from siting.study.terms import COST_PARTS
from siting.support.console import Printer
from siting.support.text import plain
from siting.world.gazetteer import place
from siting.world.point import Point

MARKUP = "[/red][bold]Works[/] :smile: [link=x]"


@pytest.fixture(scope="module")
def norwegian(nordic):
    there = place("Mo i Rana")
    return cost_at(nordic.study, nordic.facts, nordic.demand, there)


@pytest.fixture
def printed(monkeypatch):
    """Return what is printed on a terminal of some width."""

    def show(width, print_it, *what):
        console = Printer(file=io.StringIO(), width=width)
        monkeypatch.setattr(money_terminal, "console", console)
        print_it(*what)
        return console.file.getvalue()

    return show


def shown_cost(printed, nordic, found, width=120):
    p = parameters_of(nordic.study, nordic.facts).central
    return printed(width, money_terminal.print_cost, found, found.customers, nordic.study, p)


def test_what_takes_away_is_a_bar_to_the_left():
    bars = money_terminal.bars([1500.0, 30.0, -500.0, -8.0])
    ends = [(len(bar) - len(bar.lstrip()), len(bar)) for bar in bars]
    (start, end), (same, small), (far, left), (near, least) = ends
    assert (start, same, left, least) == (start, start, start, start)
    assert end - start == 3 * (left - far) == money_terminal.CELLS * 3 // 4
    assert (small - same, least - near) == (1, 1)
    assert money_terminal.bars([4.0, 2.0]) == ["\N{FULL BLOCK}" * 24, "\N{FULL BLOCK}" * 12]


@pytest.mark.parametrize("width", [80, 100, 160])
def test_every_part_and_gate_is_whole_at_every_width(printed, nordic, norwegian, width):
    said = shown_cost(printed, nordic, norwegian, width)
    lines = said.splitlines()
    assert max(map(len, lines)) <= width
    assert f"{norwegian.usd_per_t:,.0f} USD at the gate" in " ".join(said.split())
    for part, usd in norwegian.stack.items():
        line = next((li for li in lines if li.startswith(COST_PARTS[part].name + "  ")), None)
        assert (line is not None) == (round(usd) != 0), part
        if line:
            assert f" {usd:,.0f} " in line
    for row in one_a_country(norwegian.customers).head(money_terminal.SHOWN).to_dict("records"):
        cells = [number(row[k]) for k in ("freight", "duty", "delivered", "parity", "price",
                                          "margin")]  # fmt: skip
        assert any(line.split()[-6:] == cells for line in lines), row["name"]


def test_the_longest_bar_is_the_largest_part(printed, nordic, norwegian):
    lines = shown_cost(printed, nordic, norwegian).splitlines()
    bars = {
        part: line.count(money_terminal.BAR)
        for part in norwegian.stack.index
        for line in lines
        if line.startswith(COST_PARTS[part].name + "  ")
    }
    largest = norwegian.stack.abs().idxmax()
    assert bars[largest] == max(bars.values()) == money_terminal.CELLS
    for part, length in bars.items():
        whole = abs(norwegian.stack[part] / norwegian.stack[largest]) * money_terminal.CELLS
        assert abs(length - whole) <= 1


def test_names_of_places_and_customers_are_no_markup(printed, nordic, norwegian):
    strange = dataclasses.replace(
        norwegian,
        place=Point(MARKUP, 66.3, 14.1),
        customers=norwegian.customers.assign(name=MARKUP),
    )
    said = " ".join(shown_cost(printed, nordic, strange, 160).split())
    assert said.count(MARKUP) == 1 + min(
        money_terminal.SHOWN, norwegian.customers["country"].nunique()
    )


def test_a_title_is_no_markup(printed, nordic):
    _, rows = merit_at(nordic.study, nordic.facts, nordic.demand, "lyten-skelleftea")
    said = printed(
        120, money_terminal.print_merit, rows.head(3).assign(name=MARKUP), f"Who serves {MARKUP}"
    )
    assert f"Who serves {MARKUP}" in said
    assert said.count(MARKUP) == 4
    for cost in rows["cost"].head(3):
        assert f" {cost:,.0f} " in said


def test_a_chance_below_one_is_told_and_no_other(printed, nordic, norwegian):
    told = "leaves this investor a chance of"
    for entry in (1.0, 0.4):
        said = shown_cost(printed, nordic, dataclasses.replace(norwegian, entry=entry))
        assert (told in said) == (entry < 1)
    assert f"{told} 40 %" in " ".join(said.split())


def test_the_cost_as_json(nordic, norwegian):
    said = json.loads(money_terminal.cost_json(norwegian, norwegian.customers, nordic.study))
    assert said["usd_per_t"] == pytest.approx(sum(said["stack"].values()), abs=0.1)
    assert said["low"] < said["usd_per_t"] < said["high"]
    assert said["place"]["country"] == "NO"
    assert plain(said["place"]["name"]) == "mo i rana, no"
    assert len(said["customers"]) == len(norwegian.customers)
    for row in said["customers"]:
        left = row["price"] - said["usd_per_t"] - row["freight"] - row["duty"]
        assert row["margin"] == pytest.approx(left, abs=0.05)


def test_json_carries_any_name_as_it_is(nordic, norwegian):
    name = 'a "quoted" \\ </script> {{7*7}} 电池'
    rows = norwegian.customers.head(2).assign(name=name)
    said = json.loads(money_terminal.cost_json(norwegian, rows, nordic.study))
    assert [row["name"] for row in said["customers"]] == [name, name]


def test_the_merit_order_as_json(nordic):
    gate, rows = merit_at(nordic.study, nordic.facts, nordic.demand, "lyten-skelleftea")
    said = json.loads(money_terminal.merit_json(rows.head(5), gate))
    assert said["customer"]["name"] == gate["name"]
    assert len(said["sites"]) == 5
    for site in said["sites"]:
        assert site["delivered"] == pytest.approx(
            site["cost"] + site["freight"] + site["duty"], abs=0.05
        )
        left = said["customer"]["price"] - site["delivered"]
        assert site["margin"] == pytest.approx(left, abs=0.05)


def test_every_parameter_has_words():
    assert set(NAMES) == set(Parameters.__dataclass_fields__) - {"feeds"}
