"""Writes the pages of docs/ that are made from the code: `python -m siting.reports.docs`."""

from __future__ import annotations

from pathlib import Path

from geodata.dictionary import dictionary
from siting.reports import outputs_page
from siting.study import reference

PAGES = {
    "study.md": reference.reference,
    "data_dictionary.md": dictionary,
    "outputs.md": outputs_page.reference,
}


def main(folder: Path = Path("docs")) -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
