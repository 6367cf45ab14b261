import pytest

from geodata.errors import Fault, SitingError, raise_if, shorten, together


def test_a_fault_says_where_what_value_and_hint():
    fault = Fault("s.csv", "not a number", "write 12.5", 3, "lat", "12,5")
    assert str(fault) == "s.csv, row 3, lat: not a number (found '12,5') - write 12.5"
    assert str(Fault("s.csv", "empty")) == "s.csv: empty"


def test_all_faults_are_told_at_once():
    def fails(name):
        raise SitingError(Fault(name, "broken"))

    with pytest.raises(SitingError) as caught:
        together([lambda: fails("a"), lambda: 1, lambda: fails("b")])
    assert [fault.where for fault in caught.value.faults] == ["a", "b"]
    assert together([lambda: 1, lambda: 2]) == [1, 2]


def test_no_fault_is_no_error():
    raise_if([])
    with pytest.raises(SitingError, match="odd"):
        raise_if([Fault("x", "odd")])


def test_values_are_shown_on_one_line_and_cut():
    assert shorten("a\nb\x00") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len(shorten("x" * 500)) == 60


def test_a_siting_error_is_a_value_error():
    assert issubclass(SitingError, ValueError)
    assert str(SitingError("plain words")) == "siting: plain words"
