"""Workbooks as lists: what people put into cells, and what a workbook may be made to do."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from geodata import spatialfiles
from geodata.errors import SitingError
from geodata.userfiles import read_areas, read_points

HEAD = ["name", "lat", "lon"]
QUAY = ["Quay", 63.84, 23.13]
SEEN = dt.datetime.fromisoformat("2020-02-03T04:05:00")
NEVER = "a formula that was never worked out - open the file in a spreadsheet and save it"


def book(folder: Path, *rows: list[object], name: str = "a.xlsx") -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(folder / name)
    return folder / name


def changed(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    made = openpyxl.load_workbook(path)
    change(made)
    made.save(path)
    return path


def with_part(path: Path, part: str, turn: Callable[[bytes], bytes]) -> Path:
    """Change one part of the archive, as no spreadsheet would."""
    held = path.with_suffix(".held")
    shutil.move(path, held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            new.writestr(one.filename, turn(content) if one.filename == part else content)
    return path


SHEET1 = "xl/worksheets/sheet1.xml"


def fault(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(SitingError) as caught:
        read_points(path, sheet)
    assert len(caught.value.faults) == 1
    return str(caught.value)


def test_cells_come_as_they_are_in_the_sheet(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ["名称", "纬度", "经度", "ha", "mw", "opened", "seen", "code", "free"],
        ["宁德 厂", 26.66, 119.5, 12, 1.5, dt.date(2020, 2, 3), SEEN, 7, True],
        [],
        ["Bay", 63.8, 23.1, None, 2, dt.date(2021, 2, 3), None, "007", False],
    )  # fmt: skip
    rows = read_points(path)
    assert rows["name"].tolist() == ["宁德 厂", "Bay"]
    assert rows["lat"].tolist() == [26.66, 63.8]
    assert rows["ha"].tolist()[0] == 12
    assert str(rows["ha"].dtype) == "Int64"
    assert rows["mw"].tolist() == [1.5, 2.0]
    assert rows["opened"].dt.strftime("%Y-%m-%d").tolist() == ["2020-02-03", "2021-02-03"]
    assert rows["seen"].iloc[0].isoformat() == "2020-02-03T04:05:00"
    assert rows["code"].tolist() == ["7", "007"]
    assert rows["free"].tolist() == ["TRUE", "FALSE"]


def test_numbers_as_text_and_decimal_commas(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, ["A", "63,84", " 23.13 "], ["B", 52.5, "13,4"])
    rows = read_points(path)
    assert rows[["lat", "lon"]].to_numpy().tolist() == [[63.84, 23.13], [52.5, 13.4]]
    assert "commas in lat and lon are read as decimal ones" in rows.attrs["notes"][0]


def test_rows_and_columns_of_a_fault_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, QUAY, [], ["Far", 95.0, 1.0], [], ["None", None, 2.0])
    with pytest.raises(SitingError) as caught:
        read_points(path)
    assert [(f.row, f.column) for f in caught.value.faults] == [(4, "lat, lon"), (6, "lat, lon")]


def test_a_column_between_without_heading_or_cells_is_left_out(tmp_path: Path) -> None:
    path = book(tmp_path, ["name", None, "lat", "lon"], ["A", None, 63.84, 23.13])
    assert list(read_points(path)) == ["site_id", "name", "lat", "lon"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["name", None, "lat", "lon"], ["A", "x", 1.0, 2.0]],
         "a.xlsx, row 1, column 2: a column without a heading - name it or delete it"),
        ([["lat", "lat", "lon"], [1.0, 1.0, 2.0]],
         "a.xlsx, row 1, lat: 2 columns have this heading - keep one of them"),
        ([["", ""], HEAD, QUAY],
         "a.xlsx, row 1: the first row holds no headings - start with a row of headings"),
        ([HEAD], "a.xlsx, row 2: no rows under the header - add at least one row"),
        ([HEAD, ["A", "=60+1", 2.0]],
         f"a.xlsx, Sheet!B2: {NEVER}"),
    ],
)  # fmt: skip
def test_faults_name_the_cell(tmp_path: Path, rows: list[list[object]], said: str) -> None:
    assert fault(book(tmp_path, *rows)) == said


def test_errors_of_formulas_are_no_blanks(tmp_path: Path) -> None:
    def broken(made: openpyxl.Workbook) -> None:
        made.active["D3"] = "#DIV/0!"
        made.active["D3"].data_type = "e"

    path = changed(book(tmp_path, [*HEAD, "x"], [*QUAY, 1], ["B", 1.0, 2.0, 1]), broken)
    what = "an error of a formula (#DIV/0!)"
    assert fault(path) == f"a.xlsx, Sheet!D3: {what} - correct the formula, or write the value"


def test_the_value_that_a_formula_had_is_read_and_nothing_is_worked_out(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, ["A", "=60+1", 2.0])
    cell = b"<f>60+1</f><v></v>"
    kept = with_part(path, SHEET1, lambda xml: xml.replace(b"<f>60+1</f><v />", cell).replace(
        b"<f>60+1</f><v/>", cell).replace(cell, b"<f>WEBSERVICE(1)</f><v>63.5</v>"))  # fmt: skip
    assert read_points(kept)["lat"].tolist() == [63.5]


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [*HEAD, "region"], [*QUAY, "North"], ["B", 1.0, 2.0, None])
    changed(path, lambda made: made.active.merge_cells("D2:D3"))
    assert fault(path) == (
        "a.xlsx, row 2, Sheet: merged cells (D2:D3) - unmerge them and fill each cell"
    )


def test_one_of_several_sheets_is_asked_for_and_a_hidden_one_is_no_second(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, QUAY)

    def hidden(made: openpyxl.Workbook) -> None:
        sheet: Worksheet = made.create_sheet("Notes")
        sheet.sheet_state = "hidden"
        for row in (HEAD, ["Secret", 52.5, 13.4]):
            sheet.append(row)

    changed(path, hidden)
    assert read_points(path)["name"].tolist() == ["Quay"]
    assert read_points(path, "Notes")["name"].tolist() == ["Secret"]
    assert read_areas(path, "Notes").geometry.iloc[0].x == 13.4
    changed(path, lambda made: made.create_sheet("Läger"))
    assert fault(path) == (
        "a.xlsx: 2 sheets (Sheet, Läger) - name the one that counts, as `sheet: Sheet`"
    )
    said = "a.xlsx, sheet: no such sheet (found 'notes') - name one of: Sheet, Notes, Läger"
    assert fault(path, "notes") == said


def test_only_a_workbook_has_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,lat,lon\nQuay,63.84,23.13\n")
    assert "only a workbook has sheets" in fault(path, "Sheet1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an .xls workbook, or one with a password"),
        (b"name,lat,lon\n", "this is no Excel workbook"),
        (b"PK\x03\x04" + bytes(60), "damaged: "),
    ],
)
def test_other_files_called_so(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert said in fault(path)


def test_a_workbook_without_a_sheet(tmp_path: Path) -> None:
    sheets = re.compile(rb"<sheets>.*</sheets>")
    path = with_part(
        book(tmp_path, HEAD, QUAY), "xl/workbook.xml", lambda xml: sheets.sub(b"<sheets/>", xml)
    )
    assert "the workbook has no sheet of cells" in fault(path)


def test_an_archive_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "this is no Excel workbook" in fault(path)


# ---- made to break a reader ----------------------------------------------------------------------

LAUGHS = b"""<!DOCTYPE a [<!ENTITY x0 "ha">%s]>""" % b"".join(
    b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 12)
)


@pytest.mark.parametrize("part", [SHEET1, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_make_no_memory(tmp_path: Path, part: str) -> None:
    def laughing(xml: bytes) -> bytes:
        head, tail = xml.split(b"?>", 1) if b"?>" in xml[:100] else (b"<?xml version='1.0'", xml)
        return head + b"?>" + LAUGHS + tail.replace(b">name<", b">&x11;name<").replace(
            b'name="Sheet"', b'name="&x11;Sheet"')  # fmt: skip

    began = time.monotonic()
    path = with_part(book(tmp_path, HEAD, QUAY), part, laughing)
    try:
        rows = read_points(path)
    except SitingError as error:
        assert len(error.faults) == 1
    else:
        assert rows["name"].tolist() == ["Quay"]
    assert time.monotonic() - began < 20


def test_a_cell_far_off_makes_no_room_for_all_before_it(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, QUAY)
    changed(path, lambda made: made.active.cell(1_048_576, 900, "x"))
    assert fault(path) == (
        "a.xlsx: 1,048,576 rows of 900 columns - delete what stands far off, or split the sheet"
    )


def test_a_sheet_of_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(spatialfiles.LIMITS, "max_rows", 3)
    path = book(tmp_path, HEAD, *[[f"A{n}", 1.0 + n, 2.0] for n in range(4)])
    assert "more than 3 features" in fault(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = with_part(book(tmp_path, HEAD, QUAY), "xl/styles.xml", lambda xml: bytes(1_100_000_000))
    assert path.stat().st_size < 2_000_000
    assert "too large unpacked" in fault(path)


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    def linked(made: openpyxl.Workbook) -> None:
        made.active["D1"] = "link"
        made.active["D2"].hyperlink = "http://127.0.0.1:9/x"
        made.active["D2"] = "see"

    path = changed(book(tmp_path, HEAD, QUAY), linked)
    with_part(path, SHEET1, lambda xml: xml.replace(
        b"<sheetData>", b'<sheetData xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="/etc/passwd" parse="text"/>'))  # fmt: skip
    assert read_points(path)["link"].tolist() == ["see"]
