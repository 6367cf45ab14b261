"""Parts of slides: titles, lines of text, native tables and charts, and a document without a date.

Text may be anybody's: it is only ever a run of text, and in the workbook behind a chart a string.
"""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from maps.brief import Line
from maps.palette import COLOURS
from siting.support.text import one_line

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6  # inches
TITLE_ONLY = 5  # of the layouts that python-pptx begins with
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - as a document holds it; fixed: same brief, same bytes
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
TOP, BOTTOM = 1.35, 0.45  # where what is under the title begins, and what is left below
TEXT_WIDE = 5.6  # of the column of words beside a picture
ROW, LINE_MORE = 0.36, 0.2  # inches: a row of a table, and each further line of it
LETTER, CELL_EDGES = 0.085, 0.2  # inches: of 12 points, bold; left and right of a cell's text
NAME_LONG, LINE_LONG = 60, 900
SIZES = ((250, 18), (450, 16), (700, 14), (10_000, 12))  # characters -> points


@dataclass(frozen=True)
class Box:
    """Where something stands on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float


LEFT_HALF = Box(EDGE, TOP, TEXT_WIDE, HIGH - TOP - BOTTOM)
RIGHT_HALF = Box(
    EDGE + TEXT_WIDE + 0.3, TOP, WIDE - TEXT_WIDE - 2 * EDGE - 0.3, HIGH - TOP - BOTTOM
)
WHOLE = Box(EDGE, TOP, WIDE - 2 * EDGE, HIGH - TOP - BOTTOM)


def new_show() -> Any:
    """Return slides without any."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    return show


def new_slide(show: Any, title: str) -> Any:
    """Add a slide with a title."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (
        Inches(inches) for inches in (EDGE, 0.35, WIDE - 2 * EDGE, 0.9)
    )
    frame = head.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    words = one_line(title)
    _run(frame.paragraphs[0], cut(words, 140), 28 if len(words) < NAME_LONG else 22,
         "navy", bold=True)  # fmt: skip
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return slide


def write_lines(slide: Any, box: Box, lines: Sequence[Line], size: int = 0) -> None:
    """Write lines, each with its head in bold, in a size that fits."""
    frame = slide.shapes.add_textbox(*_inches(box)).text_frame
    frame.word_wrap = True
    long = sum(len(line.head) + len(line.text) for line in lines)
    room = 1.0 if box.wide < WIDE / 2 else 2.2
    points = size or next(points for most, points in SIZES if long <= most * room)
    for nth, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if nth == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(points / 2)
        if line.head:
            _run(paragraph, f"{one_line(line.head)}: ", points, "ink", bold=True)
        _run(paragraph, cut(line.text, LINE_LONG), points, "ink")


def _run(paragraph: Any, text: str, points: float, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(points), bold
    run.font.color.rgb = _rgb(colour)


def draw_table(
    slide: Any, box: Box, heads: Sequence[str], rows: Sequence[Sequence[str]],
    widths: Sequence[float], *, texts: Sequence[int] = (0,), strong: Sequence[str] = (),
) -> None:  # fmt: skip
    """Draw a native table; the columns `texts` are set to the left, numbers to the right."""
    lines = [_lines(cells, widths) for cells in (heads, *rows)]
    least = min(ROW, (box.high - LINE_MORE * (sum(lines) - len(lines))) / len(lines))
    high = [least + LINE_MORE * (many - 1) for many in lines]
    frame = slide.shapes.add_table(
        len(rows) + 1, len(heads), Inches(box.left), Inches(box.top), Inches(sum(widths)),
        Inches(sum(high)),
    )  # fmt: skip
    table = frame.table
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for line, cells in enumerate((heads, *rows)):
        table.rows[line].height = Inches(high[line])
        for nth, text in enumerate(cells):
            cell = table.cell(line, nth)
            cell.margin_top = cell.margin_bottom = Emu(18_000)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("navy" if line == 0 else ("panel", "page")[line % 2])
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT if nth in texts else PP_ALIGN.RIGHT
            _run(paragraph, one_line(text), 12, "panel" if line == 0 else "ink",
                 bold=line == 0 or cells[0] in strong)  # fmt: skip


def _lines(cells: Sequence[str], widths: Sequence[float]) -> int:
    """Return how many lines the longest cell of a row takes: a viewer may not count them itself."""
    return max(
        len(textwrap.wrap(one_line(text), max(1, int((wide - CELL_EDGES) / LETTER)))) or 1
        for text, wide in zip(cells, widths, strict=True)
    )


def draw_bars(
    slide: Any, box: Box, title: str, names: Sequence[str], values: Sequence[float], form: str
) -> None:  # fmt: skip
    """Draw a native chart of bars, the first on top, each with its number."""
    labels = [one_line(name) for name in names]
    data: Any = CategoryChartData(number_format=form)  # type: ignore[no-untyped-call] # pptx
    data.categories = labels
    data.add_series(title, values)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *_inches(box), data).chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(title, labels, values, form))
    chart.has_legend = False
    chart.has_title = True
    _run(chart.chart_title.text_frame.paragraphs[0], title, 14, "ink", bold=True)
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb("ink")
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = _rgb("edge")
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = form, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _rgb("link")


def draw_stacks(
    slide: Any, box: Box, title: str, names: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float]]],
) -> None:  # fmt: skip
    """Draw a native chart of stacked bars, the first on top; a series is words, colour, values."""
    labels = [one_line(name) for name in names]
    data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call] # pptx
    data.categories = labels
    for words, _, values in series:
        data.add_series(words, values)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *_inches(box), data).chart
    book = _workbook_of_series(labels, [(words, values) for words, _, values in series])
    chart.part.chart_workbook.update_from_xlsx_blob(book)
    chart.has_title, chart.has_legend = True, True
    _run(chart.chart_title.text_frame.paragraphs[0], title, 14, "ink", bold=True)
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb("ink")
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for drawn, (_, colour, _) in zip(plot.series, series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())  # type: ignore[no-untyped-call] # pptx has no types here


def _workbook_of_series(
    names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]
) -> bytes:
    """Return the numbers behind a chart of several series; text there stays text."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Sheet1")
        for row, name in enumerate(names, start=1):
            sheet.write_string(row, 0, name)
        for column, (words, values) in enumerate(series, start=1):
            sheet.write_string(0, column, words)
            sheet.write_column(1, column, values)
    return held.getvalue()


