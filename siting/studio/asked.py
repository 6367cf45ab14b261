"""The body of a request: a JSON object whose parts are of the kind that is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from geodata.errors import Fault, SitingError
from geodata.language import tr

_MOST_ROWS = 10_000
_MOST_STEPS = 20


class Body:
    """A JSON object; each method returns one part of it.

    Raises
    ------
    SitingError
        From each method, when the part is missing or of another kind.
    """

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts

    def get(self, key: str) -> Any:
        """Return whatever a part is; None where it is missing."""
        return self._parts.get(key)

    def text(self, key: str, *, empty: bool = False) -> str:
        """Return a text; where `empty`, a missing one is ""."""
        value = self._parts.get(key, "" if empty else None)
        if value is None and empty:
            return ""
        if not isinstance(value, str) or not (value or empty):
            raise _wrong(key, tr("a text"))
        return value

    def flag(self, key: str) -> bool:
        """Return a true or false, false where it is missing."""
        value = self._parts.get(key, False)
        if not isinstance(value, bool):
            raise _wrong(key, tr("true or false"))
        return value

    def number(self, key: str) -> float | None:
        """Return a number; None where it is missing."""
        value = self._parts.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise _wrong(key, tr("a number"))
        return value

    def rows(self, key: str) -> list[Mapping[str, Any]]:
        """Return a list of objects."""
        value = self._parts.get(key)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise _wrong(key, tr("a list of rows"))
        if len(value) > _MOST_ROWS:
            raise _wrong(key, tr("at most {n} rows", n=f"{_MOST_ROWS:,}"))
        return value

    def path(self, key: str) -> list[str | int]:
        """Return the steps to a key of a study."""
        value = self._parts.get(key)
        steps = value if isinstance(value, list) else []
        plain = all(isinstance(one, (str, int)) and not isinstance(one, bool) for one in steps)
        if not plain or not 0 < len(steps) <= _MOST_STEPS:
            raise _wrong(key, tr("a list of keys"))
        return list(steps)


def _wrong(key: str, wanted: str) -> SitingError:
    what = tr("{key} must be {wanted}", key=key, wanted=wanted)
    return SitingError(Fault("request", what, tr("reload the page"), None, key))


async def asked_of(request: Request) -> Body:
    """Return the body of a request.

    Raises
    ------
    SitingError
        When it is no JSON object.
    """
    content = await request.body()
    try:
        parts = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict):
        raise SitingError(Fault("request", tr("is no JSON object"), tr("reload the page")))
    return Body(parts)
