from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from commandline import called
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.study import setting
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.lenses import LENSES
from siting.study.study import PillarWeights, Study
from siting.study.weights import leaf_weights, tree_of


def faults_of(given_text: str, study: Study | None = None) -> list[str]:
    with pytest.raises(SitingError) as caught:
        setting.laid_on(study or Study(), setting.read(given_text))
    return [str(fault) for fault in caught.value.faults]


def whole(study: Study) -> dict[str, object]:
    """Return everything in force, as the map saves it."""
    tree = tree_of(study)
    weights = {pillar: {"weight": w, "criteria": c} for pillar, (w, c) in tree.items()}
    return {"lens": study.lens, "weights": weights}


LEAVES = [(criterion.pillar, key) for key, criterion in CRITERIA.items()]
WEIGHTS = st.floats(0.001, 50, allow_nan=False)
# of the delivered cost or what it holds only one weighs, so that every drawn study is sound
HELD = [key for key, criterion in CRITERIA.items() if criterion.in_delivered_cost]
FREE = [leaf for leaf in LEAVES if leaf[1] not in HELD]


@given(
    pillars=st.dictionaries(st.sampled_from(list(PILLARS)), WEIGHTS, max_size=6),
    leaves=st.dictionaries(st.sampled_from(FREE), WEIGHTS, max_size=6),
    lens=st.sampled_from(["evidence", "low_cost_export"]),
)
def test_a_link_and_a_file_hold_what_was_put_into_them(tmp_path_factory, pillars, leaves, lens):
    parts = [("lens", lens), ("site", "kulim#1"), *pillars.items()]
    parts += [(".".join(path), weight) for path, weight in leaves.items()]
    link = "file:///home/me/map.html#" + urlencode(parts)
    study = setting.laid_on(Study(), setting.read(link))
    assert study.lens == lens
    tree = tree_of(study)
    for pillar, (weight, criteria) in LENSES[lens].tree.items():
        wanted = {c: leaves.get((pillar, c), w) for c, w in criteria.items()}
        assert tree[pillar] == (pillars.get(pillar, weight), wanted)
    path = tmp_path_factory.mktemp("s") / "setting.json"
    path.write_text(json.dumps(whole(study), indent=2), encoding="utf-8")
    again = setting.laid_on(Study(), setting.read(str(path)))
    assert leaf_weights(tree_of(again)).equals(leaf_weights(tree_of(study)))


BELOW = Study(
    investor="KR",
    weights={"energy": PillarWeights(weight=0.3, criteria={"grid_carbon": 1.0})},
)


def test_a_setting_lies_over_the_study_and_leaves_the_rest():
    made = setting.laid_on(BELOW, setting.of_link("energy.power_price=0.5&cost=2"))
    assert (made.investor, made.lens) == ("KR", "evidence")
    assert tree_of(made)["energy"] == (0.3, {"power_price": 0.5, "grid_carbon": 1.0})
    assert tree_of(made)["cost"][0] == 2
    assert BELOW.weights["energy"].criteria == {"grid_carbon": 1.0}


def test_a_lens_of_the_setting_starts_from_itself_alone():
    made = setting.laid_on(BELOW, setting.of_link("lens=onshoring&cost=2"))
    assert (made.lens, list(made.weights)) == ("onshoring", ["cost"])


