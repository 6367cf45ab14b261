from __future__ import annotations

import numpy as np
import pytest

from maps.nearby import NEAR_KM
from maps.printed_atlas import PrintedAtlas, render
from siting.confidence.why_not import gap, needs
from siting.model.plan import Plan, advantages, country_chances
from siting.results.page.brief import brief_of
from siting.results.page.printed_atlas import CUSTOMERS, ZONES, chosen, printed_atlas
from siting.results.tables import Tables, money_at, tables_of
from siting.results.text.confidence import short
from siting.results.text.first import first_sentences


@pytest.fixture(scope="module")
def tables(nordic: Plan) -> Tables:
    return tables_of(nordic)


@pytest.fixture(scope="module")
def atlas(nordic: Plan, tables: Tables) -> PrintedAtlas:
    return printed_atlas(nordic, tables, brief_of(nordic, tables))


def test_a_page_a_zone_and_one_of_each_leading_country(nordic: Plan, atlas: PrintedAtlas) -> None:
    ids = nordic.places["site_id"].to_numpy(dtype=object)
    heads = list(ids[nordic.zones.head[:ZONES]])
    pages = [sheet.site_id for sheet in atlas.sheets]
    assert pages[: len(heads)] == heads
    assert len(pages) == len(set(pages))
    leading = {code for code in country_chances(nordic).index[:8] if code}
    assert {sheet.code for sheet in atlas.sheets} >= leading
    ranks = [sheet.rank or len(ids) for sheet in atlas.sheets]
    assert ranks == sorted(ranks)


def test_a_page_says_what_the_plan_says(
    nordic: Plan, tables: Tables, atlas: PrintedAtlas
) -> None:  # fmt: skip
    positions = chosen(nordic)
    money = money_at(nordic, positions)
    rows = zip(atlas.sheets, positions, money.to_dict("records"), strict=True)
    for sheet, position, worth in rows:
        for key in ("delivered", "price", "pays_from", "npv_musd"):
            assert getattr(sheet.cost, key) == pytest.approx(worth[key], nan_ok=True)
        ln = advantages(nordic).iloc[position]
        assert sum(gain.ln for gain in sheet.gains) == pytest.approx(ln.sum())
        assert sheet.odds == pytest.approx(float(np.exp(ln.sum())))
        shown = [one.sold for one in sheet.customers]
        assert len(shown) <= CUSTOMERS
        sold = nordic.measures.landed.sold[position].astype(float)
        assert sum(shown) + sheet.output_left == pytest.approx(sold.sum())
        assert sheet.customers_left == (sold > 0).sum() - sum(one > 0 for one in shown)
        if sheet.rank:
            row = tables.sites.iloc[sheet.rank - 1]
            assert (sheet.share, sheet.sure) == pytest.approx((row["share"], row["p_top10"]))


def test_each_change_that_would_do_is_one_that_the_plan_knows(nordic: Plan) -> None:
    leader = short(nordic.places["name"].iloc[nordic.zones.head[0]])
    for position in nordic.zones.head[1:6].tolist():
        lead, *changes = first_sentences(nordic, position)
        if gap(nordic, position, 1) <= 0:
            assert "no estate is known" in lead
            continue
        assert leader in lead
        enough = int(needs(nordic, position, 1)["needed"].notna().sum())
        said = [text for text in changes if not text.startswith(("Not enough", f"{enough - 5} "))]
        assert len(said) == min(enough, 5)
        assert ("No single change" in lead) == (enough == 0)


def test_what_lies_near_lies_within_the_picture(atlas: PrintedAtlas) -> None:
    assert set(atlas.things) == {"towns", "ports", "terminals", "stations", "estates"}
    page = render(atlas)
    assert page == render(atlas)
    assert page.count('class="near"') == len(atlas.sheets)
    assert f"within {NEAR_KM:.0f} km" in page
