"""What every answer of the studio has in common: what it knows, and faults with their place."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio import results, store
from siting.studio.folder import Folder
from siting.studio.guard import Keys

Answer: TypeAlias = Callable[["Studio", Request], Awaitable[Response]]


@dataclass(frozen=True)
class Studio:
    """What a server of the studio holds.

    Attributes
    ----------
    folder : Folder
    keys : Keys
    views : Views
    opened : function
        Called when a link was used, with the next one's key.
    """

    folder: Folder
    keys: Keys
    opened: Callable[[str], None] = lambda _key: None
    views: results.Views = field(default_factory=results.Views)


def answering(studio: Studio, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint whose faults are answered as such."""

    @functools.wraps(answer)
    async def endpoint(request: Request) -> Response:
        try:
            return await answer(studio, request)
        except store.ConflictError as conflict:
            more = {"theirs": asdict(conflict.theirs)}
            return JSONResponse({"faults": faults_of(conflict), **more}, 409)
        except SitingError as error:
            return JSONResponse({"faults": faults_of(error)}, 422)
        except OSError as error:
            what = (error.strerror or tr("a file cannot be used")).lower()
            hint = tr("check its rights and the room on the disk")
            name = Path(str(error.filename or "")).name
            return JSONResponse({"faults": faults_of(SitingError(Fault(name, what, hint)))}, 422)

    return endpoint


def faults_of(error: SitingError) -> list[dict[str, Any]]:
    """Return faults as the page has them, each with its whole sentence."""
    return [{**asdict(fault), "sentence": str(fault)} for fault in error.faults]


def answered(content: Any, status: int = 200) -> JSONResponse:
    """Return a JSON answer."""
    return JSONResponse(content, status)
