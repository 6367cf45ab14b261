"""The slides of a brief: question, answer, then a slide a question of a board and a slide a site.

Charts and tables are PowerPoint's own, so that a reader can restyle them and copy their numbers.
Text may be anybody's: it is only ever a run of text, and in the workbook behind a chart a string.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from maps.brief import AID, COST_NAMES, Brief, Cost, Line
from maps.numerals import UNKNOWN, number, share, times
from maps.palette import COLOURS
from siting.support.text import one_line

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6  # inches
TITLE_ONLY = 5  # of the layouts that python-pptx begins with
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - as a document holds it; fixed: same brief, same bytes
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
TOP, BOTTOM = 1.35, 0.45  # where what is under the title begins, and what is left below
TEXT_WIDE = 5.6  # of the column of words beside a picture
ODDS_SHOWN, NAME_LONG, LINE_LONG = 3, 60, 900
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


def deck(brief: Brief) -> bytes:
    """Return the slides of a brief as a .pptx."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    _opening(show, brief)
    for line in brief.answer:
        slide = _slide(show, line.head)
        words = f"{line.text[:1].upper()}{line.text[1:]}"
        _text(slide, LEFT_HALF, [Line("", words), *MORE.get(line.head, _nothing)(brief)])
        PICTURES.get(line.head, _countries)(slide, brief)
    for cost in brief.costs:
        _site(show, brief, cost)
    end = _slide(show, "What is not known, and where it comes from")
    credit = Line("Credits", "; ".join(brief.attributions))
    _text(end, WHOLE, [*brief.unknown, Line("Words", brief.scale), credit])
    _about(show, brief)
    packed = io.BytesIO()
    show.save(packed)
    return _at_a_fixed_time(packed.getvalue())


def _opening(show: Any, brief: Brief) -> None:
    slide = _slide(show, brief.title)
    first = [Line("", brief.subtitle), *brief.answer[:1]]
    _text(slide, Box(EDGE, 2.2, WIDE - 2 * EDGE, 3.5), first, size=20)
    _text(slide, Box(EDGE, HIGH - 1.0, WIDE - 2 * EDGE, 0.5), [Line("", brief.kicker)], size=12)


def _nothing(_brief: Brief) -> Sequence[Line]:
    return ()


def _countries(slide: Any, brief: Brief) -> None:
    """Draw who wins, by country."""
    if len(brief.countries):
        names = brief.countries["country_name"].astype(str).tolist()
        shares = (100 * brief.countries["share"]).round(1).tolist()
        _bars(slide, RIGHT_HALF, "Share of the chances by country, %", names, shares, "0.0")


def _prices(slide: Any, brief: Brief) -> None:
    """Draw from which price each of the first sites pays."""
    sites = brief.sites
    if len(sites):
        names = [f"{rank}. {_cut(name)}" + ("" if usd > 0 else " (at any price)")
                 for rank, name, usd in zip(sites["rank"], sites["name"], sites["pays_from"],
                                            strict=True)]  # fmt: skip
        usd = sites["pays_from"].round().tolist()
        _bars(slide, RIGHT_HALF, "Pays from a price outside China of, USD a tonne", names, usd,
              "#,##0")  # fmt: skip


def _ranks(slide: Any, brief: Brief) -> None:
    """Draw how sure each of the first sites is."""
    rows = [
        (str(site["rank"]), _cut(site["name"], 36), share(site["share"]), share(site["p_top10"]),
         f"{number(site['rank_low'])}{UNKNOWN}{number(site['rank_high'])}"
         if math.isfinite(site["rank_low"]) else UNKNOWN)
        for site in brief.sites.to_dict("records")
    ]  # fmt: skip
    _table(slide, RIGHT_HALF, ("", "Site", "Share", "First ten", "Ranks"), rows,
           (0.4, 3.2, 0.8, 0.9, 0.9), texts=(1,))  # fmt: skip


def _odds(slide: Any, brief: Brief) -> None:
    """Draw by what each pillar multiplies the odds of the first sites."""
    first = brief.sites.head(ODDS_SHOWN).to_dict("records")
    rows = [(name, *(times(math.exp(site[key])) for site in first)) for key, name in brief.pillars]
    rows.append(("All together", *(times(site["odds"]) for site in first)))
    heads = ("Times the odds of the median place", *(_cut(site["name"], 24) for site in first))
    _table(slide, RIGHT_HALF, heads, rows, (2.1, *(1.4 for _ in first)))


def _laws(slide: Any, brief: Brief) -> None:
    """Draw what the end of a law would change."""
    rows = [
        (_cut(law["instrument"], 60), _cut(law["site"], 30), times(law["factor"]))
        for law in brief.laws.to_dict("records")
    ]
    if rows:
        heads = ("Without this law", "odds of this site are", "times")
        _table(slide, RIGHT_HALF, heads, rows, (3.2, 2.3, 0.7), texts=(0, 1))


def _changes(brief: Brief) -> Sequence[Line]:
    return brief.changes


