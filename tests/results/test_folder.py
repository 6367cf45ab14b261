import json
import os
import shlex
import signal
import sqlite3
import subprocess

import pytest

from geodata.errors import SitingError
from siting.results import folder, ownership
from siting.support import drafts


def plan(target, word, *, made_of="", more=()):
    """Put results with a word in them at `target`."""
    with folder.whole_folder(target) as fresh:
        (fresh / "map.html").write_text(word)
        (fresh / "cells").mkdir()
        (fresh / "cells" / "part-0.parquet").write_text(word)
        for name in more:
            (fresh / name).write_text(word)
        content = {"made_of": made_of, "timings_s": {}}
        ownership.write_manifest(fresh, ownership.MANIFEST, content)


def tree(target):
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=["in one step", "in two steps"])
def target(tmp_path, request, monkeypatch):
    """A folder to write to, where the system can exchange two folders and where it cannot."""
    if request.param == "in two steps":
        monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    return tmp_path / "out" / "plan"


def test_a_folder_is_replaced_whole(target):
    plan(target, "one", more=["brief.pdf"])
    plan(target, "two")
    assert tree(target).keys() == {"map.html", "cells/part-0.parquet", "manifest.json"}
    assert (target / "map.html").read_text() == "two"
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


def test_a_failure_leaves_what_was(target):
    plan(target, "old")
    before = tree(target)
    with pytest.raises(RuntimeError), folder.whole_folder(target) as fresh:
        (fresh / "map.html").write_text("new")
        raise RuntimeError
    assert tree(target) == before
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


def mine(target):
    (target / "notes.txt").write_text("years of work")


def mine_inside(target):
    (target / "cells" / "notes.txt").write_text("years of work")


def an_empty_folder(target):
    (target / "photographs").mkdir()


def changed(target):
    (target / "map.html").write_text("with my remarks")


def a_link(target):
    (target / "map.html").unlink()
    (target / "map.html").symlink_to(target / "manifest.json")


def changed_manifest(target):
    path = target / ownership.MANIFEST
    path.write_text(path.read_text().replace('"made_of": ""', '"made_of": "mine"'))


def no_mark(target):
    (target / ownership.MANIFEST).write_text('{"name": "my web app", "files_sha256": {}}')


def an_open_geopackage(target):
    (target / "ranked_sites.gpkg-wal").write_text("edits not yet in the file")


@pytest.mark.parametrize("touch", [
    mine, mine_inside, an_empty_folder, changed, a_link, changed_manifest, no_mark,
    an_open_geopackage,
])  # fmt: skip
def test_what_is_the_users_is_never_replaced(target, touch):
    plan(target, "old")
    touch(target)
    before = tree(target)
    with pytest.raises(SitingError, match=r"what would be lost.*move it out"):
        plan(target, "new")
    assert tree(target) == before
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


def test_what_the_user_adds_while_the_plan_is_made_is_kept(target):
    plan(target, "old")
    with pytest.raises(SitingError, match=r"notes\.txt"), folder.whole_folder(target):
        mine(target)
    assert (target / "notes.txt").read_text() == "years of work"
    assert (target / "map.html").read_text() == "old"
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a copy of this process is killed")
def test_a_kill_in_the_exchange_leaves_one_of_the_two_whole(target, monkeypatch):
    plan(target, "old")
    looked = folder._refuse_foreign
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(
            folder, "_refuse_foreign",
            lambda at, to: looked(at, to) if at == to else os.kill(os.getpid(), signal.SIGKILL),
        )  # fmt: skip
        plan(target, "new")
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    drafts.clear(target.parent)  # as the next run does first of all
    assert [p.name for p in target.parent.iterdir()] == ["plan"]
    assert ownership.foreign(target) == []
    assert {p.read_text() for p in (target / "map.html", target / "cells" / "part-0.parquet")} in (
        {"old"}, {"new"},
    )  # fmt: skip


@pytest.mark.parametrize("name", ["thesis.doc", "manifest.json", "sweep.json", "map.html"])
def test_a_folder_that_is_no_plan_is_never_touched(tmp_path, name):
    target = tmp_path / "mine"
    target.mkdir()
    (target / name).write_text("{}")
    with pytest.raises(SitingError, match="not written by the planner"):
        plan(target, "new")
    assert tree(target) == {name: b"{}"}


