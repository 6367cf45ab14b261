import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.load import table
from siting.study.product import catalogue
from siting.world import policy

KNOWN = catalogue()
ANODE = KNOWN["synthetic"]
TODAY, ARTICLE = dt.date(2026, 11, 22), dt.date(2023, 11, 28)


def places(*codes):
    """Places of a country, or of a region such as US-TX."""
    return pd.DataFrame(
        {
            "country": [c[:2] for c in codes],
            "region": [c if "-" in c else "" for c in codes],
            "zone": "",
        }
    )


@pytest.fixture(scope="module")
def zones():
    return table("policy_zones")


@pytest.fixture(scope="module")
def groups():
    return table("country_groups")


@pytest.fixture(scope="module")
def trade():
    return table("trade_access")


def ids(laws):
    return set(laws["instrument_id"])


def test_nothing_of_2024_is_in_force_in_november_2023(zones):
    then = policy.in_force(zones, ARTICLE)
    assert (then["start_date"] <= "2023-11-28").all()
    assert (then["known_date"] <= "2023-11-28").all()


def test_laws_come_and_go_by_date(zones):
    assert "SE-ISP-REFUSAL" not in ids(policy.in_force(zones, ARTICLE))
    assert "SE-ISP-REFUSAL" in ids(policy.in_force(zones, TODAY))
    assert "EU-CO2-2020" in ids(policy.in_force(zones, ARTICLE))
    assert "EU-CO2-2020" not in ids(policy.in_force(zones, TODAY))
    assert "US-AD-AAM-PROV" in ids(policy.in_force(zones, dt.date(2025, 9, 1)))
    assert "US-AD-AAM-PROV" not in ids(policy.in_force(zones, TODAY))


def test_a_proposal_counts_only_when_switched_on(zones):
    assert "EU-IAA-FDI" not in ids(policy.in_force(zones, TODAY))
    assert "EU-IAA-FDI" in ids(policy.in_force(zones, TODAY, on=["EU-IAA-FDI"]))


def test_a_law_switched_off_is_gone(zones):
    assert "US-45X-EAM" not in ids(policy.in_force(zones, TODAY, off=["US-45X-EAM"]))


def test_an_enacted_law_pulls_before_it_starts(zones):
    ahead = policy.in_force(zones, ARTICLE, ahead_months=policy.BUILD_MONTHS)
    assert "US-30D-FEOC-COMP" in ids(ahead)
    assert "US-30D-FEOC-COMP" not in ids(policy.in_force(zones, ARTICLE))


@pytest.mark.parametrize(
    ("text", "investor", "applies"),
    [("", "KR", True), ("CN", "CN", True), ("CN;RU;IR;KP", "KR", False), ("not:PFE", "CN", False),
     ("not:PFE", "NO", True), ("CN;RU;IR;KP (as suppliers)", "CN", True)],
)  # fmt: skip
def test_owners_are_read_from_the_rule(text, investor, applies):
    laws = pd.DataFrame({"applies_to_owner_hq": [text]})
    assert policy.applies_to_owner(laws, investor).tolist() == [applies]


def test_a_rule_for_the_other_graphite_does_not_apply():
    laws = pd.DataFrame(
        {"applies_to_product": ["synthetic graphite from CN", "natural graphite", "any plant"]}
    )
    assert policy.applies_to_product(laws, KNOWN["synthetic"]).tolist() == [True, False, True]
    assert policy.applies_to_product(laws, KNOWN["natural"]).tolist() == [False, True, True]


def test_land_laws_bar_a_chinese_investor_and_no_other(zones):
    where = places("US-TX", "US-GA", "SE-Y")
    laws = policy.in_force(zones, TODAY)
    assert policy.bars(laws, where, "CN").tolist() == ["US-TX-LAND", "", ""]
    assert policy.bars(laws, where, "KR").tolist() == ["", "", ""]


