from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from sample_atlas import PAYLOADS

from maps.escape import embed, plain

ANY_TEXT = st.text() | st.sampled_from(PAYLOADS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | ANY_TEXT.map(plain),
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT.map(plain), inner),
    max_leaves=8,
)


class Scripts(HTMLParser):
    """What an HTML parser sees inside the first script, and every tag that it meets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.inside += data


@given(JSON)
def test_embedding_loses_nothing(value: object) -> None:
    assert json.loads(embed(value)) == value


@given(JSON)
def test_no_reader_finds_syntax_in_it(value: object) -> None:
    text = embed(value)
    assert not re.search(r"[<>&\u2028\u2029]", text)
    # twice through Jinja, as branca does
    assert Template(Template(text).render()).render() == text
    parser = Scripts()
    parser.feed(f'<script type="application/json">{text}</script>')
    parser.close()
    assert parser.tags == ["script"]
    assert json.loads(parser.inside) == value


def test_every_payload_would_be_found_without_embedding() -> None:
    raw = json.dumps(PAYLOADS, ensure_ascii=False)
    assert re.search(r"</script>|\{\{|\{%|\{#", raw)


def test_numbers_that_json_has_not_are_refused() -> None:
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            embed([bad])


@given(ANY_TEXT)
def test_plain_text_is_one_line_without_direction_marks(text: str) -> None:
    clean = plain(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", clean)
    assert plain(clean) == clean
    clean.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" ")))
def test_plain_text_keeps_every_letter(text: str) -> None:
    assert plain(text) == text


def test_what_is_missing_is_empty_and_joiners_stay() -> None:
    assert [plain(None), plain(np.nan), plain(3)] == ["", "", "3"]
    family, persian = (
        "\U0001f468\u200d\U0001f469",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647",
    )
    assert plain(family) == family
    assert plain(persian) == persian
    assert plain("a\n\u2028b") == "a b"
    assert plain("\u202egnp") == "\ufffdgnp"
    assert plain("\ud800") == "\ufffd"
