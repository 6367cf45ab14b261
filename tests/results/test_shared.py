import dataclasses

import numpy as np

from siting.model.archetypes import archetypes
from siting.results.shared import laws_at, shared_of
from siting.results.tables import ranked_sites
from siting.results.workbook.book import write_workbook
from siting.world import policy


def test_laws_are_those_of_the_place_and_the_investor(nordic):
    heads = nordic.zones.head
    laws = laws_at(nordic, heads)
    assert laws["nth"].is_monotonic_increasing
    for nth, country in enumerate(nordic.places["country"].iloc[heads]):
        own = laws[laws["nth"].eq(nth)]
        others = {f"{c}-" for c in ("SE", "FI", "NO", "MA")} - {f"{country}-"}
        assert not set(own["zone_id"].str[:3]) & others
        assert policy.applies_to_owner(own, nordic.study.investor).all()
    finnish = np.flatnonzero(nordic.places["country"].eq("FI"))[:1]
    assert "FI-NZ2035" in set(laws_at(nordic, finnish)["zone_id"])


def test_every_site_of_the_list_has_its_archetype(nordic):
    shared = shared_of(nordic)
    member = {site: kind.name for kind in archetypes(nordic) for site in kind.members}
    ids = nordic.places["site_id"].iloc[nordic.zones.head]
    assert shared.archetype == [member[site] for site in ids]


def test_where_no_law_holds_the_list_and_the_workbook_say_none(nordic, tmp_path):
    lawless = dataclasses.replace(nordic.facts, laws=nordic.facts.laws.iloc[:0])
    plan = dataclasses.replace(nordic, facts=lawless)
    shared = shared_of(plan)
    assert shared.laws.empty
    assert ranked_sites(plan, shared)["laws"].eq("").all()
    write_workbook(plan, tmp_path / "ranked_sites.xlsx", shared)
    assert (tmp_path / "ranked_sites.xlsx").stat().st_size > 0
