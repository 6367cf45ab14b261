"""A real answer, small and made once: the estates of three countries at a price that pays."""

from __future__ import annotations

from functools import cache

from siting.pipeline import Run
from siting.portfolios.answer import Answer, answer
from siting.results.portfolio.tables import PortfolioTables
from siting.study.study import Study
from siting.study.studyfile import changed

PRICE = 7500.0


@cache
def study() -> Study:
    asked = {
        "name": "sample",
        "price_usd_per_t": PRICE,
        "confidence": {"draws": 0},
        "candidates": {"sets": ["industrial_sites"], "countries": ["FI", "NO", "SE", "ES"]},
        "portfolio": {"places": "estates", "most_places": 12, "plants": 3, "last_year": 2030,
                      "alternatives": 4, "loss_pct": 40, "sizes_ktpa": [20, 50]},
    }  # fmt: skip
    return changed(Study(), asked)


@cache
def run() -> Run:
    """What the studies of the tests share is made once."""
    return Run()


@cache
def sample() -> Answer:
    return answer(run().plan(study()), run=run())


@cache
def tables() -> PortfolioTables:
    return PortfolioTables(sample())
