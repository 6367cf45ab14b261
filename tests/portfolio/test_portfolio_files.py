"""The files of a portfolio: every one says what the tables say, and names stay names."""

from __future__ import annotations

import dataclasses
import json
import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from libreoffice import recalculated
from sample_atlas import PAYLOADS
from sample_portfolio import run, study, tables

from maps.numerals import number
from siting.portfolios.answer import Regrets, answer
from siting.results.portfolio.columns import COLUMNS
from siting.results.portfolio.files import tables_by_name, write_portfolio
from siting.results.portfolio.page import answer_of, page_of
from siting.results.portfolio.tables import PortfolioTables
from siting.results.portfolio.text import sentences, why_sentences
from siting.results.portfolio.workbook import SHEETS, write_workbook
from siting.study.studyfile import changed
from siting.support.progress import silent

WRITTEN = {"manifest.json", "portfolio.html", "portfolio.xlsx", "portfolio.gpkg", "portfolio.json"}
DAMAGE = "=2+5+cmd|' /C calc'!A0"


@cache
def tried() -> PortfolioTables:
    """Return the sample as if it had been tried in two scenarios, hostile in every name."""
    whole = tables().answer
    count = len(whole.near.portfolios)
    values = np.array([[10.0 * k, 5.0 - k] for k in range(count)])
    lost = values.max(axis=0) - values
    least = int(lost.max(axis=1).argmin())
    regrets = Regrets((DAMAGE, PAYLOADS[0]), np.array([0.25, 0.75]), values, lost, least, -3.0)
    places, customers = whole.ledger.places, whole.ledger.customers
    names = [DAMAGE, *PAYLOADS]
    ledger = dataclasses.replace(
        whole.ledger,
        places=places.assign(name=[names[k % len(names)] for k in range(len(places))]),
        customers=customers.assign(name=[names[k % len(names)] for k in range(len(customers))]),
    )
    return PortfolioTables(dataclasses.replace(whole, ledger=ledger, regrets=regrets))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return two folders that hold the same portfolio."""
    made = [tmp_path_factory.mktemp("portfolio") / "out" for _ in range(2)]
    for folder in made:
        write_portfolio(tried(), folder, silent())
    return made


def test_every_file_is_there_and_the_same_twice(folders: list[Path]) -> None:
    first, second = ({path.name for path in folder.iterdir()} for folder in folders)
    assert first == second == WRITTEN | {f"{name}.csv" for name in COLUMNS}
    for name in first - {"manifest.json"}:  # which holds the seconds it took
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    listed = json.loads((folders[0] / "manifest.json").read_text())["files_sha256"]
    assert set(listed) == first - {"manifest.json"}


def test_every_column_has_its_words_and_its_unit() -> None:
    for name, table in tables_by_name(tried()).items():
        columns = [re.sub(r"^portfolio_\d+_", "portfolio_N_", str(c)) for c in table]
        assert list(dict.fromkeys(columns)) == sorted(COLUMNS[name], key=columns.index), (
            name
        )  # none is missing, none too many
        for column, meaning in COLUMNS[name].items():
            unit = {"usd_per_t": "USD/t", "musd": "million USD", "kt": "kt/y", "ktpa": "kt/y"}
            ends = [of for suffix, of in unit.items() if column.endswith(suffix)]
            assert not ends or meaning.unit == ends[0], column


def test_the_page_says_every_sentence_with_a_figure_of_the_tables() -> None:
    lines = list(answer_of(tables()))
    assert [line.text for line in lines] == sentences(tables())
    figures = {line.unit: line.figure for line in lines}
    plants, best = tables().plants, tables().portfolios.iloc[0]
    assert figures["million USD expected"] == number(best["expected_musd"], sign=True)
    assert figures[f"kt a year, {len(plants)} plants"] == number(plants["size_ktpa"].sum())
    assert all(line.figure for line in lines)
    for line in lines:  # what a figure counts, its sentence says too
        digits = line.figure.lstrip("+\N{MINUS SIGN}")
        known = digits in line.text or line.unit.startswith(("kt a year", "sites are"))
        assert known, line


def test_steps_flows_and_sizes_of_the_page_are_those_of_the_tables() -> None:
    page = page_of(tables())
    sizes = page.steps.groupby("plant")["size_ktpa"].max()
    assert sizes.tolist() == tables().plants["size_ktpa"].tolist()
    assert page.steps.groupby("plant")["opens"].min().tolist() == page.plants["opens"].tolist()
    last = page.flows[page.flows["to_year"].eq(page.flows["to_year"].max())]
    assert last.groupby("plant")["kt"].sum().to_numpy() == pytest.approx(
        page.plants.set_index("plant")["sold_kt"].loc[sorted(set(last["plant"]))].to_numpy()
    )
    built = (page.sizes > 0).sum(axis=0)
    assert built.tolist() == tables().portfolios["plants"].head(page.sizes.shape[1]).tolist()
    assert (page.sizes > 0).sum(axis=1).tolist() == tables().sites["in_portfolios"].tolist()
    assert page.turns[0] == page.steps["decided"].min()


def test_names_are_text_on_the_page(folders: list[Path]) -> None:
    page = (folders[0] / "portfolio.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1
    assert "<img" not in page
    assert len(why_sentences(tried())) == page.count("<li>", page.index('class="why"'),
                                                     page.index("Worth: net present"))  # fmt: skip


def test_layers_join_each_plant_to_its_customers(folders: list[Path]) -> None:
    path = folders[0] / "portfolio.gpkg"
    plants, flows = (gpd.read_file(path, layer=name) for name in ("plants", "flows"))
    written = tables_by_name(tried())
    assert plants["name"].tolist() == written["plants"]["name"].tolist()
    assert flows["kt"].tolist() == written["flows"]["kt"].tolist()
    assert (flows["from_year"] <= flows["to_year"]).all()
    at = plants.set_index("plant").geometry
    for row in flows.itertuples():
        start = row.geometry.geoms[0].coords[0]
        assert start == pytest.approx((at[row.plant].x, at[row.plant].y), abs=1e-5)
    with closing(sqlite3.connect(path)) as book:
        styled = dict(book.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        described = book.execute(
            "SELECT name FROM gpkg_data_columns WHERE table_name = 'flows' AND column_name = 'kt'"
        ).fetchone()
    assert set(styled) == {"plants", "flows", "land"}
    assert 'attr="plant"' in styled["flows"]
    assert described == ("Sales of a year of the period (kt/y)",)


def test_the_workbook_holds_the_tables_and_no_formula(folders: list[Path]) -> None:
    book = openpyxl.load_workbook(folders[0] / "portfolio.xlsx")
    assert book.sheetnames == ["Answer", *(name.capitalize() for name in SHEETS)]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert DAMAGE in {cell.value for cell in cells}
    written = tables_by_name(tried())
    for name, column, head in (
        ("plants", "npv_musd", "Net present value after tax, should it be built (million USD)"),
        ("flows", "kt", "Sales of a year of the period (kt/y)"),
        ("supply", "share", "Of the open demand"),
        ("scenarios", "portfolio_2_musd", "Portfolio 2 (million USD)"),
    ):
        sheet = book[name.capitalize()]
        heads = [cell.value for cell in sheet[2]]
        shown = [row[heads.index(head)] for row in sheet.iter_rows(min_row=3, values_only=True)]
        wanted = [None if pd.isna(v) else pytest.approx(v) for v in written[name][column]]
        assert shown[: len(wanted)] == wanted, name
        assert sheet.freeze_panes
        assert sheet.print_title_rows == "$2:$2"
    said = [row[2] for row in book["Answer"].iter_rows(min_row=4, values_only=True)]
    assert said[: len(sentences(tried()))] == sentences(tried())


def test_libreoffice_opens_the_workbook_with_every_value(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    write_workbook(tried(), tables_by_name(tried()), path)
    (again,) = recalculated([path], tmp_path)
    for sheet in openpyxl.load_workbook(path):
        other = openpyxl.load_workbook(again)[sheet.title]
        values, others = ([cell.value or None for row in one.iter_rows() for cell in row]
                          for one in (sheet, other))  # fmt: skip
        assert values == others, sheet.title


def test_where_nothing_pays_the_files_say_so(tmp_path: Path) -> None:
    poor = changed(study(), {"price_usd_per_t": 1000.0})
    nothing = PortfolioTables(answer(run().plan(poor), run=run()))
    write_portfolio(nothing, tmp_path / "out", silent())
    assert {path.name for path in (tmp_path / "out").iterdir()} >= WRITTEN - {"portfolio.gpkg"}
    page = (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")
    assert "<b>0</b> <small>plants</small>" in page
    assert "<svg" not in page
    book = openpyxl.load_workbook(tmp_path / "out" / "portfolio.xlsx")
    assert book["Answer"]["C4"].value == sentences(nothing)[0]
    assert book["Plants"]["A3"].value is None
