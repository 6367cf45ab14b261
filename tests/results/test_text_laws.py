"""What the absence of a law would change, in a sentence."""

from __future__ import annotations

import pandas as pd

from siting.model.plan import Plan
from siting.results.text.confidence import short
from siting.results.text.laws import law_sentence


def rows(plan: Plan, *fallen: int) -> pd.DataFrame:
    """Return laws whose absence leaves the first zone at these ranks, the second zone first."""
    second = int(plan.zones.head[1])
    laws = [f"Law {at}" for at in range(len(fallen))]
    return pd.DataFrame({"instrument": laws, "fallen_to": fallen, "first": second})


def test_the_first_law_that_turns_the_order_is_named_with_who_leads_then(nordic: Plan) -> None:
    name = short(str(nordic.places["name"].iloc[nordic.zones.head[1]]))
    assert law_sentence(nordic, rows(nordic, 1, 3)) == f"Without Law 1, {name} takes rank 1."


def test_laws_that_turn_nothing_are_said_to(nordic: Plan) -> None:
    said = law_sentence(nordic, rows(nordic, 1, 1))
    assert said == "No single law at the listed sites brings another to rank 1."


def test_without_a_law_that_moves_anything_nothing_is_said(nordic: Plan) -> None:
    assert law_sentence(nordic, rows(nordic)) == ""
