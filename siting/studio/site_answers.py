"""Answers on lists of sites, layers and places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio.answering import Studio, answered, faults_of
from siting.studio.asked import asked_of
from siting.studio.folder import write_whole


async def put_file(studio: Studio, request: Request) -> Response:
    """Put a list or a layer into the folder."""
    studio.folder.check_writable()
    path = studio.folder.data(request.path_params["name"])
    if path.exists() and request.query_params.get("replace") != "1":
        hint = tr("choose another name, or replace it")
        raise SitingError(Fault(path.name, tr("exists already"), hint))
    content = await request.body()
    await run_in_threadpool(write_whole, path, content)
    return answered({"name": path.name, "bytes": len(content)}, 201)


async def sites(studio: Studio, request: Request) -> Response:
    """Answer the rows of a list."""
    path = studio.folder.data(request.query_params.get("file", ""))
    return answered(await run_in_threadpool(_listed, path))


def _listed(path: Path) -> dict[str, Any]:
    from siting.studio import sites as lists

    if not path.is_file():
        raise SitingError(Fault(path.name, tr("there is no such file"), tr("choose another")))
    shown = lists.listed(path)
    return {**shown, "faults": faults_of(SitingError(shown["faults"]))}


async def add_sites(studio: Studio, request: Request) -> Response:
    """Add places to a list."""
    from siting.studio import sites as lists

    body = await asked_of(request)
    name, before = body.text("file"), body.text("etag", empty=True)
    await run_in_threadpool(lists.add, studio.folder, name, body.rows("rows"), before)
    return answered(await run_in_threadpool(_listed, studio.folder.data(name)))


async def land(_studio: Studio, _request: Request) -> Response:
    """Answer the outlines of countries."""
    from siting.studio import sites as lists

    return answered(await run_in_threadpool(lists.land))


async def search(_studio: Studio, request: Request) -> Response:
    """Answer the places of a name."""
    from siting.studio import sites as lists

    return answered(await run_in_threadpool(lists.search, request.query_params.get("q", "")[:200]))