def test_a_bar_is_an_openness_of_zero(zones):
    where = places("US-TX", "US-GA", "SE-Y", "FI-12")
    laws = policy.in_force(zones, TODAY)
    chance = policy.openness(laws, where, "CN")
    assert ((chance == 0) == (policy.bars(laws, where, "CN") != "")).all()
    assert chance[2] < 0.2 < chance[3]
    assert (policy.openness(laws, where, "KR") >= chance).all()


def test_sweden_closes_to_chinese_investors_after_the_refusal(zones):
    then = policy.openness(policy.in_force(zones, ARTICLE), places("SE-Y"), "CN")
    now = policy.openness(policy.in_force(zones, TODAY), places("SE-Y"), "CN")
    assert now[0] < 0.2
    assert then[0] > 0.9


@pytest.mark.parametrize(
    ("place", "by_date"),
    [
        ("US-TN", {"2022-08-15": 0.9, "2022-08-16": 0.65, "2023-12-04": 0.25, "2025-07-05": 0.05}),
        ("US-VA", {"2023-11-28": 0.05, "2024-03-01": 0.05, "2026-11-22": 0.05}),
        ("US-MI", {"2023-11-06": 0.65, "2024-03-01": 0.2, "2026-11-22": 0.05}),
        ("CA-ON", {"2021-06-01": 0.7, "2022-10-28": 0.25, "2024-07-04": 0.15, "2026-01-16": 0.3}),
        ("IN-GJ", {"2026-03-09": 0.15, "2026-03-10": 0.25}),
        ("AU-WA", {"2023-02-01": 0.5, "2023-03-01": 0.3}),
    ],
)
def test_rules_that_follow_each_other_do_not_multiply(zones, place, by_date):
    for date, chance in by_date.items():
        laws = policy.in_force(zones, dt.date.fromisoformat(date))
        assert policy.openness(laws, places(place), "CN")[0] == pytest.approx(chance, abs=0.003)
        assert policy.openness(laws, places(place), "KR")[0] == 1


def scheme(**changes):
    row = {
        "instrument_id": "A", "theme": "capex_aid", "capex_share": 0.2, "geo_type": "iso2",
        "geography": "DE", "applies_to_owner_hq": "", "applies_to_product": "any plant",
        "role": "score", "strikes": "", "unit": "",
    }  # fmt: skip
    return {**row, **changes}


def test_capital_aid_is_the_best_scheme_up_to_the_cap():
    laws = pd.DataFrame(
        [
            scheme(capex_share=0.15),
            scheme(geography="DE;FR"),
            scheme(capex_share=0.5, role="explain"),
            scheme(capex_share=0.45, applies_to_owner_hq="KR"),
            scheme(capex_share=0.9, geography="PL"),
        ]
    )
    given = policy.capital_aid(laws, places("DE", "FR", "PL", "IT"), "CN", KNOWN["synthetic"])
    assert given == pytest.approx([0.20, 0.20, policy.AID_CAP, 0.0])


def test_aid_for_any_plant_is_aid_but_not_aimed_at_the_product(zones):
    laws, where = policy.in_force(zones, TODAY), places("MA", "KR")
    assert policy.capital_aid(laws, where, "CN", KNOWN["synthetic"])[0] > 0
    aimed = policy.capital_aid(policy.aimed(laws), where, "KR", KNOWN["synthetic"])
    assert aimed[0] == 0 < aimed[1]


def test_a_law_strikes_another_from_the_owners_it_names():
    bar = scheme(
        instrument_id="BAR", applies_to_owner_hq="CN;RU", strikes="A;B", capex_share=np.nan
    )
    laws = pd.DataFrame([scheme(), bar])
    assert policy.struck(laws, "CN") == {"A", "B"}
    assert policy.struck(laws, "KR") == frozenset()
    assert policy.capital_aid(laws, places("DE"), "CN", KNOWN["synthetic"])[0] == 0
    assert policy.capital_aid(laws, places("DE"), "KR", KNOWN["synthetic"])[0] == pytest.approx(0.2)


