"""Where a study was written, so that a fault that shows later still names file and line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from geodata.errors import Fault


@dataclass(frozen=True)
class Origin:
    """File and lines of a study; no part of what it says, so that any two are equal.

    Attributes
    ----------
    name : str
        File, "study" for one that was never written.
    lines : mapping
        Path of keys -> line.
    """

    name: str = field(default="study", compare=False)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False)

    def fault(self, what: str, hint: str, column: str, value: str | None = None) -> Fault:
        """Return a fault at a key, its steps with dots between: candidates.countries.1."""
        return Fault(self.name, what, hint, self.row(column), column, value)

    def row(self, column: str) -> int | None:
        """Return the line of a key, or of its parent; None where neither is written."""
        path = tuple(column.split("."))
        spots = (path[:i] for i in range(len(path), 0, -1))
        return next((self.lines[spot] for spot in spots if spot in self.lines), None)

    def without(self, keys: Collection[str]) -> Origin:
        """Return the origin of a study in which some keys were set anew: they have no line."""
        kept = {path: line for path, line in self.lines.items() if path[:1] and path[0] not in keys}
        return Origin(self.name, kept)
