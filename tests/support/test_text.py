from hypothesis import given
from hypothesis import strategies as st

from siting.support.text import distinct, plain


def test_accents_and_case_do_not_count():
    assert plain("  Luleå ") == plain("LULEA") == "lulea"


@given(st.text())
def test_plain_text_stays_plain(text):
    assert plain(plain(text)) == plain(text)


def test_names_that_are_taken_give_way():
    assert distinct(["kind", "own_kind", "Owner", "owner"], ["KIND"]) == [
        "own_kind", "own_own_kind", "Owner", "own_owner",
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["a", "A", "own_a", "own_own_A", "b"])), st.sets(st.text()))
def test_distinct_names_are_distinct_in_any_case(names, taken):
    given_names = distinct(names, taken)
    low = [name.lower() for name in given_names]
    assert len(set(low)) == len(names)
    assert not set(low) & {name.lower() for name in taken}
