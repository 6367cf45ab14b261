"""Messages: of the language spoken, places filled, plural forms; English where none is known."""

import gettext
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from geodata import language
from geodata.language import joined, ngettext, pgettext, speaking, spoken, tr


@pytest.fixture(autouse=True)
def korean(monkeypatch):
    """A catalogue of few words for Korean."""
    catalogue = Catalog(locale="ko")
    catalogue.add("{site} is first", "{site} \uc774 1\uc704")
    catalogue.add(("{n} site", "{n} sites"), ("\ubd80\uc9c0 {n}\uacf3",))
    catalogue.add("first", "\uccab\uc9f8", context="rank")
    catalogue.add("{first} and {last}", "{first} \ubc0f {last}")
    written = BytesIO()
    write_mo(written, catalogue)
    few = gettext.GNUTranslations(BytesIO(written.getvalue()))
    none = gettext.NullTranslations()
    monkeypatch.setattr(language, "_catalogue", lambda one: few if one == "ko" else none)


def test_a_message_is_of_the_language_spoken_and_of_no_other_after_it():
    assert tr("{site} is first", site="Vaasa") == "Vaasa is first"
    with speaking("ko"):
        assert spoken() == "ko"
        assert tr("{site} is first", site="Vaasa") == "Vaasa \uc774 1\uc704"
        with speaking("en"):
            assert tr("{site} is first", site="Vaasa") == "Vaasa is first"
        assert tr("nobody translated this") == "nobody translated this"
    assert spoken() == "en"


def test_an_error_inside_does_not_leave_its_language():
    with pytest.raises(ZeroDivisionError), speaking("ko"):
        _ = 1 / 0
    assert spoken() == "en"


@pytest.mark.parametrize(("n", "english"), [(0, "0 sites"), (1, "1 site"), (2, "2 sites")])
def test_plural_forms_are_those_of_the_language(n, english):
    assert ngettext("{n} site", "{n} sites", n, n=n) == english
    with speaking("ko"):
        assert ngettext("{n} site", "{n} sites", n, n=n) == f"\ubd80\uc9c0 {n}\uacf3"


def test_a_context_parts_what_one_word_means():
    with speaking("ko"):
        assert pgettext("rank", "first") == "\uccab\uc9f8"
        assert pgettext("time", "first") == "first"


def test_what_fills_a_place_is_never_read_as_a_place():
    assert tr("{site} is first", site="{site} {0} {x.__class__}") == (
        "{site} {0} {x.__class__} is first"
    )


@pytest.mark.parametrize(
    ("parts", "english"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"),
                           (["a", "b", "c"], "a, b and c")],
)  # fmt: skip
def test_a_list_is_joined_as_the_language_does(parts, english):
    assert joined(parts) == english
    with speaking("ko"):
        assert joined(parts) == english.replace("and", "\ubc0f")
