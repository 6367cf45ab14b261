"""Names in a study that tables must have: places and factors of its figures, laws and events."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping

from geodata.codes import blocs, place_hint
from geodata.errors import Fault, SitingError
from geodata.factor_vocabulary import FACTORS
from geodata.geometry import attributes
from geodata.language import tr
from geodata.load import nearest, table
from siting.study.product import Product
from siting.study.study import Study

Figures = Mapping[str, Mapping[str, float]]
# Key of a study that switches something: what, the table that names it and the column.
_SWITCHED = {
    "policies": ("instrument", "policy_zones", "instrument_id"),
    "events": ("event", "events", "event_id"),
}


def switch_faults(study: Study) -> list[Fault]:
    """Return a fault for each instrument and event that is switched and that no table has."""
    return [
        fault
        for key, (what, name, column) in _SWITCHED.items()
        for fault in _unknown(study, key, what, name, column)
    ]


def _unknown(study: Study, key: str, what: str, name: str, column: str) -> list[Fault]:
    """Return what the study and its snapshots switch of one kind that no table has."""
    asked = {"": study} | {f"snapshots.{i}.": one for i, one in enumerate(study.snapshots)}
    sides = {
        f"{start}{key}.{side}": words
        for start, of in asked.items()
        for side, words in getattr(of, key).model_dump().items()
        if words
    }
    if not sides:
        return []
    try:
        known = list(table(name, study.tables.get(name))[column])
    except SitingError:  # the table's own faults are reported when facts are read
        return []
    return [
        study.origin.fault(f"no such {what}", nearest(word, known), f"{side}.{i}", word)
        for side, words in sides.items()
        for i, word in enumerate(words)
        if word not in known
    ]


def figure_faults(own: Figures) -> list[Fault]:
    """Return what is wrong with a study's own figures: place, factor or range."""
    faults = []
    known = {*place_kinds(), *blocs()} if own else set()
    for place, figures in own.items():
        if place not in known:
            column = f"factors.{place}"
            faults.append(Fault("study", tr("no such place"), _hint(place), None, column, place))
        for name, value in figures.items():
            column = f"factors.{place}.{name}"
            factor = FACTORS.get(name)
            if factor is None:
                hint = nearest(name, list(FACTORS))
                faults.append(Fault("study", tr("unknown factor"), hint, None, column, name))
            elif not factor.low <= value <= factor.high:
                low, high = f"{factor.low:g}", f"{factor.high:.10g} {factor.unit}"
                hint = tr("give {low} to {high}", low=low, high=high)
                faults.append(Fault("study", tr("out of range"), hint, None, column, f"{value:g}"))
    return faults


@functools.cache
def place_kinds() -> dict[str, str]:
    """Return every place that may carry a figure, with its kind."""
    kinds = {
        "bidding_zone": attributes("bidding_zones")["zone"],
        "iso3166-2": attributes("regions")["region"],
        # last: where a zone has the code of its country (FI), the country is meant
        "country": attributes("countries")["country"],
    }
    return {str(code): kind for kind, codes in kinds.items() for code in codes if code}


def _hint(place: str) -> str:
    """Return the hint for a place that is none: a region or zone that is near, else a country."""
    near = difflib.get_close_matches(place.upper()[:20], place_kinds(), n=1, cutoff=0.6)
    if len(place) > len("DEU") and near:
        return f"did you mean {near[0]}?"
    hint = place_hint(place)
    further = "" if hint.startswith("did") else "; or a region, as US-TX; or a bidding zone, as SE2"
    return f"{hint}{further}"


def price_faults(study: Study, product: Product) -> list[Fault]:
    """Return the prices that neither the study nor a series of the product says."""
    asked = {
        "price_usd_per_t": study.price_usd_per_t or product.outside_price,
        "chinese_price_usd_per_t": study.chinese_price_usd_per_t or product.chinese_price,
    }
    what = f"no price series is known for {product.name}"
    hint = "set {} in the study, or name a series in the table `products`"
    return [
        study.origin.fault(what, hint.format(key), key) for key, known in asked.items() if not known
    ]
