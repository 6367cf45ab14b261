"""Known names in a study that nothing answers to are said, each in a sentence."""

import datetime as dt

import pandas as pd
import pytest

from siting.model.unmatched import Compared, sentences
from siting.study.sources import Hexagons
from siting.study.study import (
    Anchor,
    Candidates,
    Events,
    Finance,
    PillarWeights,
    Policies,
    Stakeholder,
    Study,
)
from siting.world import facts

COLUMNS = ["kind", "country", "region", "zone"]
FREE = pd.DataFrame(
    [("town", "SE", "SE-BD", "SE1"), ("seaport", "FI", "FI-14", "FI")], columns=COLUMNS
)
BARRED = pd.DataFrame([("town", "HU", "HU-BU", ""), ("own", "LU", "", "")], columns=COLUMNS)
LAND = pd.DataFrame([("SE", "SE-BD", "SE1"), ("LI", "", "")], columns=COLUMNS[1:])
PLAN, SCREEN = Compared(FREE, BARRED), Compared(FREE, BARRED, LAND, frozenset({"SE"}))
WAGE = {"manufacturing_wage_usd_per_h": 20.0}


@pytest.fixture(scope="module")
def known():
    return facts.load(Study())


def only(**keys):
    return Study(candidates=Candidates(**keys))


@pytest.mark.parametrize(
    ("study", "compared", "wanted"),
    [
        (only(countries=("SE", "MC")), PLAN, "countries names MC, where no candidate lies."),
        (only(countries=("SE", "GCC")), PLAN, "countries names GCC, where no candidate lies."),
        (only(countries=("SE", "HU")), PLAN, "HU, where a rule excludes every candidate (1)."),
        (only(countries=("SE", "KP")), PLAN, "KP, which is closed on 2026-11-22: Country under"),
        (only(sets=("towns", "industrial_sites")), PLAN, "sets names industrial_sites, of which"),
        (only(hex=Hexagons(regions=("SE", "MC"))), SCREEN, "MC, which holds no cell of"),
        (only(hex=Hexagons(regions=("europe", "LI"))), SCREEN, "LI, where every cell is masked."),
        (only(hex=Hexagons(regions=("SE", "RU"))), SCREEN, "RU, which is closed on 2026-11-22"),
        (Study(factors={"IS": WAGE, "SE": WAGE}), PLAN, "figures of IS, where no candidate lies."),
        (Study(factors={"GCC": WAGE}), PLAN, "factors gives figures of GCC, where"),
        (Study(factors={"SE3": WAGE, "SE1": WAGE}), PLAN, "factors gives figures of SE3, where"),
        (Study(investor="LU"), PLAN, "investor is LU, of which no battery works abroad is known"),
        (Study(anchors={"grid_carbon": Anchor(worst=900, best=0)}, weights={
            "energy": PillarWeights(weight=None, criteria={"grid_carbon": 0.0})}),
         PLAN, "anchors names grid_carbon, which weighs nothing in this study."),
        (Study(parameters={"RAMP-1": 20.0, "FIN-WC": 20.0}, finance=Finance(ramp_up=False)), PLAN,
         "parameters sets RAMP-1, which counts for nothing with finance.ramp_up off."),
    ],
)  # fmt: skip
def test_what_nothing_answers_to_is_one_sentence(known, study, compared, wanted):
    (text,) = sentences(study, known, compared)
    assert wanted in text


@pytest.mark.parametrize(
    ("study", "compared"),
    [
        (Study(), PLAN),
        (only(countries=("SE", "EU")), PLAN),  # some of whose members have no candidate
        (only(sets=("towns", "seaports"), countries=("FI",)), PLAN),
        (only(hex=Hexagons(regions=("europe", "EU", "SE"))), SCREEN),
        (Study(factors={"EU": WAGE, "SE1": WAGE, "FI-14": WAGE}), PLAN),
        (Study(factors={"LI": WAGE}), SCREEN),
        (Study(anchors={"grid_carbon": Anchor(worst=900, best=0)}, stakeholders={
            "A": Stakeholder(share=None, lens=None, weights={
                "energy": PillarWeights(weight=1, criteria={"grid_carbon": 1.0})})}), PLAN),
    ],
)  # fmt: skip
def test_what_something_answers_to_needs_no_word(known, study, compared):
    assert sentences(study, known, compared) == ()


def test_a_switch_that_changes_nothing_is_said(known):
    laws = known["policy_zones"].set_index("instrument_id")
    live = known.laws["instrument_id"].iloc[0]
    planned = laws.index[laws["status"].eq("proposed")][0]
    for side, name in (("on", live), ("off", planned)):
        study = Study(policies=Policies(**{side: (name,)}))
        assert f"policies.{side} names {name}" in sentences(study, known, PLAN)[0]
    moved = Study(policies=Policies(off=(live,), on=(planned,)))
    assert sentences(moved, known, PLAN) == ()


def test_an_event_switched_off_on_a_day_before_it_began_is_said(known):
    event = known.events["event_id"].iloc[0]
    study = Study(events=Events(off=(event,)))
    assert sentences(study, known, PLAN) == ()
    before = Study(as_of=dt.date(2009, 6, 1), events=Events(off=(event,)))
    told = sentences(before, facts.load(before), PLAN)
    assert f"events.off names {event}, which does not count on 2009-06-01 anyway." in told
