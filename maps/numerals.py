"""Numbers as a reader meets them, on paper and on a page."""

from __future__ import annotations

THIN, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"


def number(value: float, decimals: int = 0, *, sign: bool = False) -> str:
    """Return a number with thin spaces between thousands and a true minus."""
    shown = f"{value:{'+' if sign else ''},.{decimals}f}"
    zero = not any(digit in shown for digit in "123456789")
    return (shown.lstrip("+-") if zero else shown).replace(",", THIN).replace("-", MINUS)
