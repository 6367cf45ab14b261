"""Answers on commands at work, and on what they wrote."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio import results, runs
from siting.studio.answering import Studio, answered, faults_of
from siting.studio.asked import Body, asked_of
from siting.studio.folder import Folder

_LOOK_S = 0.2  # between two looks at a run


def run_of(here: Folder, run: runs.Run) -> dict[str, Any]:
    """Return a run as the page has it, with the files that it wrote."""
    place = here.root / run.asked.folder if run.asked.folder and run.state == "done" else None
    written = results.shown_files(place) if place and place.is_dir() else []
    asked = asdict(run.asked)
    about = {key: asked[key] for key in ("command", "study", "other", "grid", "folder")}
    return {**asdict(run), "asked": None, **about, "files": written}


async def start_run(studio: Studio, request: Request) -> Response:
    """Start a command."""
    return answered(await run_in_threadpool(_started, studio.folder, await asked_of(request)), 202)


def _started(here: Folder, body: Body) -> dict[str, Any]:
    from siting.studio.studies import run_asked

    return run_of(here, runs.start(here, run_asked(here, body)))


async def run(studio: Studio, request: Request) -> Response:
    """Answer a run as it stands."""
    one = await run_in_threadpool(runs.read, studio.folder, request.path_params["id"])
    return answered(await run_in_threadpool(run_of, studio.folder, one))


async def events(studio: Studio, request: Request) -> Response:
    """Answer a run again whenever it changes, until it ends."""
    wanted = request.path_params["id"]
    await run_in_threadpool(runs.read, studio.folder, wanted)  # a fault before the stream begins
    return StreamingResponse(_events(studio.folder, wanted), media_type="text/event-stream")


async def _events(here: Folder, wanted: str) -> AsyncIterator[str]:
    sent = ""
    while True:
        one = await run_in_threadpool(runs.read, here, wanted)
        text = json.dumps(await run_in_threadpool(run_of, here, one), ensure_ascii=False)
        if text != sent:
            sent = text
            yield f"data: {text}\n\n"
        if one.state != "running":
            return
        await asyncio.sleep(_LOOK_S)


async def cancel_run(studio: Studio, request: Request) -> Response:
    """End a run."""
    one = await run_in_threadpool(runs.cancel, studio.folder, request.path_params["id"])
    return answered(await run_in_threadpool(run_of, studio.folder, one))


async def open_view(studio: Studio, request: Request) -> Response:
    """Answer where the files of a folder of results are served."""
    name = (await asked_of(request)).text("folder")
    key = await run_in_threadpool(studio.views.open, studio.folder, name)
    place = studio.views.folder(key)
    listed = await run_in_threadpool(results.shown_files, place) if place else []
    return answered({"base": f"/view/{key}/", "files": listed})


async def view(studio: Studio, request: Request) -> Response:
    """Answer a file of results, or all of them as a zip."""
    key, name = request.path_params["key"], request.path_params["name"]
    place = studio.views.folder(key)
    if place and name == "all.zip":
        content = await run_in_threadpool(results.zipped, place)
        about = {"content-disposition": f'attachment; filename="{_ascii(place.name)}.zip"'}
        return Response(content, media_type="application/zip", headers=about)
    path = await run_in_threadpool(studio.views.file, key, name)
    if path is None:
        return answered(
            {"faults": faults_of(SitingError(Fault("studio", tr("no such file"))))}, 404
        )
    shown = path.suffix == ".html"
    return FileResponse(path, filename=None if shown else path.name)


def _ascii(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)


async def publish(studio: Studio, request: Request) -> Response:
    """Copy results to another folder below this one."""
    body = await asked_of(request)
    source, to = body.text("folder"), body.text("to")
    written = await run_in_threadpool(results.publish, studio.folder, source, to)
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return answered({"folder": to, "files": written, "published": when})