def test_a_chinese_investor_loses_45x_in_july_2025(zones):
    before, after = (
        policy.in_force(zones, dt.date.fromisoformat(day)) for day in ("2025-06-30", "2025-08-01")
    )
    assert "US-45X-EAM" in ids(policy.usable(before, "CN", KNOWN["synthetic"]))
    assert "US-45X-EAM" not in ids(policy.usable(after, "CN", KNOWN["synthetic"]))
    assert "US-45X-EAM" in ids(policy.usable(after, "KR", KNOWN["synthetic"]))


def test_american_demand_closes_to_prohibited_owners_step_by_step(zones):
    def share(day, owner):
        laws = policy.in_force(zones, dt.date.fromisoformat(day))
        return policy.open_share(laws, places("US", "DE"), owner)

    assert share("2025-12-31", "CN").tolist() == [1.0, 1.0]
    assert share("2026-11-22", "CN") == pytest.approx([0.4, 1.0])  # 60 % from others
    assert share("2028-06-01", "CN") == pytest.approx([0.3, 1.0])
    assert share("2026-11-22", "KR").tolist() == [1.0, 1.0]


def test_silicon_blended_anode_is_synthetic_before_the_law(zones):
    same = [policy.applies_to_product(zones, KNOWN[p]) for p in ("synthetic", "silicon_blended")]
    assert (same[0] == same[1]).all()


def enacted_on(zones, date):
    return policy.in_force(zones, date, ahead_months=policy.BUILD_MONTHS)


@pytest.mark.parametrize(
    ("date", "korean", "chinese"),
    [
        (ARTICLE, 1.0, 1.0),  # bound by where a tonne is made: a plant abroad gains, whose it be
        (dt.date(2024, 6, 1), 0.0, 0.0),  # graphite is let off until 2027
        (TODAY, 0.7, 0.0),  # bound by who made it: the owner gains nothing abroad
    ],
)
def test_origin_rules_help_those_they_do_not_bar(zones, date, korean, chinese):
    enacted = enacted_on(zones, date)
    for owner, gain in (("KR", korean), ("CN", chinese)):
        assert policy.origin_rule(enacted, places("US", "DE"), owner, ANODE) == pytest.approx(
            [gain, 0]
        )


def test_what_is_closed_follows_the_place_then_the_owner(zones):
    def closed(date, made_in, owner):
        return policy.closed_share(enacted_on(zones, date), places("US"), ANODE, made_in=made_in,
                                   owner=owner)[0]  # fmt: skip

    assert closed(ARTICLE, "CN", "CN") == closed(ARTICLE, "CN", "KR") == 1
    assert closed(ARTICLE, "", "CN") == closed(ARTICLE, "KR", "KR") == 0
    assert closed(TODAY, "", "CN") == closed(TODAY, "CN", "CN") == pytest.approx(0.7)
    assert closed(TODAY, "KR", "KR") == 0


def test_cells_for_storage_are_free_of_the_rule_on_cars(zones):
    buyers = places("US", "US").assign(segment=["ev", "ess"])
    enacted = enacted_on(zones, ARTICLE)
    assert policy.origin_rule(enacted, buyers, "KR", ANODE).tolist() == [1, 0]


@pytest.mark.parametrize("owner", ["CN", "KR", "US", "DE"])
@pytest.mark.parametrize("date", [ARTICLE, dt.date(2025, 1, 1), TODAY])
def test_no_rule_closes_more_than_all_and_a_rule_less_opens_no_less(zones, date, owner):
    enacted, where = enacted_on(zones, date), places("US", "CA", "DE", "KR")
    shut = policy.closed_share(enacted, where, ANODE, made_in="CN", owner=owner)
    gain = policy.origin_rule(enacted, where, owner, ANODE)
    assert ((shut >= 0) & (shut <= 1) & (gain >= 0) & (gain <= 1)).all()
    none = policy.closed_share(enacted.iloc[:0], where, ANODE, made_in="CN", owner=owner)
    assert not none.any()
    assert (policy.closed_share(enacted, where, ANODE, made_in="CN", owner="CN") >= shut).all()


