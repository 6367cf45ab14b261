import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from remade import remade

from siting.model import archetypes as own
from siting.study.criteria import CRITERIA

BLOBS = np.repeat(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), 5, axis=0)
POINTS = BLOBS + np.random.default_rng(3).normal(0, 0.03, BLOBS.shape)
IDS = np.array([f"s{k:02d}" for k in range(len(POINTS))])


@pytest.fixture(scope="module")
def kinds(nordic):
    return own.archetypes(nordic)


def table(**columns):
    """Return a list of sites that are worth one half in everything but `columns`."""
    count = len(next(iter(columns.values())))
    return pd.DataFrame({key: np.full(count, 0.5) for key in CRITERIA} | columns)


# ---- clusters ----


def test_four_clouds_are_four_clusters():
    found = own.clusters(POINTS, IDS)
    assert len(set(found)) == 4
    assert all(len(set(found[k : k + 5])) == 1 for k in range(0, 20, 5))


@settings(max_examples=15)
@given(st.permutations(range(len(POINTS))))
def test_the_order_of_rows_does_not_matter(order):
    order = list(order)
    first = own.clusters(POINTS, IDS)[order]
    again = own.clusters(POINTS[order], IDS[order])
    assert (first[:, None] == first[None, :]).tolist() == (
        again[:, None] == again[None, :]
    ).tolist()


@pytest.mark.parametrize("points", [POINTS[:1], POINTS[:3], np.zeros((9, 2)), BLOBS[:10]])
def test_too_few_or_equal_sites_are_one_cluster(points):
    assert own.clusters(points, IDS[: len(points)]).tolist() == [0] * len(points)


# ---- names ----


def test_a_rule_names_what_it_asks_for_and_the_rest_is_named_by_its_leads():
    values = table(
        accessible_demand=np.repeat([0.8, 0.2], 5), power_price=np.repeat([0.3, 0.9], 5),
        grid_carbon=np.repeat([0.4, 0.95], 5), governance=np.repeat([0.4, 0.5], 5),
    )  # fmt: skip
    weights = pd.Series({"accessible_demand": 0.4, "power_price": 0.4, "grid_carbon": 0.2})
    named = own.names(values, np.repeat([0, 1], 5), weights)
    assert named[0] == ("beside the customer", ("accessible_demand",))
    assert named[1][0] == "clean-power periphery"


def test_a_name_is_not_given_where_the_anchors_do_not_bear_it():
    # the second leads on clean power by far, and is dirty all the same
    values = table(
        grid_carbon=np.repeat([0.0, 0.3], 5), power_price=np.repeat([0.2, 0.5], 5),
        wage=np.full(10, 0.1), accessible_demand=np.repeat([0.4, 0.3], 5),
        delivered_cost=np.full(10, 0.1),
    )  # fmt: skip
    weights = pd.Series({"grid_carbon": 0.5, "power_price": 0.5})
    named = own.names(values, np.repeat([0, 1], 5), weights)
    assert named[1] == ("ahead on power price and grid carbon", ("power_price", "grid_carbon"))
    assert named[0][0] == "middle of the list"


def test_a_name_needs_most_of_the_members():
    clean = np.array([0.9, 0.9, 0.9, 0.1, 0.1, *np.zeros(15)])
    values = table(grid_carbon=clean, power_price=np.r_[np.full(5, 0.9), np.full(15, 0.2)],
                   accessible_demand=np.r_[np.full(5, 0.3), np.full(15, 0.45)])  # fmt: skip
    weights = pd.Series({"grid_carbon": 0.5, "power_price": 0.5})
    label = np.r_[np.zeros(5, dtype=int), np.ones(15, dtype=int)]
    assert own.names(values, label, weights)[0][0] == "cheap-power periphery"
    values["grid_carbon"] = np.r_[np.full(5, 0.9), np.zeros(15)]
    assert "clean" in own.names(values, label, weights)[0][0]


def test_what_all_sites_share_is_no_name():
    values = table(home_affinity=np.full(10, 0.9), wage=np.repeat([0.1, 0.2], 5))
    named = own.names(values, np.repeat([0, 1], 5), pd.Series({"home_affinity": 1.0}))
    assert "at home or with allies" not in [name for name, _ in named]


def test_a_kind_is_named_by_nothing_that_the_list_has_too():
    """Duty-free reach is the list's own, to a rounding: it cannot be in the name."""
    values = table(
        accessible_demand=np.repeat([0.55, 0.2], 5), duty_free_reach=np.repeat([0.501, 0.5], 5)
    )
    weights = pd.Series({"accessible_demand": 0.5, "duty_free_reach": 0.5})
    label = np.repeat([0, 1], 5)
    assert "duty_free_reach" not in own.names(values, label, weights)[0][1]
    values["duty_free_reach"] = np.repeat([0.6, 0.4], 5)
    assert own.names(values, label, weights)[0][0] == "duty-free and near customers"


@settings(max_examples=30)
@given(st.integers(1, 6), st.integers(0, 50))
def test_names_are_unique_whatever_the_profiles(count, seed):
    random = np.random.default_rng(seed)
    values = pd.DataFrame(random.uniform(size=(6 * count, len(CRITERIA))), columns=list(CRITERIA))
    weights = pd.Series(random.dirichlet(np.ones(len(CRITERIA))), index=list(CRITERIA))
    names = [name for name, _ in own.names(values, np.repeat(np.arange(count), 6), weights)]
    assert len(set(names)) == count


