"""Nothing that was saved, or only typed, is lost: by two who save, by kill -9, by a delete."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from geodata.errors import SitingError
from siting.studio import store
from siting.studio.folder import Folder
from siting.studio.server import PORTS
from siting.studio.store import ConflictError
from tests.studio_server import SMALL, filled, served

SAVES = """
import sys
from pathlib import Path
from siting.studio import store
from siting.studio.folder import Folder
folder, etag, n = Folder(Path(sys.argv[1])), sys.argv[2], 0
while True:
    n += 1
    etag = store.save(folder, "small.yaml", f"name: number {n}\\n" + "# long\\n" * 20000, etag).etag
    print(n, flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    return Folder(filled(tmp_path).resolve())


def opened(folder):
    return store.read(folder, "small.yaml").etag


def test_every_save_is_a_version_and_says_what_it_changed(folder):
    etag = store.save(folder, "small.yaml", SMALL + "price_usd_per_t: 4500\n", opened(folder)).etag
    store.save(folder, "small.yaml", SMALL.replace("KR", "US"), etag)
    said = [words for _, words in store.changes(folder, "small.yaml")]
    assert said == [
        ["investor: KR → US", "price_usd_per_t: 4500 taken out"],
        ["price_usd_per_t: 4500 added"],
        ["first version"],
    ]
    assert store.versions(folder, "small.yaml")[-1].text == SMALL


def test_a_save_over_somebody_elses_is_refused_and_both_stay(folder):
    mine = theirs = opened(folder)
    store.save(folder, "small.yaml", "name: theirs\n", theirs)
    with pytest.raises(ConflictError) as caught:
        store.save(folder, "small.yaml", "name: mine\n", mine)
    assert caught.value.theirs.text == "name: theirs\n"
    assert store.read(folder, "small.yaml").text == "name: theirs\n"
    store.save(folder, "small.yaml", "name: mine\n", caught.value.theirs.etag)
    kept = {one.text for one in store.versions(folder, "small.yaml")}
    assert kept == {SMALL, "name: theirs\n", "name: mine\n"}


def test_an_editor_beside_the_studio_is_somebody_too(folder):
    etag = opened(folder)
    (folder.root / "small.yaml").write_text("name: by an editor\n")
    with pytest.raises(ConflictError):
        store.save(folder, "small.yaml", "name: mine\n", etag)
    now = store.read(folder, "small.yaml").etag
    store.save(folder, "small.yaml", "name: mine\n", now)
    assert "name: by an editor\n" in [one.text for one in store.versions(folder, "small.yaml")]


def test_many_who_save_at_once_lose_nothing(folder):
    saved, refused = [], []

    def save(who):
        own = Folder(folder.root)
        for n in range(8):
            text = f"name: {who} {n}\n"
            try:
                store.save(own, "small.yaml", text, opened(own))
                saved.append(text)
            except ConflictError:
                refused.append(text)

    people = [threading.Thread(target=save, args=(who,)) for who in ("one", "other")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    kept = [one.text for one in store.versions(folder, "small.yaml")]
    assert set(saved) <= set(kept)
    assert not set(refused) & set(kept)
    assert store.read(folder, "small.yaml").text == saved[-1] == kept[0]


def test_a_save_that_is_killed_leaves_the_old_study_or_the_new_one_whole(folder):
    moments, etag = random.Random(5), opened(folder)  # noqa: S311 - not a secret
    for _ in range(6):
        command = [sys.executable, "-c", SAVES, str(folder.root), etag]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.2))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        held = store.read(folder, "small.yaml")
        number = int(held.text.split()[2])
        assert held.text == f"name: number {number}\n" + "# long\n" * 20000
        assert not said or number >= int(said[-1])
        assert held.text in [one.text for one in store.versions(folder, "small.yaml")]
        etag = held.etag


def test_a_deleted_study_comes_back(folder):
    store.delete(folder, "small.yaml", opened(folder))
    assert not (folder.root / "small.yaml").exists()
    last = store.versions(folder, "small.yaml")[0]
    assert last.text == SMALL
    store.save(folder, "small.yaml", last.text, "")
    assert store.read(folder, "small.yaml").text == SMALL


