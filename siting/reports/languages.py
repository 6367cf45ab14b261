"""The catalogues of the languages, brought up to date: `python -m siting.reports.languages`.

Takes every message of the code, the templates, the scripts of the pages and the registries into
`geodata/languages/*.po`, which translators write, and compiles what the outputs read: `*.mo` for
Python, `page.*.json` and `studio.*.json` for the scripts of the map and of the studio. Needs Babel
and Node, which only the repository has.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_javascript
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from geodata.factors import LEVELS
from geodata.geometry import ATTRIBUTIONS, basemap
from geodata.language import FOLDER, LANGUAGES, Language
from geodata.load import table
from geodata.tables import TABLES
from geodata.vocabulary import ANODE_PRODUCT, EFFECT, SITE_STATUS, SITE_TYPE
from maps.brief import AID, COST_NAMES
from maps.palette import CARS, COSTS, HOMES, STATUS
from maps.print.locator import SEA
from maps.print.surroundings import LOOKS
from siting.confidence import what_if, why_not
from siting.model import archetypes
from siting.results import data_age, deck
from siting.results.columns import BARRED as BARRED_COLUMNS
from siting.results.columns import COLUMNS
from siting.results.page.dossiers import FACTS
from siting.results.page.land import FIGURES
from siting.results.text.answer import MONTHS
from siting.results.text.brief import READ
from siting.results.text.confidence import CERTAINTY
from siting.results.text.estates import in_words
from siting.results.text.reasons import REASONS
from siting.results.workbook import book, dossier, formulas, money, pairs, sheets, weights
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.lenses import LENSES
from siting.study.parameters import NAMES as PARAMETERS
from siting.study.schema import study_schema
from siting.study.studyfile import PRESETS, preset
from siting.study.terms import COST_PARTS, NATIONALITIES
from siting.world.candidates import REASONS as BARRED

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "geodata" / FOLDER
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
CODE = ("geodata", "maps", "siting")
WORDS = "maps/studio/scripts/words.js"
PAGE = "maps/panel/page.html"
SENTENCES = "sentences"  # terms that sentences, brief and atlas take into their places
WORKBOOK = "workbook"  # headings and notes of its tables
SCHEMA = "schema"  # what the keys of a study are for
REGISTRY = "registry"  # terms that data names; the page translates them where it shows them
# What the scripts of each page show, by the name of its file of words.
SCRIPTS = {
    "page": ("maps/panel", REGISTRY),
    "studio": ("maps/studio/scripts", "maps/panel/scripts/language.js"),
}
IN_SCRIPT = "siting.reports.languages:in_script"
METHODS = [("**.py", "python"), ("**.j2", "jinja2"), ("**/scripts/**.js", IN_SCRIPT),
           ("**/templates/**.js", IN_SCRIPT)]  # fmt: skip
CALL = re.compile(rb"\b(?:tr|ngettext|pgettext)\(")
KEYWORDS = {"tr": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
BEGUN = datetime(2026, 12, 1, tzinfo=UTC)  # no date of now: the same messages, the same bytes
MAINTAINERS = "The siting planner's maintainers"
HEADER: dict[str, Any] = {
    "header_comment": "# Words of the siting planner, taken in by siting.reports.languages.",
    "project": "siting-planner", "version": "0", "creation_date": BEGUN, "revision_date": BEGUN,
    "last_translator": MAINTAINERS, "language_team": MAINTAINERS, "fuzzy": False,
    "msgid_bugs_address": MAINTAINERS,
}  # fmt: skip
# Of the data, in no table: kinds of place, a level, what an estate has, a status, an archetype.
UNLISTED = ("industrial site", "seaport", "town", "hexagon", "computed", "yes", "no", "rail", "gas",
            "in force", "middle of the list", "The site is full")  # fmt: skip
SPOKEN = ("aria-label", "placeholder", "title")  # attributes, as scripts/reader.js has them
# message (a pair has plural forms), context, file
Origin = tuple[str | tuple[str, ...], str | None, str]


def in_script(
    script: IO[bytes], keywords: Mapping[str, Any], tags: Collection[str], options: Any
) -> Iterator[Any]:
    """Yield the messages of a script, call by call: Babel passes over a call inside another."""
    text = script.read()
    for call in CALL.finditer(text):
        rest = BytesIO(text[call.start() :])
        yield from islice(extract_javascript(rest, keywords, tags, options), 1)


def messages() -> Iterator[Origin]:
    """Yield every message that an output may show, with its context and the file that holds it."""
    for folder in CODE:
        for name, _line, message, _notes, context in extract_from_dir(
            ROOT / folder, METHODS, keywords=KEYWORDS
        ):
            yield message, context, f"{folder}/{name}"
    yield from ((message, None, REGISTRY) for message in _registries())
    yield from ((message, None, SENTENCES) for message in _of_sentences())
    yield from ((message, None, WORKBOOK) for message in _of_workbook())
    yield from ((message, None, SCHEMA) for message in _schema())
    yield from ((message, None, PAGE) for message in _standing((ROOT / PAGE).read_text("utf-8")))
    yield from ((message, None, WORDS) for message in _studio().values())


def _registries() -> Iterator[str]:
    """Yield the words of the tables of terms."""
    for criterion in CRITERIA.values():
        yield from (criterion.name, criterion.unit)
    for lens in LENSES.values():
        yield from (lens.name, lens.short, lens.reasoning)
    for column in COLUMNS.values():
        yield from (column.words, column.unit)
    for part in COST_PARTS.values():
        yield part.name
    yield from (word for _, word in CERTAINTY)
    for keys in (STATUS, HOMES, CARS):
        yield from (words for words, _colour in keys.values())
    yield from COSTS
    yield from (name for name, _reads in FACTS.values())
    yield from (name for name, _low_is_good in FIGURES.values())
    yield from (rule for rule, _admits in BARRED.values())
    yield from (name for name, *_where, is_sea in basemap()["labels"] if is_sea)
    yield from (*archetypes.NAMES, *UNLISTED)
    for terms in (ANODE_PRODUCT, EFFECT, SITE_STATUS, SITE_TYPE):
        yield from map(in_words, terms)
    yield from map(in_words, LEVELS)
    yield from PILLARS.values()
    yield from NATIONALITIES.values()
    yield from ATTRIBUTIONS.values()


def _of_sentences() -> Iterator[str]:
    """Yield the words that sentences, brief and atlas take from tables into their places."""
    yield from archetypes.NAMES
    yield archetypes.MIDDLE
    yield from (what_if.POWER, what_if.WAGE, what_if.PLANTS)
    yield from PARAMETERS.values()
    yield from (why_not.COST, why_not.POWER, why_not.ENTRY)
    yield from (word for _, word in CERTAINTY)
    yield from (reason.text for reason in REASONS)
    yield from READ.values()
    yield from (*data_age.FACTOR_NAMES.values(), *data_age.KINDS.values())
    yield from sorted(set(table("anode_economics")["parameter"]))
    yield from (name for name, _ in FACTS.values())
    yield from (*COST_NAMES.values(), AID, *MONTHS, *deck.PICTURES)
    yield from (words.lower() for words, fill in STATUS.values() if fill)
    yield from (look.words for look in LOOKS.values())
    yield from (text for text, *_, kind in basemap()["labels"] if kind == SEA)
    products = table("products")
    yield from products["name"]
    yield from (text.strip().rstrip(".") for text in products["not_known"])
    for name, column in (("industrial_sites", "site_type"), ("industrial_sites", "status"),
                         ("policy_zones", "effect_type")):  # fmt: skip
        yield from (word.replace("_", " ") for word in sorted(set(table(name)[column])))


def _of_workbook() -> Iterator[str]:
    """Yield what the workbook shows of its tables of sheets, headings and notes."""
    yield from (*book.SHEETS, *book.GUIDE.values(), *book.HOW)
    yield from (formulas.LIVE, formulas.MEASURED, formulas.ALL_PLANNED, formulas.CHANGED)
    yield from (weights.SAY, weights.APPLY, weights.NOTHING, pairs.SAY, sheets.NO_ORDER)
    yield from (money.EARN, money.MOVES_NO_SHARE, money.COST_NOTE, money.CUSTOMERS_NOTE)
    yield from (*money.MONEY.values(), dossier.FIRST_TEN)
    yield from (text.removesuffix(", USD/t") for text in money.MONEY.values())
    yield from (head for head, _style in sheets.LAW_COLUMNS.values())
    yield from (head for head, _style, _width in sheets.ESTATE_FACTS.values())
    yield from BARRED_COLUMNS.values()
    yield from (name.replace("_", " ") for name in TABLES)


def _schema() -> Iterator[str]:
    """Yield what the keys of a study are for, and what the presets ask."""
    for asked in map(preset, PRESETS):
        yield asked.question or ""
        yield from (one.title or "" for one in asked.snapshots)
    yield from _descriptions(study_schema())


def _descriptions(part: Any) -> Iterator[str]:
    """Yield what a schema says of its parts."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from _descriptions(value)


