"""The page of the studio in each language: every word, nothing cut off, no request outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from studio_page import Shown, shown
from studio_server import OWN, Served, filled, served
from words import english

from geodata.language import OWN_NAMES, TAGS
from siting.reports.languages import TRANSLATED
from siting.study.criteria import CRITERIA
from siting.study.study import Study

pytestmark = pytest.mark.browser
UNFOLD = "document.querySelectorAll('details').forEach(n => { n.open = true; })"
TABS = ("question", "sites", "weights", "laws", "yaml", "results", "versions", "runs")
BAD = "name: bad\nprice_usd_per_t: cheap\nstakeholders: {Buyer: {share: -2}}\nfoo: 3\nas_of: 2026\n"
# Every text that is shown or read out, but for what the commands answer and the study itself.
TEXTS = """() => {
  const others = '#yaml, .lines, #numbers, iframe, #language, .files, '
    + '#runresult td, #runresult .scroll > span';
  const shown = n => n.checkVisibility() && !n.closest(others);
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && shown(node.parentElement)) texts.push(node.data.trim());
  }
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder], optgroup')) {
    if (!shown(node)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'label', 'aria-valuetext']) {
      if (node.getAttribute(name)) texts.push(node.getAttribute(name));
    }
  }
  return [document.title, ...texts];
}"""
CUT = """() => [...document.querySelectorAll(
  'button, summary, label, h1, h2, h3, th, .tab, .badge, .unit, output, .help, .wrong')]
  .filter(n => n.checkVisibility() && n.clientWidth && n.scrollWidth > n.clientWidth + 1)
  .map(n => `${n.scrollWidth} > ${n.clientWidth}: ${n.outerHTML.slice(0, 160)}`)"""
WIDE = """() => [document.documentElement, document.getElementById('main')]
  .some(n => n.scrollWidth > n.clientWidth + 1)"""
# A select shows one line: its choice has to fit beside the arrow.
SELECTS = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  return [...document.querySelectorAll('select')].filter(n => n.checkVisibility() && n.value)
    .filter(n => {
      const style = getComputedStyle(n);
      pen.font = style.font;
      const room = n.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return pen.measureText(n.selectedOptions[0].text).width > room - 18;
    }).map(n => n.outerHTML.slice(0, 120));
}"""
NAMES = frozenset(re.findall(r"\w+", OWN + OWN.lower())) | {
    *CRITERIA, *Study.model_fields, "small", "other", "bad", "study", "studies", "Buyer", "share",
    "foo",
}  # fmt: skip


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = filled(tmp_path_factory.mktemp("studies"))
    (folder / "bad.yaml").write_text(BAD)
    (folder / "other.yaml").write_text((folder / "small.yaml").read_text() + "capacity_ktpa: 60\n")
    with served(folder) as one:
        assert one.run(command="plan", study="small.yaml")["state"] == "done"
        compared = one.run(command="compare", study="small.yaml", other="other.yaml")
        assert compared["state"] == "done"
        study = one.get("/api/studies/small.yaml").json
        text = study["text"] + "capacity_ktpa: 60\n"
        one.ask("PUT", "/api/studies/small.yaml", {"text": text, "etag": study["etag"]})
        yield one


def foreign(texts: list[str]) -> set[str]:
    """Return the texts with an English word that is none of a name, a code or a unit."""
    return {text for text in texts if english(text, NAMES)}


def looked_through(page: Shown, study: str, width: int) -> Iterator[str]:
    """Show each tab of a study with everything unfolded, and yield its name."""
    if width < 760:
        page.page.locator("#railbutton").click()
    page.open(study)
    for tab in TABS:
        page.tab(tab)
        if tab == "runs":
            expect(page.page.locator("#noruns, #runresult > *").first).to_be_attached()
        if tab == "weights" and page.page.locator("#judging").is_visible():
            page.page.locator("#method").select_option("ahp")
            page.page.locator("#weigh").click()
            expect(page.page.locator("#judged")).to_be_visible()
        page.page.evaluate(UNFOLD)
        yield tab


