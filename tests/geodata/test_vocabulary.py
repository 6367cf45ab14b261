"""The closed lists."""

from __future__ import annotations

import csv

import pytest

from geodata import CATALOGUE, vocabulary
from geodata.factor_vocabulary import FACTORS

LISTS = {k: v for k, v in vars(vocabulary).items() if k.isupper() and k != "FACTORS"}


@pytest.mark.parametrize("name", LISTS)
def test_every_word_has_a_meaning(name: str) -> None:
    assert LISTS[name]
    for word, meaning in LISTS[name].items():
        assert word == word.strip() != ""
        assert len(meaning) > 1


def test_factors_are_those_of_the_table() -> None:
    """Read by the csv module, so that a factor without a row, or the reverse, is seen."""
    with (CATALOGUE / "place_factors.csv").open(encoding="utf-8", newline="") as file:
        used = {row["factor"] for row in csv.DictReader(file)}
    assert used <= set(FACTORS)
    assert all(factor.low < factor.high for factor in FACTORS.values())
