"""Writes the pages of docs/ that are made from the code: `python -m siting.reports.docs`."""

from __future__ import annotations

from pathlib import Path

from siting.reports import dictionary_page, outputs_page, study_page
from siting.reports.page import write

PAGES = {
    "study.md": study_page.reference,
    "data_dictionary.md": dictionary_page.reference,
    "outputs.md": outputs_page.reference,
}


def main(folder: Path = Path("docs")) -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        write(folder / name, page())


if __name__ == "__main__":
    main()
