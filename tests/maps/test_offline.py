from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from browser import payloads

from maps import offline
from maps.escape import embed

SCRIPTS = offline.PANEL / "scripts"
FETCHES = {"src", "href", "srcset", "action", "data", "poster", "background"}


class Reader(HTMLParser):
    """What a browser would run and fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.fetched: list[str] = []
        self.handlers: list[str] = []
        self.policy = ""
        self.before_policy: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.fetched += [v for k, v in attrs if k in FETCHES and v and not v.startswith("#")]
        self.handlers += [k for k, _ in attrs if k.startswith("on")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        elif not self.policy:
            self.before_policy.append(tag)
        self._in = tag if tag in {"script", "style"} and "type" not in given else ""
        if self._in == "script":
            self.scripts.append("")
        if self._in == "style":
            self.styles.append("")

    def handle_endtag(self, _tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        if self._in == "style":
            self.styles[-1] += data


@pytest.fixture(scope="module")
def page() -> str:
    return offline.page(embed({"title": "{{7*7}}</script>"}))


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_nothing_is_fetched(read: Reader) -> None:
    assert read.fetched == []
    style = "\n".join(read.styles)
    assert "url(" not in style
    assert "@import" not in style
    assert "sourceMappingURL" not in "\n".join(read.scripts)


def test_only_the_pages_own_scripts_may_run(read: Reader) -> None:
    allowed = re.findall(r"'sha256-([^']+)'", read.policy)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in read.scripts]
    assert len(digests) == 3  # folium's switches, Leaflet, the panel
    assert set(digests) == set(allowed)
    assert read.handlers == []
    rules = dict(rule.strip().split(" ", 1) for rule in read.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe-inline" not in rules["script-src"]
    assert "unsafe-eval" not in read.policy


def test_the_policy_stands_before_anything_it_governs(read: Reader) -> None:
    assert set(read.before_policy) <= {"html", "head", "meta"}


def test_data_pass_through_both_readings_unchanged(page: str) -> None:
    assert payloads(page) == {"atlas": {"title": "{{7*7}}</script>"}}


def test_a_reader_may_zoom_the_page(page: str) -> None:
    assert "user-scalable" not in page
    assert '<html lang="en">' in page


def test_every_part_of_the_panel_is_in_the_page(page: str) -> None:
    styles = {p.name for p in offline.PANEL.glob("*.css")}
    assert styles == set(offline.STYLES)
    for path in SCRIPTS.glob("*.js"):
        assert f"// scripts/{path.name}\n" in page, path.name


def test_the_bundle_is_made_of_the_scripts() -> None:
    """What `make check` holds by making it again, for those who have no Node."""
    written = b"".join(path.read_bytes() for path in sorted(SCRIPTS.glob("*.js")))
    first = (offline.PANEL / offline.SCRIPT).read_text(encoding="utf-8").splitlines()[0]
    assert hashlib.sha256(written).hexdigest() in first, "scripts were changed: run `make page`"


def test_leaflet_stands_behind_one_script() -> None:
    """The linter denies its names; neither may another script call what is Leaflet's.

    But `kinds.js`, the part of it that says how a layer of ours is drawn: nobody else imports it.
    """
    its_own = re.compile(
        r"\b(L|map_atlas)\.|\.(addTo|eachLayer|hasLayer|setView|fitBounds|latLngTo\w+|_\w+)\b"
    )
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")}
    speaking = {name for name, text in texts.items() if its_own.search(text)}
    assert speaking == {"map.js", "kinds.js"}
    assert [name for name, text in texts.items() if 'from "./kinds.js"' in text] == ["map.js"]


def test_no_script_of_ours_writes_markup() -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    text = (offline.PANEL / offline.SCRIPT).read_text(encoding="utf-8")
    assert not re.search(sinks, text)
    assert not re.search(r"bind(Tooltip|Popup)\(\s*[\"'`]", text)


def test_same_data_same_bytes(page: str) -> None:
    assert offline.page(embed({"title": "{{7*7}}</script>"})) == page
