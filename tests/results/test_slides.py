"""The brief as slides: read back as PowerPoint's own parts."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from sample_brief import hostile_brief, sample_brief

from geodata.errors import SitingError
from maps.brief import Brief
from maps.numerals import number
from siting.results.slides import to_slides
from siting.support.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

pptx = pytest.importorskip("pptx")


def slides(brief: Brief) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(to_slides(brief))).slides)


def tables(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]


def charts(shown: list[Any]) -> Iterator[Any]:
    return (shape.chart for slide in shown for shape in slide.shapes if shape.has_chart)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    for name in ("deck", "slide_parts"):
        monkeypatch.delitem(sys.modules, f"siting.results.{name}", raising=False)
    with pytest.raises(SitingError, match=r"siting-planner\[slides\]"):
        to_slides(sample_brief())


def test_a_slide_a_question_and_a_slide_a_site() -> None:
    brief = sample_brief()
    shown = slides(brief)
    titles = [slide.shapes.title.text for slide in shown]
    assert titles[0] == brief.title
    assert titles[1 : 1 + len(brief.answer)] == [line.head for line in brief.answer]
    sites = [f"{cost.rank}. {cost.name}, {cost.country}" for cost in brief.costs]
    assert titles[1 + len(brief.answer) : -1] == sites
    for line, slide in zip(brief.answer, shown[1:], strict=False):
        texts = [shape.text_frame.text.lower() for shape in slide.shapes if shape.has_text_frame]
        assert line.text in texts


def test_charts_are_native_and_hold_the_shares_of_the_countries() -> None:
    brief = sample_brief()
    (chart,) = charts(slides(brief))
    (series,) = chart.plots[0].series
    assert list(chart.plots[0].categories) == brief.countries["country_name"].tolist()
    assert list(series.values) == pytest.approx(100 * brief.countries["share"], abs=0.05)
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = list(book["Sheet1"].iter_rows(min_row=2, values_only=True))
    assert rows == list(zip(chart.plots[0].categories, series.values, strict=True))


def test_a_site_has_its_cost_as_a_table_that_adds_up() -> None:
    brief = sample_brief()
    for cost, slide in zip(brief.costs, slides(brief)[1 + len(brief.answer) :], strict=False):
        _, rows = tables(slide)
        read = dict(rows)
        assert read["Delivered cost, duty paid"] == number(cost.delivered)
        assert read["Margin"] == number(cost.margin, sign=True)
        parts = [number(usd) for usd in cost.parts.values() if round(usd)]
        assert sorted(parts) == sorted(text for _, text in rows[1 : 1 + len(parts)])


def shapes_of_tables(brief: Brief) -> list[Any]:
    return [shape for slide in slides(brief) for shape in slide.shapes if shape.has_table]


@pytest.mark.parametrize("name", ["Short", "A name of an industrial estate that wraps in its cell"])
def test_rows_are_as_high_as_their_text_and_end_on_the_slide(name: str) -> None:
    brief = sample_brief()
    brief = dataclasses.replace(brief, sites=brief.sites.assign(name=name))
    shapes = shapes_of_tables(brief)
    assert len(shapes) == 1 + 2 * len(brief.costs)
    for shape in shapes:
        high = [row.height for row in shape.table.rows]
        assert shape.top + sum(high) <= pptx.util.Inches(7.2)
        wraps = [name in [cell.text for cell in row.cells] for row in shape.table.rows]
        if any(wraps):  # more than a line of a name needs more than the room of one
            assert (min(h for h, yes in zip(high, wraps, strict=True) if yes) > 350_000) == (
                name != "Short"
            )


def test_of_few_sites_the_share_is_that_of_being_first() -> None:
    brief = sample_brief()
    few = dataclasses.replace(brief, sure_of="first")
    heads = [cell.text for cell in shapes_of_tables(few)[0].table.rows[0].cells]
    assert "What-if runs first" in heads
    assert not any("first ten" in cell for slide in slides(few) for table in tables(slide)
                   for row in table for cell in row)  # fmt: skip


def test_hostile_text_is_text_everywhere() -> None:
    brief = hostile_brief()
    made = to_slides(brief)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            assert "vba" not in name.lower()
            assert "hlinkClick" not in parts.read(name).decode("utf-8", "replace")
    shown = slides(brief)
    assert shown[0].shapes.title.text == one_line(brief.title)[:140]
    for chart in charts(shown):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        kinds = {cell.data_type for row in book["Sheet1"].iter_rows() for cell in row}
        assert "f" not in kinds


@pytest.mark.parametrize("sites", [0, 1, 10])
def test_the_same_brief_gives_the_same_bytes(sites: int) -> None:
    assert to_slides(sample_brief(sites)) == to_slides(sample_brief(sites))


def test_libreoffice_reads_every_slide(tmp_path: Path) -> None:
    brief = sample_brief()
    (tmp_path / "brief.pptx").write_bytes(to_slides(brief))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "brief.pptx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    made = tmp_path / "brief.pdf"
    if not made.exists():
        pytest.skip("LibreOffice Impress is not installed")
    assert made.read_bytes().count(b"/Type/Page>>") + made.read_bytes().count(b"/Type/Page/") == (
        len(slides(brief))
    )
