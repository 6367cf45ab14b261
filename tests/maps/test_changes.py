"""What a further payload changes of the first, put together again by the page's own script."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from browser import with_module
from playwright.sync_api import Browser
from sample_live import turning

from maps import layers
from maps.atlas import Atlas
from maps.changes import changes

pytestmark = pytest.mark.browser


def otherwise() -> Atlas:
    """The same question with other places, values, words and one thing more in a table."""
    now = turning()
    assert now.live is not None
    some = [*range(3, len(now.live.places)), 1]
    values = now.live.values.copy()
    values.iloc[5] = 0.5
    kept = {name: getattr(now.live, name).iloc[some].reset_index(drop=True)
            for name in ("places", "raw", "imputed")}  # fmt: skip
    kept["places"].loc[2, ["site_id", "name"]] = ["new", "Newly named"]
    prices = dataclasses.replace(
        now.live.prices, places=now.live.prices.places.iloc[some].reset_index(drop=True)
    )
    live = dataclasses.replace(
        now.live, **kept, values=values.iloc[some].reset_index(drop=True), prices=prices
    )
    return dataclasses.replace(now, live=live, title="Asked otherwise", notes=("one", *now.notes))


def put_together(browser: Browser, first: dict[str, Any], changed: dict[str, Any]) -> Any:
    page = with_module(browser, "changes.js")
    call = "([first, changed]) => laidOver(first, changed)"
    made = page.evaluate(call, [first, changed])
    page.close()
    return made


def test_the_page_puts_together_what_was_taken_apart(chromium: Browser) -> None:
    first, further = layers.payload(turning()), layers.payload(otherwise())
    changed = json.loads(json.dumps(changes(further, first)))
    assert put_together(chromium, first, changed) == json.loads(json.dumps(further))


def test_what_is_equal_is_not_said_again() -> None:
    first = layers.payload(turning())
    assert changes(layers.payload(turning()), first)["changes"] == []
    paths = {tuple(path) for path, _, _ in changes(layers.payload(otherwise()), first)["changes"]}
    assert ("title",) in paths
    assert not any(path[0] in {"ground", "names", "surface", "palette"} for path in paths)
