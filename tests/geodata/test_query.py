"""Questions to the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from geodata.query import choose, glance, overview
from geodata.tables import TABLES

ROWS = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "note": ["Sörla [x]", "", "a=b", "port"],
        "lat": [59.5, -3.0, float("nan"), 0.0],
        "since": ["2024", "2023-05", "", "2025"],
    }
)


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ([], "abcd"),
        (["id=a"], "a"),
        (["id != a"], "bcd"),
        (["note~SÖRLA"], "a"),
        (["note~[x]"], "a"),
        (["note=a=b"], "c"),
        (["note="], "b"),
        (["lat>-5", "lat<=0"], "bd"),
        (["lat=0.0"], "d"),
        (["lat!=0"], "abc"),
        (["lat="], "c"),
        (["lat!="], "abd"),
        (["lat~59"], "a"),
        (["since>=2024"], "ad"),
        (["since<2024", "since!="], "b"),
    ],
)
def test_conditions(conditions: list[str], ids: str) -> None:
    assert "".join(choose(ROWS, conditions, [])["id"]) == ids


def test_columns_in_the_order_asked() -> None:
    assert list(choose(ROWS, [], ["lat,id", " note "])) == ["lat", "id", "note"]


def test_all_that_is_wrong_is_said() -> None:
    with pytest.raises(SitingError) as caught:
        choose(ROWS, ["lat", "lta>3", "lat>north"], ["ids"])
    text = str(caught.value)
    assert len(caught.value.faults) == 4
    assert "did you mean lat?" in text
    assert "did you mean id?" in text
    assert "lat holds numbers" in text


def test_glance_shows_what_was_asked_and_what_fits() -> None:
    assert glance(ROWS, ["since>2"], 80) == ["id", "since"]
    rows = table("gigafactories")
    assert glance(rows, ["status=operating"], 40)[:2] == ["id", "status"]
    assert len(glance(rows, [], 200)) > len(glance(rows, [], 80)) >= 2
    assert "source" not in glance(rows, [], 10_000)
    assert glance(rows.head(0), [], 80)[0] == "id"


def test_overview_counts_every_row() -> None:
    rows = overview().set_index("table")
    assert list(rows.index) == list(TABLES)
    assert (rows[["A", "B", "C"]].sum(axis=1) == rows["rows"]).all()
    assert rows.at["place_factors", "rows"] == len(table("place_factors"))
    assert rows["newest"].str.fullmatch(r"20\d\d(-\d\d)*").all()
