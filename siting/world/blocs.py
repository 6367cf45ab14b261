"""Blocs in place of countries: whoever belongs to them on the date of a study."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.codes import blocs, countries
from geodata.errors import Fault, SitingError
from geodata.load import catalogue_date, table
from siting.study.study import Study
from siting.world.policy import valid


def spelled_out(names: Iterable[str], study: Study) -> tuple[str, ...]:
    """Return names with each bloc replaced by its members; whatever is no bloc stays.

    Raises
    ------
    SitingError
        When a bloc has no members on the date.
    """
    names = tuple(names)
    if countries().issuperset(names) or blocs().isdisjoint(names):
        return names
    groups, as_of = table("country_groups", study.tables.get("country_groups")), study.as_of
    now = valid(groups, as_of or catalogue_date()).groupby("group")["country"].agg(list)
    empty = [name for name in names if name in blocs() and name not in now.index]
    if empty:
        what, hint = f"has no members on {as_of or catalogue_date()}", "name its countries"
        raise SitingError([Fault("study", f"{name} {what}", hint) for name in empty])
    return tuple(dict.fromkeys(code for name in names for code in now.get(name, [name])))
