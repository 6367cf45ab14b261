from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from sample_atlas import PAYLOADS

from geodata.errors import SitingError
from maps.palette import COLOURS, COSTS
from maps.print import bars, figures
from maps.print.bars import CostBar, Part, draw_costs

PARTS = (
    Part("Coke", 1135.0, "materials"), Part("Power", 468.0, "energy"),
    Part("Labour", 259.0, "labour"), Part("Capital", 752.0, "capital"),
    Part("Other", 330.0, "other"), Part("Freight", 62.0, "freight"), Part("Duty", 90.0, "duty"),
    Part("Aid", -131.0, "aid"), Part("Credit", -200.0, "aid"),
)  # fmt: skip
ONE = CostBar("Eyde", PARTS, low=2500, high=3300, parity=3620, price=3100)
TWO = CostBar("Dunkerque", PARTS[:6], parity=3400, price=3100)
SHOW = """
import sys, test_bars as t
t.draw_costs([t.ONE, t.TWO], sys.argv[1])
assert "matplotlib.pyplot" not in sys.modules
"""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Draw bars and return the axes of the sheet, before it becomes a file."""
    kept: list[Figure] = []

    def keep(sheet: Figure, path: Path) -> Path:
        kept.append(sheet)
        return path

    monkeypatch.setattr(figures, "save", keep)

    def draw(*stacks: CostBar, **words: str) -> Axes:
        draw_costs(stacks, tmp_path / "costs.svg", **words)
        return kept[-1].axes[0]

    return draw


def texts(page: Axes) -> dict[str, float]:
    return {text.get_text(): text.get_position()[0] for text in page.texts}


def usd_per_inch(page: Axes) -> tuple[float, float]:
    """Return where 0 is and how many USD an inch holds, from the numbers under the bars."""
    at = texts(page)
    return at["0"], 1000 / (at["1,000"] - at["0"])


def spans(page: Axes, zero: float, scale: float, colour: str) -> list[tuple[float, float]]:
    return [
        ((box.get_x() - zero) * scale, box.get_width() * scale)
        for box in page.patches
        if isinstance(box, Rectangle) and box.get_height() == pytest.approx(bars.BAR)
        and box.get_facecolor()[:3] == pytest.approx(rgb(colour)) and box.get_alpha() is None
    ]  # fmt: skip


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def test_parts_are_true_to_scale_and_follow_each_other(drawn) -> None:
    page = drawn(ONE)
    zero, scale = usd_per_inch(page)
    start = 0.0
    for _, usd, group in PARTS[:7]:
        assert spans(page, zero, scale, COSTS[group]) == [pytest.approx((start, usd), abs=0.5)]
        start += usd


def test_what_is_taken_away_ends_at_the_net_cost(drawn) -> None:
    page = drawn(ONE)
    zero, scale = usd_per_inch(page)
    hatched = [b for b in page.patches if b.get_hatch() and b.get_height() == bars.BAR]
    ends = sorted((b.get_x() - zero) * scale for b in hatched)
    assert ends == pytest.approx([2765.0, 2965.0], abs=0.5)  # 3096 - 331 and 3096 - 131
    (net,) = [
        line.get_xdata()[0]
        for line in page.lines
        if line.get_color() == COLOURS["ink"] and line.get_linewidth() == 1.8
    ]
    assert (net - zero) * scale == pytest.approx(2765, abs=0.5)
    assert {"2,765", "2,500\u20133,300", "+335"} <= texts(page).keys()


def test_one_line_for_what_all_share_and_a_mark_each_for_what_they_do_not(drawn) -> None:
    page = drawn(ONE, TWO)
    zero, scale = usd_per_inch(page)
    at = {
        colour: sorted((line.get_xdata()[0] - zero) * scale for line in page.lines
                       if line.get_color() == colour and max(line.get_ydata()) > 1.2)
        for colour in (COLOURS["parity"],)
    }  # fmt: skip
    assert at[COLOURS["parity"]] == pytest.approx([3400, 3620], abs=0.5)
    said = texts(page)
    assert "price paid 3,100" in said
    assert "landed Chinese tonne" in said  # in the legend, for the marks differ
    assert {"3,620", "3,400"} <= said.keys()  # and their column tells them


def test_labels_stand_inside_the_sheet_and_not_on_each_other(drawn) -> None:
    page = drawn(ONE, CostBar("W" * 300, PARTS, parity=3620, price=3100), title="W" * 300)
    boxes = [text.get_window_extent() for text in page.texts if text.get_text()]
    width, height = page.figure.get_size_inches() * figures.DPI
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= width
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.y1 for box in boxes) <= height
    x0, y0, x1, y1 = np.array([box.extents for box in boxes]).T
    wide = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    high = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    met = (wide > 1) & (high > 1)
    assert met.sum() == len(boxes)  # each only itself


def test_a_credit_over_the_cost_goes_below_zero(drawn) -> None:
    page = drawn(CostBar("a", (("x", 1200.0, "other"), ("c", -1900.0, "aid")), price=300.0))
    assert "\u2212700" in texts(page)
    assert "+1,000" in texts(page)
    zero, scale = usd_per_inch(page)
    (hatched,) = [b for b in page.patches if b.get_hatch() and b.get_height() == bars.BAR]
    assert (hatched.get_x() - zero) * scale == pytest.approx(-700, abs=0.5)
    assert hatched.get_x() > texts(page)["a"]


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_same_bars_same_bytes_in_another_process(tmp_path: Path, suffix: str) -> None:
    here, there = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    draw_costs([ONE, TWO], here)
    maps, tests, root = Path(__file__).parents[:3]
    subprocess.run(
        [sys.executable, "-c", SHOW, str(there)],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": f"{root}:{tests}:{maps}"},
    )
    one, other = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (here, there))
    assert one == other
    assert here.stat().st_size > 10_000


def test_hostile_text_is_only_ever_drawn(tmp_path: Path) -> None:
    stacks = [
        CostBar(text, ((text, 900.0, "other"), (f"{text}-", -30.0, text)), parity=950.0)
        for text in (*PAYLOADS, "$\\frac{1", "\u4e2d" * 90, "\u0645\u0635\u0646\u0639", "", "\x00")
    ]
    path = draw_costs(stacks, tmp_path / "bad.svg", title=PAYLOADS[1], caption=PAYLOADS[0] * 9)
    tags = {node.tag.rpartition("}")[2] for node in ET.parse(path).iter()}  # noqa: S314 - our own
    assert tags <= {"svg", "metadata", "RDF", "Work", "defs", "style", "g", "path", "use",
                    "clipPath", "rect", "pattern"}  # fmt: skip
    assert draw_costs(stacks, tmp_path / "bad.png").read_bytes().startswith(b"\x89PNG")


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    bad = CostBar("a", (("x", np.nan, "other"), ("y", 1.0, "colour")), parity=np.inf)
    with pytest.raises(SitingError) as caught:
        draw_costs([ONE, bad], tmp_path / "a.png")
    assert len(caught.value.faults) == 3
    assert "cost bar 2, y: no such group (found 'colour')" in str(caught.value)
    with pytest.raises(SitingError, match="1 to 40 bars"):
        draw_costs([], tmp_path / "a.png")
    with pytest.raises(SitingError, match="no such kind of picture"):
        draw_costs([ONE], tmp_path / "a.gif")
    assert list(tmp_path.iterdir()) == []
