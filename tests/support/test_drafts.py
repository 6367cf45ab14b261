import os
import signal
import subprocess
import sys

import pytest

from siting.support import drafts

KILLED = """
import os, signal, sys
from pathlib import Path
from siting.support.drafts import draft
with draft(Path(sys.argv[1]), "plan") as made:
    (made.content / "half").write_text("x")
    if "aside" in sys.argv:
        (Path(sys.argv[1]) / "plan").rename(made.before)
    if "wait" in sys.argv:
        print("ready", flush=True)
        sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""
# What the user's own things may be called, be they as like a draft as they please.
FOREIGN = (".siting-2024", ".out-2024-backup", "siting-2024-results", ".draft-1-x", ".plan-1-x")


def killed(folder, *more):
    gone = subprocess.run([sys.executable, "-c", KILLED, str(folder), *more], check=False)
    assert gone.returncode == -signal.SIGKILL


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_draft_is_private_and_gone_afterwards(tmp_path):
    with drafts.draft(tmp_path) as made:
        assert not list(made.content.iterdir())
        if sys.platform != "win32":
            assert made.content.parent.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_is_cleared_and_nothing_else(tmp_path):
    for name in FOREIGN:
        (tmp_path / name).mkdir()
        (tmp_path / name / "lock").write_text("")
        (tmp_path / name / "thesis.doc").write_text("years of work")
    killed(tmp_path)
    assert len(names(tmp_path)) == len(FOREIGN) + 1
    drafts.clear(tmp_path)
    assert names(tmp_path) == set(FOREIGN)


@pytest.mark.parametrize(
    "token", ["", "token", "draft of siting-planner, removed by its next run; ../mine"]
)
def test_a_folder_with_another_token_stays(tmp_path, token):
    folder = tmp_path / ".siting-mine"
    folder.mkdir()
    (folder / "lock").write_text("")
    (folder / "token").write_text(token)
    drafts.clear(tmp_path)
    assert names(folder) == {"lock", "token"}


def test_a_link_to_a_folder_is_never_followed(tmp_path):
    killed(tmp_path)
    left = next(tmp_path.glob(".siting-*"))
    elsewhere = tmp_path / "elsewhere"
    left.rename(elsewhere)
    left.symlink_to(elsewhere)
    drafts.clear(tmp_path)
    assert (elsewhere / "content" / "half").exists()


def test_a_live_run_keeps_its_draft_whatever_its_number(tmp_path):
    """Processes of two containers share a folder and not their numbers: only the lock speaks."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), "wait"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout.readline() == "ready\n"
        drafts.clear(tmp_path)
        assert list(tmp_path.glob(".siting-*/content/half"))
        running.kill()
    drafts.clear(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_was_moved_aside_is_put_back(tmp_path):
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "map.html").write_text("old")
    killed(tmp_path, "aside")
    assert names(tmp_path) != {"plan"}
    drafts.clear(tmp_path)
    assert (tmp_path / "plan" / "map.html").read_text() == "old"
    assert names(tmp_path) == {"plan"}


def test_a_link_to_a_folder_is_removed_and_not_what_it_points_to(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    drafts.remove(tmp_path / "link")
    drafts.remove(tmp_path / "gone")
    assert (tmp_path / "folder" / "file").exists()
    assert not (tmp_path / "link").exists()


def test_scratch_is_there_while_it_is_needed(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    results = tmp_path / f"siting-{os.getpid()}-results"
    results.mkdir()
    with drafts.scratch() as folder:
        assert folder.is_dir()
    assert not folder.exists()
    assert results.is_dir()


def test_what_cannot_be_put_back_is_not_removed(tmp_path, monkeypatch):
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "map.html").write_text("old")

    def refused(*_):
        raise PermissionError

    with drafts.draft(tmp_path, "plan") as made:
        (tmp_path / "plan").rename(made.before)
        monkeypatch.setattr("pathlib.Path.rename", refused)
    assert (made.before / "map.html").read_text() == "old"
    monkeypatch.undo()
    drafts.clear(tmp_path)
    assert (tmp_path / "plan" / "map.html").read_text() == "old"
