from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.scenarios import sweep_grid
from siting.scenarios.sweep_grid import MOST, Scenario, read, shown
from siting.study import studyfile
from siting.study.sources import Candidates, Hexagons
from siting.study.study import PillarWeights, Study

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def grid(tmp_path):
    """Read a grid of this text."""

    def made(text: str, base: Study | None = None) -> tuple[Scenario, ...]:
        path = tmp_path / "grid.yaml"
        path.write_text(text, encoding="utf-8")
        return read(path, base or Study())

    return made


def faults(grid, text: str, base: Study | None = None) -> list[str]:
    with pytest.raises(SitingError) as error:
        grid(text, base)
    return [str(fault) for fault in error.value.faults]


def test_values_are_combined_each_with_each(grid):
    made = grid(
        "vary:\n  price_usd_per_t: [3000, 4000]\n  investor: [NO, KR]\n  as_of: [2023-11-28]\n"
    )
    assert [(s.study.price_usd_per_t, s.study.investor) for s in made] == [
        (3000, "NO"), (3000, "KR"), (4000, "NO"), (4000, "KR")
    ]  # fmt: skip
    assert all(s.study.as_of == dt.date(2023, 11, 28) for s in made)
    assert [s.probability for s in made] == [0.25] * 4
    assert made[1].name == "price of 3,000 USD/t, Korean investor, as known on 2023-11-28"
    assert made[1].values == {"price_usd_per_t": 3000, "investor": "KR", "as_of": "2023-11-28"}


def test_named_scenarios_meet_every_combination_and_share_their_probability(grid):
    made = grid(
        "vary: {capacity_ktpa: [20, 80]}\n"
        "scenarios:\n"
        "  - {name: as it stands, probability: 3}\n"
        "  - {name: law lapses, probability: 1, set: {policies.off: [US-TX-LAND]}}\n"
    )
    assert [s.name for s in made] == [
        "as it stands: 20 kt a year", "as it stands: 80 kt a year",
        "law lapses: 20 kt a year", "law lapses: 80 kt a year",
    ]  # fmt: skip
    assert [s.probability for s in made] == [0.375, 0.375, 0.125, 0.125]
    assert made[2].study.policies.off == ("US-TX-LAND",)
    assert made[0].study == Study(capacity_ktpa=20)


def test_a_dotted_key_sets_one_part_and_leaves_its_neighbours(grid):
    base = Study.model_validate(
        {"weights": {"cost": {"weight": 0.4}, "energy": {"criteria": {"grid_carbon": 0.1}}},
         "reach": {"customers_usd_per_t": 44}}
    )  # fmt: skip
    made = grid(
        "vary:\n  weights.cost.weight: [0.7]\n  weights.energy.weight: [3]\n"
        "  weights.policy: [{criteria: {home_affinity: 0.9}}]\n  weights.market: [2]\n"
        "  lens: [onshoring]\n"
        "  reach.rivals_usd_per_t: [99]\n  parameters.FIN-RATE: [9.5]\n",
        base,
    )[0].study
    own = made.weights
    assert own["cost"].weight == 0.7
    assert own["energy"] == PillarWeights(weight=3, criteria={"grid_carbon": 0.1})
    assert own["policy"].criteria == {"home_affinity": 0.9}
    assert own["market"].weight == 2
    assert made.lens == "onshoring"
    assert (made.reach.customers_usd_per_t, made.reach.rivals_usd_per_t) == (44, 99)
    assert made.parameters == {"FIN-RATE": 9.5}
    assert "policy" not in base.weights  # the base itself is not touched


def test_null_leaves_what_the_study_has(grid):
    base = Study(price_usd_per_t=3456)
    made = grid("vary: {price_usd_per_t: [null, 4000], reach.rivals_usd_per_t: [null]}\n", base)
    assert [s.study.price_usd_per_t for s in made] == [3456, 4000]
    assert made[0].study == base


def test_files_are_looked_for_beside_the_grid(grid, tmp_path):
    made = grid(
        "vary:\n  tables.anode_prices: [high.csv]\n"
        "  exclude: [[{file: parks.csv, buffer_km: 5}]]\n  candidates.file: [mine.csv]\n"
    )[0].study
    assert made.tables == {"anode_prices": tmp_path / "high.csv"}
    assert made.exclude[0].file == tmp_path / "parks.csv"
    assert made.candidates.file == tmp_path / "mine.csv"


@settings(max_examples=25)
@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=4, unique=True),
       st.lists(st.sampled_from(["CN", "KR", "JP", "US"]), min_size=1, unique=True))  # fmt: skip
def test_a_scenario_is_the_study_that_a_file_with_its_values_holds(prices, homes):
    base = studyfile.preset("balanced")
    settings = {"price_usd_per_t": prices, "investor": homes}
    made, wrong = sweep_grid._combined(
        base,
        sweep_grid._Grid(vary=settings),
        {k: [sweep_grid._Setting(k, v, 1) for v in vs] for k, vs in settings.items()},
        [],
        Path("grid.yaml"),
    )
    assert not wrong
    assert len(made) == len(prices) * len(homes)
    assert sum(s.probability for s in made) == pytest.approx(1)
    for scenario in made:
        text = "".join(f"{k}: {v}\n" for k, v in scenario.values.items())
        plain = studyfile.parse(text, "study.yaml", Path())
        assert scenario.study == plain.model_copy(
            update={"name": base.name, "question": base.question}
        )