def test_affinity_steps(groups, trade):
    near = policy.home_affinity(
        places("US", "CA", "NO", "KR", "OM", "ID"), "US", groups, trade, TODAY
    )
    assert near[:5] == pytest.approx([1.0, 0.7, 0.5, 0.5, 0.3])
    assert near[5] == pytest.approx(0.1)
    assert policy.home_affinity(places("SE"), "NO", groups, trade, TODAY)[0] == 0.7


def test_a_territory_stands_under_the_law_of_its_state(zones, groups, trade):
    laws = policy.in_force(zones, TODAY)
    state, island, own = policy.coverage(laws, places("US", "PR", "AW")).tolist()
    assert island == state
    assert any(state)
    assert not any(own)
    home = policy.home_affinity(places("PR", "GU", "MC"), "US", groups, trade, TODAY, ("PR",))
    assert home.tolist() == [1.0, 1.0, 0.1]
    near = policy.home_affinity(places("MF", "PR", "US"), "NO", groups, trade, TODAY, ("PR",))
    assert near.tolist() == [0.7, 0.7, 0.5]


def test_a_law_of_the_territory_alone_counts_there_and_not_in_its_state(zones):
    own = zones.head(1).assign(geo_type="iso2", geography="PR")
    assert policy.coverage(own, places("PR", "US")).ravel().tolist() == [True, False]


def test_duty_free_reach_of_a_territory_is_that_of_the_customs_territory_it_lies_in(groups, trade):
    reach = policy.duty_free_reach(
        places("PR", "US", "GU", "MF", "FR", "MC", "IM", "GB"), groups, trade, TODAY
    ).tolist()
    assert reach[0] == reach[1] == reach[2] >= 0.5
    assert reach[3] == reach[4] == reach[5] >= 0.5
    assert reach[6] == reach[7]


def test_duty_free_reach_counts_both_markets(groups, trade):
    reach = policy.duty_free_reach(places("MA", "DE", "US", "ID"), groups, trade, TODAY)
    assert reach[0] == 1.0  # association with the EU and free trade with the US
    assert reach[1] == 0.5
    assert reach[2] >= 0.5
    assert reach[3] < 0.5


def test_order_of_rules_never_matters(zones):
    laws, where = policy.in_force(zones, TODAY), places("US-TX", "SE-Y", "CA-QC", "IN-KA")
    turned = laws.iloc[::-1]
    assert policy.openness(turned, where, "CN") == pytest.approx(policy.openness(laws, where, "CN"))
    assert np.array_equal(
        policy.capital_aid(turned, where, "US", KNOWN["synthetic"]),
        policy.capital_aid(laws, where, "US", KNOWN["synthetic"]),
    )


def law(**changes):
    """One instrument of its own by hand, in force from March 2024 to the end of 2025."""
    row = {
        "instrument_id": "A", "start_date": "2024-03-01", "known_date": "2024-01-15",
        "end_date": "2025", "status": "in_force",
    }  # fmt: skip
    return pd.DataFrame([{**row, **changes}])


