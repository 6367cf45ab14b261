"""Five places and the tables of the catalogue, for tests of places and factors."""

from __future__ import annotations

import pandas as pd

from geodata import geometry

HERE = pd.DataFrame(
    [
        ("SE", "SE-Y", "SE2"),
        ("US", "US-TN", ""),
        ("NO", "NO-03", "NO1"),
        ("BR", "BR-SP", ""),
        ("", "", ""),
    ],
    columns=["country", "region", "zone"],
)


def catalogue(name: str) -> pd.DataFrame:
    path = geometry.files("geodata") / "catalogue" / f"{name}.csv"
    with path.open(encoding="utf-8") as text:
        return pd.read_csv(text, keep_default_na=False)