def test_every_fault_is_named_with_its_line_key_and_value(grid):
    texts = faults(
        grid,
        "vary:\n"
        "  investor:\n    - CN\n    - Korea\n"
        "  price_usd_per_t: [3000, -5]\n"
        "  parameters.wacc: [7]\n"
        "  reach.costumers_usd_per_t: [40]\n"
        "  investor.home: [CN]\n",
    )
    assert len(texts) == 1  # two keys that set one thing are refused before any study is made
    assert "vary.investor.home" in texts[0]
    assert "row 8" in texts[0]
    texts = faults(
        grid,
        "vary:\n"
        "  investor:\n    - CN\n    - Korea\n"
        "  price_usd_per_t: [3000, -5]\n"
        "  parameters.wacc: [7]\n"
        "  reach.costumers_usd_per_t: [40]\n"
        "  carbon_price_usd_per_t.much: [4]\n",
    )
    text = "\n".join(texts)
    assert len(texts) == 5
    assert "grid.yaml, row 4, investor" in text
    assert "'Korea'" in text
    assert "grid.yaml, row 5, price_usd_per_t" in text
    assert "'-5'" in text
    assert "unknown parameter of synthetic graphite" in text
    assert "customers_usd_per_t" in text  # the nearest
    assert "carbon_price_usd_per_t.much: this key runs through one that holds no keys" in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "varies nothing"),
        ("vary: {}\n", "varies nothing"),
        ("very: {investor: [CN]}\n", "unknown key"),
        ("vary: {investor: CN}\n", "write it as a list: [CN]"),
        ("vary: {investor: []}\n", "give at least 1"),
        ("vary: {name: [a, b]}\n", "moves no score"),
        ("vary: {listing.top: [5]}\n", "moves no score"),
        ("vary: {invester: [CN]}\n", "unknown key of a study"),
        ("vary: {strategy: [onshoring]}\n", "name a lens instead"),
        ("vary: {prior.onshoring: [0.9]}\n", "name it under `lens`"),
        ("scenarios: [{name: a, set: {sharpness: 9}}]\n", "a key of the former model"),
        ("vary: {weights.low_cost_export.cost.weight: [1]}\n", "by pillar, not by strategy"),
        ("vary: {lens: [onshorin]}\n", "lens"),
        ("vary: {investor: [CN, KR, CN]}\n", "given twice"),
        ("scenarios: [{name: a}, {name: a}]\n", "two scenarios have this name"),
        ("scenarios: [{name: a, probability: 1}, {name: b}]\n", "some have a probability"),
        ("scenarios: [{name: a, probability: 0}]\n", "all probabilities are zero"),
        ("scenarios: [{name: a, sets: {}}]\n", "unknown key"),
        ("scenarios: [{set: {investor: CN}}]\n", "this key is missing"),
        ("vary: {investor: [CN]}\nscenarios: [{name: a, set: {investor: KR}}]\n", "sets it too"),
        ("scenarios: [{name: a, set: {reach: {}, reach.rivals_usd_per_t: 9}}]\n", "sets it too"),
        ("vary: [investor]\n", "not a mapping of keys"),
        ("- a\n", "mapping of keys"),
        ("vary: {investor: &a [CN], owner: *a}\n", "aliases"),
        ("vary: {investor: [CN\n", "not YAML"),
        ("vary: {candidates: [{hex: {regions: [europe]}}]}\n", "not hexagons"),
    ],
)
def test_a_grid_at_fault_is_refused(grid, text, part):
    assert any(part in fault for fault in faults(grid, text))


def test_values_that_only_together_make_no_study_are_named_once(grid):
    texts = faults(
        grid,
        "vary:\n  carbon_price_usd_per_t: [0, 50]\n  investor: [CN, KR]\n"
        "  weights.energy: [{weight: 0.2, criteria: {grid_carbon: 1}}]\n",
    )
    assert len(texts) == 1
    assert "counted twice" in texts[0]
    assert "Chinese investor" in texts[0]


def test_too_many_scenarios_are_counted_before_any_is_made(grid):
    values = list(range(1, 102))
    texts = faults(grid, f"vary: {{price_usd_per_t: {values}, capacity_ktpa: {values}}}\n")
    assert len(texts) == 1
    assert texts[0].startswith(f"grid.yaml, row 1: 10,201 scenarios are more than {MOST:,} - ")


def test_a_study_of_hexagons_is_refused(grid):
    base = Study(candidates=Candidates(hex=Hexagons(regions=("europe",))))
    assert "not hexagons" in faults(grid, "vary: {investor: [CN]}\n", base)[0]


def test_a_missing_binary_or_endless_file_is_refused(tmp_path):
    with pytest.raises(SitingError, match="no such grid"):
        read(tmp_path / "none.yaml", Study())
    for content, part in ((b"\xff\xfe\x00", "UTF-8"), (b"#" * 1_000_001, "too large")):
        (tmp_path / "grid.yaml").write_bytes(content)
        with pytest.raises(SitingError, match=part):
            read(tmp_path / "grid.yaml", Study())


def test_values_are_shown_short_and_on_one_line():
    assert [shown(v) for v in (None, 3000.0, 0.45, 1234567.25, "a\nb", [], True)] == [
        "as in the study", "3000", "0.45", "1234567.25", "a b", "[]", "true"
    ]  # fmt: skip
    assert len(shown({"a": "x" * 500})) <= 60


def test_the_examples_of_the_page_are_grids(grid):
    text = (DOCS / "sweep.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in text.split("```yaml\n")[1:]]
    assert len(blocks) >= 2
    counts = [len(grid(block, studyfile.preset("balanced"))) for block in blocks]
    assert counts[0] == 100