@pytest.mark.parametrize(
    ("day", "changes", "options", "counts"),
    [
        ("2024-02-29", {}, {}, False),
        ("2024-03-01", {}, {}, True),  # its first day
        ("2025-12-31", {}, {}, True),  # a year ends with its last day
        ("2026-01-01", {}, {}, False),
        ("2030-01-01", {"end_date": ""}, {}, True),  # without an end
        ("2024-01-01", {"start_date": "2024"}, {}, False),  # nobody knew of it yet
        ("2024-01-15", {"start_date": "2024"}, {}, True),  # a year starts with its first day
        ("2024-03-01", {"known_date": ""}, {}, True),  # known when it starts
        ("2024-02-29", {"known_date": ""}, {"ahead_months": 1}, False),
        ("2024-02-01", {}, {"ahead_months": 1}, True),
        ("2024-01-31", {}, {"ahead_months": 1}, False),
        ("2024-01-14", {"known_date": "2024-01"}, {"ahead_months": 24}, True),
        ("2024-06-01", {"status": "proposed"}, {}, False),
        ("2024-06-01", {"status": "delayed"}, {}, False),
        ("2024-06-01", {"status": "proposed"}, {"on": ["A"]}, True),
        ("2024-06-01", {"status": "proposed"}, {"on": ["B"]}, False),
        ("2020-06-01", {}, {"on": ["A"]}, True),
        ("2024-06-01", {}, {"off": ["A"]}, False),
        ("2024-06-01", {}, {"off": ["B"]}, True),
        ("2024-06-01", {}, {"on": ["A"], "off": ["A"]}, False),
    ],
)
def test_a_law_counts_from_its_first_day_to_its_last(day, changes, options, counts):
    live = policy.in_force(law(**changes), dt.date.fromisoformat(day), **options)
    assert (len(live) == 1) == counts


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("", "", "1999-01-01", True), ("2020", "", "2020-01-01", True),
        ("2020", "", "2019-12-31", False), ("", "2020", "2020-12-31", True),
        ("", "2020", "2021-01-01", False), ("2020-06-15", "2020-06-15", "2020-06-15", True),
        ("2021", "2022", "2020-07-01", False), ("2021", "2022", "2023-07-01", False),
    ],
)  # fmt: skip
def test_membership_holds_from_the_first_day_to_the_last(since, until, day, holds):
    rows = pd.DataFrame({"since": [since], "until": [until]})
    assert len(policy.valid(rows, dt.date.fromisoformat(day))) == holds


def test_a_law_is_present_where_it_covers_the_place():
    laws = pd.DataFrame([scheme(geography="DE"), scheme(geo_type="iso3166-2", geography="US-TX")])
    where = places("US-TX", "DE", "US-GA", "FR", "DE")
    assert policy.present(laws, where).tolist() == [1.0, 1.0, 0.0, 0.0, 1.0]
    assert policy.coverage(laws, where).tolist() == [
        [False, True], [True, False], [False, False], [False, False], [True, False],
    ]  # fmt: skip
    assert policy.strongest(laws, "capex_share", where).tolist() == [0.2, 0.2, 0.0, 0.0, 0.2]
    assert policy.present(laws.iloc[:0], where).tolist() == [0.0] * 5


def rule(name, **changes):
    own = {"theme": "entry", "refusal_probability": np.nan, "magnitude": np.nan}
    return scheme(instrument_id=name, **{**own, **changes})


def test_refusals_multiply_and_the_first_that_is_certain_bars():
    laws = pd.DataFrame(
        [
            rule("HALF", refusal_probability=0.5, applies_to_owner_hq="CN"),
            rule("MORE", refusal_probability=0.4, geography="DE;FR"),
            rule("WORD", refusal_probability=1.0, role="explain"),
            rule("SHUT", refusal_probability=1.0, geography="PL", applies_to_owner_hq="not:PFE"),
            rule("ALSO", refusal_probability=1.0, geography="PL;IT"),
            rule("NONE", geography="DE"),
        ]
    )
    where = places("DE", "FR", "PL", "IT", "ES", "DE")
    assert policy.openness(laws, where, "CN") == pytest.approx([0.3, 0.6, 0.0, 0.0, 1.0, 0.3])
    assert policy.openness(laws, where, "KR") == pytest.approx([0.6, 0.6, 0.0, 0.0, 1.0, 0.6])
    assert policy.bars(laws, where, "CN").tolist() == ["", "", "ALSO", "ALSO", "", ""]
    assert policy.bars(laws, where, "KR").tolist() == ["", "", "SHUT", "ALSO", "", ""]
    assert policy.bars(laws.iloc[:1], where, "KR").tolist() == [""] * 6
    assert policy.entry_rules(laws, "KR")["instrument_id"].tolist() == ["MORE", "SHUT", "ALSO"]


