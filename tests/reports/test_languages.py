"""The catalogues: complete, places kept, one word for one thing, compiled."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from words import english

import maps
from geodata.language import OWN_NAMES, TAGS, accepted, speaking, tr
from siting.reports.languages import CATALOGUES, TRANSLATED, files, read
from siting.study.schema import study_schema

ROOT = Path(__file__).parents[2]
LABELS = Path(maps.__file__).with_name("studio") / "scripts" / "labels.js"
FULL = {"zh", "ja"}  # whose punctuation is as wide as a character
HAN = r"\u3040-\u30ff\u3400-\u9fff"
# Where an English word of the glossary means another thing.
OTHERWISE = ("at odds", "another site", "industrial site", "beats chance",
             "better than chance", "siting plan study",
             "freight from the chosen site", "freight reach", "duty paid", "specific capacity",
             "site electricity")  # fmt: skip


def _pairs(language):
    """Return each message with its translation: every plural form of both."""
    for message in read(language):
        if message.id:
            english_ = (message.id,) if isinstance(message.id, str) else message.id
            words = message.string
            yield english_, ((words,) if isinstance(words, str) else tuple(words or ("",)))


def _places(text):
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def _has_places(text):
    try:
        return bool(_places(text))
    except ValueError:
        return False  # braces of YAML: nothing is filled into it


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_without_words(language):
    assert [one for one, words in _pairs(language) if not all(words)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_places_of_its_message(language):
    wrong = [
        (message, words)
        for message, words in _pairs(language)
        if all(words) and _has_places(message[-1])
        if any(_places(one) != _places(message[-1]) for one in words)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_code_and_breaks_and_blanks_that_do_not_break(language):
    def kept(text):
        return sorted(re.findall(r"`[^`]*`|\n|\u00a0|docs/\w+\.md", text))

    wrong = [
        (message, words)
        for message, words in _pairs(language)
        if all(words) and any(kept(one) != kept(message[-1]) for one in words)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_word_is_left_in_a_translation(language):
    wrong = [
        (left, one)
        for _message, words in _pairs(language)
        for one in words
        if (left := english(one))
    ]
    assert wrong == []


def test_an_english_sentence_is_found_where_it_is_left():
    assert english("\u8bf7\u9009\u62e9 a file of scenarios") == ["file", "of", "scenarios"]
    assert english("\u5e74\u4ea750 kt, see `siting init` in docs/study.md") == ["see", "in"]


@pytest.mark.parametrize("language", sorted(FULL))
def test_punctuation_is_as_wide_as_the_characters_beside_it(language):
    narrow = re.compile(rf"[{HAN}][,;:!?]|[,;:!?][{HAN}]|[{HAN}][(]|[)][{HAN}]")
    wrong = [one for _message, words in _pairs(language) for one in words if narrow.search(one)]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_blank_stands_before_a_percent_sign(language):
    assert [w for _message, words in _pairs(language) for w in words if re.search(r"\s%", w)] == []


def _glossary():
    """Return the rows of the table of terms: English and the words of each language."""
    rows = re.findall(r"^\| (.+) \|$", (ROOT / "docs/languages.md").read_text(), re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    return [row[:4] for row in cells if len(row) == 5 and row[0] not in ("term", "---")]


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_word_stands_for_one_thing(language):
    nth = 1 + TRANSLATED.index(language)
    terms = {row[0]: row[nth] for row in _glossary()}
    assert len(terms) > 30
    wrong = []
    for message, words in _pairs(language):
        bare = re.sub(r"`[^`]*`|\{\w+\}|docs/\S+", "", message[0]).lower()
        for wording in OTHERWISE:
            bare = bare.replace(wording, "")
        for term, word in terms.items():
            stem = "criteri(on|a)" if term == "criterion" else term.lower()
            if re.search(rf"\b{stem}s?\b", bare) and word not in words[0]:
                wrong.append((term, word, message[0], words[0]))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_name_and_its_description_that_say_the_same_do_so_in_every_language(language):
    """The form leaves out a description that only repeats its label."""
    words = {message[0]: words[0] for message, words in _pairs(language)}
    alike = [(one, one[0].lower() + one[1:]) for one in words if one[:1].isupper()]
    differ = {
        (one, other, words[one], words[other])
        for one, other in alike
        if other in words and words[one] != words[other] and len(other.split()) > 1
    }
    assert differ == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_read_is_what_translators_wrote(language):
    for name, content in files(language, read(language)).items():
        if not name.endswith(".po"):
            assert (CATALOGUES / name).read_bytes() == content, f"{name}: run `make languages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_studio_is_given_the_words_of_its_own_page_alone(language):
    studio = json.loads((CATALOGUES / f"studio.{language}.json").read_text())
    assert studio["Weights in force"] != "Weights in force"
    assert "Internal rate of return; blank where money is never back" not in studio


def test_every_key_word_group_and_stage_has_its_label():
    """What has none is shown as English that no catalogue holds."""
    labels = set(
        re.findall(r'^  "((?:label|value|group|stage)\.[^"]+)"', LABELS.read_text(), re.MULTILINE)
    )
    schema = study_schema()
    wanted: set[str] = set()

    def walk(part):
        if isinstance(part, list):
            part = dict(enumerate(part))
        if not isinstance(part, dict):
            return
        named = part.get("properties")
        if isinstance(named, dict):
            described = {
                key for key, one in named.items() if one.get("$ref", "").endswith("PillarWeights")
            }
            wanted.update(f"label.{key}" for key in named if key not in described)
        if isinstance(part.get("enum"), list) and "propertyNames" not in str(part):
            wanted.update(f"value.{word}" for word in part["enum"])
        for key, one in part.items():
            if key != "propertyNames":
                walk(one)

    walk(schema)
    bars = re.compile(r'stages\("([^"]+)"\)|Stage\([^)]*?\d, \w[\w.]*,\s*"([a-z ]+)"')
    for path in (ROOT / "siting").rglob("*.py"):
        for name in bars.findall(path.read_text()):
            wanted.add(f"stage.{name[0] or name[1]}")
    assert wanted - labels == set()
    assert sum(one.startswith("stage.") for one in wanted) >= 20


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-Hans", "zh"), ("zh-TW,zh;q=0.9", "zh"), ("ko", "ko"), ("de, ja;q=0.5", "ja"),
     ("en-GB", "en"), ("", "en"), ("*", "en"), ("xx;;q=,,-", "en"), ("en, zh", "en")],
)  # fmt: skip
def test_the_first_language_of_a_header_that_there_is(header, language):
    assert accepted(header) == language


def test_every_language_has_its_own_name_and_tag():
    assert set(OWN_NAMES) == set(TAGS) == {"en", *TRANSLATED}
    with speaking("zh"):
        assert tr("Cost") == "\u6210\u672c"
