import numpy as np
import pandas as pd
import pytest

from geodata.userfiles import read_points
from siting.results import export

HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tx",
    "<script>",
    "名前 اسم 🚀",
    "plain",
]


@pytest.fixture
def frame():
    n = len(HOSTILE)
    return pd.DataFrame(
        {
            "rank": np.arange(1, n + 1),
            "name": HOSTILE,
            "lat": np.linspace(-40, 60, n),
            "lon": np.linspace(-170, 170, n),
            "share": [-1.5, np.nan, *np.linspace(0, 100, n - 2)],
        }
    )


def test_the_same_frame_gives_the_same_bytes(tmp_path, frame):
    for name in ("a.csv", "b.csv"):
        export.write_csv(frame, tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_no_text_becomes_a_formula(tmp_path, frame):
    export.write_csv(frame, tmp_path / "a.csv")
    names = pd.read_csv(tmp_path / "a.csv")["name"]
    assert names[2] == "-2"  # a number works nothing out
    names = names.drop(2)
    assert not names.str.startswith(("=", "+", "-", "@", "\t")).any()
    assert names[7] == "plain"


def test_numbers_stay_numbers_in_csv(tmp_path, frame):
    export.write_csv(frame, tmp_path / "a.csv")
    share = pd.read_csv(tmp_path / "a.csv")["share"]
    assert share[0] == -1.5
    assert np.isnan(share[1])


@pytest.mark.parametrize("text", ["-5", "+3", "-2,5", "+.5", "-1e-3", "-12 %", "-", "--"])
def test_a_number_comes_back_as_it_was(text):
    assert export.inert(text) == text


@pytest.mark.parametrize(
    "text", ["-1+1", "+49 30-12", "-A1", "--1", "-5/2", "+cmd|' /C calc'!A0", "-5\n=1"]
)
def test_what_only_begins_like_a_number_is_kept_from_being_worked_out(text):
    assert export.inert(text) == f"'{text}"


def test_a_heading_is_no_formula_either(tmp_path):
    export.write_csv(pd.DataFrame({"=1+1": ["x"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("'=1+1")


def test_a_spreadsheet_sees_that_the_text_is_utf_8(tmp_path):
    export.write_csv(
        pd.DataFrame({"name": ["宁德"], "lat": [26.66], "lon": [119.5]}), tmp_path / "a.csv"
    )
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfname,")
    assert pd.read_csv(tmp_path / "a.csv")["name"].tolist() == ["宁德"]
    assert read_points(tmp_path / "a.csv")["name"].tolist() == ["宁德"]
