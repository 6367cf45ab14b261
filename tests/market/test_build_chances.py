"""Chance that a project is built: the most specific row that was known on the date."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.load import table
from geodata.vocabulary import BUILD_KIND, PROJECT_STATUS
from siting.market.chances import chance_of
from siting.market.demand import known_on

NOW = dt.date(2026, 11, 22)


def plants(*rows):
    return pd.DataFrame(rows, columns=["owner_hq_country", "country", "status"])


def chances(*rows):
    columns = ["kind", "home", "host", "state", "low", "central", "high", "since"]
    return pd.DataFrame(
        [(*row[:4], row[4], row[4], row[4], row[5]) for row in rows], columns=columns
    )


GENERAL = ("", "", "", "announced", 0.5, "")


def one(rows, home="CN", host="DE", when=NOW, kind="gigafactories"):
    return chance_of(plants((home, host, "announced")), chances(*rows), kind, when).tolist()


def test_before_any_evidence_the_old_judgement_holds():
    judged = {"operating": 1.0, "construction": 0.8, "announced": 0.5, "paused": 0.15,
              "cancelled": 0.0}  # fmt: skip
    states = list(judged)
    asked = plants(*[("CN", "DE", state) for state in states])
    got = chance_of(asked, table("build_chances"), "gigafactories", dt.date(2022, 1, 1))
    assert got.tolist() == list(judged.values())


@given(
    home=st.sampled_from(["CN", "KR", "SE", "US", "IN", "SA"]),
    host=st.sampled_from(["US", "DE", "MA", "ID", "KR", "NA"]),
    state=st.sampled_from(list(PROJECT_STATUS)),
    kind=st.sampled_from(list(BUILD_KIND)),
    when=st.dates(dt.date(2015, 1, 1), NOW),
)
def test_every_project_has_a_chance_on_every_date(home, host, state, kind, when):
    asked = plants((home, host, state))
    low, central, high = (
        chance_of(asked, table("build_chances"), kind, when, value)[0]
        for value in ("low", "central", "high")
    )
    assert 0 <= low <= central <= high <= 1


@pytest.mark.parametrize("kind", list(BUILD_KIND))
@pytest.mark.parametrize("when", [dt.date(2021, 6, 1), dt.date(2023, 11, 28), NOW])
def test_a_project_further_on_is_likelier(kind, when):
    homes, hosts = ["CN", "KR", "JP", "US", "SE", "AU", "IN"], ["US", "DE", "MA", "ID", "CA"]
    pairs = [(home, host) for home in homes for host in hosts]
    order = ["cancelled", "paused", "announced", "construction", "operating"]
    got = [
        chance_of(plants(*[(*pair, s) for pair in pairs]), table("build_chances"), kind, when)
        for s in order
    ]
    # a halted works may stand while a barred plan never will, so those two are not compared
    assert (np.diff([got[0], *got[2:]], axis=0) > 0).all()


def test_a_row_of_home_and_host_comes_before_home_before_host_before_all():
    host = ("", "", "DE", "announced", 0.4, "")
    home = ("", "CN", "", "announced", 0.3, "")
    both = ("", "CN", "DE", "announced", 0.2, "")
    assert one([GENERAL]) == [0.5]
    assert one([GENERAL, host]) == [0.4]
    assert one([GENERAL, host, home]) == [0.3]
    assert one([both, home, GENERAL, host]) == [0.2]
    assert one([both, home, GENERAL, host], home="KR") == [0.4]
    assert one([both, home, GENERAL, host], home="KR", host="US") == [0.5]


def test_one_country_comes_before_a_bloc():
    bloc, country = ("", "", "DE;FR", "announced", 0.4, ""), ("", "", "DE", "announced", 0.3, "")
    assert one([GENERAL, bloc, country]) == [0.3]
    assert one([GENERAL, bloc, country], host="FR") == [0.4]


def test_a_row_of_the_kind_comes_before_one_of_all_kinds():
    anode = ("anode_plants", "", "", "announced", 0.3, "")
    assert one([GENERAL, anode], kind="anode_plants") == [0.3]
    assert one([GENERAL, anode]) == [0.5]


def test_a_row_counts_from_its_day_and_the_newest_wins():
    rows = [GENERAL, ("", "", "DE", "announced", 0.4, "2023-03-06")]
    rows.append(("", "", "DE", "announced", 0.3, "2025-03-19"))
    for when, wanted in (("2023-03-05", 0.5), ("2023-03-06", 0.4), ("2025-03-19", 0.3)):
        assert one(rows, when=dt.date.fromisoformat(when)) == [wanted]


def test_each_plant_has_its_own_and_their_order_does_not_matter():
    cells = known_on(table("gigafactories"), NOW, "former_plan_gwh")
    rows = table("build_chances")
    got = chance_of(cells, rows, "gigafactories", NOW)
    mixed = cells.sample(frac=1, random_state=1)
    back = pd.Series(chance_of(mixed, rows, "gigafactories", NOW), index=mixed.index)
    assert got.tolist() == back[cells.index].tolist()
    assert got[cells["status"].eq("cancelled")].max() == 0
    assert len(set(got[cells["status"].eq("announced")])) > 2


def test_no_plants_and_no_row():
    assert chance_of(plants(), table("build_chances"), "gigafactories", NOW).size == 0
    with pytest.raises(SitingError, match="announced"):
        one([("", "CN", "", "announced", 0.3, "")], home="KR")
