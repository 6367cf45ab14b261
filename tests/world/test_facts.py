import datetime as dt

import pytest

from geodata.errors import SitingError
from geodata.load import catalogue_date, table
from siting.study.study import Events, Policies, Study
from siting.world import facts


def test_every_table_is_there_and_the_date_is_the_catalogues_own():
    known = facts.load(Study())
    assert known.as_of == catalogue_date()
    for name in facts.USED:
        assert len(known[name]) > 0
    assert known["gigafactories"].equals(table("gigafactories"))


def test_what_is_in_force_is_enacted_too():
    known = facts.load(Study(as_of=dt.date(2023, 11, 28)))
    assert set(known.laws["instrument_id"]) <= set(known.enacted["instrument_id"])
    assert len(known.laws) < len(known.enacted) < len(known["policy_zones"])


def test_fewer_laws_were_in_force_earlier():
    dates = [dt.date(2015, 1, 1), dt.date(2021, 1, 1), dt.date(2024, 1, 1)]
    counts = [len(facts.load(Study(as_of=date)).laws) for date in dates]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_countries_close_on_a_date():
    rows = table("excluded_countries")
    assert facts.closed_countries(rows, dt.date(2026, 11, 22))["CN"] == "home_market"
    out = rows[rows["country"].eq("BY")].iloc[0]
    since = dt.date.fromisoformat(str(out["since"]))
    assert facts.closed_countries(rows, since).get("BY") == out["reason"]
    assert "BY" not in facts.closed_countries(rows, since - dt.timedelta(days=1))


def test_a_war_closes_a_country_from_its_first_day_unless_it_is_switched_off():
    since = dt.date(2022, 2, 24)
    assert facts.load(Study(as_of=since)).closed["UA"] == "war"
    assert "UA" not in facts.load(Study(as_of=since - dt.timedelta(days=1))).closed
    off = facts.load(Study(as_of=since, events=Events(off=("ua-war-2022",))))
    assert "UA" not in off.closed
    assert off.closed["CN"] == "home_market"


def test_laws_and_events_decide_on_entry_together():
    known = facts.load(Study())
    bars = set(known.entry["instrument_id"]) - set(known.laws["instrument_id"])
    assert {"cd-kivu-2022", "kw-war-2026"} <= bars
    assert list(known.entry.columns) == list(known.laws.columns)


def test_a_table_of_the_users_takes_the_place_of_ours(tmp_path):
    few = table("anode_prices").head(2)
    few.to_csv(tmp_path / "mine.csv", index=False)
    known = facts.load(Study(tables={"anode_prices": tmp_path / "mine.csv"}))
    assert len(known["anode_prices"]) == 2


def test_faults_of_all_tables_at_once(tmp_path):
    own = {"anode_prices": tmp_path / "a.csv", "gigafactories": tmp_path / "b.csv"}
    (tmp_path / "a.csv").write_text("colour\nred\n")
    with pytest.raises(SitingError) as caught:
        facts.load(Study(tables=own))
    said = str(caught.value)
    assert "colour" in said
    assert "b.csv" in said


def test_every_unknown_instrument_is_named():
    with pytest.raises(SitingError) as caught:
        facts.load(Study(policies=Policies(off=("EU-CBAMM",), on=("XX",))))
    assert [(f.column, f.value) for f in caught.value.faults] == [
        ("policies.off.0", "EU-CBAMM"), ("policies.on.0", "XX"),
    ]  # fmt: skip
    assert "EU-CBAM" in caught.value.faults[0].hint


def test_every_unknown_event_is_named():
    with pytest.raises(SitingError) as caught:
        facts.load(Study(events=Events(off=("hormuz",), on=("xx",))))
    assert [(f.column, f.value) for f in caught.value.faults] == [
        ("events.off.0", "hormuz"), ("events.on.0", "xx"),
    ]  # fmt: skip
    assert "hormuz-2026" in caught.value.faults[0].hint


def test_laws_switched_by_hand():
    assert "EU-CBAM" in set(facts.load(Study()).laws["instrument_id"])
    off = facts.load(Study(policies=Policies(off=("EU-CBAM",))))
    assert "EU-CBAM" not in set(off.laws["instrument_id"]) | set(off.enacted["instrument_id"])
