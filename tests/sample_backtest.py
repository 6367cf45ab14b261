"""A small backtest made by hand, for the tests of what is shown of one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from siting.study.study import Study
from siting.validation.plants import Chosen
from siting.validation.replay import RANKINGS, Backtest


def by_hand() -> Backtest:
    """Three plants ranked by hand: a hit, a miss among sites, and one barred, without a rank."""
    plants = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "name": ["Plain", "Bar | and [red]bold[/red]", "Third"],
            "owner": "O",
            "country": ["FI", "MA", "US"],
            "world_region": ["Northern Europe", "Northern Africa", "Northern America"],
            "city": ["Vaasa", "Tangier", "Niles"],
            "lat": [63.1, 35.8, 41.2],
            "lon": [21.6, -5.8, -80.8],
            "announced": "2023",
            "year": 2023,
            "as_of": dt.date(2022, 12, 31),
            "investor": ["CN", "CN", "US"],
            "product": "synthetic",
            "capacity_ktpa": 50.0,
            "part": ["explore", "report", "fresh"],
            "town": ["FI|Vaasa", "MA|Tangier", "US|Niles"],
        }
    )
    rank = pd.DataFrame(
        {
            "towns": [0.9, 0.8, np.nan],
            "sites": [0.8, 0.7, np.nan],
            "towns_country": [0.6, np.nan, np.nan],
            "sites_country": [0.5, np.nan, np.nan],
            "towns_tenth": [1.0, 0.0, np.nan],
            "sites_tenth": [0.0, 0.0, np.nan],
            "near_km": [12.0, 3000.0, 400.0],
            "near": [1.0, 0.0, 0.0],
            "country_first": [1.0, 0.0, 0.0],
        }
    )
    standing = pd.DataFrame(
        {
            "utility": [3.0, 2.5, 1.0],
            "ln_chance": [-6.0, -8.0, -12.0],
            "ln_random": -10.0,
            "country_rank": [2.0, 7.0, 90.0],
            "country_chance": [0.2, 0.03, 0.0],
            "openness": [0.9, 1.0, 0.0],
            "tied": [True, False, False],
            "barred": [False, False, True],
        }
    )
    countries = pd.DataFrame(
        {
            "plant": ["a", "a", "b", "b"],
            "country": ["FI", "SE", "MA", "OM"],
            "chance": [0.2, 0.8, 0.03, 0.004],
            "seen": [1.0, 0.0, 1.0, 0.0],
        }
    )
    without = pd.DataFrame(
        {"plant": ["a", "b"], "criterion": "tie", "towns": [0.7, 0.8], "sites": [0.6, 0.7]}
    )
    chosen = Chosen(plants, {"silicon only": 4, "under 5 kt": 0})
    return Backtest(Study(), chosen, standing, dict.fromkeys(RANKINGS, rank), countries, without)
