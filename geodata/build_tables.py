"""Schemas of what becomes of a project: the chance that it is built, why it went where it did."""

from __future__ import annotations

from geodata import vocabulary as words
from geodata.columns import NOTE, PROVENANCE, date, identifier, number, rising, rule, spec, text

_CODES = "[A-Z]{2}(;[A-Z]{2})*"
_CODES_FORM = "country codes with a semicolon between them"

BUILD_CHANCES = spec(
    "build_chances",
    "Chance that a cell or anode plant runs in the demand year, by its state and by whose it is",
    ("kind", "home", "host", "state", "since"),
    {
        "kind": text("plants it is for; blank: all", blank=True, among=words.BUILD_KIND),
        "home": text(
            "homes of the first-named owner (ISO2); blank: any",
            blank=True,
            pattern=_CODES,
            form=_CODES_FORM,
        ),
        "host": text(
            "countries where it stands (ISO2); blank: any",
            blank=True,
            pattern=_CODES,
            form=_CODES_FORM,
        ),
        "state": text("status on the date", among=words.PROJECT_STATUS),
        "low": number("low end", "probability", 0, 1),
        "central": number("central value", "probability", 0, 1),
        "high": number("high end", "probability", 0, 1),
        "since": date("day from which it was known; blank: always", blank=True),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "central",
            "not between low and high",
            "order the three chances",
            rising("low", "central", "high"),
        )
    ],
)

PLANT_CHOICES = spec(
    "plant_choices",
    "Why an anode plant went where the model does not place it; read after the fact, never a score",
    ("plant_id",),
    {
        "plant_id": identifier("the plant, by its id in anode_plants"),
        "reason": text("what drew its owner there and no other table holds"),
        **PROVENANCE,
    },
)