def _workbook(title: str, names: Sequence[str], values: Sequence[float], form: str) -> bytes:
    """Return the numbers behind a chart where it looks for them; text there stays text."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 1, title)
        style = book.add_format({"num_format": form})
        for row, (name, value) in enumerate(zip(names, values, strict=True), start=1):
            sheet.write_string(row, 0, name)
            sheet.write_number(row, 1, value, style)
    return held.getvalue()


def describe(show: Any, title: str, subject: str) -> None:
    """Say what a document is, without a date."""
    about = show.core_properties
    about.title, about.subject = one_line(title)[:250], one_line(subject)[:250]
    about.author = about.last_modified_by = "siting planner"
    about.created = about.modified = MADE
    about.keywords, about.comments, about.revision = "", "", 1


def packed(show: Any) -> bytes:
    """Return the document, every part with one time."""
    held = io.BytesIO()
    show.save(held)
    fixed = io.BytesIO()
    with zipfile.ZipFile(held) as parts, zipfile.ZipFile(fixed, "w") as made:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(info, parts.read(name))
    return fixed.getvalue()


def _inches(box: Box) -> tuple[Inches, Inches, Inches, Inches]:
    left, top, wide, high = (Inches(inches) for inches in (box.left, box.top, box.wide, box.high))
    return left, top, wide, high


def cut(text: object, most: int = NAME_LONG) -> str:
    """Return text of one line, with an ellipsis where it is cut."""
    words = one_line(text)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _rgb(colour: str) -> Any:
    name = COLOURS[colour].removeprefix("#").upper()
    return RGBColor.from_string(name)  # type: ignore[no-untyped-call] # pptx has no types here
