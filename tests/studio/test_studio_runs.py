"""Commands at work: watched, cancelled, killed; what they write is what the command line writes."""

import hashlib
import io
import json
import os
import signal
import time
import zipfile
from pathlib import Path

import pytest
from commandline import called as command
from studio_server import SMALL, filled, served

from siting.studio import runs
from siting.studio.folder import Folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = filled(tmp_path_factory.mktemp("runs"))
    (home / "other.yaml").write_text(SMALL.replace("KR", "US"))
    (home / "prices.yaml").write_text("vary: {price_usd_per_t: [3000, 5000]}\n")
    (home / "broken.yaml").write_text("investor: nobody\ncapacity_ktpa: -1\n")
    (home / "slow.yaml").write_text("name: slow\nconfidence: {draws: 400}\n")
    return home


@pytest.fixture(scope="module")
def studio(home):
    with served(home) as one:
        yield one


@pytest.fixture(scope="module")
def planned(studio):
    return studio.run(command="plan", study="small.yaml")


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_plan_tells_its_stages_and_what_it_wrote(planned, home):
    assert planned["state"] == "done"
    assert planned["folder"] == "out/small"
    stages = [stage["name"] for stage in planned["stages"]]
    assert len(stages) == len(set(stages)) >= 5
    assert all(stage["seconds"] is not None for stage in planned["stages"])
    assert planned["summary"]["schema_version"]
    written = {one["name"]: one["bytes"] for one in planned["files"]}
    assert {"map.html", "brief.html", "ranked_sites.xlsx", "ranked_sites.gpkg"} <= set(written)
    for name, size in written.items():
        assert (home / "out/small" / name).stat().st_size == size


def test_its_files_are_those_of_the_command_line_byte_for_byte(planned, home):
    assert planned["state"] == "done"
    command(home, "plan", "small.yaml", "-o", "by-hand", "-q")
    by_hand, by_studio = digests(home / "by-hand"), digests(home / "out/small")
    assert by_hand.keys() == by_studio.keys()
    # the container of SQLite writes when it was made
    differ = {n for n in by_hand if by_hand[n] != by_studio[n]} - {"ranked_sites.gpkg"}
    assert not differ
    texts = [(home / place / "manifest.json").read_text() for place in ("by-hand", "out/small")]
    left, right = map(json.loads, texts)
    assert left["study_sha256"] == right["study_sha256"]
    assert left["inputs_sha256"] == right["inputs_sha256"]


def test_results_are_shown_in_a_frame_that_reaches_nothing(planned, studio):
    view = studio.ask("POST", "/api/view", {"folder": planned["folder"]}).json
    page = studio.get(view["base"] + "map.html", key="")
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy  # default-src 'none' holds
    assert "default-src 'none'" in policy
    assert studio.get("/view/x/map.html", key="").status == 404
    assert studio.get(view["base"] + "../../small.yaml", key="").status == 404
    table = studio.get(view["base"] + "ranked_sites.csv", key="")
    assert "attachment" in table.headers["content-disposition"]


