"""Names that stay below the folder of the studio, and files that are written as a whole."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio_server import filled, served

from geodata import spatialfiles
from geodata.errors import SitingError
from siting.results.inputs import SIDECARS
from siting.studio.folder import LAYERS, PARTS, Folder, write_whole

TRICKS = ("..", "../own.csv", "a/../../b.csv", "/etc/passwd", ".hidden.csv", "a\\b.csv", "C:x.csv",
          "", " ", "a\0.csv", "a\n.csv", "\u202etxt.csv", "\ud800.csv", "x" * 300 + ".csv",
          "~a.csv", "-rf.csv", " a.csv", "a.csv ")  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return Folder(filled(tmp_path).resolve())


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    with served(filled(tmp_path_factory.mktemp("paths"))) as one:
        yield one


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_no_name(folder, name):
    for path in (folder.study, folder.data):
        with pytest.raises(SitingError):
            path(name)


@given(st.text(max_size=40), st.sampled_from([".csv", ".yaml", ""]))
def test_whatever_is_taken_lies_directly_in_the_folder(text, ending):
    folder = Folder(Path("/folder/of/studies"))
    for path in (folder.study, folder.data):
        try:
            taken = path(text + ending)
        except SitingError:
            continue
        assert Path(os.path.normpath(taken)).parent == folder.root
        assert not taken.name.startswith((".", "-"))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5).map("/".join))
def test_whatever_lies_below_is_below(text):
    folder = Folder(Path("/folder/of/studies"))
    try:
        taken = folder.below(text)
    except SitingError:
        return
    assert folder.root in Path(os.path.normpath(taken)).parents


def test_links_devices_and_folders_are_no_files(folder, tmp_path):
    outside = tmp_path.parent / "outside.csv"
    outside.write_text("secret")
    (folder.root / "link.csv").symlink_to(outside)
    (folder.root / "link.yaml").symlink_to(outside)
    os.mkfifo(folder.root / "pipe.csv")
    (folder.root / "folder.csv").mkdir()
    (folder.root / "out").symlink_to(tmp_path.parent)
    for name in ("link.csv", "pipe.csv", "folder.csv"):
        with pytest.raises(SitingError, match="no plain file"):
            folder.data(name)
    with pytest.raises(SitingError, match="link"):
        folder.below("out/outside.csv")
    assert [path.name for path in folder.layers()] == ["own.csv"]
    assert folder.studies() == ["small.yaml"]


def test_it_takes_every_kind_of_file_that_the_planner_reads_and_no_other():
    read = (*spatialfiles.TEXT_SUFFIXES, *spatialfiles.SHEET_SUFFIXES, *spatialfiles._READERS)
    assert sorted(LAYERS) == sorted(read)
    assert set(PARTS) == set(SIDECARS[".shp"])


def test_parts_of_a_shapefile_are_taken_and_not_offered_as_lists(folder):
    for ending in (".shp", *PARTS):
        folder.data(f"areas{ending}").write_bytes(b"x")
    assert [path.name for path in folder.layers()] == ["areas.shp", "own.csv"]


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "a.yaml"
    write_whole(path, b"one")
    path.chmod(0o640)
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("path", ["/api/studies/..%2Fsmall.yaml", "/api/studies/%2e%2e",
                                  "/api/sites?file=../own.csv", "/api/sites?file=%2Fetc%2Fpasswd",
                                  "/view/nobody/../../etc/passwd", "/view/nobody/map.html",
                                  "/api/runs/..%2f..%2fsmall.yaml", "/api/versions/small.yaml/..",
                                  "/../../etc/passwd", "/api/diff?one=x@now&other=../x@now",
                                  "/studio.js/../../x", "/.siting-studio/lock"])  # fmt: skip
def test_no_path_leads_out(path, studio):
    answer = studio.get(path)
    assert answer.status in (400, 401, 404, 405, 422)
    assert b"root:" not in answer.body
    assert b"Tangier" not in answer.body
