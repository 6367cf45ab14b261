"""Events on a date: what holds, and what it does to places and lanes."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.load import catalogue_date, table
from siting.freight.passages import Toll
from siting.world import events, policy

LAWS = table("policy_zones")
DAY = dt.timedelta(days=1)
COLUMNS = tuple(table("events").columns)


def event(name: str, **cells: object) -> pd.DataFrame:
    """Return one event, in force since 2024 without an end, last read in 2024."""
    blank: dict[str, object] = dict.fromkeys(COLUMNS, "") | {"value": np.nan}
    return pd.DataFrame(
        [blank | {"event_id": name, "since": "2024", "last_read": "2024-06"} | cells]
    )


def places(*codes: str) -> pd.DataFrame:
    return pd.DataFrame(
        [{"country": c[:2], "region": c if "-" in c else "", "zone": ""} for c in codes]
    )


def ids(rows: pd.DataFrame) -> set[str]:
    return set(rows["event_id"])


@pytest.mark.parametrize("row", table("events").to_dict("records"), ids=lambda r: r["event_id"])
def test_an_event_is_known_from_its_first_day_and_gone_after_its_last(row: dict[str, str]) -> None:
    every, name = table("events"), row["event_id"]
    if not row["since"]:
        assert name not in ids(events.in_force(every, catalogue_date()))
        assert name in ids(events.in_force(every, catalogue_date(), on=[name]))
        return
    first = pd.Timestamp(row["since"]).date()
    assert name in ids(events.in_force(every, first))
    assert name not in ids(events.in_force(every, first - DAY))
    assert name not in ids(events.in_force(every, first, off=[name]))
    if row["until"]:
        last = pd.Period(row["until"]).end_time.date()
        assert name in ids(events.in_force(every, last))
        assert name not in ids(events.in_force(every, last + DAY))


def test_what_was_not_followed_to_the_date_holds_and_says_so() -> None:
    lost = event("lost")
    assert events.in_force(lost, dt.date(2024, 6, 30))["followed"].tolist() == [""]
    assert events.in_force(lost, dt.date(2024, 7, 1))["followed"].tolist() == [
        "last read on 2024-06"
    ]
    ended = event("ended", until="2025")
    assert events.in_force(ended, dt.date(2025, 1, 1))["followed"].tolist() == [""]


def test_a_war_closes_a_country_and_bars_a_region_to_everyone() -> None:
    war = event("war", kind="war", geography="UA;CD-NK", effect="bar")
    now = events.in_force(war, dt.date(2025, 1, 1))
    assert events.closed(now) == {"UA": "war"}
    where = places("UA-30", "CD-NK", "CD-KN", "FI")
    assert events.refusal(now, where, "KR").tolist() == [1, 1, 0, 0]
    rules = events.entry_rules(now, LAWS)
    assert list(rules.columns) == list(LAWS.columns)
    assert policy.bars(rules, where, "KR").tolist() == ["war", "war", "", ""]
    assert "last read on 2024-06" in rules["instrument"].iloc[0]


def test_refusals_multiply_with_those_of_the_laws_and_ask_for_the_owner() -> None:
    now = events.in_force(
        pd.concat(
            [event("a", geography="FI", effect="refusal", value=0.5),
             event("b", geography="FI-01", effect="refusal", value=0.2, applies_to_owner_hq="CN")]
        ),
        dt.date(2025, 1, 1),
    )  # fmt: skip
    where = places("FI-01", "FI-02", "SE-AC")
    laws = policy.in_force(LAWS, dt.date(2025, 1, 1))
    both = pd.concat([laws, events.entry_rules(now, laws)], ignore_index=True)
    for investor, wanted in (("CN", [0.4, 0.5, 1.0]), ("KR", [0.5, 0.5, 1.0])):
        undone = 1 - events.refusal(now, where, investor)
        assert undone == pytest.approx(wanted)
        alone = policy.openness(laws, where, investor)
        assert policy.openness(both, where, investor) == pytest.approx(alone * undone)


def test_charges_and_closures_become_tolls() -> None:
    rows = pd.concat(
        [event("a", effect="closure", passage="hormuz"),
         event("b", effect="usd_per_t", geography="OM;SA-03", value=88.0),
         event("c", effect="months", passage="suez", value=1.0)]
    )  # fmt: skip
    now = events.in_force(rows, dt.date(2025, 1, 1))
    assert events.tolls(now) == (Toll("hormuz", (), np.inf), Toll("", ("OM", "SA-03"), 88.0))


def test_no_place_is_charged_or_refused_twice_by_one_kind_of_event_on_any_day() -> None:
    """Charges of several carriers for one leg are one row, else a port would pay them all."""
    every = table("events")
    for date in every["since"][every["since"].ne("")].unique():
        now = events.in_force(every, pd.Timestamp(date).date())
        for _, rows in now[now["effect"].ne("months")].groupby(["effect", "applies_to_owner_hq"]):
            places_of = rows["geography"].str.split(";").explode() + rows["passage"]
            assert not places_of.duplicated().any(), date


def test_today_in_the_gulf_and_the_red_sea() -> None:
    now = events.in_force(table("events"), catalogue_date())
    assert {"QA", "BH"} <= set(events.closed(now))
    assert {t.passage for t in events.tolls(now) if t.usd_per_t == np.inf} == {
        "hormuz", "bab_el_mandeb",
    }  # fmt: skip
    assert now.set_index("event_id")["followed"]["hormuz-2026"] == "last read on 2026-07-01"
    eve = events.in_force(table("events"), dt.date(2023, 11, 28))
    assert events.tolls(eve) == ()