@pytest.mark.parametrize(
    ("language", "width"),
    [
        *((language, 390) for language in TRANSLATED),
        ("ko", 1440),  # whose words are the longest
    ],
)
def test_every_tab_speaks_the_language_and_cuts_nothing_off(
    chromium: Browser, studio: Served, language: str, width: int
) -> None:
    with shown(chromium, studio, width, language=language, touch=width == 390) as page:
        asked: list[str] = []
        page.page.on("request", lambda request: asked.append(request.url))
        assert page.page.locator("html").get_attribute("lang") == TAGS[language]
        assert foreign(page.page.evaluate(TEXTS)) == set()
        left: dict[str, object] = {}
        for study in ("small.yaml", "bad.yaml"):
            for tab in looked_through(page, study, width):
                spot = f"{study} {tab}"
                words = foreign(page.page.evaluate(TEXTS))
                cut = page.page.evaluate(CUT) + page.page.evaluate(SELECTS)
                wide = page.page.evaluate(WIDE)
                if words or cut or wide:
                    left[spot] = (words, cut, wide)
        assert left == {}
        outside = [url for url in asked if not url.startswith((f"http://{studio.host}/", "data:"))]
        assert outside == []
        page.assert_quiet()


@pytest.mark.parametrize("language", TRANSLATED)
def test_dialogs_speak_the_language(chromium: Browser, studio: Served, language: str) -> None:
    with shown(chromium, studio, language=language) as page:
        page.page.locator("#new").click()
        assert foreign(page.page.evaluate(TEXTS)) == set()
        page.page.locator("dialog input").fill("small.yaml")
        page.page.locator("dialog .main").click()
        expect(page.page.locator("dialog .wrong")).not_to_be_empty()
        assert foreign(page.page.evaluate(TEXTS)) == set()
        assert page.page.evaluate(CUT) == []


def test_the_choice_is_kept_and_goes_on_where_the_reader_was(
    chromium: Browser, studio: Served
) -> None:
    with shown(chromium, studio) as page:
        assert page.page.locator("html").get_attribute("lang") == "en-GB"
        names = page.page.locator("#language option").all_inner_texts()
        assert names == list(OWN_NAMES.values())
        page.open("small.yaml")
        page.tab("laws")
        page.page.locator("#yaml").evaluate(
            "n => { n.value += 'demand_year: 2028\\n'; n.dispatchEvent(new Event('input')); }"
        )
        page.page.locator("#language").select_option("ja")
        expect(page.page.locator("html")).to_have_attribute("lang", "ja")
        expect(page.page.locator("#name")).to_have_text("small.yaml")
        expect(page.page.locator("#panel-laws")).to_be_visible()
        expect(page.page.locator("#yaml")).to_have_value(re.compile("demand_year: 2028"))
        page.page.goto(f"http://{studio.host}/")
        expect(page.page.locator("html")).to_have_attribute("lang", "ja")
        page.page.goto(f"http://{studio.host}/?language=xx")
        expect(page.page.locator("html")).to_have_attribute("lang", "ja")
        page.page.goto(f"http://{studio.host}/?language=zh-Hans")
        expect(page.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    studio.ask("PUT", "/api/studies/small.yaml/draft", {"text": ""})


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("zh-TW", "zh-Hans"), ("ko-KR", "ko"), ("ja-JP", "ja"), ("de-DE", "en-GB"), ("en", "en-GB")],
)
def test_a_browser_that_chose_nothing_is_spoken_to_in_its_own_language(
    chromium: Browser, studio: Served, locale: str, lang: str
) -> None:
    context = chromium.new_context(locale=locale)
    tab = context.new_page()
    tab.goto(f"http://{studio.host}/")
    expect(tab.locator("html")).to_have_attribute("lang", lang)
    expect(tab.locator("#shut")).not_to_be_empty()
    context.close()
