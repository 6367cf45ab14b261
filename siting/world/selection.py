"""Which candidates of a study may be built on, and which a gate excludes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import raise_if
from siting.study.study import Study
from siting.world import candidates, exclusions, gates
from siting.world.facts import Facts


@dataclass(frozen=True)
class Selection:
    """The candidates of a study; both frames hold what is known of their power.

    Attributes
    ----------
    places : DataFrame (n)
        Candidates that may be built on, sorted by `site_id`.
    barred : DataFrame
        Those that may not, with `rule_id` and `rule`; never scored.
    exclusions : tuple of Account
        What each of the study's own layers excludes.
    notes : tuple of str
        Sentences on how the user's list was read, where that was not plain to see.
    own_ids : ndarray of str
        `site_id` of every place of the user's own list; empty where there is none.
    databases : tuple of mapping
        What was read of databases, see `geodata.postgis.read`.
    """

    places: pd.DataFrame
    barred: pd.DataFrame
    exclusions: tuple[exclusions.Account, ...] = ()
    notes: tuple[str, ...] = ()
    own_ids: NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))
    databases: tuple[Mapping[str, str | int], ...] = ()


def select(
    study: Study,
    known: Facts,
    own: candidates.Own,
    cells: pd.DataFrame | None = None,
    screened: NDArray[np.float64] | None = None,
) -> Selection:
    """Gather the candidates of a study and part them by its gates (`siting.world.gates`).

    Parameters
    ----------
    study : Study
    known : Facts
    own : Own
        The user's files.
    cells : DataFrame, optional
        The best hexagons, where there was a screening.
    screened : ndarray (m, 2), optional
        lat and lon of all cells of it.

    Raises
    ------
    SitingError
        When no candidate is left.
    """
    sites = candidates.known_then(known["industrial_sites"], known.as_of)
    every = candidates.gather(study, sites, known.closed, own, cells)
    every = every.join(gates.power_facts(every, known))
    why = gates.gates(every, study, known, own)
    apart = why["rule_id"].ne("")
    raise_if(candidates.none_left(study, every, why))
    barred = every[apart].join(why[apart]).reset_index(drop=True)
    accounts = exclusions.accounts(study.exclude, own.layers, barred, len(every), screened)
    places = every[~apart].reset_index(drop=True)
    return Selection(places, barred, accounts, own.notes, own.ids, own.databases)
