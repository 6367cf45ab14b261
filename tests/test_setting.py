from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from commandline import run
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.study import setting
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES
from siting.study.study import PillarWeights, Study
from siting.study.weights import leaf_weights, tree_of


def faults_of(given_text: str, study: Study | None = None) -> list[str]:
    with pytest.raises(SitingError) as caught:
        setting.laid_on(study or Study(), setting.read(given_text))
    return [str(fault) for fault in caught.value.faults]


def whole(study: Study) -> dict[str, object]:
    """Return everything in force, as the map saves it."""
    weights = {
        name: {p: {"weight": w, "criteria": c} for p, (w, c) in tree_of(study, name).items()}
        for name in STRATEGIES
    }
    prior = study.prior or dict.fromkeys(STRATEGIES, 1 / 3)
    return {"strategy": study.strategy, "prior": prior, "weights": weights}


PATHS = [(s, p) for s, strategy in STRATEGIES.items() for p in strategy.tree]
LEAVES = [(s, p, c) for s, p in PATHS for c in STRATEGIES[s].tree[p][1]]
WEIGHTS = st.floats(0.001, 50, allow_nan=False)


@given(
    pillars=st.dictionaries(st.sampled_from(PATHS), WEIGHTS, max_size=6),
    leaves=st.dictionaries(st.sampled_from(LEAVES), WEIGHTS, max_size=6),
    prior=st.dictionaries(st.sampled_from(list(STRATEGIES)), st.floats(0.01, 1), max_size=3),
    strategy=st.sampled_from(["mixture", *STRATEGIES]),
)
def test_a_link_and_a_file_say_what_was_put_into_them(
    tmp_path_factory, pillars, leaves, prior, strategy
):
    parts = [("strategy", strategy), ("site", "kulim#1")]
    parts += [(f"prior.{name}", w) for name, w in prior.items()]
    parts += [(".".join(path), w) for path, w in (*pillars.items(), *leaves.items())]
    link = "file:///home/me/map.html#" + urlencode(parts)
    study = setting.laid_on(Study(), setting.read(link))
    assert (study.strategy, study.prior) == (strategy, prior)
    for name, own in STRATEGIES.items():
        tree = tree_of(study, name)
        for pillar, (weight, criteria) in own.tree.items():
            assert tree[pillar][0] == pillars.get((name, pillar), weight)
            wanted = {c: leaves.get((name, pillar, c), w) for c, w in criteria.items()}
            assert tree[pillar][1] == wanted
    path = tmp_path_factory.mktemp("s") / "setting.json"
    path.write_text(json.dumps(whole(study), indent=2), encoding="utf-8")
    again = setting.laid_on(Study(), setting.read(str(path)))
    for name in STRATEGIES:
        assert leaf_weights(tree_of(again, name)).equals(leaf_weights(tree_of(study, name)))


def test_a_setting_lies_over_the_study_and_leaves_the_rest():
    below = Study(
        investor="KR",
        weights={"onshoring": {"energy": PillarWeights(weight=0.3, criteria={"grid_carbon": 1.0})}},
        prior={"onshoring": 1.0},
    )
    over = setting.of_link("onshoring.energy.power_price=0.5&low_cost_export.cost=2")
    made = setting.laid_on(below, over)
    assert (made.investor, made.prior, made.strategy) == ("KR", {"onshoring": 1.0}, "mixture")
    assert tree_of(made, "onshoring")["energy"] == (0.3, {"power_price": 0.5, "grid_carbon": 1.0})
    assert tree_of(made, "low_cost_export")["cost"][0] == 2
    assert below.weights["onshoring"]["energy"].criteria == {"grid_carbon": 1.0}


