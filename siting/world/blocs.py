"""Blocs in place of countries: whoever belongs to them on the date of a study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata.codes import blocs, countries
from geodata.errors import raise_if
from geodata.load import catalogue_date, table
from siting.study.study import Study
from siting.world.policy import valid


def spelled_out(names: Iterable[str], study: Study, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """Return names with each bloc replaced by its members; whatever is no bloc stays.

    Parameters
    ----------
    names : iterable of str
    study : Study
    columns : sequence of str, optional
        Key of each name; by default those of candidates.countries.

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
    keys = columns or [f"candidates.countries.{i}" for i in range(len(names))]
    what, hint = f"has no members on {as_of or catalogue_date()}", "name its countries"
    raise_if(
        [
            study.origin.fault(f"{name} {what}", hint, key, name)
            for name, key in zip(names, keys, strict=True)
            if name in blocs() and name not in now.index
        ]
    )
    return tuple(dict.fromkeys(code for name in names for code in now.get(name, [name])))
