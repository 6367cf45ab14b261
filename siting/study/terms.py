"""Terms that every output shares: chance, price, nationalities, parts of the cost of a tonne."""

from __future__ import annotations

from typing import NamedTuple

CHANCE = "chance of the next plant"  # what the share of a zone is
BEFORE_TAX, AFTER_TAX = "before tax", "after tax"  # of a price from which it pays
NATIONALITIES = {
    "CN": "Chinese", "KR": "Korean", "JP": "Japanese", "US": "American", "IN": "Indian",
    "NO": "Norwegian", "AU": "Australian", "CA": "Canadian", "DE": "German", "FR": "French",
}  # fmt: skip


class CostPart(NamedTuple):
    """A part of the cost of a tonne.

    Attributes
    ----------
    name : str
    group : str
        What it is shown with, of `maps.palette.COSTS`.
    """

    name: str
    group: str


COST_PARTS = {
    "capital": CostPart("Capital", "capital"),
    "power": CostPart("Power", "energy"),
    "gas": CostPart("Gas", "energy"),
    "labour": CostPart("Labour", "labour"),
    "feedstock": CostPart("Feedstock", "materials"),
    "feedstock_freight": CostPart("Freight of feedstock", "materials"),
    "consumables": CostPart("Consumables", "other"),
    "maintenance": CostPart("Maintenance, insurance", "other"),
    "hazard": CostPart("Natural hazard", "other"),
    "silicon": CostPart("Silicon", "materials"),
    "carbon": CostPart("Carbon of the power", "energy"),
    "aid": CostPart("Capital aid", "capital"),
    "credit": CostPart("Production credit", "other"),
    "freight": CostPart("Freight to customers", "freight"),
    "duty": CostPart("Duty of their markets", "duty"),
}
BEYOND_THE_GATE = ("freight", "duty")
AT_THE_GATE = tuple(key for key in COST_PARTS if key not in BEYOND_THE_GATE)
TAKEN_AWAY = ("aid", "credit")
