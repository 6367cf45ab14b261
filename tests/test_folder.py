import pytest

from geodata.errors import SitingError
from siting.results import folder


def test_a_folder_is_replaced_whole(tmp_path):
    target = tmp_path / "out" / "plan"
    for word in ("one", "two"):
        with folder.whole_folder(target) as fresh:
            (fresh / folder.MANIFEST).write_text(word)
            (fresh / (folder.OUTPUTS[1] if word == "one" else folder.OUTPUTS[2])).write_text(word)
    assert {p.name for p in target.iterdir()} == {folder.MANIFEST, folder.OUTPUTS[2]}
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


def test_a_failure_leaves_what_was(tmp_path):
    target = tmp_path / "plan"
    with folder.whole_folder(target) as fresh:
        (fresh / folder.MANIFEST).write_text("old")
    with pytest.raises(RuntimeError), folder.whole_folder(target) as fresh:
        (fresh / folder.MANIFEST).write_text("new")
        raise RuntimeError
    assert (target / folder.MANIFEST).read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_a_folder_that_is_no_plan_is_never_touched(tmp_path):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.doc").write_text("years of work")
    with pytest.raises(SitingError, match="not the folder of a plan"), folder.whole_folder(target):
        pass
    assert (target / "thesis.doc").read_text() == "years of work"


def test_a_file_of_the_users_inside_a_plan_is_never_deleted(tmp_path):
    target = tmp_path / "plan"
    with folder.whole_folder(target) as fresh:
        (fresh / folder.MANIFEST).write_text("old")
    (target / "notes.txt").write_text("mine")
    with pytest.raises(SitingError, match=r"notes\.txt"), folder.whole_folder(target):
        pass
    assert (target / "notes.txt").read_text() == "mine"
    (target / "notes.txt").rename(target / ".DS_Store")
    folder.check_target(target)


def test_a_folder_that_cannot_be_made_is_refused_before_any_work(tmp_path):
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "file", tmp_path / "file" / "deep" / "plan"):
        with pytest.raises(SitingError, match="choose another folder"):
            folder.check_target(target)
    folder.check_target(tmp_path / "new" / "deep")
