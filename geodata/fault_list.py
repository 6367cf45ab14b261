"""All faults of one file, gathered column by column and raised as one error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from geodata.errors import Fault, raise_if

Hint = str | Callable[[str], str]  # a text, or made from the value at fault
SHOWN = 50  # nobody corrects more at a time
_KEPT = 20 * SHOWN  # a file of nonsense has a fault in every row


@dataclass
class Faults:
    """Faults of a file: the first ones in full, the rest as a count.

    Attributes
    ----------
    where : str
        File that holds them.
    shown : list of Fault
    """

    where: str
    shown: list[Fault] = field(default_factory=list)
    _count: int = 0

    def add(
        self,
        what: str,
        hint: str = "",
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add one fault."""
        self._count += 1
        if len(self.shown) < _KEPT:
            self.shown.append(Fault(self.where, what, hint, row, column, value))

    def add_cells(self, what: str, hint: Hint, column: str, cells: pd.Series) -> None:
        """Add a fault for each cell; the index of `cells` is the row in a spreadsheet."""
        self._count += len(cells)
        for row, value in cells.iloc[:SHOWN].items():
            text = str(value)
            words = hint if isinstance(hint, str) else hint(text)
            self.shown.append(Fault(self.where, what, words, int(str(row)), column, text))

    def __len__(self) -> int:
        return self._count

    def raise_if_any(self) -> None:
        """Raise one `SitingError` with the first `SHOWN` by row and the count of the rest."""
        first = sorted(self.shown, key=lambda fault: fault.row or 0)[:SHOWN]
        if self._count > len(first):
            more = f"and {self._count - len(first):,} faults more"
            first.append(Fault(self.where, more, "correct these first"))
        raise_if(first)
