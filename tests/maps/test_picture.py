from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from sample_atlas import empty, hostile, sample

from geodata.errors import SitingError
from maps.palette import COLOURS, SCORE
from maps.print import figures, picture
from maps.print.picture import draw_map, draw_maps, share_breaks

SHOW = """
import sys, sample_atlas, maps.print.picture as p
p.draw_map(sample_atlas.sample(), sys.argv[1])
assert "matplotlib.pyplot" not in sys.modules
"""


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    """The sheet of the sample, before it becomes a file."""
    kept: list[Figure] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "save", lambda made, path: kept.append(made) or path)
        draw_map(sample(), tmp_path_factory.mktemp("p") / "a.png")
    return kept[0]


def badges(on: Axes) -> list[Circle]:
    """Return the discs of ranked sites, dots of their true places left out."""
    return [c for c in on.patches if isinstance(c, Circle) and c.get_linewidth() > 0]


def test_every_ranked_site_has_a_mark_and_the_first_ten_their_number(sheet: Figure) -> None:
    page, world = sheet.axes
    discs = badges(world)
    assert len(discs) == 25
    assert sum(c.radius > 0.1 for c in discs) == 10
    numbers = [text.get_text() for text in world.texts if text.get_text().isdigit()]
    assert sorted(map(int, numbers)) == list(range(1, 11))
    said = {text.get_text() for text in page.texts}
    assert {sample().title, sample().subtitle, sample().answer} <= said
    assert "Shares of this page are invented." in said
    assert "Natural Earth \N{MIDDLE DOT} GeoNames (CC BY 4.0)" in said


def test_names_of_the_first_eight_cover_no_badge_and_no_name(sheet: Figure) -> None:
    world = sheet.axes[1]
    names = sample().sites["name"]
    shown = [t for t in world.texts if t.get_fontweight() == "bold" and not t.get_text().isdigit()]
    assert len(shown) == 8
    for rank, text in enumerate(shown, start=1):
        start = text.get_text().removesuffix(figures.ELLIPSIS)
        assert f"{rank} {names[rank - 1]}".startswith(start)
    boxes = [text.get_window_extent() for text in shown]
    discs = [c.get_window_extent() for c in badges(world)]
    frame = world.get_window_extent()
    for k, box in enumerate(boxes):
        assert not any(box.padded(-2).overlaps(other.padded(-2)) for other in boxes[:k])
        assert not any(box.padded(-2).overlaps(disc.padded(-2)) for disc in discs)
        assert frame.x0 <= box.x0 < box.x1 <= frame.x1
        assert frame.y0 <= box.y0 < box.y1 <= frame.y1


def test_badges_are_coloured_by_share(sheet: Figure) -> None:
    breaks, shares = share_breaks([sample()]), 100 * sample().sites["share"].to_numpy()
    seen = [figures.mpl.colors.to_hex(c.get_facecolor()).upper() for c in badges(sheet.axes[1])]
    wanted = [SCORE[sum(end <= share for end in breaks)] for share in shares]
    assert seen == wanted[::-1]  # the first lies on top


def test_the_legend_stays_on_the_sheet(sheet: Figure) -> None:
    boxes = [text.get_window_extent() for text in sheet.axes[0].texts if text.get_text()]
    width, height = sheet.get_size_inches() * figures.DPI
    assert min(b.x0 for b in boxes) >= 0
    assert max(b.x1 for b in boxes) <= width
    assert min(b.y0 for b in boxes) >= 0
    assert max(b.y1 for b in boxes) <= height


def test_no_credit_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Figure] = []
    monkeypatch.setattr(figures, "save", lambda made, path: kept.append(made) or path)
    lines = tuple(f"Source {k} of the ground (licence {k})" for k in range(20))
    draw_map(dataclasses.replace(sample(), attributions=lines), tmp_path / "a.png", demand=False)
    words = " ".join(text.get_text() for text in reversed(kept[0].axes[0].texts))
    shown = [text.get_text() for text in kept[0].axes[0].texts]
    assert not any(figures.ELLIPSIS in text for text in shown)
    assert all(line.split("(")[1] in words for line in lines)


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [((0.069, 0.001), (1, 2, 5)), ((1.0, 0.0), (10, 20, 50)), ((0.004, 0.004), (0.05, 0.1, 0.2)),
     ((0.05, 0.01), (0.5, 1, 2))],
)  # fmt: skip
def test_share_classes_end_at_round_numbers(
    shares: tuple[float, float], wanted: tuple[float, ...]
) -> None:
    atlas = sample(2)
    atlas = dataclasses.replace(atlas, sites=atlas.sites.assign(share=shares))
    breaks = share_breaks([atlas])
    assert breaks == pytest.approx(wanted)
    assert len(breaks) == len(SCORE) - 1


def test_four_maps_share_one_scale_and_say_which_is_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Figure] = []
    monkeypatch.setattr(figures, "save", lambda made, path: kept.append(made) or path)
    low = sample()
    low = dataclasses.replace(low, study="low_cost", sites=low.sites.assign(share=0.0001))
    draw_maps([sample(), low, low], tmp_path / "a.svg", demand=False)
    page, *worlds = kept[0].axes
    assert len(worlds) == 3
    assert np.ptp([world.get_window_extent().width for world in worlds]) < 0.01
    faces = {figures.mpl.colors.to_hex(c.get_facecolor()).upper() for c in badges(worlds[1])}
    assert faces == {SCORE[0]}
    words = [text.get_text() for text in page.texts]
    assert words.count(sample().title) == 1  # the question once, the studies over their maps
    assert words.count("Low cost") == 2


def test_nothing_and_hostile_text_still_make_a_picture(tmp_path: Path) -> None:
    made = draw_maps([empty(), hostile()], tmp_path / "a.svg", demand=False)
    text = made.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert COLOURS["sea"].lower() in text


def test_same_atlas_same_bytes_in_another_process(tmp_path: Path) -> None:
    here, there = tmp_path / "a.png", tmp_path / "b.png"
    draw_map(sample(), here)
    tests = Path(__file__).parents[1]
    subprocess.run(
        [sys.executable, "-c", SHOW, str(there)],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": f"{tests.parent}:{tests}"},
    )
    one, other = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (here, there))
    assert one == other
    assert here.stat().st_size < 1_500_000


def test_faults_come_before_the_picture(tmp_path: Path) -> None:
    lame = dataclasses.replace(sample(), sites=sample().sites.drop(columns="lat"))
    with pytest.raises(SitingError, match=r"atlas\.sites, lat: a column is missing"):
        draw_map(lame, tmp_path / "a.png")
    with pytest.raises(SitingError, match="an atlas and a column"):
        draw_maps([], tmp_path / "a.png")
    other = dataclasses.replace(sample(), surface_breaks=(1.0, 2.0, 3.0, 4.0, 5.0))
    with pytest.raises(SitingError, match="two demand surfaces"):
        draw_maps([sample(), other], tmp_path / "a.png")
    with pytest.raises(SitingError, match="no such kind of picture"):
        draw_map(sample(), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_larger_plant_has_a_larger_mark_of_equal_ink() -> None:
    one, four, unknown = picture.plant_radius(np.array([40.0, 160.0, 0.0]))
    assert four == pytest.approx(2 * one)
    assert 0 < unknown < one
