"""The page of the studio: a study is opened, edited by form and text, kept, saved, fought over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from studio_page import Shown, shown
from studio_server import SMALL, Served, filled, served

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=window.hacked=1>"
BAD = "name: bad\nprice_usd_per_t: cheap\nexclude:\n  - {file: own.csv, buffer_km: -3}\nfoo: 3\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("studies"))


@pytest.fixture(scope="module")
def studio(folder: Path) -> Iterator[Served]:
    with served(folder) as one:
        yield one


@pytest.fixture
def page(chromium: Browser, studio: Served, folder: Path) -> Iterator[Shown]:
    (folder / "small.yaml").write_text(SMALL)
    (folder / "bad.yaml").write_text(BAD)
    studio.ask("PUT", "/api/studies/small.yaml/draft", {"text": ""})
    with shown(chromium, studio) as one:
        yield one
        one.assert_quiet()


def test_link_is_good_once(chromium: Browser, tmp_path: Path) -> None:
    """The key leaves the address; a reload goes on with the session, a second tab is shut."""
    with served(filled(tmp_path)) as one:
        one.process.stdout.readline()
        link = next(
            found[0]
            for line in iter(one.process.stdout.readline, "")
            if (found := re.search(r"http://\S+/#\S+", line))
        )
        tab = chromium.new_page()
        tab.goto(link)
        expect(tab.locator("#cards .card")).to_have_count(1)
        assert tab.url == f"http://{one.host}/"
        tab.reload()
        expect(tab.locator("#cards .card")).to_have_count(1)
        other = chromium.new_context().new_page()
        other.goto(link)
        expect(other.locator("#shut")).to_contain_text("newest link")
        expect(other.locator("#whole")).to_be_hidden()


def test_a_field_is_written_into_the_text_and_its_comments_stay(page: Shown, folder: Path) -> None:
    tab = page.open("small.yaml")
    page.tab("laws")
    tab.get_by_label("Price outside China").fill("4500")
    expect(tab.locator("#kept")).to_have_text(re.compile("kept as a draft"))
    assert "price_usd_per_t: 4500" in page.text()
    assert "# a comment that stays" in page.text()
    assert (folder / "small.yaml").read_text() == SMALL
    tab.keyboard.press("Control+s")
    page.until_kept()
    assert (folder / "small.yaml").read_text() == page.text()
    page.tab("versions")
    expect(tab.locator("#versionlist")).to_contain_text("price_usd_per_t: 4500 added")
    tab.locator(".version", has_text="First version").get_by_role("button").click()
    expect(tab.locator("#notes")).to_contain_text("is the study again")
    assert (folder / "small.yaml").read_text() == SMALL


def test_text_is_read_back_into_the_form(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("yaml")
    tab.locator("#yaml").fill(SMALL + "capacity_ktpa: 75\nproduct: natural\n")
    page.tab("question")
    expect(tab.get_by_label("Size of the plant")).to_have_value("75")
    expect(tab.get_by_label("Product", exact=True)).to_have_value("natural")
    expect(tab.get_by_label("Home of the investor")).to_have_value("KR")


def test_every_key_has_a_field_or_parts(page: Shown, studio: Served) -> None:
    page.open("small.yaml")
    keys = set(studio.get("/api/schema").json["properties"])
    held = page.page.evaluate(
        "[...document.querySelectorAll('#form [data-path]')].map(n => n.dataset.path)"
    )
    assert keys <= {path.split(".")[0] for path in held}


def test_a_fault_stands_at_its_field_and_leads_to_it(page: Shown) -> None:
    tab = page.open("bad.yaml")
    expect(tab.locator("#faulthead")).to_have_text("3 faults")
    first = tab.locator("#faultlist li").first
    expect(first).to_contain_text("bad.yaml, row 2, price_usd_per_t: not a number")
    first.get_by_role("button", name="Go to the field").click()
    price = tab.get_by_label("Price outside China")
    expect(price).to_be_focused()
    expect(price).to_have_attribute("aria-invalid", "true")
    tab.locator("#faultlist li").last.get_by_role("button", name="Line 5").click()
    selected = "(n => n.value.slice(n.selectionStart, n.selectionEnd))"
    assert tab.evaluate(f"{selected}(document.getElementById('yaml'))") == "foo: 3"
    expect(tab.locator("#numbers .bad")).to_have_count(3)
    tab.locator("#faultlist li").nth(1).get_by_role("button", name="Go to the field").click()
    expect(tab.locator("[data-path='exclude.0.buffer_km']")).to_be_focused()


def test_rows_are_added_and_removed(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("laws")
    laws = tab.locator("details[data-path='policies.off']")
    laws.locator("summary").click()
    laws.get_by_role("button", name="Add").click()
    tab.keyboard.type("first_law")
    tab.keyboard.press("Tab")
    expect(tab.locator("#yaml")).to_have_value(re.compile("first_law"))
    laws.get_by_role("button", name="Add").click()
    tab.keyboard.type("second_law")
    tab.keyboard.press("Tab")
    expect(tab.locator("#yaml")).to_have_value(re.compile("second_law"))
    laws.get_by_role("button", name=re.compile("Remove")).first.click()
    expect(tab.locator("#yaml")).not_to_have_value(re.compile("first_law"))
    expect(laws.locator("input")).to_have_value("second_law")


def test_a_draft_is_there_again(chromium: Browser, studio: Served, page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("yaml")
    tab.locator("#yaml").fill(SMALL + "capacity_ktpa: 33\n")
    expect(tab.locator("#kept")).to_have_text(re.compile("kept as a draft"))
    with shown(chromium, studio) as again:
        again.open("small.yaml")
        expect(again.page.locator("#yaml")).to_have_value(re.compile("capacity_ktpa: 33"))
        again.page.locator("#discard").click()
        expect(again.page.locator("#yaml")).to_have_value(SMALL)


@pytest.mark.parametrize("choice", ["theirs", "mine", "beside"])
def test_two_who_save_choose(page: Shown, folder: Path, choice: str) -> None:
    (folder / "small-mine.yaml").unlink(missing_ok=True)
    tab = page.open("small.yaml")
    theirs = SMALL + "capacity_ktpa: 99\n"
    (folder / "small.yaml").write_text(theirs)
    page.tab("yaml")
    mine = SMALL + "capacity_ktpa: 11\n"
    tab.locator("#yaml").fill(mine)
    tab.locator("#save").click()
    both = tab.locator("dialog")
    expect(both.locator(".mine mark")).to_have_text("capacity_ktpa: 11")
    expect(both.locator(".theirs mark")).to_have_text("capacity_ktpa: 99")
    words = {"theirs": "Take theirs", "mine": "Save mine over", "beside": "Save mine as"}
    both.get_by_role("button", name=re.compile(words[choice])).click()
    expect(both).to_have_count(0)
    page.until_kept()
    assert page.text() == (theirs if choice == "theirs" else mine)
    assert (folder / "small.yaml").read_text() == (mine if choice == "mine" else theirs)
    if choice == "theirs":
        kept = (folder / ".siting-studio" / "versions" / "small.yaml").glob("*.yaml")
        assert mine in [version.read_text() for version in kept]
    if choice == "beside":
        assert (folder / "small-mine.yaml").read_text() == mine


def test_new_study_from_a_preset(page: Shown, folder: Path) -> None:
    (folder / "made.yaml").unlink(missing_ok=True)
    tab = page.page
    tab.locator("#new").click()
    name = tab.locator("dialog").get_by_label("File name")
    name.fill("small")
    tab.locator("dialog").get_by_role("button", name="Make").click()
    expect(tab.locator("dialog .wrong")).to_contain_text("exists already")
    name.fill("made")
    tab.keyboard.press("Enter")
    expect(tab.locator("#name")).to_have_text("made.yaml")
    assert (folder / "made.yaml").is_file()


def test_words_of_data_are_never_markup(page: Shown, folder: Path) -> None:
    (folder / "small.yaml").write_text(f'name: x\nquestion: "{HOSTILE}"\nlens: "{HOSTILE}"\n')
    page.page.reload()
    tab = page.open("small.yaml")
    expect(tab.locator("#faultlist")).to_contain_text("<img")
    expect(tab.locator("#cards")).to_contain_text(HOSTILE)
    assert tab.evaluate("[document.querySelectorAll('img').length, window.hacked]") == [0, None]


def test_typing_goes_on_without_the_server(chromium: Browser, tmp_path: Path) -> None:
    """The text is kept in the browser, and becomes a draft once the server answers again."""
    with served(filled(tmp_path)) as one, shown(chromium, one) as page:
        tab = page.open("small.yaml")
        page.tab("laws")
        tab.route("**/api/**", lambda route: route.abort())
        tab.get_by_label("Price of carbon").fill("55")
        expect(tab.locator("#gone")).to_be_visible()
        page.tab("yaml")
        tab.locator("#yaml").fill(SMALL + "capacity_ktpa: 44\n")
        expect(tab.locator("#kept")).to_have_text(re.compile("in this browser"))
        held = tab.evaluate("Object.values(localStorage).join()")
        assert "capacity_ktpa: 44" in held
        assert "carbon_price_usd_per_t" in held
        page.tab("laws")
        expect(tab.get_by_label("Price of carbon")).to_have_value("55")
        tab.unroute("**/api/**")
        expect(tab.locator("#gone")).to_be_hidden(timeout=10_000)
        expect(tab.locator("#kept")).to_have_text(re.compile("kept as a draft"))
        expect(tab.locator("#yaml")).to_have_value(re.compile("carbon_price_usd_per_t: 55"))
        draft = one.get("/api/studies/small.yaml").json["draft"]["text"]
        assert "capacity_ktpa: 44" in draft
        assert "carbon_price_usd_per_t: 55" in draft


def test_read_only_has_no_button_that_writes(chromium: Browser, tmp_path: Path) -> None:
    with (
        served(filled(tmp_path), "--read-only") as one,
        shown(chromium, one, read_only=True) as page,
    ):
        tab = page.open("small.yaml")
        expect(tab.locator("#kept")).to_contain_text("Read only")
        expect(tab.locator("#formquestion input").first).to_be_disabled()
        for name in ("question", "sites", "weights", "laws", "yaml", "results", "versions", "runs"):
            page.tab(name)
            assert tab.locator(".writes:visible").count() == 0, name
        page.assert_quiet()


def test_a_studio_started_anew_takes_the_page_back(chromium: Browser, tmp_path: Path) -> None:
    """After kill -9, the new link in the same tab goes on with what was typed."""
    folder = filled(tmp_path)
    with served(folder) as one, shown(chromium, one) as page:
        tab = page.open("small.yaml")
        one.kill()
        page.tab("laws")
        tab.get_by_label("Price of carbon").fill("55")
        tab.keyboard.press("Tab")
        expect(tab.locator("#gone")).to_contain_text("does not answer")
        with served(folder, "--port", str(one.port)) as again:
            expect(tab.locator("#gone")).to_contain_text("started anew", timeout=15_000)
            lines = iter(again.process.stdout.readline, "")
            link = next(found[1] for line in lines if (found := re.search(r"Opened.*#(\S+)", line)))
            tab.evaluate("key => { location.hash = key; }", link)
            expect(tab.locator("#gone")).to_be_hidden()
            tab.locator("#save").click()
            page.until_kept()
            assert "carbon_price_usd_per_t: 55" in (folder / "small.yaml").read_text()
