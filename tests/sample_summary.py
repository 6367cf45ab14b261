"""What a comparison reads of a plan, by hand."""

import datetime as dt

import pandas as pd

from siting.scenarios.compare import PlanSummary
from siting.study.study import Candidates, Listing, Study

NORTH = Study(
    name="north",
    candidates=Candidates(sets=("industrial_sites", "towns"), countries=("FI", "SE", "US"),
                          min_population=100_000),
    listing=Listing(zones=30),
)  # fmt: skip


def stand(shares, barred=(), study=NORTH, day=dt.date(2026, 1, 1), rule="A rule"):
    """A plan's standing by hand: every ranked site is a zone of its own."""
    order = sorted(shares, key=lambda site: (-shares[site], site))
    sites = pd.DataFrame(
        {
            "name": [f"Place {site}" for site in order],
            "country": "FI",
            "kind": "town",
            "share": [float(shares[site]) for site in order],
            "rank": range(1, len(order) + 1),
            "zone": range(1, len(order) + 1),
        },
        index=pd.Index(order, name="site_id", dtype=object),
    )
    excluded = pd.DataFrame(
        {"name": [f"Place {site}" for site in barred], "country": "FI", "kind": "town",
         "rule": rule},
        index=pd.Index(list(barred), name="site_id", dtype=object),
    )  # fmt: skip
    return PlanSummary(study, day, (2000.0, 3000.0), frozenset(), (1, 1), sites, excluded,
                    tuple(order), sites.groupby("country")["share"].sum())  # fmt: skip
