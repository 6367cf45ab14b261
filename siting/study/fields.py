"""What a field of a study may hold: each kind of value, and what corrects another one.

Pydantic would take text for a number, a number for a day since 1970, and yes for 1. Here a number
is a number, a day is a day, and a code is one that is known; each fault says what was meant.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from geodata.codes import (
    REGIONS,
    WORLD,
    blocs,
    countries,
    country_hint,
    place_hint,
)
from geodata.database import AddressError, address, masked
from geodata.language import tr
from geodata.load import catalogue_date
from geodata.plaintext import plain
from siting.study.plainyaml import NUMBER

Item = TypeVar("Item")
MOST_WEIGHT = 1e9  # only ratios count
LEAST_PRICE, MOST_PRICE = 1, 100_000  # USD/t of anode
MOST_RAW = 1e9  # of a raw criterion, whatever its unit
FIRST_DAY = dt.date(2009, 1, 1)  # no figure of a place is older
LAST_DAY = dt.date(2030, 12, 31)  # of the last year whose demand is known
FIRST_DEMAND, LAST_DEMAND = 2026, 2030  # years that the tables of gigafactories state
_YES_OR_NO = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


def _write(value: str) -> str:
    return tr("write {value}", value=value)


def _bare(value: str) -> str:
    return tr("write {value}, without a unit", value=value)


def _from_first_day() -> str:
    return tr("give {day} or later", day=FIRST_DAY)


# Text that stands for a number, and the number that it stands for.
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (NUMBER.pattern, lambda m: tr("write it without quotes: {value}", value=m[0])),
    (
        r"0(?:[xX][0-9a-fA-F]{1,12}|[oO][0-7]{1,15}|[bB][01]{1,40})",
        lambda m: _write(str(int(m[0], 0))),
    ),
    (r"[-+]?[1-9][0-9]{0,2}(?:[_' \u00a0\u202f][0-9]{3})+", lambda m: _write(_digits(m[0]))),
    (r"[-+]?[1-9][0-9]*(?:_[0-9]+)+", lambda m: _write(_digits(m[0]))),
    (
        r"([-+]?[1-9][0-9]{0,2}),([0-9]{3})",
        lambda m: tr(
            "write {whole} or {decimal}, whichever it is",
            whole=f"{m[1]}{m[2]}",
            decimal=f"{m[1]}.{m[2]}",
        ),
    ),
    (
        r"([-+]?(?:0|[1-9][0-9]*)),([0-9]+)",
        lambda m: tr("write a decimal point: {value}", value=f"{m[1]}.{m[2]}"),
    ),
    (rf"([-+]?)0+({NUMBER.pattern})", lambda m: _write(f"{m[1]}{m[2]}")),
    (
        rf"(?!0[xob])[^\w\s.+-]{{0,2}}({NUMBER.pattern})\s*[^\d\s.,:_][^\d:]{{0,20}}",
        lambda m: _bare(m[1]),
    ),
    (rf"[^\w\s.+-]{{1,2}}\s*({NUMBER.pattern})", lambda m: _bare(m[1])),
)


def fault(what: str, hint: str, value: object = None) -> PydanticCustomError:
    """Return an error of a field with its hint; `value` where it is not the whole input."""
    words = {"what": what, "hint": hint, "value": value}
    return PydanticCustomError("siting", "{what}", words)


# ---- numbers and yes or no -----------------------------------------------------------------------


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise fault(tr("yes or no, where a number is wanted"), tr("write a number"))
    if isinstance(value, str):
        raise fault(tr("not a number"), number_hint(value))
    return value


def number_hint(text: str) -> str:
    """Return the hint for text where a number is wanted."""
    for form, hint in _FORMS:
        match = re.fullmatch(form, text.strip(), re.ASCII)
        if match:
            return hint(match)
    return tr("write a plain number, such as {value}", value="1.5")


def _digits(text: str) -> str:
    return re.sub(r"[^-+0-9]", "", text)


def _yes_or_no(value: Any) -> Any:
    answer = _YES_OR_NO.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(answer, bool):
        raise fault(tr("neither yes nor no"), tr("write true or false"))
    return answer


Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Weight = Annotated[Number, Field(ge=0, le=MOST_WEIGHT)]
Raw = Annotated[Number, Field(ge=-MOST_RAW, le=MOST_RAW)]
Amount = Annotated[Number, Field(allow_inf_nan=False)]  # of which a table knows the bounds


def _demand_year(year: int) -> int:
    if not FIRST_DEMAND <= year <= LAST_DEMAND:
        raise fault(
            tr("demand of {year} is not known", year=year),
            tr(
                "give {first} to {last}: no table states another year",
                first=FIRST_DEMAND,
                last=LAST_DEMAND,
            ),
        )
    return year


DemandYear = Annotated[
    Whole,
    AfterValidator(_demand_year),
    Field(json_schema_extra={"minimum": FIRST_DEMAND, "maximum": LAST_DEMAND}),
]


# ---- days ----------------------------------------------------------------------------------------


def _day(value: Any) -> Any:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date | str | int):
        raise fault(tr("not a day"), tr("write year, month and day, as 2026-11-22"))
    day = value if isinstance(value, dt.date) else _read_day(str(value).strip())
    if day < FIRST_DAY:
        raise fault(tr("before the first data"), _from_first_day())
    if day > LAST_DAY:
        hint = tr("give {day} or earlier, or leave it out", day=catalogue_date())
        raise fault(tr("after the last data"), hint)
    return day


def _read_day(text: str) -> dt.date:
    """Return the day of a text as 2026-11-22; the fault of another form names this one."""
    parts = [int(part) for part in re.findall(r"[0-9]{1,8}", text)]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        try:
            return dt.date(*parts)
        except ValueError:
            raise fault(tr("no such day"), _in_calendar(*parts)) from None
    if re.fullmatch(r"[0-9]{4}", text):
        raise fault(
            tr("a year, where a day is wanted"), tr("give a day: {day}", day=f"{text}-12-31")
        )
    if re.fullmatch(r"[12][0-9]{3}[-/.](0?[1-9]|1[0-2])", text):
        raise fault(
            tr("a month, where a day is wanted"), tr("give a day: {day}", day=_month_end(*parts))
        )
    meant = _another_form(text, parts)
    hint = _write(meant) if meant else tr("write year, month and day, as 2026-11-22")
    raise fault(tr("not a day"), hint)


def _month_end(year: int, month: int) -> str:
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"


def _in_calendar(year: int, month: int, day: int) -> str:
    if year < FIRST_DAY.year:
        return _from_first_day()
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        return tr("months are 01 to 12, as 2026-11-22")
    last = _month_end(year, month)
    return tr("give {day} or earlier", day=last) if day else tr("give {day}", day=f"{last[:-2]}01")


def _another_form(text: str, parts: list[int]) -> str:
    """Return the day that a common form says beyond doubt, as 22.11.2026; "" for none."""
    forms = {
        r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([T ].*)?": (0, 1, 2),
        r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}": (2, 1, 0),
        r"(1[3-9]|2[0-9]|3[01])/[0-9]{1,2}/[0-9]{4}": (2, 1, 0),
        r"[0-9]{1,2}/(1[3-9]|2[0-9]|3[01])/[0-9]{4}": (2, 0, 1),
    }
    order = next((order for form, order in forms.items() if re.fullmatch(form, text)), None)
    if re.fullmatch(r"(19|20)[0-9]{6}", text):
        order, parts = (0, 1, 2), [int(text[:4]), int(text[4:6]), int(text[6:])]
    try:
        return dt.date(*(parts[i] for i in order)).isoformat() if order else ""
    except ValueError:
        return ""


Day = Annotated[dt.date, BeforeValidator(_day)]


# ---- names, codes and files ----------------------------------------------------------------------


def _plain_name(name: str) -> str:
    if not name or plain(name) != name:
        meant = plain(name)[:64].strip()
        hint = _write(meant) if meant else tr("write a name")
        raise fault(tr("a name is plain text on one line, without blanks around it"), hint)
    return name


_NO_WORD = (type(None), dict, list, tuple)  # left to pydantic to refuse


def _country(value: Any) -> Any:
    if isinstance(value, _NO_WORD) or value in countries():
        return value
    if value in blocs():
        raise fault(tr("a bloc, where a country is wanted"), tr("name one of its countries, as DE"))
    raise fault(tr("no such country"), country_hint(str(value)))


def _place(value: Any) -> Any:
    if isinstance(value, _NO_WORD) or value in countries() or value in blocs():
        return value
    raise fault(tr("no such country"), place_hint(str(value)))


def _part(value: Any) -> Any:
    if isinstance(value, _NO_WORD) or value in {*countries(), *blocs(), *REGIONS, WORLD}:
        return value
    what = tr("neither a part of the world nor a country")
    raise fault(what, place_hint(str(value), parts=True))


def _some_file(value: Any) -> Any:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise fault(tr("no name of a file"), tr("write its name, as my_sites.csv"))
    return value


def _database(value: Any) -> Any:
    if not isinstance(value, str):
        raise fault(
            tr("no address of a database"), tr("write it as postgresql://user@host/database")
        )
    try:
        address(value)
    except AddressError as error:
        raise fault(error.what, error.hint, masked(value)) from None
    return value


def once(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items of a list; one that is there twice is a fault."""
    for i, item in enumerate(items):
        if item in items[:i]:
            value = item if isinstance(item, str) else None
            raise fault(tr("given twice"), tr("keep one of the two"), value)
    return items


def some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items of a list; an empty one is a fault."""
    if not items:
        raise fault(tr("an empty list"), tr("name at least one, or leave the key out"))
    return items


PersonName = Annotated[str, Field(max_length=64), AfterValidator(_plain_name)]
Line = Annotated[str, AfterValidator(plain)]
Country = Annotated[str, BeforeValidator(_country)]
CountryOrBloc = Annotated[str, BeforeValidator(_place)]
PartOfWorld = Annotated[str, BeforeValidator(_part)]
DatabaseUrl = Annotated[str, BeforeValidator(_database)]
SomeFile = Annotated[Path, BeforeValidator(_some_file)]
