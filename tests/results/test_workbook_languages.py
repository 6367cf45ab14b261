"""The workbook in every language: whole sheets, formulas that find them, the same numbers."""

import re

import openpyxl
import pytest
from words import english

from geodata.language import LANGUAGES, speaking, tr
from geodata.places import country_name
from siting.results.tables import tables_of
from siting.results.workbook.book import READ_ME, SHEETS, write_workbook
from siting.results.workbook.formulas import TOP
from siting.results.workbook.spreadsheet import breadth, quoted
from tests.libreoffice import recalculated

OTHERS = tuple(language for language in LANGUAGES if language != "en")
HEADS = {TOP: 6}  # row of the headings, where it is not the second
DATA = {"Sources", "Policies"}  # cells of tables: titles of laws and of papers


@pytest.fixture(scope="module")
def books(nordic, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spoken")
    tables = tables_of(nordic)  # made once, in English
    for language in LANGUAGES:
        with speaking(language):
            write_workbook(nordic, folder / f"{language}.xlsx", tables)
    return folder


def titles(language):
    with speaking(language):
        return {name: tr(name) for name in SHEETS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_legal_names_of_the_language(books, language):
    names = openpyxl.load_workbook(books / f"{language}.xlsx").sheetnames
    assert names == list(titles(language).values())
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)


@pytest.mark.parametrize("language", OTHERS)
def test_formulas_and_names_find_the_sheets(books, language):
    book = openpyxl.load_workbook(books / f"{language}.xlsx")
    formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row
                if isinstance(c.value, str) and c.value.startswith("=")]  # fmt: skip
    asked = {name for text in formulas for name in re.findall(r"'([^']+)'!", text)}
    asked |= {name for one in book.defined_names.values()
              for name in re.findall(r"'([^']+)'!", one.attr_text)}  # fmt: skip
    assert len(asked) > 3
    assert asked <= set(book.sheetnames)


@pytest.mark.parametrize("language", OTHERS)
def test_no_heading_and_no_note_is_left_in_english(books, language):
    book = openpyxl.load_workbook(books / f"{language}.xlsx")
    left = []
    for name, title in titles(language).items():
        head = HEADS.get(name, 4 if name == "Criteria" else 2)
        rows = book[title].iter_rows(max_row=head)
        left += [(title, c.value) for row in rows for c in row
                 if isinstance(c.value, str) and not c.value.startswith("=")
                 and english(c.value) and name not in {READ_ME, "Weights", "Each against each",
                                                       "Dossier"}]  # fmt: skip
    assert left == []


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_are_those_of_the_english_book(books, language):
    own, plain = (openpyxl.load_workbook(books / f"{one}.xlsx", data_only=True)
                  for one in (language, "en"))  # fmt: skip
    for ours, theirs in zip(own, plain, strict=True):
        assert ours.dimensions == theirs.dimensions
        for mine, his in zip(ours.iter_rows(), theirs.iter_rows(), strict=True):
            numbers = [(c.value, d.value) for c, d in zip(mine, his, strict=True)
                       if isinstance(d.value, (int, float))]  # fmt: skip
            assert all(a == b for a, b in numbers), ours.title


@pytest.mark.parametrize("language", OTHERS)
def test_countries_and_kinds_of_site_have_names_of_the_language(books, language):
    sheet = openpyxl.load_workbook(books / f"{language}.xlsx", data_only=True)[
        titles(language)["Ranking"]
    ]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    with speaking(language):
        country, kind = tr("Country"), tr("Kind of site, by profile")
        wanted = {country_name(code) for code in ("FI", "MA")}
    countries = {row[rows[0].index(country)] for row in rows[1:]}
    assert wanted <= countries
    assert not any(english(row[rows[0].index(kind)]) for row in rows[1:])


def test_the_same_plan_gives_the_same_bytes(books, nordic, tmp_path):
    with speaking("ja"):
        write_workbook(nordic, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (books / "ja.xlsx").read_bytes()


def test_libreoffice_calculates_a_translated_book_to_the_plan(books, nordic, tmp_path):
    (path,) = recalculated([books / "zh.xlsx"], tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book[titles("zh")[TOP]].iter_rows(min_row=7, values_only=True))
    heads = nordic.zones.head
    assert [row[0] for row in rows] == list(range(1, len(heads) + 1))
    assert [row[1] for row in rows] == nordic.places["name"].iloc[heads].tolist()


def test_a_quotation_mark_is_doubled_and_a_wide_character_takes_two_columns():
    assert quoted('a "b"') == '"a ""b"""'
    assert breadth("厂址 3") == 6
