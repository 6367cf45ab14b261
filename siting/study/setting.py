"""A setting made on the map, laid over a study: lens, weights, and the price outside China.

The map saves it as a file, which is a study that says nothing else, or carries it in the part of
its address behind the `#`. Both come from strangers and are checked like any study.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl

from geodata.errors import Fault, SitingError, raise_if, shorten
from geodata.load import nearest
from siting.study import studyfile
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.fields import LEAST_PRICE, MOST_PRICE, MOST_WEIGHT, number_hint
from siting.study.findings import GONE, former_words
from siting.study.plainyaml import NUMBER
from siting.study.study import (
    BY_STRATEGY,
    Changes,
    LensName,
    PillarWeights,
    Study,
    laid_over,
)

PRICE = "price_usd_per_t"
IN_LINK = "price"  # what a link calls it
HELD = ("lens", "weights", PRICE)
PIN = "pin"
IGNORED = ("site", "at")  # what else the map keeps in its address
MOST_PARTS = 200  # of a link; all that can be set are about forty
MAX_LINK = 20_000  # characters
LINK = "link"


@dataclass(frozen=True)
class Setting:
    """What a map's reader set; None or nothing leaves the study as it is.

    Attributes
    ----------
    lens : str or None
        The weights start from it, and no more from those of the study.
    weights : dict
        Changes to the weights, as a study has them.
    price : float or None
        Outside China (USD/t).
    where : str
        File or "link", for faults.
    pins : tuple of str
        Sites that a link has pinned, by `site_id`; they change no plan.
    """

    lens: str | None = None
    weights: Changes = field(default_factory=dict)
    price: float | None = None
    where: str = LINK
    pins: tuple[str, ...] = ()


def read(text: str) -> Setting:
    """Read a setting: a file that the map saved, its link, or the part of the link behind the #.

    Raises
    ------
    SitingError
        With every fault: file or link, key, value and hint.
    """
    path = Path(text) if len(text) < MAX_LINK and "\x00" not in text else None
    if path is not None and _is_file(path):
        return _of_file(path)
    if "#" in text or "=" in text:
        return of_link(text.rpartition("#")[2])
    hint = "name the file that the map saved, or paste its link"
    raise SitingError(Fault("setting", "neither a file nor a link", hint, value=text))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a link may be too long for a name
        return False


def _of_file(path: Path) -> Setting:
    study = studyfile.read(path)
    raise_if(
        [
            Fault(path.name, "no part of a setting", f"leave only {', '.join(HELD)}", column=key)
            for key in sorted(study.model_fields_set - set(HELD))
        ]
    )
    lens = study.lens if "lens" in study.model_fields_set else None
    return Setting(lens, study.weights, study.price_usd_per_t, path.name)


def of_link(text: str) -> Setting:
    """Read the part of a map's address behind the #.

    Its parts are ``lens=NAME``, ``price=USD``, ``PILLAR=WEIGHT`` and
    ``PILLAR.CRITERION=WEIGHT``, joined by ``&``.

    Raises
    ------
    SitingError
        With every fault.
    """
    if len(text) > MAX_LINK:
        raise SitingError(Fault(LINK, "too long for a setting", "copy it from the map again"))
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARTS, errors="strict")
    except ValueError:
        hint = "copy it from the map again"
        raise SitingError(Fault(LINK, "cannot be read", hint, value=text)) from None
    faults: list[Fault] = []
    setting = Setting()
    seen: set[str] = set()
    for key, value in pairs:
        if key in IGNORED:
            continue
        if key == PIN:
            setting = replace(setting, pins=(*setting.pins, value))
            continue
        column = shorten(key)
        if key in seen:
            faults.append(Fault(LINK, "given twice", "keep one", column=column, value=value))
        seen.add(key)
        try:
            setting = _with(setting, tuple(key.split(".")), value)
        except ValueError as error:
            what, hint = error.args
            faults.append(Fault(LINK, what, hint, column=column, value=value))
    raise_if(faults)
    return setting


def _with(setting: Setting, path: tuple[str, ...], value: str) -> Setting:
    """Return the setting with one part of a link; ValueError(what, hint) where it is at fault."""
    if path[0] in GONE:
        raise ValueError(*former_words(path[0]))
    if path[0] in get_args(LensName):
        raise ValueError(*BY_STRATEGY)
    if path == ("lens",):
        return replace(setting, lens=_one_of(value, get_args(LensName), "lens"))
    if path == (IN_LINK,):
        return replace(setting, price=_price(value))
    if len(path) > 2:  # noqa: PLR2004 - pillar and perhaps criterion
        msg = "unknown key"
        raise ValueError(msg, nearest(path[0], ("lens", *PILLARS)))
    pillar, number = _one_of(path[0], ("lens", *PILLARS), "pillar"), _number(value)
    change = PillarWeights(weight=number)
    if path[1:]:
        own = [key for key, criterion in CRITERIA.items() if criterion.pillar == pillar]
        criterion = _one_of(path[1], own, f"criterion of {pillar}")
        change = PillarWeights(weight=None, criteria={criterion: number})
    return replace(setting, weights=laid_over(setting.weights, {pillar: change}))


def _one_of(word: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if word not in names:
        msg = f"unknown {what}"
        raise ValueError(msg, nearest(word, names))
    return word


def _number(text: str) -> float:
    """Return a weight, as a study may have it."""
    if not NUMBER.fullmatch(text):
        msg = "no weight"
        raise ValueError(msg, number_hint(text))
    number = float(text)
    if not 0 <= number <= MOST_WEIGHT:
        msg = "no weight"
        raise ValueError(msg, f"give a number from 0 to {MOST_WEIGHT:.0f}")
    return number


def _price(text: str) -> float:
    """Return a price, as a study may have it."""
    if not NUMBER.fullmatch(text):
        msg = "no price"
        raise ValueError(msg, number_hint(text))
    price = float(text)
    if not LEAST_PRICE <= price <= MOST_PRICE:
        msg = "no price"
        raise ValueError(msg, f"give USD a tonne, from {LEAST_PRICE:.0f} to {MOST_PRICE:.0f}")
    return price


def laid_on(study: Study, setting: Setting) -> Study:
    """Return the study with a setting over it: its weights where it says some, else the study's.

    Raises
    ------
    SitingError
        When what comes out is no sound study, such as one where nothing weighs.
    """
    update: dict[str, object] = {"weights": laid_over(study.weights, setting.weights)}
    if setting.lens:
        update = {"lens": setting.lens, "weights": setting.weights}
    if setting.price is not None:
        update[PRICE] = setting.price
    made = study.model_copy(update=update)
    raise_if(studyfile.check(made, setting.where))
    return made
