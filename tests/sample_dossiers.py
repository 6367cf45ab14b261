"""Invented dossiers of places beyond the list, and the sources of their figures."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
from sample_atlas import PAYLOADS

from maps.atlas import Atlas
from maps.dossiers import Dossiers
from maps.sources import Sources

FURTHER = 12
PARTS = (("Power", "energy"), ("Capital", "capital"), ("Capital aid", "capital"))
ROWS = pd.DataFrame(
    {
        "what": ["power price of Oman", "power of a tonne", "price outside China", "Estate act"],
        "value": ["38 USD/MWh", "11 MWh/t", "2980 USD/t", "0.3"],
        "as_of": ["2026-01", "2025", "2025-12", "2024-06"],
        "period": ["2024", "2025", "2025-10", ""],
        "confidence": ["A", "B", "C", "A"],
        "source": ["Regulator, tariff 4", "Maker's report", "Price reporter", "Gazette 12"],
    }
)


def with_dossiers(atlas: Atlas, text: tuple[str, ...] = ()) -> Atlas:
    """Return an atlas that ranks with dossiers of some of its places; `text` replaces all text."""
    assert atlas.live is not None
    listed = atlas.sites["site_id"].tolist()
    ids = [i for i in atlas.live.places["site_id"] if i not in set(listed)][:FURTHER]
    every = len(listed) + len(ids)
    facts = [(ids[0], "Operator", "Duqm Ltd", False), (ids[1], "Rent", "12 a metre", True),
             (listed[0], "Status", "partly taken", False)]  # fmt: skip
    made = Dossiers(
        places=pd.DataFrame(
            {"site_id": ids, "archetype": ["low-cost hub", "far"] * (FURTHER // 2),
             "percentile": 0.5, "low": 3000.0, "high": 3600.0, "margin": -250.0,
             "share": np.nan, "share_low": np.nan, "share_high": np.nan, "p_first": np.nan,
             "p_top10": np.nan}
        ),
        parts=PARTS,
        costs=np.column_stack([400.0 + np.arange(FURTHER), np.full(FURTHER, 900.0),
                               np.where(np.arange(FURTHER) % 2, 0.0, -50.0)]),
        power_mwh=11.0,
        customers=atlas.customers.iloc[:3].assign(site_id=ids[0]),
        laws=atlas.policies.iloc[:2].assign(site_id=ids[0]),
        facts=pd.DataFrame(facts, columns=["site_id", "fact", "text", "own"]),
        sources=Sources(
            rows=ROWS,
            figures={"power": [(0,)] * (every - 1) + [()], "use": [(1,)] * every,
                     "price": [(2,)] * every},
            uses={"cost:Power": ("power", "use"), "margin": ("price", "power"),
                  "criterion:Power price": ("power",), "estate": ()},
            laws={"EU-1": 3},
            plants={},
        ),
    )  # fmt: skip
    return dataclasses.replace(atlas, dossiers=poisoned(made, text) if text else made)


def poisoned(made: Dossiers, text: tuple[str, ...] = PAYLOADS) -> Dossiers:
    """Return dossiers with a payload in every text that is not an id or a key."""
    turn = iter(range(10**6))

    def bad(_: object) -> str:
        return text[next(turn) % len(text)]

    def all_of(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
        return frame.assign(**{name: frame[name].map(bad) for name in columns})

    rows = made.sources.rows
    return dataclasses.replace(
        made,
        places=all_of(made.places, ["archetype"]),
        customers=all_of(made.customers, ["name", "country", "modes"]),
        laws=all_of(made.laws, ["instrument", "effect", "status", "summary"]),
        facts=all_of(made.facts, ["fact", "text"]),
        sources=dataclasses.replace(made.sources, rows=all_of(rows, list(rows))),
    )
