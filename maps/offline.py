"""One file that asks the network for nothing: Folium's map, Leaflet and our panel, all inlined."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Mapping
from pathlib import Path

import folium
from branca.element import Figure, MacroElement
from jinja2 import Template
from xstatic.pkg import leaflet

from geodata.language import TAGS, Language
from maps.palette import theme_styles

PANEL = Path(__file__).with_name("panel")
NAME = "atlas"  # fixed, where folium would draw a random one; scripts/map.js knows it
STYLES = (
    "style.css",
    "theme.css",
    "short.css",
    "weights.css",
    "dossier.css",
    "sources.css",
    "switch.css",
    "compare.css",
    "land.css",
    "card.css",
    "pins.css",
    "story.css",
    "swipe.css",
    "marks.css",
    "phone.css",
    "landscape.css",
    "touch.css",
    "print.css",
)
SCRIPT = "bundle.js"  # of scripts/*.js, made by `make page`
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_VIEWPORT = re.compile(r'<meta name="viewport".*?/>', re.DOTALL)


class _Panel(MacroElement):
    """Header, body and script of the page, kept raw, because branca reads its output again."""

    _template = Template(
        "{% macro header(this, kwargs) %}{{ this.head }}{% endmacro %}"
        "{% macro html(this, kwargs) %}{{ this.body }}{% endmacro %}"
        "{% macro script(this, kwargs) %}{{ this.code }}{% endmacro %}"
    )

    def __init__(self, blocks: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca has no types here
        style = theme_styles() + "\n" + "\n".join(_own(name) for name in STYLES)
        self.head = _raw(
            f"<style>{leaflet_css()}</style>\n<style>{style}</style>\n<script>{leaflet_js()}</script>"
        )
        packed = (
            f'<script type="text/plain" id="{name}">{_packed(text)}</script>'
            for name, text in blocks.items()
        )
        self.body = _raw("\n".join((_own("page.html"), *packed)))
        self.code = _raw(_own(SCRIPT))


def page(
    *data: str, languages: Mapping[Language, str] | None = None, language: Language = "en"
) -> str:
    """Return the whole page around `data`, one JSON a moment.

    Parameters
    ----------
    *data : str
    languages : mapping of str, optional
        What the page says in other languages than English, as JSON.
    language : str
        What it opens in, unless the reader chose another.
    """
    blocks = {f"atlas-{k}" if k else "atlas": one for k, one in enumerate(data)}
    blocks |= {f"language-{key}": one for key, one in (languages or {}).items()}
    drawing = folium.Map(
        location=(30, 20),
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        prefer_canvas=True,
        zoom_snap=0.25,
    )
    drawing.default_js, drawing.default_css = [], []
    panel = _Panel(blocks)
    drawing.add_child(panel)
    figure = Figure(title="Siting map")
    figure.add_child(drawing)
    for element in (figure, drawing, panel):
        element._id = NAME  # noqa: SLF001 - there is no public way to name an element
    return _sealed(figure.render(), language)


def _packed(text: str) -> str:
    """Return text compressed (RFC 1950) as base64: a third of its size, and syntax of nothing."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _raw(text: str) -> str:
    return "{% raw %}" + text + "{% endraw %}"


def _own(name: str) -> str:
    return (PANEL / name).read_text(encoding="utf-8")


def leaflet_js() -> str:
    """Return Leaflet's script without the address of its source map."""
    text = Path(leaflet.BASE_DIR, "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", text)


def leaflet_css() -> str:
    """Return Leaflet's style without its pictures, none of which the map uses."""
    text = Path(leaflet.BASE_DIR, "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"url\([^)]*\)", "none", text)


def _sealed(text: str, language: Language) -> str:
    """Forbid all but the page's own scripts, by hash, and every request, by policy.

    Also gives the reader back the power to zoom, which folium's viewport takes away.
    """
    text = _VIEWPORT.sub(
        '<meta name="viewport" content="width=device-width, initial-scale=1" />', text, count=1
    )
    digests = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(text)]
    allowed = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in dict.fromkeys(digests))
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    seal = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
    text = text.replace("<html>", f'<html lang="{TAGS[language]}">', 1)
    return text.replace("<head>", f'<head>\n<meta charset="utf-8" />\n{seal}', 1)