def test_a_new_study_may_start_from_one_that_was_removed(tmp_path):
    home = filled(tmp_path)
    with served(home) as studio:
        etag = studio.get("/api/studies/small.yaml").json["etag"]
        studio.ask("DELETE", "/api/studies/small.yaml", {"etag": etag})
        assert studio.get("/api/folder").json["removed"] == ["small.yaml"]
        again = {"name": "again.yaml", "from": "small.yaml"}
        assert studio.ask("POST", "/api/studies", again).json["text"] == SMALL


def test_a_text_that_is_given_up_stays_a_version(tmp_path):
    home = filled(tmp_path)
    with served(home) as studio:
        kept = studio.ask("POST", "/api/versions/small.yaml", {"text": "name: mine\n"})
        assert kept.status == 201
        version = studio.get(f"/api/versions/small.yaml/{kept.json['id']}").json
        assert version["text"] == "name: mine\n"
    assert (home / "small.yaml").read_text() == SMALL


def test_an_address_is_the_same_each_time_where_it_is_free_and_never_anothers(tmp_path):
    home = filled(tmp_path)
    with served(home) as studio, served(home) as other:
        assert {studio.port, other.port} <= set(PORTS)
        assert studio.port != other.port
        taken = subprocess.run(
            [sys.executable, "-m", "siting", "studio", str(home), "--no-browser", "--port",
             str(studio.port)], capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert taken.returncode == 2
    assert "this port is taken" in taken.stderr
    assert "Traceback" not in taken.stderr


def test_a_new_study_is_never_put_over_another(folder):
    with pytest.raises(ConflictError):
        store.save(folder, "small.yaml", "name: new\n", "")


def test_what_is_typed_survives_a_killed_studio(tmp_path):
    home = filled(tmp_path)
    with served(home) as studio:
        typed = {"text": SMALL + "# typed"}
        assert studio.ask("PUT", "/api/studies/small.yaml/draft", typed).status == 200
        studio.kill()
    with served(home) as studio:
        again = studio.get("/api/studies/small.yaml").json
        assert again["draft"]["text"] == SMALL + "# typed"
        assert again["text"] == SMALL
        saved = studio.ask("PUT", "/api/studies/small.yaml",
                           {"text": again["draft"]["text"], "etag": again["etag"]})  # fmt: skip
        assert saved.status == 200


def test_the_draft_of_a_studio_at_work_is_not_dropped_by_another(folder):
    store.keep_draft(folder, "small.yaml", "name: first\n")
    other = Folder(folder.root)
    store.keep_draft(other, "small.yaml", "name: second\n")
    store.save(other, "small.yaml", "name: second\n", opened(other))
    assert store.draft(folder, "small.yaml")[0] == "name: first\n"
    store.drop_draft(folder, "small.yaml")
    assert store.draft(folder, "small.yaml") is None


def test_who_only_reads_writes_nothing(tmp_path):
    home = filled(tmp_path)
    with served(home, "--read-only") as studio:
        assert studio.get("/api/folder").json["studies"][0]["name"] == "small.yaml"
        study = studio.get("/api/studies/small.yaml").json
        for method, path, body in (
            ("PUT", "/api/studies/small.yaml", {"text": "", "etag": study["etag"]}),
            ("PUT", "/api/studies/small.yaml/draft", {"text": "x"}),
            ("DELETE", "/api/studies/small.yaml", {"etag": study["etag"]}),
            ("POST", "/api/studies", {"name": "new.yaml", "from": "balanced"}),
            ("PUT", "/api/files/new.csv", b"name,lat,lon\n"),
            ("POST", "/api/runs", {"command": "plan", "study": "small.yaml"}),
        ):
            answer = studio.ask(method, path, body)
            assert answer.status == 422
            assert "reading alone" in answer.faults[0]
    assert sorted(path.name for path in home.iterdir()) == ["own.csv", "small.yaml"]


@pytest.mark.parametrize(("content", "what"), [(b"\xff\xfe\x00", "UTF-8"),
                                               (b"# x\n" * 300_000, "too large")])  # fmt: skip
def test_what_is_no_study_is_a_fault(folder, content, what):
    (folder.root / "small.yaml").write_bytes(content)
    with pytest.raises(SitingError, match=what):
        store.read(folder, "small.yaml")
