import re

import numpy as np
import shapely

from maps.print import inline


def test_a_path_turns_y_round_and_drops_what_no_eye_sees() -> None:
    line = shapely.LineString([(0, 0), (10, 20)])
    assert inline.path(line, 100, 'fill="none"') == '<path d="M0 100L10 80" fill="none"/>'
    assert inline.path(shapely.LineString([(0, 0), (0.2, 0.2)]), 100, "") == ""
    ring = shapely.box(0, 0, 30, 30) - shapely.box(10, 10, 20, 20)
    assert inline.path(ring, 30, "").count("M") == 2  # the hole is a ring of its own


def test_text_is_escaped_and_wide_letters_count_double() -> None:
    assert "&lt;b&gt;&amp;&quot;" in inline.text('<b>&"', 0, 0, "name")
    assert inline.wide("\u5de5\u5382") == 2 * inline.wide("ab")


def test_sea_lies_under_land_and_land_under_demand() -> None:
    land = np.array([shapely.box(0, 0, 50, 50), shapely.box(50, 0, 90, 50)], dtype=object)
    demand = np.array([shapely.box(10, 10, 40, 40)], dtype=object)
    line = shapely.LineString([(50, 0), (50, 50)])
    drawn = "".join(inline.ground(land, demand, (line, line), np.array([True, False]), (90, 50)))
    fills = re.findall(r'fill="(#\w+)"', drawn)
    assert fills[0] == inline.COLOURS["sea"]
    assert fills[1:4] == [inline.COLOURS["unscored"], inline.COLOURS["land"], inline.SURFACE[0]]


def test_a_sheet_says_what_it_is() -> None:
    made = inline.sheet((9, 5), 'a "map" <of>', iter(["<g/>"]), "world")
    assert 'aria-label="a &quot;map&quot; &lt;of&gt;"' in made
    assert 'viewBox="0 0 9 5"' in made