def _standing(page: str) -> list[str]:
    """Return what stands in a page itself: its texts, and the names of its parts."""
    reader = _Standing()
    reader.feed(page)
    return [text for text in map(str.strip, reader.texts) if any(map(str.isalpha, text))]


class _Standing(HTMLParser):
    """Gathers the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.texts += [value for name, value in attrs if name in SPOKEN and value]


def _studio() -> dict[str, str | tuple[str, str]]:
    """Return the studio's words by key; a pair has plural forms."""
    asked = f"import {{ WORDS }} from './{WORDS}'; console.log(JSON.stringify(WORDS))"
    words: dict[str, Any] = json.loads(
        subprocess.run(  # noqa: S603
            ["node", "--input-type=module", "-e", asked],  # noqa: S607
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout
    )  # fmt: skip
    return {
        key: entry if isinstance(entry, str) else (entry["one"], entry["other"])
        for key, entry in words.items()
    }


def template() -> Catalog:
    """Return the catalogue of all messages, untranslated, in an order that nothing turns."""
    catalogue = Catalog(**HEADER)
    files_of: dict[tuple[str | None, str | tuple[str, ...]], set[str]] = {}
    for message, context, where in messages():
        if message:
            files_of.setdefault((context, message), set()).add(where)
    for (context, message), places in sorted(files_of.items(), key=str):
        lines = [(place, 1) for place in sorted(places)]
        catalogue.add(message, context=context, locations=lines, flags=["python-brace-format"])
    return catalogue


def read(language: Language) -> Catalog:
    """Return the catalogue of a language as translators wrote it."""
    path = CATALOGUES / f"{language}.po"
    written = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else ()
    catalogue = Catalog(locale=language, **HEADER)
    for message in written:
        if message.id:
            catalogue[message.id] = message
    return catalogue


def updated(language: Language, asked: Catalog) -> Catalog:
    """Return the catalogue of a language with the messages of now, what is translated kept."""
    catalogue = read(language)
    catalogue.update(asked, no_fuzzy_matching=True)
    catalogue.creation_date = BEGUN
    catalogue.obsolete.clear()
    return catalogue


def page_words(catalogue: Catalog, scripts: tuple[str, ...]) -> dict[str, str | list[str]]:
    """Return what the scripts show: message -> its words, a list of them for plural forms."""
    return {
        _key(message): words if isinstance(words := message.string, str) else list(words or ())
        for message in catalogue
        if message.id and _complete(message)
        if any(place.startswith(scripts) for place, _line in message.locations)
    }


def _key(message: Message) -> str:
    """Return under what a script looks a message up: as gettext has it in a compiled catalogue."""
    one = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\4{one}" if message.context else one


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages without words in a language, in order."""
    return [str(message.id) for message in catalogue if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    words = message.string
    return bool(words) if isinstance(words, str) else words is not None and all(words)


def files(language: Language, catalogue: Catalog) -> dict[str, bytes]:
    """Return the files of a catalogue by name: what is translated, and what is read."""
    written, compiled = BytesIO(), BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False)
    write_mo(compiled, read_po(BytesIO(written.getvalue()), locale=language))
    words = {
        f"{page}.{language}.json": json.dumps(
            page_words(catalogue, scripts), ensure_ascii=False, indent=0, sort_keys=True
        )
        for page, scripts in SCRIPTS.items()
    }
    return {
        f"{language}.po": written.getvalue(),
        f"{language}.mo": compiled.getvalue(),
        **{name: f"{text}\n".encode() for name, text in words.items()},
    }


def main() -> None:
    """Write the files of every language, and say what a translator has left to do."""
    asked = template()
    for language in TRANSLATED:
        catalogue = updated(language, asked)
        for name, content in files(language, catalogue).items():
            (CATALOGUES / name).write_bytes(content)
        left = len(untranslated(catalogue))
        print(f"{language}: {len(catalogue)} messages, {left} to translate")  # noqa: T201


if __name__ == "__main__":
    main()
