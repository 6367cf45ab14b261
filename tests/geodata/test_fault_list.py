"""Many faults, one error."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.fault_list import SHOWN, Faults


def test_nothing_wrong_raises_nothing() -> None:
    faults = Faults("a.csv")
    faults.add_cells("bad", "hint", "x", pd.Series([], dtype=str))
    faults.raise_if_any()
    assert len(faults) == 0


def test_all_faults_are_said_in_order_of_rows() -> None:
    faults = Faults("a.csv")
    faults.add_cells("bad", str.upper, "x", pd.Series(["b", "a"], index=[9, 4]))
    faults.add("missing", "add it", 1, "y")
    with pytest.raises(SitingError) as caught:
        faults.raise_if_any()
    assert [(f.row, f.column, f.value, f.hint) for f in caught.value.faults] == [
        (1, "y", None, "add it"),
        (4, "x", "a", "A"),
        (9, "x", "b", "B"),
    ]


def test_the_rest_is_a_count() -> None:
    faults = Faults("a.csv")
    for column in ("x", "y"):
        faults.add_cells("bad", "", column, pd.Series("v", index=range(2, 1002)))
    with pytest.raises(SitingError) as caught:
        faults.raise_if_any()
    assert len(caught.value.faults) == SHOWN + 1
    assert "1,950 faults more" in caught.value.faults[-1].what
