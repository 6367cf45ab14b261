"""What a copy of this process should not have to load or work out again."""

from __future__ import annotations

import gc

import pyogrio  # noqa: F401 - as the process of foreign files loads it

import siting.pipeline  # noqa: F401 - what `plan` loads
from geodata import foreign_readers  # noqa: F401
from geodata.network import load_network
from siting.commands import cli  # noqa: F401
from siting.study.study import Study
from siting.study.studyfile import preset
from siting.world import candidates, facts, gazetteer

from .doors import TOWNS


def up() -> None:
    """Load and work out once what every input needs."""
    study = Study()
    sites = candidates.industrial_sites(study)
    candidates.own_places(TOWNS.assign(site_id=TOWNS["name"]))
    candidates.gather(study, sites)
    chosen = preset("balanced")
    facts.load(chosen)
    load_network()
    gazetteer.place("63.1,21.6")
    gc.freeze()
