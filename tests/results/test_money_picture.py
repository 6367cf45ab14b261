"""The bar pictures of costs: what stands on them, whatever the names, the same bytes each time."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree as ET

import pytest
from sample_atlas import PAYLOADS

from geodata.errors import SitingError
from siting.money.merit import merit_at
from siting.money.sitecost import cost_at, one_a_country
from siting.results.page import money_picture
from siting.results.page.money_picture import draw_merit, draw_site
from siting.world.gazetteer import place
from siting.world.point import Point


@pytest.fixture(scope="module")
def kuching(nordic):
    there = place("Kuching, MY")
    return cost_at(nordic.study, nordic.facts, nordic.demand, there)


@pytest.fixture(scope="module")
def order(nordic):
    return merit_at(nordic.study, nordic.facts, nordic.demand, "lyten-skelleftea")


@pytest.fixture
def bars(monkeypatch):
    """Return the bars and the title that would be drawn."""
    drawn = {}

    def keep(given, _, title):
        drawn.update(bars=given, title=title)

    monkeypatch.setattr(money_picture, "draw_costs", keep)
    return drawn


def test_bars_end_at_the_delivered_cost(bars, nordic, kuching, tmp_path):
    rows = kuching.customers.assign(duty=100 + kuching.customers["kt"])
    rows = rows.assign(delivered=kuching.usd_per_t + rows["freight"] + rows["duty"])
    draw_site(kuching, rows, nordic.study, tmp_path / "x.svg")
    gate, *customers = bars["bars"]
    # parts below half a dollar are not drawn
    assert gate.net == pytest.approx(kuching.usd_per_t, abs=3)
    assert (gate.low, gate.high) == (kuching.low, kuching.high)
    shown = one_a_country(rows).head(len(customers))
    assert len(customers) > 3
    for bar, row in zip(customers, shown.to_dict("records"), strict=True):
        assert bar.net == pytest.approx(row["delivered"], abs=3)
        assert (bar.parity, bar.price) == (row["parity"], row["price"])
        assert row["name"] in bar.label
    assert "Kuching" in bars["title"]


def test_bars_of_a_merit_order_end_at_the_delivered_cost(bars, nordic, order, tmp_path):
    gate, rows = order
    draw_merit(rows.head(6), gate, nordic.study, tmp_path / "x.svg")
    nets = [bar.net for bar in bars["bars"]]
    assert nets == pytest.approx(rows["delivered"].head(6).tolist())
    assert nets == sorted(nets)
    assert {bar.parity for bar in bars["bars"]} == {gate["parity"]}
    assert gate["name"] in bars["title"]


def test_same_bytes_and_every_name_as_text(nordic, kuching, tmp_path):
    rows = one_a_country(kuching.customers).head(6)
    strange = dataclasses.replace(kuching, place=Point("$x_1$ <b>&", 1.5, 110.3))
    hostile = rows.assign(name=[PAYLOADS[i] for i in range(6)])
    files = [tmp_path / f"{i}.svg" for i in range(2)]
    for path in files:
        draw_site(strange, hostile, nordic.study, path)
    assert files[0].read_bytes() == files[1].read_bytes()
    tags = {element.tag.rpartition("}")[2] for element in ET.parse(files[0]).iter()}  # noqa: S314 - our own file
    assert not tags & {"script", "img", "b", "foreignObject"}


@pytest.mark.parametrize("name", ["x.jpg", "x", "x.pdf"])
def test_other_kinds_of_file_are_faults(nordic, kuching, order, tmp_path, name):
    gate, rows = order
    with pytest.raises(SitingError):
        draw_site(kuching, kuching.customers, nordic.study, tmp_path / name)
    with pytest.raises(SitingError):
        draw_merit(rows.head(2), gate, nordic.study, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
