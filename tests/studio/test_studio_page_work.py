"""The page of the studio at work: weights, judgements, sites, plans, results, runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, expect
from shapely import Point
from studio_page import Shown, shown
from studio_server import OWN, SMALL, Served, filled, served

pytestmark = pytest.mark.browser
PLAN_MS = 120_000
SHARE = "#pillars > section:nth-child({}) > .slide output"
POST = """link => {
  const frame = document.querySelector('#frame iframe');
  const message = new MessageEvent('message',
    {data: {siting: 'setting', link}, source: frame.contentWindow});
  window.dispatchEvent(message);
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("studies"))


@pytest.fixture(scope="module")
def studio(folder: Path) -> Iterator[Served]:
    with served(folder) as one:
        yield one


@pytest.fixture
def page(chromium: Browser, studio: Served, folder: Path) -> Iterator[Shown]:
    filled(folder)
    studio.ask("PUT", "/api/studies/small.yaml/draft", {"text": ""})
    with shown(chromium, studio) as one:
        yield one
        one.assert_quiet()


@pytest.fixture(scope="module")
def planned(studio: Served) -> Served:
    """The studio once the small study was planned."""
    run = studio.run(command="plan", study="small.yaml")
    assert run["state"] == "done", run["faults"]
    return studio


def test_a_slider_sets_a_share_and_keeps_the_ratios_of_others(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("weights")
    others = [tab.locator(SHARE.format(nth)) for nth in (2, 5)]
    before = [float(one.inner_text().rstrip("%")) for one in others]
    tab.locator("#pillars > section:first-child > .slide input").fill("50")
    expect(tab.locator("#yaml")).to_have_value(re.compile(r"weights:\n  ties:\n    weight: 2\.5"))
    expect(tab.locator(SHARE.format(1))).to_have_text("50%")
    after = [float(one.inner_text().rstrip("%")) for one in others]
    assert after[1] / after[0] == pytest.approx(before[1] / before[0], rel=0.01)


def test_a_criterion_takes_from_its_pillar_alone(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("weights")
    box = tab.locator("#pillars > section:first-child")
    pillar = box.locator("> .slide output")
    before = pillar.inner_text()
    box.locator("summary").click()
    box.locator("details .slide input").first.fill("80")
    expect(tab.locator("#yaml")).to_have_value(re.compile("criteria:"))
    expect(box.locator("details .slide output").first).to_have_text("80%")
    expect(box.locator("details .slide output").last).to_have_text("20%")
    expect(pillar).to_have_text(before)


def test_swing_and_order_give_weights(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("weights")
    tab.locator("#judging input").first.fill("0")
    expect(tab.locator("#judgedshares tbody tr").first.locator("td").nth(1)).to_have_text("0%")
    tab.locator("#method").select_option("rank")
    tab.locator("#judging li").last.get_by_role("button", name=re.compile("up$")).click()
    expect(tab.locator("#judged")).to_be_visible()
    tab.locator("#takeweights").click()
    # of five, by their rank: the mean of 1/k from the rank to the last
    expect(tab.locator("#pillars output", has_text="45.7%")).to_have_count(1)
    assert "weights:" in page.text()


def test_pairs_lead_to_the_worst_triple(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("weights")
    tab.locator("#method").select_option("ahp")
    for pair, ratio in (
        ("ties : market", "9"),
        ("market : cost", "9"),
        ("ties : cost", str(1 / 9)),
    ):
        tab.locator(f"#judging [data-pair='{pair}']").select_option(ratio)
    below = tab.locator("#judging [data-below='ties : market']")
    expect(below).to_have_text("1/9")
    expect(tab.locator("#consistency")).to_contain_text("contradict each other")
    expect(tab.locator("#consistency")).to_contain_text("by way of Market it would be 81")
    tab.locator("#consistency button").click()
    expect(tab.locator("#judging [data-pair='ties : cost']")).to_be_focused()


def test_a_click_on_the_map_adds_a_place(page: Shown, folder: Path) -> None:
    tab = page.open("small.yaml")
    page.tab("sites")
    expect(tab.locator("#siterows tbody tr")).to_have_count(5)
    expect(tab.locator("#clickmap canvas")).to_be_visible()
    tab.locator("#clickmap").click(position={"x": 60, "y": 60})
    expect(tab.locator("#placename")).to_be_focused()
    lat = tab.locator("#placelat").input_value()
    tab.keyboard.type("Clicked")
    tab.keyboard.press("Enter")
    expect(tab.locator("#siterows tbody tr")).to_have_count(6)
    last = (folder / "own.csv").read_text().splitlines()[-1]
    assert last.startswith(f"Clicked,{float(lat)}")


def test_a_place_is_found_by_name(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("sites")
    tab.locator("#placename").press_sequentially("Kokkola")
    tab.locator("#found button").first.click()
    assert 63 < float(tab.locator("#placelat").input_value()) < 65


def test_a_dropped_list_shows_its_faults_by_row(page: Shown, folder: Path) -> None:
    (folder / "wrong.csv").unlink(missing_ok=True)
    tab = page.open("small.yaml")
    page.tab("sites")
    rows = b"name,lat,lon\nGood,10,10\nFar,221.7,63\n"
    one = {"name": "wrong.csv", "mimeType": "text/csv", "buffer": rows}
    tab.locator("#droplist input").set_input_files(one)
    expect(tab.locator("#sitefaults")).to_contain_text("wrong.csv, row 3, lat, lon")
    expect(tab.locator("#siterows tr.bad")).to_contain_text("221.7")
    assert (folder / "wrong.csv").read_bytes() == rows
    assert "wrong.csv" in page.text()
    tab.locator("#droplist input").set_input_files({**one, "buffer": OWN.encode()})
    tab.get_by_role("dialog").get_by_role("button", name="Replace").click()
    expect(tab.locator("#siterows tbody tr")).to_have_count(5)


def test_a_dropped_layer_is_excluded(page: Shown, folder: Path) -> None:
    (folder / "parks.csv").unlink(missing_ok=True)
    tab = page.open("small.yaml")
    page.tab("sites")
    one = {"name": "parks.csv", "mimeType": "text/csv", "buffer": b"name,lat,lon\nPark,1,1\n"}
    tab.locator("#droplayer input").set_input_files(one)
    expect(tab.locator("[data-path='exclude.0.file']")).to_have_value("parks.csv")


def test_a_shapefile_is_dropped_with_its_parts_and_named_once(
    page: Shown, folder: Path, tmp_path: Path
) -> None:
    points = gpd.GeoDataFrame({"name": ["A", "B"]}, geometry=[Point(9, 9), Point(10, 10)], crs=4326)
    points.to_file(tmp_path / "area.shp")
    parts = sorted(tmp_path.glob("area.*"))
    assert len(parts) >= 4
    tab = page.open("small.yaml")
    page.tab("sites")
    tab.locator("#droplist input").set_input_files(parts)
    expect(tab.locator("#siterows tbody tr")).to_have_count(2)
    expect(tab.locator("#sitefaults li")).to_have_count(0)
    assert "area.shp" in page.text()
    for part in parts:
        assert (folder / part.name).read_bytes() == part.read_bytes()
    assert "area.dbf" not in tab.locator("#sitefile").inner_text()


def test_plan_saves_first_and_then_shows_the_map(page: Shown, folder: Path) -> None:
    tab = page.open("small.yaml")
    page.tab("question")
    tab.get_by_label("Size of the plant").fill("60")
    tab.locator("#plan").click()
    expect(tab.locator("#planrun h3")).to_have_text("Plan: small.yaml")
    assert "capacity_ktpa: 60" in (folder / "small.yaml").read_text()
    frame = tab.frame_locator("#frame iframe")
    expect(frame.locator("h1")).to_be_visible(timeout=PLAN_MS)
    expect(tab.locator("#cards .first")).to_contain_text("%")
    page.until_kept()


def test_a_run_is_shown_by_its_stages(page: Shown, studio: Served) -> None:
    """What the server tells of a run, here told by the test so that no stage is missed."""
    stages = [
        {"name": "facts", "done": 1, "total": 1, "seconds": 1.25},
        {"name": "freight", "done": 30, "total": 120, "seconds": None},
    ]
    told = {
        "id": "20990101T000000-abcdef", "command": "plan", "study": "small.yaml", "other": "",
        "grid": "", "started": "2099-01-01T00:00:00+00:00", "state": "running", "seconds": 2.5,
        "stages": stages, "faults": [], "folder": "out/small", "files": [], "summary": None,
    }  # fmt: skip
    ended = {**told, "state": "failed", "faults": ["own.csv, row 3: too far"]}
    events = "".join(f"data: {json.dumps(one)}\n\n" for one in (told, ended))
    tab = page.open("small.yaml")
    tab.route(f"http://{studio.host}/api/runs", lambda route: route.fulfill(json=told))
    page.tab("results")
    answers = iter((f"data: {json.dumps(told)}\n\n", events))
    tab.route("**/events", lambda route: route.fulfill(body=next(answers)))
    tab.locator("#plan").click()
    expect(tab.locator("#planrun .stages li")).to_have_text(["Facts1.3 s", "Freight30 of 120"])
    assert 0 < tab.locator("#planrun progress").evaluate("n => n.value") < 1
    expect(tab.locator("#planrun .wrong")).to_have_text("own.csv, row 3: too far")  # taken up again
    expect(tab.locator("#planrun .cancel")).to_have_count(0)


def test_cancel_answers_within_a_second(page: Shown, folder: Path) -> None:
    (folder / "large.yaml").write_text("name: large\n")
    page.page.reload()
    tab = page.open("large.yaml")
    tab.locator("#plan").click()
    tab.locator("#planrun .cancel").click()
    expect(tab.locator("#planrun")).to_contain_text("cancelled", timeout=2_000)
    (folder / "large.yaml").unlink()


@pytest.mark.usefixtures("planned")
def test_results_have_their_pages_files_and_a_copy(page: Shown, folder: Path) -> None:
    tab = page.open("small.yaml")
    page.tab("results")
    frame = tab.locator("#frame iframe")
    expect(frame).to_have_attribute(
        "sandbox", "allow-scripts allow-popups allow-downloads allow-modals"
    )
    tab.locator("#pages button", has_text="Brief").click()
    expect(tab.frame_locator("#frame iframe").locator("body")).to_contain_text("small")
    tab.locator("#pages button", has_text="Files").click()
    with tab.expect_download() as zipped:
        tab.locator("#files a", has_text="All files").click()
    assert zipped.value.suggested_filename == "small.zip"
    tab.locator("#publish").click()
    tab.get_by_role("dialog").get_by_label("Folder").fill("given/small")
    tab.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(tab.locator("#notes")).to_contain_text("published to given/small")
    given, made = folder / "given/small/map.html", folder / "out/small/map.html"
    assert given.read_bytes() == made.read_bytes()


@pytest.mark.usefixtures("planned")
def test_what_is_set_on_the_map_is_kept_in_the_study(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("results")
    frame = tab.frame_locator("#frame iframe")
    expect(frame.locator("h1")).to_be_visible()
    tab.evaluate(POST, "#site=x&at=1,2,3")  # where one looks is no setting
    expect(tab.locator("#settingbar")).to_be_hidden()
    frame.locator("#weightsfold").click()
    frame.locator("#w-energy").fill("60")
    tab.locator("#keepsetting").click()
    expect(tab.locator("#yaml")).to_have_value(re.compile(r"  energy:\n    weight: 4\.2"))
    page.tab("weights")
    expect(tab.locator(SHARE.format(4))).to_have_text("60%")
    page.tab("results")
    tab.evaluate(POST, "#price=4500")
    tab.locator("#keepsetting").click()
    expect(tab.locator("#yaml")).to_have_value(re.compile("price_usd_per_t: 4500"))
    assert "# a comment that stays" in page.text()


def test_two_studies_are_compared(page: Shown, folder: Path) -> None:
    (folder / "other.yaml").write_text(SMALL.replace("investor: KR", "investor: CN"))
    page.page.reload()
    tab = page.open("small.yaml")
    page.tab("runs")
    tab.locator("#other").select_option("other.yaml")
    tab.locator("#startrun").click()
    expect(tab.locator("#runresult .answer table").first).to_be_visible(timeout=PLAN_MS)
    expect(tab.locator("#runresult h3")).to_contain_text("Compare: small.yaml · other.yaml")


def test_a_portfolio_is_started_and_read(page: Shown) -> None:
    tab = page.open("small.yaml")
    page.tab("runs")
    tab.locator("#command").select_option("portfolio")
    tab.locator("#price").fill("9000")
    tab.locator("#plants").fill("2")
    tab.locator("#startrun").click()
    expect(tab.locator("#runresult h3")).to_have_text("Portfolio: small.yaml")
    expect(tab.locator("#runresult .answer table").first).to_be_visible(timeout=PLAN_MS)
    frame = tab.frame_locator("#runresult iframe")
    expect(frame.locator("h1").first).to_be_visible(timeout=20_000)


def test_a_sweep_is_started_and_read(page: Shown, folder: Path) -> None:
    (folder / "prices.yaml").write_text("vary:\n  price_usd_per_t: [3000, 9000]\n")
    page.page.reload()
    tab = page.open("small.yaml")
    page.tab("runs")
    tab.locator("#command").select_option("sweep")
    tab.locator("#grid").select_option("prices.yaml")
    tab.locator("#startrun").click()
    expect(tab.locator("#runresult h3")).to_have_text("Sweep: small.yaml · prices.yaml")
    expect(tab.locator("#runresult")).to_contain_text("done", timeout=PLAN_MS)
    expect(tab.locator("#runresult .answer table").first).to_be_visible()


def test_a_study_is_removed_and_its_versions_wait(page: Shown, folder: Path) -> None:
    (folder / "gone.yaml").write_text(SMALL)
    page.page.reload()
    tab = page.open("gone.yaml")
    tab.locator("#delete").click()
    tab.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(tab.locator("#cards .card", has_text="gone.yaml")).to_have_count(0)
    expect(tab.locator("#welcome")).to_be_visible()
    assert not (folder / "gone.yaml").exists()
    tab.locator("#new").click()
    tab.locator("dialog").get_by_label("Start from").select_option("gone.yaml")
    tab.locator("dialog").get_by_label("File name").fill("gone")
    tab.keyboard.press("Enter")
    expect(tab.locator("#name")).to_have_text("gone.yaml")
    assert page.text() == SMALL
    page.tab("versions")
    assert tab.locator(".version").count() > 1
    (folder / "gone.yaml").unlink()