def test_equal_clusters_still_have_names_of_their_own():
    values = table(wage=np.full(12, 0.1), delivered_cost=np.full(12, 0.1))
    named = own.names(values, np.repeat([0, 1, 2], 4), pd.Series({"wage": 0.5, "port_km": 0.5}))
    assert len({name for name, _ in named}) == 3


def test_every_rule_asks_for_known_criteria():
    for rule in own.NAMES.values():
        assert {trait.criterion for trait in rule} <= set(CRITERIA)
        assert all(np.isfinite(trait.least) != np.isfinite(trait.most) for trait in rule)


# ---- of a plan ----


def test_the_members_are_the_first_sites_each_in_one_archetype(kinds, nordic):
    heads = nordic.zones.head[: own.SITES]
    members = [site for kind in kinds for site in kind.members]
    assert sorted(members) == sorted(nordic.places["site_id"].iloc[heads])
    assert 1 <= len(kinds) <= 6
    assert len({kind.name for kind in kinds}) == len(kinds)
    assert nordic.places["site_id"].iloc[heads[0]] == kinds[0].best


def test_members_stand_best_first_and_the_profile_is_their_mean(kinds, nordic):
    rank = pd.Series(nordic.zones.zone, index=nordic.places["site_id"])
    values = nordic.values.set_index(nordic.places["site_id"])
    for kind in kinds:
        assert rank[list(kind.members)].is_monotonic_increasing
        assert kind.profile.to_dict() == pytest.approx(
            values.loc[list(kind.members)].mean().to_dict()
        )
        assert f"{len(kind.members)} of the " in kind.sentence


def test_numbers_of_a_sentence_are_medians_in_their_unit(kinds, nordic):
    raw = nordic.measures.raw.set_index(nordic.places["site_id"]).astype(float)
    for kind in kinds:
        shown = own.NAMES.get(kind.name, ())
        for trait in shown:
            middle = raw.loc[list(kind.members), trait.criterion].median()
            shown_as = own.figure(middle, CRITERIA[trait.criterion].unit)
            name = CRITERIA[trait.criterion].name
            assert f"{name[0].lower()}{name[1:]} {shown_as}" in kind.sentence


def test_members_have_their_own_name_and_others_the_nearest(kinds, nordic):
    heads = nordic.zones.head
    by_site = {site: kind.name for kind in kinds for site in kind.members}
    ids = nordic.places["site_id"].iloc[heads]
    assert own.archetype_names(nordic, kinds, heads) == [by_site[site] for site in ids]
    other = np.setdiff1d(nordic.order[:200], heads)
    names = own.archetype_names(nordic, kinds, other)
    weights = own.mean_weights(nordic)
    for position, name in zip(other[:20], names[:20], strict=True):
        away = {
            kind.name: float((weights * (kind.profile - nordic.values.iloc[position]) ** 2).sum())
            for kind in kinds
        }
        assert away[name] == pytest.approx(min(away.values()))


def test_a_sentence_says_whether_the_site_is_a_member(kinds, nordic):
    first = int(nordic.zones.head[0])
    other = next(int(i) for i in nordic.order if i not in set(nordic.zones.head))
    counted = f"{len(kinds[0].members)} of the {len(nordic.zones.head)} likeliest sites"
    assert (
        own.archetype_sentence(nordic, first) == f'Its kind of site: "{kinds[0].name}", {counted}.'
    )
    assert own.archetype_sentence(nordic, other).startswith('The nearest kind of site: "')


def test_weights_are_shares_of_the_whole(nordic):
    weights = own.mean_weights(nordic)
    assert weights.sum() == pytest.approx(1)
    assert weights["power_price"] == pytest.approx(nordic.weights["power_price"] / 7)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (2045.4, "year", "2045"), (0.005, "km", "1"), (173.4, "km", "173"), (1234.5, "km", "1,234"),
        (999.7, "USD/t", "1,000"), (54.321, "USD/MWh", "54.3"), (0.12345, "0-1", "0.123"),
        (1e-7, "WGI", "0"), (-0.5, "WGI", "-0.5"),
    ],
)  # fmt: skip
def test_a_figure_has_three_digits_or_is_whole(value, unit, shown):
    assert own.figure(value, unit) == shown


def test_values_beyond_the_anchors_meet_a_bound():
    values = table(compatriots=np.repeat([0.9, 0.1], 5), delivered_cost=np.repeat([1.4, -0.6], 5),
                   port_km=np.repeat([0.9, 0.2], 5))  # fmt: skip
    weights = pd.Series({"delivered_cost": 1.0, "port_km": 1.0})
    assert own.names(values, np.repeat([0, 1], 5), weights)[0][0] == "low-cost export hub"
    near = pd.Series({"compatriots": 1.0})
    assert own.names(values, np.repeat([0, 1], 5), near)[0][0] == "beside works of compatriots"


def test_the_same_sites_have_the_same_archetypes_when_the_places_are_mixed(kinds, nordic):
    mixed = np.random.default_rng(1).permutation(len(nordic.places))
    back = np.argsort(mixed)

    def taken(frame):
        return frame.iloc[mixed].reset_index(drop=True)

    zones = dataclasses.replace(
        nordic.zones, zone=nordic.zones.zone[mixed], head=back[nordic.zones.head]
    )
    other = remade(
        nordic,
        places=taken(nordic.places),
        values=taken(nordic.values),
        utility=nordic.utility[mixed],
        measures=dataclasses.replace(nordic.measures, raw=taken(nordic.measures.raw)),
        zones=zones,
    )
    again = own.archetypes(other)
    assert [(k.name, k.members, k.sentence) for k in again] == [
        (k.name, k.members, k.sentence) for k in kinds
    ]
