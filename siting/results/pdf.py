"""A page of HTML as PDF, with the optional extra `pdf`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from geodata.errors import Fault, SitingError


def check_pdf() -> None:
    """Refuse to begin when no PDF can be made.

    Raises
    ------
    SitingError
        As `to_pdf`.
    """
    _weasyprint()


def to_pdf(html: str) -> bytes:
    """Return a page that holds all it shows as PDF, on the paper of its own `@page`.

    Whatever address the page may name is refused.

    Raises
    ------
    SitingError
        When WeasyPrint, or a library of the system that it needs, is missing.
    """
    weasyprint, urls = _weasyprint()
    nothing = urls.URLFetcher(allowed_protocols=())
    made: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf()
    return made


def _weasyprint() -> tuple[Any, Any]:
    """Import WeasyPrint and its addresses: an optional extra, and slow."""
    try:
        return import_module("weasyprint"), import_module("weasyprint.urls")
    except (ImportError, OSError) as error:  # OSError: Pango is not installed
        hint = "pip install 'siting-planner[pdf]', or print brief.html from a browser"
        raise SitingError(Fault("brief.pdf", f"needs WeasyPrint ({error})", hint)) from error