def test_yaml_by_hand_is_a_setting_too(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("weights: {onshoring: {policy: {weight: 0.9}}}\n", encoding="utf-8")
    made = setting.laid_on(Study(strategy="onshoring"), setting.read(str(path)))
    assert made.strategy == "onshoring"
    assert tree_of(made, "onshoring")["policy"][0] == 0.9


def test_every_fault_of_a_link_is_told_at_once():
    said = faults_of(
        "#strategy=mixtur&prior.premium_local=2&low_cost_export.cost=-1&onshoring.energy=nan"
        "&a.b=3&onshoring.market.rail_km=1&one.two.three.four=1"
        "&prior.onshoring=.4&prior.onshoring=.5&onshoring.ground=1e999&premium_local.ground="
    )
    wanted = [
        "did you mean mixture", "a number from 0 to 1", "low_cost_export.cost: no weight",
        "found 'nan'", "unknown strategy", "unknown criterion of market", "unknown key",
        "said twice", "onshoring.ground: no weight", "premium_local.ground: no weight",
    ]  # fmt: skip
    assert len(said) == len(wanted)
    for words, line in zip(wanted, said, strict=True):
        assert words in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: mine\ncandidates: {file: /etc/passwd}\nweights: {}\n", "no part of a setting"),
        ("weights: {onshoring: {policy: {wait: 1}}}\n", "unknown key"),
        ("weights: {onshoring: {policy: {weight: .inf}}}\n", "finite"),
        ("a: &a [1]\nb: *a\n", "aliases"),
        ("strategy: !!python/object/apply:os.getcwd []\n", "not YAML"),
        ("[1, 2]", "mapping of keys"),
        ("prior: {onshoring: 0, premium_local: 0}\n", "all shares are zero"),
    ],
)
def test_a_hostile_file_is_told_what_is_wrong(tmp_path, text, words):
    path = tmp_path / "setting.yaml"
    path.write_text(text, encoding="utf-8")
    said = faults_of(str(path))
    assert all(line.startswith("setting.yaml") for line in said)
    assert any(words in line for line in said)


@pytest.mark.parametrize(
    "given_text",
    ["", "nowhere.json", "x" * 100_000, "#" + "onshoring.policy=1&" * 5000, "#" + "a=1&" * 300,
     "#onshoring.policy=%ff", "\x00#onshoring.policy=1\x00", "#__proto__.x=1", "#.=1", "#=1"],
)  # fmt: skip
def test_whatever_is_given_ends_in_a_fault(given_text):
    assert faults_of(given_text)


def test_what_makes_no_sound_study_is_refused():
    zero = "&".join(f"low_cost_export.{pillar}=0" for pillar in STRATEGIES["low_cost_export"].tree)
    assert "all weights are zero" in faults_of(f"#{zero}")[0]
    twice = "#low_cost_export.energy=1&low_cost_export.energy.power_price=1"
    assert "counted twice" in faults_of(twice)[0]


@given(st.text(max_size=200))
def test_no_text_does_worse_than_a_fault(text):
    try:
        found = setting.of_link(text)
    except SitingError:
        return
    assert set(found.weights) <= set(STRATEGIES)
    pillars = [p for tree in found.weights.values() for p in tree.values()]
    assert {c for pillar in pillars for c in pillar.criteria} <= set(CRITERIA)


def test_the_command_line_refuses_a_bad_setting_before_any_work(tmp_path):
    words = ("plan", "balanced", "--from-setting", "#onshoring.policy=lots", "-o", "o")
    assert "onshoring.policy: no weight" in run(tmp_path, *words, code=2).stderr
    assert not list(tmp_path.iterdir())


def test_the_command_line_plans_with_a_setting(tmp_path):
    (tmp_path / "small.yaml").write_text(
        "name: small\ncandidates: {countries: [FI], min_population: 50000}\n"
        "confidence: {draws: 0}\n", encoding="utf-8",
    )  # fmt: skip
    link = "map.html#strategy=onshoring&onshoring.policy=0.9"
    run(tmp_path, "plan", "small.yaml", "--from-setting", link, "-o", "out", "-q")
    study = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["study"]
    assert study["strategy"] == "onshoring"
    assert study["weights"]["onshoring"]["policy"]["weight"] == 0.9
