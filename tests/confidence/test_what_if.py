import numpy as np
import pytest
from remade import remade

from siting.confidence.shares import share_at
from siting.confidence.what_if import keeps_first, nearest, passing, tornado
from siting.model import scoring
from siting.pipeline import make_plan
from siting.study.criteria import CRITERIA
from siting.study.study import Candidates, Draws, PillarWeights
from siting.study.weights import TOTAL

SITES = "name,lat,lon\nVaasa,63.1,21.6\nTangier,35.76,-5.8\nNarvik,68.43,17.43\nOulu,65.0,25.5\n"


@pytest.fixture(scope="module")
def pairs(nordic):
    heads, shares = nordic.zones.head, nordic.zones.share
    some = [(0, 1), (1, 2), (0, 5), (3, 12)]
    return [tuple(int(heads[i]) for i in sorted(pair, key=lambda i: -shares[i])) for pair in some]


@pytest.fixture(scope="module")
def own(tmp_path_factory, nordic_study):
    """Four places compared one by one: the share of each is its own P."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.csv").write_text(SITES)
    asked = {"candidates": Candidates(file=folder / "own.csv"), "confidence": Draws(draws=0)}
    return make_plan(nordic_study.model_copy(update=asked))


def weighed_anew(plan, weights):
    """Return ln of what each zone weighs when its site is scored by other weights."""
    heads = plan.zones.head
    values = plan.values[list(plan.weights.index)].to_numpy(dtype=float)[heads]
    before = scoring.ODDS * plan.utility[heads]
    return np.log(plan.zones.share) - before + scoring.ODDS * (values @ weights)


def zone_of(plan, position):
    return int(plan.zones.zone[position]) - 1


def test_at_the_flip_the_two_are_level(nordic, pairs):
    names = list(nordic.weights.index)
    for a, b in pairs:
        change = passing(nordic, a, b)
        if not change.to:
            continue
        weights = nordic.weights.to_numpy(dtype=float).copy()
        moved = change.moved * TOTAL
        weights[names.index(change.to[0])] += moved
        lead = nordic.values[names].iloc[a] - nordic.values[names].iloc[b]
        for giver in sorted(change.taken, key=lambda name: (-lead[name], names.index(name))):
            k = names.index(giver)
            gives = min(weights[k], moved)
            weights[k], moved = weights[k] - gives, moved - gives
        assert moved == pytest.approx(0, abs=1e-9)
        ln = weighed_anew(nordic, weights)
        assert ln[zone_of(nordic, a)] == pytest.approx(ln[zone_of(nordic, b)], abs=1e-9)


def test_one_weight_alone_draws_level(nordic, pairs):
    met = 0
    for a, b in pairs:
        change = passing(nordic, a, b)
        if not change.alone:
            continue
        met += 1
        weights = nordic.weights.copy()
        assert change.alone_from == pytest.approx(weights[change.alone])
        weights[change.alone] = change.alone_to
        ln = weighed_anew(nordic, (TOTAL * weights / weights.sum()).to_numpy())
        assert ln[zone_of(nordic, a)] == pytest.approx(ln[zone_of(nordic, b)], abs=1e-9)
    assert met


@pytest.mark.parametrize("over", [0.999, 1.001])
def test_a_study_with_the_other_weight_really_turns_the_order(own, over):
    """Run again with one weight a hair beyond the flip, and a hair short of it."""
    a, b = (int(i) for i in own.zones.head[:2])
    change = passing(own, a, b)
    step = change.alone_from + over * (change.alone_to - change.alone_from)
    pillar = next(p for p, (_, w) in _tree(own).items() if change.alone in w)
    weights = {pillar: PillarWeights(criteria={change.alone: step})}
    again = make_plan(own.study.model_copy(update={"weights": weights}))
    ids = own.places["site_id"].iloc[[a, b]].tolist()
    rank = dict(zip(again.places["site_id"], again.rank, strict=True))
    assert (rank[ids[0]] < rank[ids[1]]) == (over < 1)


def _tree(plan):
    from siting.study.weights import tree_of  # noqa: PLC0415 - beside its use

    return tree_of(plan.study)


def test_the_order_of_criteria_changes_nothing(nordic, pairs):
    mixed = list(nordic.weights.index[::-1])
    other = remade(nordic, weights=nordic.weights[mixed])
    for a, b in pairs:
        one, two = passing(nordic, a, b), passing(other, a, b)
        assert (one.to, one.taken, one.alone) == (two.to, two.taken, two.alone)
        assert one.moved == pytest.approx(two.moved, abs=1e-12)
    one, two = (tornado(plan, pairs[0][0]) for plan in (nordic, other))
    assert one["input"].tolist() == two["input"].tolist()


def test_the_tornado_holds_the_share_within_its_swing(nordic, pairs):
    for position in (pairs[0][0], int(nordic.order[-1])):
        table, share = tornado(nordic, position), share_at(nordic, position)
        ends = table[["low", "high"]]
        most = np.maximum(ends.max(axis=1), share)
        least = np.minimum(ends.min(axis=1), share)
        np.testing.assert_allclose(table["swing"], most - least, atol=1e-9)
        assert table["swing"].is_monotonic_decreasing
        assert ends.to_numpy().min() >= 0
        assert ends.to_numpy().max() <= 1
    assert {"Capital cost of the project", "Weight of power price"} <= set(table["input"])


def test_half_and_twice_a_weight_are_those_of_a_study_with_them(own):
    """The ends of a weight, by a study that says so; a list of own places has no rest."""
    position = int(own.zones.head[0])
    table = tornado(own, position).set_index("input")
    name = "Weight of power price"
    for end, factor in (("low", 0.5), ("high", 2.0)):
        weights = {"energy": PillarWeights(criteria={"power_price": factor})}
        again = make_plan(own.study.model_copy(update={"weights": weights}))
        same = again.places["site_id"].eq(own.places["site_id"].iloc[position]).to_numpy()
        assert table.loc[name, end] == pytest.approx(again.chance[same][0], rel=1e-9)


def test_dearer_plants_take_chances_from_who_builds_dear(own):
    dear = int(own.measures.raw["delivered_cost"].to_numpy().argmax())
    table = tornado(own, dear).set_index("input")
    assert table.loc["Capital cost of the project", "high"] < share_at(own, dear)


def test_weights_between_which_the_first_stays_first(nordic):
    table = keeps_first(nordic)
    assert list(table["criterion"]) == list(nordic.weights.index)
    assert (table["low"] <= table["weight"]).all()
    assert (table["weight"] <= table["high"]).all()
    scouted = nordic.zones.scouted
    first = int(np.argmax(np.where(scouted, nordic.zones.share, 0)))
    leaves = nordic.weights.to_numpy(dtype=float) / TOTAL
    for k, row in enumerate(table.to_dict("records")):
        for end in (row["low"], row["high"]):
            turned = leaves * (1 - end) / (1 - leaves[k])
            turned[k] = end
            ln = np.where(scouted, weighed_anew(nordic, TOTAL * turned), -np.inf)
            assert ln[first] == pytest.approx(ln.max(), abs=1e-6)


def test_the_nearest_call_is_where_a_pillar_turned_brings_another_to_rank_1(nordic):
    """Turned a little less nothing comes first but what did; turned a little more, that site."""
    change = nearest(nordic)
    leaves = nordic.weights.to_numpy(dtype=float) / TOTAL
    own = np.array([CRITERIA[key].pillar == change.pillar for key in nordic.weights.index])
    assert change.share == pytest.approx(leaves[own].sum())

    def first_at(share):
        turned = np.where(own, share / change.share, (1 - share) / (1 - change.share)) * leaves
        ln = np.where(nordic.zones.scouted, weighed_anew(nordic, TOTAL * turned), -np.inf)
        return int(nordic.zones.head[np.argmax(ln)])

    step = change.at - change.share
    assert first_at(change.at - 1e-6 * np.sign(step)) == int(nordic.zones.head[0])
    assert first_at(change.at + 1e-6 * np.sign(step)) == change.site


def test_no_pillar_turned_by_less_than_the_nearest_call_turns_the_first(nordic):
    size = abs(nearest(nordic).at - nearest(nordic).share)
    leaves = nordic.weights.to_numpy(dtype=float) / TOTAL
    pillars = np.array([CRITERIA[key].pillar for key in nordic.weights.index])
    for pillar in set(pillars):
        own, share = pillars == pillar, leaves[pillars == pillar].sum()
        for to in np.clip([share - 0.999 * size, share + 0.999 * size], 0, 1):
            turned = np.where(own, to / share, (1 - to) / (1 - share)) * leaves
            ln = np.where(nordic.zones.scouted, weighed_anew(nordic, TOTAL * turned), -np.inf)
            assert np.argmax(ln) == 0, pillar
