"""Cost, parity and margin of every candidate at every customer, on three dates in one run."""

from __future__ import annotations

import datetime as dt
import time

from benchmarks.comparison import Result, peak_mb
from siting.market.customers import coordinates, freight_to_customers, known_demand
from siting.money.landed import landed
from siting.study.study import Study
from siting.world import facts as facts_module
from siting.world.candidates import read_own
from siting.world.conditions import conditions
from siting.world.selection import select

DATES = (dt.date(2023, 11, 28), dt.date(2025, 8, 1), dt.date(2026, 11, 22))


def run() -> Result:
    """Return seconds of the money alone and of all, the cells of the matrix and the peak memory."""
    money = 0.0
    cells = 0
    begun = time.perf_counter()
    for date in DATES:
        study = Study(as_of=date)
        facts = facts_module.load(study)
        places = select(study, facts, read_own(study)).places
        demand = known_demand(study, facts)
        customers = freight_to_customers(demand, coordinates(places))  # the freight matrix
        start = time.perf_counter()
        at = conditions(facts["place_factors"], places, date)
        found = landed(study, facts, places, at, customers, demand)
        found.margin()
        found.outcome()
        found.served_kt()
        money += time.perf_counter() - start
        cells += customers.freight.size
    return Result(
        figures={
            "money of three dates (s)": money,
            "with facts and freight (s)": time.perf_counter() - begun,
            "candidates x customers (m)": cells / 1e6,
            "pairs a second (m)": cells / 1e6 / money,
            "peak memory (MB)": peak_mb(),
        }
    )