def test_yaml_by_hand_is_a_setting_too(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("weights: {policy: 0.9}\n", encoding="utf-8")
    made = setting.laid_on(Study(lens="onshoring"), setting.read(str(path)))
    assert made.lens == "onshoring"
    assert tree_of(made)["policy"][0] == 0.9


def test_every_fault_of_a_link_is_named_at_once():
    faults = faults_of(
        "#lens=onshorin&prior.premium_local=2&cost=-1&energy=nan&a.b=3&market.rail_km=1"
        "&one.two.three=1&policy=.4&policy=.5&ties=1e999&surroundings="
        "&strategy=mixture&low_cost_export.cost=1"
    )
    wanted = [
        "did you mean onshoring", "name it under `lens`", "cost: no weight", "found 'nan'",
        "unknown pillar", "unknown criterion of market", "unknown key", "given twice",
        "ties: no weight", "surroundings: no weight", "name a lens instead",
        "weights stand by pillar, not by strategy",
    ]  # fmt: skip
    assert len(faults) == len(wanted)
    for words, line in zip(wanted, faults, strict=True):
        assert words in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: mine\ncandidates: {file: /etc/passwd}\nweights: {}\n", "no part of a setting"),
        ("weights: {policy: {wait: 1}}\n", "unknown key"),
        ("weights: {policy: {weight: .inf}}\n", "give 1000000000 or less"),
        ("a: &a [1]\nb: *a\n", "aliases"),
        ("lens: !!python/object/apply:os.getcwd []\n", "tags are not read"),
        ("[1, 2]", "mapping of keys"),
        ("strategy: mixture\n", "name a lens"),
        ("weights: {onshoring: {policy: {weight: 1}}}\n", "not by strategy"),
    ],
)
def test_a_hostile_file_is_refused_with_its_fault(tmp_path, text, words):
    path = tmp_path / "setting.yaml"
    path.write_text(text, encoding="utf-8")
    faults = faults_of(str(path))
    assert all(line.startswith("setting.yaml") for line in faults)
    assert any(words in line for line in faults)


@pytest.mark.parametrize(
    "given_text",
    ["", "nowhere.json", "x" * 100_000, "#" + "policy=1&" * 5000, "#" + "a=1&" * 300,
     "#policy=%ff", "\x00#policy=1\x00", "#__proto__.x=1", "#.=1", "#=1"],
)  # fmt: skip
def test_whatever_is_given_ends_in_a_fault(given_text):
    assert faults_of(given_text)


def test_what_makes_no_sound_study_is_refused():
    zero = "&".join(f"{pillar}=0" for pillar in PILLARS)
    assert "all weights are zero" in faults_of(f"#{zero}")[0]
    assert "counted twice" in faults_of("#cost.margin=1")[0]


@given(st.text(max_size=200))
def test_no_text_does_worse_than_a_fault(text):
    try:
        read = setting.of_link(text)
    except SitingError:
        return
    assert set(read.weights) <= set(PILLARS)
    assert {c for pillar in read.weights.values() for c in pillar.criteria} <= set(CRITERIA)


def test_the_command_line_refuses_a_bad_setting_before_any_work(tmp_path):
    words = ("plan", "balanced", "--from-setting", "#policy=lots", "-o", "o")
    assert "policy: no weight" in called(tmp_path, *words, code=2).stderr
    assert not list(tmp_path.iterdir())


def test_the_command_line_plans_with_a_setting(tmp_path):
    (tmp_path / "small.yaml").write_text(
        "name: small\ncandidates: {countries: [FI], min_population: 50000}\n"
        "confidence: {draws: 0}\n", encoding="utf-8",
    )  # fmt: skip
    link = "map.html#lens=onshoring&policy=0.9"
    called(tmp_path, "plan", "small.yaml", "--from-setting", link, "-o", "out", "-q")
    study = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["study"]
    assert study["lens"] == "onshoring"
    assert study["weights"]["policy"]["weight"] == 0.9


def test_a_price_comes_by_link_and_by_file_and_must_be_one(tmp_path):
    assert setting.laid_on(Study(), setting.read("x#price=3800")).price_usd_per_t == 3800
    path = tmp_path / "setting.json"
    path.write_text(json.dumps(whole(Study()) | {"price_usd_per_t": 4500}), encoding="utf-8")
    assert setting.laid_on(Study(), setting.read(str(path))).price_usd_per_t == 4500
    assert setting.laid_on(Study(price_usd_per_t=3000), setting.read("#lens=evidence")) == Study(
        price_usd_per_t=3000
    )
    for text in ("0", "dear", "1e9", "-5"):
        (fault,) = faults_of(f"#price={text}")
        assert "price" in fault
