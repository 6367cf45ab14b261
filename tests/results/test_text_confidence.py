import dataclasses
import re

import numpy as np
import pytest

from maps.numerals import THIN, times
from siting.confidence.rank_report import rank_report
from siting.confidence.what_if import Nearest, Passing
from siting.confidence.why_not import TOP
from siting.results.text.confidence import (
    CERTAINTY,
    certainty,
    closest_call,
    confidence_sentences,
    ends,
    first_else,
    first_in,
    first_ten,
    needs_sentences,
    passing_sentence,
    runs,
    scale_sentence,
    short,
    to_one,
    upper,
)

NAN = float("nan")


@pytest.fixture(scope="module")
def first(nordic):
    return rank_report(nordic, int(nordic.zones.head[0]))


@pytest.fixture(scope="module")
def last(nordic):
    return rank_report(nordic, int(nordic.order[-1]))


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "almost certain"), (0.95, "almost certain"), (0.949, "very likely"),
        (0.80, "very likely"), (0.60, "likely"), (0.5, "about even"), (0.40, "about even"),
        (0.39, "unlikely"), (0.20, "unlikely"), (0.05, "very unlikely"), (0.049, "remote"),
        (0.0, "remote"),
    ],
)  # fmt: skip
def test_a_word_of_certainty_has_one_meaning(probability, word):
    assert certainty(probability) == word


def test_the_scale_says_every_word_and_its_least():
    scale = scale_sentence()
    for least, word in CERTAINTY[:-1]:
        assert f"{word} from {100 * least:.0f}{THIN}%" in scale
    assert scale.endswith("remote below.")
    assert [least for least, _ in CERTAINTY] == sorted((c[0] for c in CERTAINTY), reverse=True)
    assert len({word for _, word in CERTAINTY}) == len(CERTAINTY)


def test_the_share_of_draws_is_that_of_the_table(nordic, first):
    row = nordic.confidence.table.iloc[0]
    ranked = confidence_sentences(nordic, first)[0]
    assert ranked.startswith(upper(first_in(row["p_first"])))
    assert first_ten(row["p_top10"]) in ranked
    assert (
        f"of {len(nordic.zones.head)}, with a {ends(row['share_low'], row['share_high'])}" in ranked
    )


def test_a_place_in_no_zone_is_ranked_beside_them(nordic, last):
    ranked = confidence_sentences(nordic, last)[0]
    assert nordic.zones.zone[last.site] == 0
    assert f"of {len(nordic.zones.head) + 1}, " in ranked
    assert "its zone" not in ranked


def test_three_inputs_with_their_ends(nordic, first):
    hangs = confidence_sentences(nordic, first)[-1]
    assert hangs.startswith("Its share hangs most on")
    for row in first.tornado.head(3).to_dict("records"):
        assert f"({ends(row['low'], row['high'])})" in hangs


def test_without_draws_the_rest_is_there(nordic):
    study = nordic.study.model_copy(
        update={"confidence": nordic.study.confidence.model_copy(update={"draws": 0})}
    )
    bare = dataclasses.replace(nordic, confidence=None, study=study)
    sentences = confidence_sentences(bare, rank_report(bare, int(nordic.zones.head[0])))
    assert not any("draws" in sentence for sentence in sentences)
    assert sentences


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Passing(NAN, (), (), "", NAN, NAN), "No weights bring B past it."),
        (Passing(0.0, (), (), "", NAN, NAN), "B and it are level."),
        (
            Passing(0.031, ("governance",), ("power_price", "tie"), "", NAN, NAN),
            f"B passes it when 3.1{THIN}% of the weight moves from power price to governance.",
        ),
        (
            Passing(0.2, ("governance",), ("power_price",), "tie", 1.0, 0.9),
            f"B passes it when 20{THIN}% of the weight moves from power price to governance, "
            + "or works or home of the owner alone weighs 10 % less.".replace(" %", f"{THIN}%"),
        ),
    ],
)
def test_who_passes_whom_and_by_what(change, sentence):
    assert passing_sentence(change, "B", "it") == sentence


@pytest.mark.parametrize(
    ("to", "words"),
    [(0.0, "works or home of the owner weighs nothing"), (1.5, f"weighs 50{THIN}% more"),
     (3.2, "weighs 3.2 times as much")],
)  # fmt: skip
def test_one_weight_alone_is_told_by_its_ratio(to, words):
    change = Passing(0.2, ("governance",), ("power_price",), "tie", 1.0, to)
    assert words in passing_sentence(change, "B", "it")


def test_what_is_needed_and_what_would_do(nordic, first, last):
    (sentence,) = needs_sentences(nordic, last)
    assert f"first {min(TOP, len(nordic.zones.head))} its odds must grow" in sentence
    assert times(last.lacking) in sentence
    enough = int(last.needs["needed"].notna().sum())
    assert ("nough alone" in sentence) == (enough > 0)
    assert needs_sentences(nordic, first) == []


def test_a_span_has_its_unit_once():
    assert ends(0.2, 0.0031) == f"0.31 to 20{THIN}%"
    assert ends(0.2, 0.2) == f"20{THIN}%"


@pytest.mark.parametrize(
    ("odds", "words"), [(210.4, "210 to 1"), (1.0, "1.0 to 1"), (1 / 3.1, "1 to 3.1")]
)
def test_odds_are_told_from_the_larger_side(odds, words):
    assert to_one(odds) == words


def test_a_name_is_short_without_what_stands_behind_it():
    assert short("Kokkola Industrial Park (KIP)") == "Kokkola Industrial Park"
    assert short("Kulim (old) park") == "Kulim (old) park"


def test_every_number_of_the_draws_is_whole_or_a_share(nordic, first):
    ranked = confidence_sentences(nordic, first)[0]
    assert re.search(r"Nine in ten of 2,000 runs rank its zone 1 to \d+ of \d+", ranked)
    assert np.isfinite(first.share)


def test_runs_are_counted_and_almost_all_is_not_all():
    assert [runs(part) for part in (0.0, 0.003, 0.436, 0.997, 1.0)] == [
        "0 of 100", "3 of 1,000", "44 of 100", "more than 99 of 100", "100 of 100",
    ]  # fmt: skip


def test_who_else_is_first_is_named_by_the_number_of_runs(nordic):
    table = nordic.confidence.table.assign(p_first=0.0)
    table.loc[[0, 3, 5, 7, 8], "p_first"] = [0.4, 0.1, 0.3, 0.15, 0.05]
    drawn = dataclasses.replace(nordic.confidence, table=table)
    names = [short(nordic.places["name"].iloc[nordic.zones.head[k]]) for k in (5, 7, 3)]
    said = first_else(dataclasses.replace(nordic, confidence=drawn))
    assert said == f"Most often first else: {names[0]} in 30, {names[1]} in 15, {names[2]} in 10."


def test_the_closest_call_names_pillar_weights_and_who_takes_rank_1(nordic):
    site = int(nordic.zones.head[2])
    name = short(nordic.places["name"].iloc[site])
    words = closest_call(nordic, Nearest("ties", 0.2, 0.143, site))
    assert words == (
        f"Closest call: if nearby Chinese plants counts 14.3{THIN}% of the weight instead of "
        f"20{THIN}%, {name} takes rank 1."
    )
