"""The files of the page: its own, the colours of every page, and the library of the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files

from geodata.language import FOLDER, LANGUAGES, OWN_NAMES, TAGS, Language

_STYLES = ".css"
_CHOICE = "<!-- languages -->"


@dataclass(frozen=True)
class Asset:
    """A file of the page and its media type."""

    content: bytes
    kind: str


def asset(path: str) -> Asset | None:
    """Return what stands at a path of the studio's address; None where nothing does."""
    return _read(path) if path in _ASSETS else None


@lru_cache
def _read(path: str) -> Asset:
    kind, make = _ASSETS[path]
    return Asset(make().encode("utf-8"), f"{kind}; charset=utf-8")


def _own(name: str) -> str:
    return (files("maps") / "studio" / name).read_text(encoding="utf-8")


def _page() -> str:
    """Return the page with its choice of languages, each by its own name."""
    choice = "".join(
        f'<option value="{one}" lang="{TAGS[one]}">{OWN_NAMES[one]}</option>' for one in LANGUAGES
    )
    return _own("page.html").replace(_CHOICE, choice)


def _words(language: Language) -> str:
    """Return what the page shows in a language, by what it is in English."""
    return (files("geodata") / FOLDER / f"studio.{language}.json").read_text(encoding="utf-8")


def _styles() -> str:
    """Return the page's own styles, in the order of their names."""
    folder = files("maps") / "studio"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(_STYLES))
    return "\n".join(map(_own, names))


def _theme() -> str:
    from maps.palette import theme_styles

    return theme_styles()


def _leaflet(name: str) -> str:
    from maps import offline

    return offline.leaflet_js() if name == "js" else offline.leaflet_css()


_ASSETS: dict[str, tuple[str, Callable[[], str]]] = {
    "/": ("text/html", _page),
    "/studio.js": ("text/javascript", lambda: _own("bundle.js")),
    "/studio.css": ("text/css", _styles),
    "/theme.css": ("text/css", _theme),
    "/leaflet.js": ("text/javascript", lambda: _leaflet("js")),
    "/leaflet.css": ("text/css", lambda: _leaflet("css")),
    **{
        f"/words.{one}.json": ("application/json", partial(_words, one))
        for one in LANGUAGES
        if one != "en"
    },
}
