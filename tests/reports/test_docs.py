import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import siting
from siting.commands import commands_page
from siting.commands.cli import app
from siting.reports.docs import PAGES, main
from siting.study.parameters import own_bounds, own_faults
from siting.study.product import catalogue

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OWN_TABLES = {"parameters", "factors"}  # their keys have ranges of their own, on the same page


def rows(text, heading):
    """Return the cells of the tables under a heading, as text."""
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    cells = [
        re.split(r"(?<!\\)\|", line)[1:-1] for line in part.splitlines() if line.startswith("| `")
    ]
    return [[cell.strip().strip("`") for cell in row] for row in cells]


def test_generated_pages_are_current(tmp_path):
    main(tmp_path)
    commands_page.main(tmp_path)
    for name in (*PAGES, commands_page.PAGE):
        assert (tmp_path / name).read_text("utf-8") == (DOCS / name).read_text("utf-8"), "make docs"


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{p.name}" for p in DOCS.glob("*.md"))])
def test_a_page_links_only_to_what_is_there(name):
    page = ROOT / name
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    assert all((page.parent / link).exists() for link in links if not link.startswith("http"))
    assert links or name != "README.md"


def test_every_command_and_option_stands_in_the_docs():
    """The page of the commands is generated; that it is all is asked of the help."""
    text = (DOCS / commands_page.PAGE).read_text("utf-8")
    sections = dict(part.split("`\n", 1) for part in text.split("## `")[1:])
    seen = set()
    for words, _ in commands_page.commands():
        (section,) = (own for called, own in sections.items()
                      if called == words or re.match(rf"{words} \[?[A-Z]", called))  # fmt: skip
        told = (
            CliRunner().invoke(app, [*words.split()[1:], "--help"], env={"COLUMNS": "200"}).stdout
        )
        # of the help, whose lines of options begin so
        options = set(re.findall(r"^\W{1,9}(--[a-z-]+)", told.split("Options", 1)[1], re.MULTILINE))
        assert options
        for option in options - {"--help", "--verbose"}:
            assert f"`{option}`" in section
        seen |= options
    assert {"--verbose", "--json", "--out", "--grid", "--version"} <= seen
    assert len(sections) == len(list(commands_page.commands())) > 18


def test_every_command_of_the_readme_is_one():
    known = {words for words, _ in commands_page.commands()}
    text = (ROOT / "README.md").read_text("utf-8")
    called = re.findall(
        r"siting(?: -v)? ([a-z]+)(?: ([a-z]+))?", " ".join(re.findall(r"\$ (siting.*)", text))
    )
    assert called
    for first, second in called:
        assert f"siting {first}" in known or f"siting {first} {second}" in known


def test_every_public_name_stands_on_the_page_of_python():
    text = (DOCS / "python.md").read_text("utf-8")
    code = " ".join(re.findall(r"`([^`\n]+)`", text)) + " ".join(
        re.findall(r"```python(.*?)```", text, re.DOTALL)
    )
    for name in siting.__all__:
        assert re.search(rf"\b{name}\b", code), name


def test_every_number_and_date_of_a_study_has_its_range():
    text = (DOCS / "study.md").read_text("utf-8")
    headings = set(re.findall(r"^## (.*)$", text, re.MULTILINE)) - {"Parameters", "Factors"}
    keys = [row for heading in sorted(headings) for row in rows(text, heading) if len(row) == 4]
    ranged = [
        row for row in keys if re.search(r"number|\bdate\b", row[1]) and row[0] not in OWN_TABLES
    ]
    assert len(ranged) >= 30
    for key, kind, *_ in ranged:
        assert re.search(r", \S+ to \S+", kind), key


def test_the_ranges_of_parameters_are_those_that_are_checked():
    stated = {
        key: limits
        for key, _, limits, _ in rows((DOCS / "study.md").read_text("utf-8"), "Parameters")
    }
    for product, furnace in (
        ("synthetic", "acheson"),
        ("natural", "box"),
        ("silicon_blended", "continuous"),
    ):
        for key in own_bounds(catalogue()[product], furnace):
            low, high = map(float, stated[key].split(" to "))
            assert not own_faults({key: low}, catalogue()[product], furnace)
            assert not own_faults({key: high}, catalogue()[product], furnace)
            assert own_faults({key: low - 0.001}, catalogue()[product], furnace)
            assert own_faults({key: high * 1.001}, catalogue()[product], furnace)
