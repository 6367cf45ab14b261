"""Names as they are compared: one by one, many at once, and again from the cache."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from siting.support.cachefolder import ENV
from siting.world import spelling

NAMES = ["Łódź", "Saint-Étienne", "N'Djamena", "東京", "", "  ", "İzmir", "a\nb", "x" * 300]


def test_many_keys_are_those_of_each_and_are_made_once(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    monkeypatch.setattr(spelling, "MANY", 2)
    wanted = [spelling.key(name) for name in NAMES]
    assert spelling.keys(NAMES).tolist() == wanted
    monkeypatch.setattr(spelling, "key", lambda _: "made anew")
    assert spelling.keys(NAMES).tolist() == wanted
    assert spelling.keys([*NAMES, "one more"])[-1] == "made anew"
    assert len(list(tmp_path.rglob("*.npy"))) == 2


@given(st.lists(st.text(), min_size=2, max_size=6))
def test_no_letter_is_lost_on_the_way_through_a_file(names):
    stored = np.array([spelling.key(name).encode() for name in names])
    assert [text.decode() for text in stored.tolist()] == [spelling.key(name) for name in names]


def test_names_cut_elsewhere_are_other_names(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path))
    monkeypatch.setattr(spelling, "MANY", 2)
    assert spelling.keys(["ab", "c"]).tolist() == ["ab", "c"]
    assert spelling.keys(["a", "bc"]).tolist() == ["a", "bc"]