def test_a_zip_holds_every_file_and_is_the_same_bytes_twice(planned, studio, home):
    view = studio.ask("POST", "/api/view", {"folder": planned["folder"]}).json
    one, other = (studio.get(view["base"] + "all.zip", key="").body for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        for name in archive.namelist():
            assert archive.read(name) == (home / "out/small" / name).read_bytes()
        assert {one["name"] for one in planned["files"]} == set(archive.namelist())


def test_what_is_published_is_the_same_bytes_and_replaces_nothing_of_the_users(
    planned, studio, home
):
    asked = {"folder": planned["folder"], "to": "published/small"}
    assert studio.ask("POST", "/api/publish", asked).status == 200
    source, copy = home / "out/small", home / "published/small"
    assert {p.name: p.read_bytes() for p in source.iterdir() if p.is_file()} == {
        p.name: p.read_bytes() for p in copy.iterdir() if p.is_file()
    }
    assert studio.ask("POST", "/api/publish", asked).status == 200  # again, over its own
    (home / "mine").mkdir()
    (home / "mine" / "thesis.doc").write_text("years of work")
    answer = studio.ask("POST", "/api/publish", {**asked, "to": "mine"})
    assert answer.status == 422
    assert (home / "mine" / "thesis.doc").read_text() == "years of work"
    for to in ("out/small", "out", "out/small/inner", "../elsewhere", ".siting-studio/x", ""):
        assert studio.ask("POST", "/api/publish", {**asked, "to": to}).status == 422


def test_the_card_shows_the_first_site_and_that_results_are_older(planned, studio, home):
    assert planned["state"] == "done"

    def card():
        return next(
            c for c in studio.get("/api/folder").json["studies"] if c["name"] == "small.yaml"
        )

    first = planned["summary"]["sites"][0] if "sites" in planned["summary"] else None
    shown = card()["result"]
    assert shown["stale"] is False
    assert first is None or shown["first"]["name"] == first["name"]
    os.utime(home / "small.yaml")
    assert card()["result"]["stale"] is True


def test_two_studies_are_compared_and_a_grid_is_swept(studio):
    compared = studio.run(command="compare", study="small.yaml", other="other.yaml")
    assert compared["state"] == "done"
    assert compared["summary"]["schema_version"]
    assert compared["folder"] == ""
    swept = studio.run(command="sweep", study="small.yaml", grid="prices.yaml")
    assert swept["state"] == "done"
    assert swept["folder"] == "out/small-prices"
    assert "sweep.json" in {one["name"] for one in swept["files"]}


def test_cancel_ends_a_plan_within_a_second_and_leaves_the_results_before(planned, studio, home):
    assert planned["state"] == "done"
    before = digests(home / "out/small")
    begun = studio.ask("POST", "/api/runs", {"command": "plan", "study": "slow.yaml"}).json
    while not (run := studio.get(f"/api/runs/{begun['id']}").json)["stages"]:
        assert run["state"] == "running"
        time.sleep(0.05)
    asked = time.monotonic()
    cancelled = studio.ask("DELETE", f"/api/runs/{begun['id']}").json
    took = time.monotonic() - asked
    assert cancelled["state"] == "cancelled"
    assert took < 5  # a second on a machine that does nothing else: docs/studio.md
    process = json.loads((home / ".siting-studio/runs" / begun["id"] / "run.json").read_text())
    with pytest.raises(ProcessLookupError):
        os.killpg(process["process"], 0)
    assert not (home / "out/slow").exists()
    assert digests(home / "out/small") == before
    assert studio.ask("DELETE", f"/api/runs/{begun['id']}").json["state"] == "cancelled"


def test_a_run_outlives_the_studio_and_is_there_for_the_next(tmp_path):
    home = filled(tmp_path)
    with served(home) as studio:
        begun = studio.ask("POST", "/api/runs", {"command": "plan", "study": "small.yaml"}).json
        studio.kill()
    with served(home) as studio:
        assert studio.get("/api/folder").json["runs"][0]["id"] == begun["id"]
        assert studio.until_ended(begun["id"])["state"] == "done"
    assert (home / "out/small/map.html").is_file()


def test_a_run_that_was_killed_is_lost_and_says_so(studio, home):
    begun = studio.ask("POST", "/api/runs", {"command": "plan", "study": "slow.yaml"}).json
    place = home / ".siting-studio/runs" / begun["id"]
    os.killpg(json.loads((place / "run.json").read_text())["process"], signal.SIGKILL)
    assert studio.until_ended(begun["id"])["state"] == "lost"
    assert not (home / "out/slow").exists()


def test_events_tell_every_step_until_the_end(studio):
    begun = studio.ask("POST", "/api/runs", {"command": "plan", "study": "small.yaml"}).json
    told = studio.get(f"/api/runs/{begun['id']}/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    steps = [json.loads(line[6:]) for line in told.body.decode().splitlines() if line]
    assert steps[-1]["state"] == "done"
    assert {step["state"] for step in steps[:-1]} == {"running"}
    assert len(steps) > 3


@pytest.mark.parametrize(("asked", "said"), [
    ({"command": "plan", "study": "broken.yaml"}, "capacity_ktpa"),
    ({"command": "plan", "study": "gone.yaml"}, "no such study"),
    ({"command": "plan", "study": "--help.yaml"}, "no name of a file"),
    ({"command": "rm", "study": "small.yaml"}, "unknown command"),
    ({"command": "compare", "study": "small.yaml"}, "two studies"),
    ({"command": "sweep", "study": "small.yaml"}, "grid"),
    ({"command": "sweep", "study": "small.yaml", "grid": "../grid.yaml"}, "no name of a file"),
    ({"command": "portfolio", "study": "small.yaml", "investor": "--help"}, "code of a country"),
    ({"command": "portfolio", "study": "small.yaml", "price": "cheap"}, "number"),
])  # fmt: skip
def test_what_cannot_run_is_a_fault_before_anything_starts(studio, home, asked, said):
    before = len(list((home / ".siting-studio").glob("runs/*")))
    answer = studio.ask("POST", "/api/runs", asked)
    assert answer.status == 422
    assert said in " ".join(answer.faults)
    assert len(list((home / ".siting-studio").glob("runs/*"))) == before


def test_a_study_with_a_file_outside_the_folder_does_not_run(studio, home):
    outside = Path(home).parent / "outside.csv"
    outside.write_text("name,lat,lon\nA,35.7,-5.9\n")
    (home / "reaching.yaml").write_text("candidates: {file: ../outside.csv}\n")
    answer = studio.ask("POST", "/api/runs", {"command": "plan", "study": "reaching.yaml"})
    assert answer.status == 422
    assert "outside the folder" in answer.faults[0]
    (home / "linked.csv").symlink_to(outside)
    (home / "reaching.yaml").write_text("candidates: {file: linked.csv}\n")
    answer = studio.ask("POST", "/api/runs", {"command": "plan", "study": "reaching.yaml"})
    assert answer.status == 422


def test_a_fault_of_a_run_is_told_in_its_words(studio, home):
    (home / "list.csv").write_text("name,lat,lon\nA,95,-5.9\nB,1,\n")
    (home / "bad_list.yaml").write_text("candidates: {file: list.csv}\nconfidence: {draws: 0}\n")
    failed = studio.run(command="plan", study="bad_list.yaml")
    assert failed["state"] == "failed"
    assert "list.csv, row 2, lat" in "\n".join(failed["faults"])
    assert "list.csv, row 3, lat, lon" in "\n".join(failed["faults"])


def test_no_more_run_at_once_than_the_machine_bears(studio):
    begun = [studio.ask("POST", "/api/runs", {"command": "plan", "study": "slow.yaml"}).json]
    again = studio.ask("POST", "/api/runs", {"command": "plan", "study": "slow.yaml"})
    assert again.status == 422
    assert "out/slow" in again.faults[0]
    second = studio.ask("POST", "/api/runs", {"command": "plan", "study": "other.yaml"})
    third = studio.ask("POST", "/api/runs", {"command": "plan", "study": "small.yaml"})
    assert (second.status, third.status) == (202, 422)
    for one in (*begun, second.json):
        studio.ask("DELETE", f"/api/runs/{one['id']}")


def test_the_oldest_runs_are_forgotten_and_results_stay(tmp_path):
    folder = Folder(filled(tmp_path).resolve())
    for n in range(60):
        place = folder.own / "runs" / f"20260101T0000{n:02d}-aaaaaa"
        place.mkdir(parents=True)
        record = {"asked": {"command": "plan", "study": "small.yaml", "options": []},
                  "started": "2026-01-01T00:00:00+00:00", "process": 0, "born": "x"}  # fmt: skip
        (place / "run.json").write_text(json.dumps(record))
        (place / "code").write_text("0")
    begun = runs.start(folder, runs.Asked("compare", "small.yaml", "small.yaml"))
    runs.cancel(folder, begun.id)
    kept = [run.id for run in runs.every(folder)]
    assert len(kept) == 51
    assert kept[0] == begun.id
    assert kept[-1] == "20260101T000010-aaaaaa"
