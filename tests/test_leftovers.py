import os
import subprocess
import sys

import pytest

from siting.support import leftovers


@pytest.fixture
def dead():
    """The number of a process that is no more."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_drafts_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path, dead):
    kept = [f".plan-{os.getpid()}-abc", ".plan-notes", ".planet-1-x", f".other-{dead}-abc"]
    for name in (*kept, f".plan-{dead}-file"):
        (tmp_path / name).write_text("x")
    (tmp_path / f".plan-{dead}-folder" / "deep").mkdir(parents=True)
    leftovers.sweep(tmp_path, ".plan-")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(kept)


def test_a_name_is_no_pattern(tmp_path, dead):
    (tmp_path / f".axb-{dead}-x").write_text("x")
    leftovers.sweep(tmp_path, ".a.b-")
    assert list(tmp_path.iterdir())


def test_a_draft_of_this_process_would_be_swept_when_it_is_dead():
    assert leftovers.prefix(".plan-") == f".plan-{os.getpid()}-"


def test_a_link_to_a_folder_is_removed_and_not_what_it_points_to(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    leftovers.remove(tmp_path / "link")
    leftovers.remove(tmp_path / "gone")
    assert (tmp_path / "folder" / "file").exists()
    assert not (tmp_path / "link").exists()


def test_scratch_is_there_while_it_is_needed(monkeypatch, tmp_path, dead):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"siting-{dead}-old").mkdir()
    with leftovers.scratch() as folder:
        assert folder.is_dir()
        assert [p.name for p in tmp_path.iterdir()] == [folder.name]
    assert not folder.exists()