def test_help_is_for_who_and_what_the_law_names():
    laws = pd.DataFrame(
        [
            scheme(instrument_id="ALL"),
            scheme(instrument_id="NATURAL", applies_to_product="Natural graphite"),
            scheme(instrument_id="BOTH", applies_to_product="natural and synthetic graphite"),
            scheme(instrument_id="KOREA", applies_to_owner_hq="KR"),
            scheme(instrument_id="STORY", role="explain"),
            scheme(instrument_id="LOST"),
            scheme(instrument_id="BAR", applies_to_owner_hq="KR", strikes="LOST;OTHER"),
        ]
    )
    assert ids(policy.usable(laws, "CN", KNOWN["synthetic"])) == {"ALL", "BOTH", "LOST"}
    assert ids(policy.usable(laws, "KR", KNOWN["natural"])) == {
        "ALL",
        "NATURAL",
        "BOTH",
        "KOREA",
        "BAR",
    }
    assert policy.struck(laws, "KR") == {"LOST", "OTHER"}
    assert policy.struck(laws, "CN") == frozenset()


def test_a_scheme_for_any_plant_is_not_aimed_however_it_is_written():
    laws = pd.DataFrame(
        [
            scheme(instrument_id="A", applies_to_product="Any plant in assisted areas"),
            scheme(instrument_id="B", applies_to_product="battery materials; any plant"),
            scheme(instrument_id="C", applies_to_product="anode"),
        ]
    )
    assert ids(policy.aimed(laws)) == {"B", "C"}


def origin(name, **changes):
    own = {
        "theme": "origin_rule", "geography": "US", "magnitude": 60.0, "applies_to_owner_hq": "CN",
        "unit": policy.FROM_OTHERS, "applies_to_product": "battery components",
    }  # fmt: skip
    return rule(name, **{**own, **changes})


def test_what_rules_on_owners_and_on_places_close_by_hand():
    mineral = origin("FEOC", unit=policy.FROM_CHINA, magnitude=25.0,
                     applies_to_product="graphite in cells",
                     theme="foreign_entity_rule")  # fmt: skip
    laws = pd.DataFrame([origin("MACR"), mineral])
    buyers = places("US", "US", "DE").assign(segment=["ev", "ess", "ev"])

    def closed(of, made_in, owner, who=buyers):
        return policy.closed_share(of, who, ANODE, made_in=made_in, owner=owner).tolist()

    # a quarter may come from China: 75 % is closed to what is made there, 60 % to who is from there
    assert closed(laws, "CN", "KR") == [0.75, 0.0, 0.0]
    assert closed(laws, "CN", "CN") == [0.75, 0.6, 0.0]
    assert closed(laws, "", "CN") == closed(laws, "KR", "CN") == [0.6, 0.6, 0.0]
    assert closed(laws, "KR", "KR") == [0.0, 0.0, 0.0]
    assert closed(laws, "CN", "KR", places("US", "DE")) == [0.75, 0.0]  # no segment is known
    # a rule on whatever is made anywhere names no place
    anywhere = pd.DataFrame([{**mineral, "applies_to_owner_hq": ""}])
    assert closed(anywhere, "", "KR") == [0.0, 0.0, 0.0]
    assert closed(anywhere, "KR", "KR") == [0.75, 0.0, 0.0]
    # what is not on graphite, of another kind, without a figure or struck out closes nothing
    for change in (
        {"applies_to_product": "lithium in cells"}, {"theme": "duty"}, {"magnitude": np.nan},
        {"unit": "pct"},
    ):  # fmt: skip
        assert closed(pd.DataFrame([{**mineral, **change}]), "CN", "KR") == [0.0, 0.0, 0.0]
    strikes = rule("NEW", applies_to_owner_hq="CN", strikes="FEOC")
    assert closed(pd.DataFrame([mineral, strikes]), "CN", "KR") == [0.0, 0.0, 0.0]
    strikes = rule("NEW", applies_to_owner_hq="KR", strikes="FEOC")  # it stays for the Chinese
    assert closed(pd.DataFrame([mineral, strikes]), "CN", "KR") == [0.75, 0.0, 0.0]
    # what a Chinese tonne loses, less what the owner loses too
    assert policy.origin_rule(laws, buyers, "KR", ANODE).tolist() == pytest.approx([0.75, 0.6, 0.0])
    assert policy.origin_rule(laws, buyers, "CN", ANODE).tolist() == pytest.approx([0.15, 0.0, 0.0])


