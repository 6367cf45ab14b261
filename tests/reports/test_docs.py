from pathlib import Path

from siting.reports.docs import PAGES, main

DOCS = Path(__file__).parents[2] / "docs"


def test_generated_pages_are_current(tmp_path):
    main(tmp_path)
    for name in PAGES:
        assert (tmp_path / name).read_text("utf-8") == (DOCS / name).read_text("utf-8"), "make docs"


def test_the_readme_links_only_to_what_is_there():
    root = DOCS.parent
    text = (root / "README.md").read_text("utf-8")
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert links
    assert all((root / link).exists() for link in links if not link.startswith("http"))
