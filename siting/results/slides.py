"""The brief as slides for PowerPoint and LibreOffice, with the optional extra `slides`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from geodata.errors import Fault, SitingError
from maps.brief import Brief


def check_slides() -> None:
    """Refuse to begin when no slides can be made.

    Raises
    ------
    SitingError
        As `to_slides`.
    """
    _deck()


def to_slides(brief: Brief) -> bytes:
    """Return a brief as a .pptx; the same brief gives the same bytes.

    Raises
    ------
    SitingError
        When python-pptx is missing.
    """
    made: bytes = _deck().deck(brief)
    return made


def to_compared_slides(compared: Any) -> bytes:
    """Return places side by side (`siting.results.compared`) as a .pptx; same places, same bytes.

    Raises
    ------
    SitingError
        When python-pptx is missing.
    """
    _deck()
    made: bytes = import_module("siting.results.compared_deck").deck(compared)
    return made


def _deck() -> Any:
    """Import the module that draws the slides: it needs an optional extra."""
    try:
        return import_module("siting.results.deck")
    except ImportError as error:
        hint = "pip install 'siting-planner[slides]', or show brief.html"
        raise SitingError(Fault("brief.pptx", f"needs python-pptx ({error})", hint)) from error
