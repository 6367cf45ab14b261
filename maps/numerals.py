"""Numbers as a reader meets them, on paper and on a page."""

from __future__ import annotations

import math

from geodata.language import pgettext, tr

THIN, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
UNKNOWN = "\N{EN DASH}"
LEAST_SHARE, MOST_SHARE = 1e-4, 0.995  # beyond them a share is "below" or "above"
ROUNDING = 1e-9  # of a sum of shares
LEAST_ODDS, HUNDRED = 1e-3, 100.0


def number(value: float, decimals: int = 0, *, sign: bool = False) -> str:
    """Return a number with commas between thousands and a true minus."""
    shown = f"{value:{'+' if sign else ''},.{decimals}f}"
    zero = not any(digit in shown for digit in "123456789")
    return (shown.lstrip("+-") if zero else shown).replace("-", MINUS)


def per_cent(value: float, decimals: int = 0) -> str:
    """Return a number with a per cent sign, which no line break parts from it."""
    return _with_sign(number(value, decimals))


def span(low: str, high: str) -> str:
    """Return a span of two numbers or shares, its unit once: "0.31 to 20 %"."""
    return high if low == high else tr("{low} to {high}", low=low.removesuffix(_with_sign("")),
                                       high=high)  # fmt: skip


def _with_sign(text: str) -> str:
    return pgettext("per cent", "{number}\u202f%", number=text)


def share(value: float) -> str:
    """Return a share in per cent to two digits; almost all is not all, almost none not none."""
    if not math.isfinite(value):
        return UNKNOWN
    if LEAST_SHARE > value > 0:
        return _with_sign(f"<{100 * LEAST_SHARE:g}")
    if 1 - ROUNDING > value >= MOST_SHARE:
        return _with_sign(">99")
    return per_cent(100 * value, _decimals(100 * value) if value else 0)


def times(factor: float) -> str:
    """Return odds, or by how much they are multiplied, to two digits: "2.1", "0.43"."""
    if not math.isfinite(factor):
        return UNKNOWN
    if factor < LEAST_ODDS:
        return f"<{LEAST_ODDS:g}"
    if factor < HUNDRED:
        return number(factor, _decimals(factor))
    return number(float(f"{factor:.2g}"))


def _decimals(value: float) -> int:
    """Return how many decimals show two digits of a number below a hundred."""
    return next((n for n, least in enumerate((9.95, 0.995, 0.0995, 0.00995)) if value >= least), 4)
