from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import payloads
from sample_atlas import PAYLOADS, empty, hostile, sample

from maps.atlas import Atlas, draw

SHOW = """
import hashlib, sample_atlas, maps.atlas as a
print(hashlib.sha256(a.draw(sample_atlas.sample()).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def page() -> str:
    return draw(sample())


def data_of(page: str) -> dict[str, object]:
    value: dict[str, object] = payloads(page)["atlas"]
    return value


def test_a_page_is_small_enough_to_send(page: str) -> None:
    assert len(page.encode()) < 1_200_000


def test_same_atlas_same_bytes_in_another_process(page: str) -> None:
    tests = Path(__file__).parents[1]
    made = subprocess.run(
        [sys.executable, "-c", SHOW],
        check=True, capture_output=True, text=True, cwd=tests,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": str(tests.parent)},
    )  # fmt: skip
    assert made.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_an_atlas_is_left_as_it_was() -> None:
    atlas = sample()
    draw(atlas)
    fresh = sample()
    for field in dataclasses.fields(Atlas):
        one, other = getattr(atlas, field.name), getattr(fresh, field.name)
        same = one.equals(other) if hasattr(one, "equals") else one == other
        assert same, field.name


def test_nothing_to_show_is_still_a_page() -> None:
    tables = data_of(draw(empty()))["tables"]
    assert isinstance(tables, dict)
    assert tables["sites"]["name"] == []


def test_hostile_text_never_stands_outside_the_data() -> None:
    page = draw(hostile())
    outside = re.sub(r'(id="atlas">).*?(</script>)', r"\1\2", page, flags=re.DOTALL)
    assert not [text for text in PAYLOADS if text in outside]
    assert page.count("</script>") == draw(sample()).count("</script>")
    assert "49" not in str(data_of(page)["title"])
