"""How a reader of foreign files refuses one, and the limits that every kind of file has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Request = Mapping[str, Any]


class Refused(Exception):  # noqa: N818 - of a file, and reported as a fault
    """One fault of the file."""

    def __init__(self, what: str, hint: str, **place: object) -> None:
        super().__init__(what)
        self.fault: dict[str, Any] = {"what": what, "hint": hint, **place}


def check_count(count: int, columns: int, request: Request) -> None:
    """Refuse more features or columns than a request allows."""
    if count > request["max_rows"]:
        raise Refused(f"more than {request['max_rows']:,} features", "split or thin it")
    if columns > request["max_columns"]:
        raise Refused(f"{columns:,} columns", f"keep at most {request['max_columns']:,}")


def check_unpacked(size: int, request: Request) -> None:
    """Refuse a file of more bytes, unpacked, than a request allows."""
    if size > request["max_unpacked"]:
        raise Refused(f"too large unpacked ({size / 1e6:,.0f} MB)", "split or thin it")
