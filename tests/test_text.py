from hypothesis import given
from hypothesis import strategies as st

from siting.text import plain


def test_accents_and_case_do_not_count():
    assert plain("  Luleå ") == plain("LULEA") == "lulea"


@given(st.text())
def test_plain_text_stays_plain(text):
    assert plain(plain(text)) == plain(text)