# heading of the answer's line -> what stands beside it, and below it
PICTURES: Mapping[str, Callable[[Any, Brief], None]] = {
    "How sure": _ranks, "Why": _odds, "Does it pay": _prices, "What would change it": _laws,
}  # fmt: skip
MORE: Mapping[str, Callable[[Brief], Sequence[Line]]] = {"What would change it": _changes}


def _site(show: Any, brief: Brief, cost: Cost) -> None:
    """Draw one of the first sites: where it stands, and what a tonne costs and brings."""
    slide = _slide(show, f"{cost.rank}. {_cut(cost.name)}, {_cut(cost.country)}")
    site = brief.sites[brief.sites["rank"].eq(cost.rank)].iloc[0]
    known = math.isfinite(cost.irr_pct)
    returns = f"{number(cost.irr_pct, 1)} % a year" if known else "never back"
    facts = (
        ("Siting zone", _cut(site["zone"])),
        ("Share of the chances", share(site["share"])),
        ("Among the first ten", share(site["p_top10"])),
        ("Odds of the median place, times", times(site["odds"])),
        ("Named sites of the zone", number(site["estates"])),
        ("Pays from a price of", _from(cost.pays_from)),
        ("after tax and ramp-up", _from(cost.pays_after_tax_from)),
        ("Chance that it pays today", share(cost.pays)),
        ("Worth after tax", f"{number(cost.npv_musd, sign=True)} million USD"),
        ("Returns", returns),
        ("CO2e of the power of a tonne", f"{number(cost.carbon_t_per_t, 1)} t"),
    )
    _table(slide, LEFT_HALF, ("The site", ""), facts, (2.9, 2.7))
    parts = [
        (label, cost.parts.get(key, 0.0)) for key, label in (*COST_NAMES.items(), ("aid", AID))
    ]
    rows = [
        *((label, number(usd)) for label, usd in parts if round(usd)),
        ("Cost delivered", number(cost.delivered)),
        (f"its range from {number(cost.low)} to", number(cost.high)),
        ("Landed Chinese tonne", number(cost.parity)),
        ("Customers pay", number(cost.price)),
        ("Margin", number(cost.margin, sign=True)),
    ]
    _table(slide, RIGHT_HALF, ("What a tonne costs and brings", "USD/t"), rows, (4.0, 1.6),
           strong=("Cost delivered", "Margin"))  # fmt: skip


def _from(usd: float) -> str:
    return f"{number(usd)} USD a tonne" if usd > 0 else "any"


def _slide(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (
        Inches(inches) for inches in (EDGE, 0.35, WIDE - 2 * EDGE, 0.9)
    )
    frame = head.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    words = one_line(title)
    _run(frame.paragraphs[0], _cut(words, 140), 28 if len(words) < NAME_LONG else 22,
         "navy", bold=True)  # fmt: skip
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return slide


def _text(slide: Any, box: Box, lines: Sequence[Line], size: int = 0) -> None:
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
        _run(paragraph, _cut(line.text, LINE_LONG), points, "ink")


def _run(paragraph: Any, text: str, points: float, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(points), bold
    run.font.color.rgb = _rgb(colour)


def _table(
    slide: Any, box: Box, heads: Sequence[str], rows: Sequence[Sequence[str]],
    widths: Sequence[float], *, texts: Sequence[int] = (0,), strong: Sequence[str] = (),
) -> None:  # fmt: skip
    """Draw a native table; the columns `texts` are set to the left, numbers to the right."""
    high = min(0.36, box.high / (len(rows) + 1))
    frame = slide.shapes.add_table(
        len(rows) + 1, len(heads), Inches(box.left), Inches(box.top), Inches(sum(widths)),
        Inches(high * (len(rows) + 1)),
    )  # fmt: skip
    table = frame.table
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for line, cells in enumerate((heads, *rows)):
        table.rows[line].height = Inches(high)
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


def _bars(
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


def _about(show: Any, brief: Brief) -> None:
    about = show.core_properties
    about.title, about.subject = one_line(brief.title)[:250], one_line(brief.kicker)[:250]
    about.author = about.last_modified_by = "siting planner"
    about.created = about.modified = MADE
    about.keywords, about.comments, about.revision = "", "", 1


def _at_a_fixed_time(pptx: bytes) -> bytes:
    """Return the document packed anew, every part with one time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pptx)) as parts, zipfile.ZipFile(packed, "w") as made:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(info, parts.read(name))
    return packed.getvalue()


def _inches(box: Box) -> tuple[Inches, Inches, Inches, Inches]:
    left, top, wide, high = (Inches(inches) for inches in (box.left, box.top, box.wide, box.high))
    return left, top, wide, high


def _cut(text: object, most: int = NAME_LONG) -> str:
    words = one_line(text)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _rgb(colour: str) -> Any:
    name = COLOURS[colour].removeprefix("#").upper()
    return RGBColor.from_string(name)  # type: ignore[no-untyped-call] # pptx has no types here
