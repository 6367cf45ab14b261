import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.results.workbook.spreadsheet import MOST_CHARACTERS, Column, Spreadsheet, legal

HOSTILE = {
    '=HYPERLINK("http://x.example","a")': None,
    "+cmd|' /C calc'!A0": None,
    "@SUM(A1)": None,
    "-1+1": None,
    "http://x.example": None,
    "{{7*7}}<b>": None,
    "'": None,
    "_x0041_": None,
    "1e5": None,
    "tab\tand\nline": "tab and line",
    "a\x00b\x1bc": "abc",
    "\u202eexe.tfosorcim": "exe.tfosorcim",
    "x" * 40_000: "x" * MOST_CHARACTERS,
}


def read(path, sheet="Data"):
    return openpyxl.load_workbook(path)[sheet]


def test_hostile_text_stays_text(tmp_path):
    path = tmp_path / "a.xlsx"
    with Spreadsheet(path, ["Data"]) as book:
        book.table("Data", [Column("name", "=1+1", list(HOSTILE))])
    cells = [row[0] for row in read(path).iter_rows(min_row=2)]
    # openpyxl leaves Excel's own escape of "_x0041_" standing
    shown = [str(c.value).replace("_x005F", "") for c in cells]
    assert shown == ["=1+1", *(clean or name for name, clean in HOSTILE.items())]
    assert all(c.data_type == "s" and c.hyperlink is None for c in cells)
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not [name for name in parts.namelist() if "externalLink" in name]


@given(st.text(alphabet=st.characters(), max_size=50))
def test_legal_text_is_one_line_and_comes_back_the_same(text):
    clean = legal(text)
    assert legal(clean) == clean
    assert clean.splitlines() in ([], [clean])
    clean.encode()


def test_characters_are_counted_as_a_spreadsheet_counts_them():
    assert len(legal("\N{ROCKET}" * 20_000)) == MOST_CHARACTERS // 2


def test_a_formula_names_the_cells_of_its_row_and_carries_its_value(tmp_path):
    path = tmp_path / "a.xlsx"
    with Spreadsheet(path, ["Data"]) as book:
        placed = book.table("Data", [
            Column("a", "A", [1.0, 2.0], "tenth"),
            Column("twice", "Twice", [2.0, 4.0], "tenth", "2*{a}"),
        ], freeze=1)  # fmt: skip
    assert placed.column("twice") == "'Data'!$B$3:$B$4"
    assert [read(path)[f"B{row}"].value for row in (3, 4)] == ["=2*$A3", "=2*$A4"]
    held = openpyxl.load_workbook(path, data_only=True)["Data"]
    assert [held[f"B{row}"].value for row in (3, 4)] == [2, 4]
    sheet = read(path)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B3", "A2:B4")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$2:$2", "landscape")


@pytest.mark.parametrize("cells", [[], [float("nan"), None]])
def test_nothing_is_blank_and_not_zero(tmp_path, cells):
    path = tmp_path / "a.xlsx"
    with Spreadsheet(path, ["Data"]) as book:
        book.table("Data", [Column("a", "A", cells, "tenth")])
    assert [c.value for row in read(path).iter_rows(min_row=3) for c in row] == [None] * len(cells)