def test_only_rules_on_battery_parts_close_demand_to_an_owner():
    laws = pd.DataFrame(
        [origin("MACR"), origin("SOLAR", applies_to_product="solar panels", magnitude=90.0),
         origin("OTHER", unit="pct", magnitude=90.0)]
    )  # fmt: skip
    assert policy.open_share(laws, places("US", "DE"), "CN") == pytest.approx([0.4, 1.0])
    assert policy.open_share(laws, places("US", "DE"), "KR").tolist() == [1.0, 1.0]


def membership(*rows):
    return pd.DataFrame(rows, columns=["group", "country", "since", "until"])


def access(*rows):
    return pd.DataFrame(rows, columns=["market", "country", "access", "since", "until"])


def test_nearness_to_home_by_hand():
    groups = membership(
        ("EU", "DE", "", ""), ("EU", "PL", "2030", ""), ("EU", "FR", "", ""), ("EEA", "DE", "", ""),
        ("EEA", "NO", "", ""), ("NATO", "DE", "", ""), ("NATO", "TR", "", ""),
        ("US_ALLY", "JP", "", ""), ("US_ALLY", "KR", "", ""), ("USMCA", "MX", "", ""),
        ("USMCA", "US", "", ""), ("USMCA", "CA", "", ""), ("US", "PR", "", ""),
    )  # fmt: skip
    trade = access(
        ("EU", "MA", "free", "", ""), ("EU", "IN", "preference", "", ""),
        ("US", "OM", "free", "", ""), ("EU", "VN", "free", "2030", ""),
    )  # fmt: skip
    where = places(
        "DE", "NO", "TR", "JP", "MX", "MA", "OM", "IN", "VN", "PL", "BR", "KR", "US", "FR"
    )

    def near(home, footholds=()):
        found = policy.home_affinity(where, home, groups, trade, TODAY, footholds)
        return dict(zip(where["country"], found, strict=True))

    far = dict.fromkeys(where["country"], 0.1)
    assert near("DE") == far | {"DE": 1.0, "NO": 0.7, "FR": 0.7, "TR": 0.5, "MA": 0.3}
    assert near("NO") == far | {"NO": 1.0, "DE": 0.7}
    assert near("TR") == far | {"TR": 1.0, "DE": 0.5}
    assert near("JP") == far | {"JP": 1.0, "KR": 0.5}
    assert near("US") == far | {"US": 1.0, "MX": 0.7, "JP": 0.5, "KR": 0.5, "OM": 0.3}
    assert near("PR") == far | {"OM": 0.3}
    assert near("BR", ["MA", "BR"]) == far | {"BR": 1.0, "MA": 0.7}
    assert near("CN") == far
    # a country stands in each of its rows
    twice = policy.home_affinity(places("NO", "DE", "NO"), "DE", groups, trade, TODAY)
    assert twice.tolist() == [0.7, 1.0, 0.7]
    # without any group of allies
    none = policy.home_affinity(places("US", "MX"), "US", groups.iloc[:0], trade, TODAY)
    assert none.tolist() == [1.0, 0.1]


def test_duty_free_reach_by_hand():
    groups = membership(("EU", "DE", "", ""), ("EU", "GB", "", "2020-01-31"))
    trade = access(
        ("EU", "MA", "free", "", ""), ("US", "MA", "free", "", ""),
        ("EU", "IN", "preference", "", ""), ("EU", "IN", "free", "2027", ""),
        ("US", "KR", "preference", "", ""), ("US", "KR", "free", "", ""),
        ("EU", "CN", "full_duty", "", ""), ("US", "DE", "preference", "", ""),
    )  # fmt: skip
    where = places("MA", "IN", "KR", "CN", "DE", "US", "GB", "BR", "IN")
    reach = policy.duty_free_reach(where, groups, trade, TODAY)
    assert reach.tolist() == [1.0, 0.25, 0.5, 0.0, 0.75, 0.5, 0.0, 0.0, 0.25]
    later = policy.duty_free_reach(places("IN"), groups, trade, dt.date(2027, 1, 1))
    assert later.tolist() == [0.5]
