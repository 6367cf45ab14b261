"""The one error root of the planner, and the faults that it gathers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.controls import cleaned
from geodata.language import tr

# A password in an address, wherever somebody wrote one.
_SECRET = re.compile(r"(: ?/{1,2}[^\s/:@]{0,100}):\S{1,500}@")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input, and how to correct it.

    It quotes foreign text and is printed: its fields hold nothing that steers a terminal, and no
    password of an address.

    Attributes
    ----------
    where : str
        File or study that holds the fault.
    what : str
        What is wrong, in words.
    hint : str
        What the user can do about it.
    row : int or None
        Row as a spreadsheet numbers it: the header is row 1.
    column : str or None
        Column or key.
    value : str or None
        The offending value as read, but for what steers a terminal.
    """

    where: str
    what: str
    hint: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        for name in ("where", "what", "hint", "column", "value"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, _SECRET.sub(r"\1:***@", cleaned(text)))

    def __str__(self) -> str:
        place = self.where
        if self.row is not None:
            place = tr("{place}, row {row}", place=place, row=self.row)
        if self.column:
            place = tr("{place}, {column}", place=place, column=self.column)
        value = (
            "" if self.value is None else tr(" (found {value})", value=repr(shorten(self.value)))
        )
        hint = tr(" - {hint}", hint=self.hint) if self.hint else ""
        return tr(
            "{place}: {what}{value}{hint}", place=place, what=self.what, value=value, hint=hint
        )


class SitingError(ValueError):
    """Every error that a user can correct; it carries all faults, not only the first."""

    def __init__(self, faults: str | Fault | Iterable[Fault]) -> None:
        if isinstance(faults, str):
            faults = [Fault("siting", faults)]
        elif isinstance(faults, Fault):
            faults = [faults]
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def raise_if(faults: Sequence[Fault]) -> None:
    """Raise one `SitingError` with every fault, or return when there is none."""
    if faults:
        raise SitingError(faults)


def together(steps: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run every step and return what they give; raise one `SitingError` with the faults of all."""
    results = []
    faults: list[Fault] = []
    for step in steps:
        try:
            results.append(step())
        except SitingError as error:
            faults += error.faults
    raise_if(faults)
    return results


def shorten(text: object, limit: int = 60) -> str:
    """Return `text` on one line, cut to `limit` characters, what steers a terminal made visible."""
    flat = cleaned(text)
    return flat if len(flat) <= limit else flat[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