def test_what_looking_leaves_behind_is_no_obstacle(tmp_path):
    target = tmp_path / "plan"
    with folder.whole_folder(target) as fresh:
        with sqlite3.connect(fresh / "ranked_sites.gpkg") as file:
            file.execute("create table sites (name text)")
        file.close()
        ownership.write_manifest(fresh, ownership.MANIFEST, {})
    for name in (".DS_Store", "ranked_sites.gpkg-wal", "ranked_sites.gpkg-shm"):
        (target / name).write_text("")
    file = sqlite3.connect(target / "ranked_sites.gpkg")
    file.execute("pragma journal_mode = wal")  # as QGIS does when it opens one
    file.close()
    folder.check_target(target)
    with sqlite3.connect(target / "ranked_sites.gpkg") as file:
        file.execute("insert into sites values ('mine')")
    file.close()
    with pytest.raises(SitingError, match=r"ranked_sites\.gpkg \(changed"):
        folder.check_target(target)


def test_what_was_deleted_is_no_obstacle(tmp_path):
    plan(tmp_path / "plan", "old")
    (tmp_path / "plan" / "map.html").unlink()
    plan(tmp_path / "plan", "new")
    assert (tmp_path / "plan" / "map.html").read_text() == "new"


def test_a_folder_that_cannot_be_made_is_refused_before_any_work(tmp_path):
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "file", tmp_path / "file" / "deep" / "plan"):
        with pytest.raises(SitingError, match="choose another folder"):
            folder.check_target(target)
    folder.check_target(tmp_path / "new" / "deep")


def test_two_studies_share_no_folder_unasked(tmp_path):
    plan(tmp_path / "plan", "old", made_of="a/study.yaml")
    folder.check_target(tmp_path / "plan", "a/study.yaml")
    folder.check_target(tmp_path / "plan")  # asked for with -o
    with pytest.raises(SitingError, match=r"another study.*a/study\.yaml"):
        folder.check_target(tmp_path / "plan", "b/study.yaml")


def test_results_are_named_after_what_they_are_made_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    setting = tmp_path / "premium.yaml"
    setting.write_text("lens: premium_local")
    named = [
        folder.default_folder("balanced"),
        folder.default_folder("studies/a.yaml"),
        folder.default_folder("studies/a.yaml", folder.suffix_of(str(setting))),
        folder.default_folder("studies/a.yaml", folder.suffix_of("map.html#lens=evidence")),
        folder.default_folder("studies/a.yaml", folder.suffix_of("x" * 20_000)),
    ]
    assert [path.as_posix() for path in named[:3]] == ["out/balanced", "out/a", "out/a-premium"]
    assert len(set(named)) == len(named)
    assert folder.origin("balanced", os.fspath(setting), None) == "balanced premium.yaml"


OLDER = {"planner": "0.1.0", "libraries": {}, "study": {}, "study_sha256": "0", "counts": {},
         "inputs_sha256": {}, "timings_s": {}}  # fmt: skip


@pytest.mark.parametrize("name", [ownership.MANIFEST, ownership.SWEEP])
def test_results_of_a_version_without_a_mark_are_left_with_the_way_out(tmp_path, name):
    target = tmp_path / "out" / "my plan"
    target.mkdir(parents=True)
    (target / "map.html").write_text("years ago")
    (target / name).write_text(json.dumps(OLDER))
    (target.parent / "my plan-before").mkdir()
    before = tree(target)
    with pytest.raises(SitingError) as refused:
        folder.check_target(target)
    (fault,) = refused.value.faults
    assert tree(target) == before
    assert "made by an older version of the planner" in fault.what
    assert "nothing of it was touched" in fault.what
    assert "my plan-before-2" in fault.hint  # the other is somebody's
    command = fault.hint.split("`")[1]
    subprocess.run(shlex.split(command), check=True)
    plan(target, "new")  # as it was told
    assert tree(target.with_name("my plan-before-2")) == before


@pytest.mark.parametrize("content", [{**OLDER, "written_by": "me"}, {"name": "my app"}, [], 1])
def test_what_only_bears_the_name_of_a_manifest_is_no_older_result(tmp_path, content):
    (tmp_path / ownership.MANIFEST).write_text(json.dumps(content))
    with pytest.raises(SitingError, match="holds what would be lost"):
        folder.check_target(tmp_path)
