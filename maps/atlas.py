"""What the map shows, as frames, and the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CriterionInfo:
    """A criterion as a reader meets it: its name and the unit of its raw value."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Pillar:
    """A group of criteria with a colour of its own; a study has five at most."""

    key: str
    name: str
    criteria: tuple[CriterionInfo, ...]


@dataclass(frozen=True)
class Atlas:
    """stub."""

    title: str
    subtitle: str
    answer: str
    study: str
    as_of: str
    pillars: tuple[Pillar, ...]
    strategies: tuple[str, ...]
    sites: pd.DataFrame
    contributions: pd.DataFrame
    criteria: pd.DataFrame
    strategy_scores: pd.DataFrame
    customers: pd.DataFrame
    policies: pd.DataFrame
    runners_up: pd.DataFrame
    barred: pd.DataFrame
    gigafactories: pd.DataFrame
    automakers: pd.DataFrame
    rivals: pd.DataFrame
    policy_countries: pd.DataFrame
    clusters: pd.DataFrame
    zones: pd.DataFrame
    surface: pd.DataFrame
    surface_breaks: tuple[float, ...]
    scored_countries: frozenset[str]
    attributions: tuple[str, ...]
    notes: tuple[str, ...]


def draw(atlas: Atlas) -> str:
    """Not yet drawn."""
    return ""
