"""What the page asks and is answered: JSON in, JSON out, every fault with its place."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import importlib.util
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import siting
from geodata.errors import Fault, SitingError
from siting.studio import cards, pages, results, runs, store
from siting.studio.asked import Body, asked_of
from siting.studio.folder import Folder, write_whole
from siting.studio.guard import KEY, Guard, Keys

if TYPE_CHECKING:
    from siting.studio.studies import Checked

_LOOK_S = 0.2  # between two looks at a run
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


def app(studio: Studio, hosts: Callable[[], tuple[str, ...]]) -> Guard:
    """Return the application behind its guard.

    Parameters
    ----------
    studio : Studio
    hosts : function
        Returns the names under which it may be asked.
    """
    routes = [
        Route(path, _answering(studio, answer), methods=[method])
        for (method, path), answer in ANSWERS.items()
    ]
    return Guard(Starlette(routes=routes), studio.keys, hosts)


def _answering(studio: Studio, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
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
            what = (error.strerror or "a file cannot be used").lower()
            hint = "check its rights and the room on the disk"
            name = Path(str(error.filename or "")).name
            return JSONResponse({"faults": faults_of(SitingError(Fault(name, what, hint)))}, 422)

    return endpoint


def faults_of(error: SitingError) -> list[dict[str, Any]]:
    """Return faults as the page has them, each with its whole sentence."""
    return [{**asdict(fault), "sentence": str(fault)} for fault in error.faults]


def _json(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status)


# --- the page -------------------------------------------------------------------------------------


async def page(_studio: Studio, request: Request) -> Response:
    """Answer the page and what it is made of."""
    made = await run_in_threadpool(pages.asset, request.url.path)
    if made is None:
        return _json({"faults": faults_of(SitingError(Fault("studio", "no such page")))}, 404)
    return Response(made.content, media_type=made.kind)


async def session(studio: Studio, request: Request) -> Response:
    """Open a session for the key of the link."""
    key = studio.keys.open(request.headers.get(KEY, ""))
    if key is None:
        what, hint = "the link was used, or is not known", "open the newest link in the terminal"
        return _json({"faults": faults_of(SitingError(Fault("studio", what, hint)))}, 401)
    studio.opened(studio.keys.link)
    about = {"folder": str(studio.folder.root), "read_only": studio.folder.read_only}
    return _json({"key": key, "version": siting.__version__, **about})


# --- studies --------------------------------------------------------------------------------------


async def folder(studio: Studio, _request: Request) -> Response:
    """Answer what is in the folder."""
    return _json(await run_in_threadpool(_contents, studio.folder))


def _contents(here: Folder) -> dict[str, Any]:
    return {
        **cards.contents(here),
        "runs": [run_of(here, run) for run in runs.every(here)],
        "extras": {
            "pdf": importlib.util.find_spec("weasyprint") is not None,
            "slides": importlib.util.find_spec("pptx") is not None,
        },
    }


async def faults(studio: Studio, _request: Request) -> Response:
    """Answer how many faults each study has."""
    from siting.studio import studies

    return _json(await run_in_threadpool(studies.faults, studio.folder))


async def make_study(studio: Studio, request: Request) -> Response:
    """Make a study from a preset or another one."""
    body = await asked_of(request)
    return _json(
        await run_in_threadpool(_made, studio.folder, body.text("name"), body.text("from")), 201
    )


def _made(here: Folder, name: str, start: str) -> dict[str, Any]:
    from siting.studio import studies

    if here.study(name).exists():
        raise SitingError(Fault(name, "exists already", "choose another name"))
    store.save(here, name, studies.started_from(here, start, name), "")
    return studies.opened(here, name)


async def study(studio: Studio, request: Request) -> Response:
    """Answer a study with its versions."""
    return _json(await _opened(studio.folder, request.path_params["name"]))


async def _opened(here: Folder, name: str) -> dict[str, Any]:
    from siting.studio import studies

    return await run_in_threadpool(studies.opened, here, name)


async def save_study(studio: Studio, request: Request) -> Response:
    """Save a study."""
    name, body = request.path_params["name"], await asked_of(request)
    text, etag = body.text("text", empty=True), body.text("etag", empty=True)
    await run_in_threadpool(store.save, studio.folder, name, text, etag)
    return _json(await _opened(studio.folder, name))


async def delete_study(studio: Studio, request: Request) -> Response:
    """Take a study out of the folder; its versions stay."""
    name, body = request.path_params["name"], await asked_of(request)
    await run_in_threadpool(store.delete, studio.folder, name, body.text("etag"))
    kept = await run_in_threadpool(store.versions, studio.folder, name)
    return _json({"version": kept[0].id})


async def save_draft(studio: Studio, request: Request) -> Response:
    """Keep what is not saved yet; nothing takes it away."""
    name, body = request.path_params["name"], await asked_of(request)
    text = body.text("text", empty=True)
    keep = store.keep_draft if text else _drop
    return _json({"saved": await run_in_threadpool(keep, studio.folder, name, text)})


def _drop(here: Folder, name: str, _text: str) -> str:
    here.check_writable()
    store.drop_draft(here, name)
    return ""


async def check(studio: Studio, request: Request) -> Response:
    """Answer what a text says and what is wrong with it."""
    body = await asked_of(request)
    return _json(await _checked(studio.folder, body.text("name"), body.text("text", empty=True)))


async def _checked(here: Folder, name: str, text: str) -> dict[str, Any]:
    from siting.studio import studies

    checked: Checked = await run_in_threadpool(studies.checked, here, name, text)
    return {"text": text, **asdict(checked), "faults": faults_of(SitingError(checked.faults))}


async def edit(studio: Studio, request: Request) -> Response:
    """Answer a text with one key set."""
    from siting.studio.forms import with_value

    body = await asked_of(request)
    name, text = body.text("name"), body.text("text", empty=True)
    made = await run_in_threadpool(with_value, text, name, body.path("path"), body.get("value"))
    return _json(await _checked(studio.folder, name, made))


async def weigh(studio: Studio, request: Request) -> Response:
    """Answer a text with the weights that judgements say."""
    from siting.studio.judged import weighed

    body = await asked_of(request)
    name = body.text("name")
    made = await run_in_threadpool(
        weighed, body.text("text", empty=True), name, studio.folder.root,
        body.text("method"), body.rows("judgements"),
    )  # fmt: skip
    return _json({**await _checked(studio.folder, name, made["text"]), **made})


async def lay_setting(studio: Studio, request: Request) -> Response:
    """Answer a text with what was set on the map."""
    from siting.studio import studies

    body = await asked_of(request)
    name = body.text("name")
    made = await run_in_threadpool(
        studies.with_setting, studio.folder, name, body.text("text", empty=True),
        body.text("setting"),
    )  # fmt: skip
    return _json(await _checked(studio.folder, name, made))


async def schema(_studio: Studio, _request: Request) -> Response:
    """Answer the JSON Schema of a study."""
    from siting.studio.forms import schema as of_form

    return _json(await run_in_threadpool(of_form))


# --- versions -------------------------------------------------------------------------------------


async def version(studio: Studio, request: Request) -> Response:
    """Answer a version with its text."""
    name, wanted = request.path_params["name"], request.path_params["id"]
    one = await run_in_threadpool(store.version, studio.folder, name, wanted)
    return _json({"id": one.id, "saved": one.saved, "text": one.text})


async def restore(studio: Studio, request: Request) -> Response:
    """Save a version again as the study."""
    name, wanted = request.path_params["name"], request.path_params["id"]
    etag = (await asked_of(request)).text("etag", empty=True)
    one = await run_in_threadpool(store.version, studio.folder, name, wanted)
    await run_in_threadpool(store.save, studio.folder, name, one.text, etag)
    return _json(await _opened(studio.folder, name))


async def diff(studio: Studio, request: Request) -> Response:
    """Answer what differs between two texts: NAME@VERSION, or NAME@now."""
    from siting.studio import differences

    asked = request.query_params
    one = await run_in_threadpool(_text_of, studio.folder, asked.get("one", ""))
    other = await run_in_threadpool(_text_of, studio.folder, asked.get("other", ""))
    words = await run_in_threadpool(differences.in_words, one, other)
    lines = await run_in_threadpool(differences.by_line, one, other)
    return _json({"changed": words, "lines": lines})


def _text_of(here: Folder, spot: str) -> str:
    name, _, wanted = spot.rpartition("@")
    if wanted == "now":
        return store.read(here, name).text
    return store.version(here, name, wanted).text


# --- sites ----------------------------------------------------------------------------------------


async def put_file(studio: Studio, request: Request) -> Response:
    """Put a list or a layer into the folder."""
    studio.folder.check_writable()
    path = studio.folder.data(request.path_params["name"])
    if path.exists() and request.query_params.get("replace") != "1":
        raise SitingError(Fault(path.name, "exists already", "choose another name, or replace it"))
    content = await request.body()
    await run_in_threadpool(write_whole, path, content)
    return _json({"name": path.name, "bytes": len(content)}, 201)


async def sites(studio: Studio, request: Request) -> Response:
    """Answer the rows of a list."""
    path = studio.folder.data(request.query_params.get("file", ""))
    return _json(await run_in_threadpool(_listed, path))


def _listed(path: Path) -> dict[str, Any]:
    from siting.studio import sites as lists

    if not path.is_file():
        raise SitingError(Fault(path.name, "there is no such file", "choose another"))
    shown = lists.listed(path)
    return {**shown, "faults": faults_of(SitingError(shown["faults"]))}


async def add_sites(studio: Studio, request: Request) -> Response:
    """Add places to a list."""
    from siting.studio import sites as lists

    body = await asked_of(request)
    name, before = body.text("file"), body.text("etag", empty=True)
    await run_in_threadpool(lists.add, studio.folder, name, body.rows("rows"), before)
    return _json(await run_in_threadpool(_listed, studio.folder.data(name)))


async def land(_studio: Studio, _request: Request) -> Response:
    """Answer the outlines of countries."""
    from siting.studio import sites as lists

    return _json(await run_in_threadpool(lists.land))


async def search(_studio: Studio, request: Request) -> Response:
    """Answer the places of a name."""
    from siting.studio import sites as lists

    return _json(await run_in_threadpool(lists.search, request.query_params.get("q", "")[:200]))


# --- runs -----------------------------------------------------------------------------------------


def run_of(here: Folder, run: runs.Run) -> dict[str, Any]:
    """Return a run as the page has it, with the files that it wrote."""
    place = here.root / run.asked.folder if run.asked.folder and run.state == "done" else None
    written = results.shown_files(place) if place and place.is_dir() else []
    asked = asdict(run.asked)
    about = {key: asked[key] for key in ("command", "study", "other", "grid", "folder")}
    return {**asdict(run), "asked": None, **about, "files": written}


async def start_run(studio: Studio, request: Request) -> Response:
    """Start a command."""
    return _json(await run_in_threadpool(_started, studio.folder, await asked_of(request)), 202)


def _started(here: Folder, body: Body) -> dict[str, Any]:
    from siting.studio.studies import run_asked

    return run_of(here, runs.start(here, run_asked(here, body)))


async def run(studio: Studio, request: Request) -> Response:
    """Answer a run as it stands."""
    one = await run_in_threadpool(runs.read, studio.folder, request.path_params["id"])
    return _json(await run_in_threadpool(run_of, studio.folder, one))


async def events(studio: Studio, request: Request) -> Response:
    """Answer a run again whenever it changes, until it ends."""
    wanted = request.path_params["id"]
    await run_in_threadpool(runs.read, studio.folder, wanted)  # a fault before the stream begins
    return StreamingResponse(_events(studio.folder, wanted), media_type="text/event-stream")


async def _events(here: Folder, wanted: str) -> AsyncIterator[str]:
    said = ""
    while True:
        one = await run_in_threadpool(runs.read, here, wanted)
        text = json.dumps(await run_in_threadpool(run_of, here, one), ensure_ascii=False)
        if text != said:
            said = text
            yield f"data: {text}\n\n"
        if one.state != "running":
            return
        await asyncio.sleep(_LOOK_S)


async def cancel_run(studio: Studio, request: Request) -> Response:
    """End a run."""
    one = await run_in_threadpool(runs.cancel, studio.folder, request.path_params["id"])
    return _json(await run_in_threadpool(run_of, studio.folder, one))


# --- results --------------------------------------------------------------------------------------


async def open_view(studio: Studio, request: Request) -> Response:
    """Answer where the files of a folder of results are served."""
    name = (await asked_of(request)).text("folder")
    key = await run_in_threadpool(studio.views.open, studio.folder, name)
    place = studio.views.folder(key)
    listed = await run_in_threadpool(results.shown_files, place) if place else []
    return _json({"base": f"/view/{key}/", "files": listed})


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
        return _json({"faults": faults_of(SitingError(Fault("studio", "no such file")))}, 404)
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
    return _json({"folder": to, "files": written, "published": when})


ANSWERS: dict[tuple[str, str], Answer] = {
    ("GET", "/"): page,
    ("GET", "/{name}"): page,
    ("POST", "/api/session"): session,
    ("GET", "/api/folder"): folder,
    ("GET", "/api/faults"): faults,
    ("POST", "/api/studies"): make_study,
    ("GET", "/api/studies/{name}"): study,
    ("PUT", "/api/studies/{name}"): save_study,
    ("DELETE", "/api/studies/{name}"): delete_study,
    ("PUT", "/api/studies/{name}/draft"): save_draft,
    ("POST", "/api/check"): check,
    ("POST", "/api/edit"): edit,
    ("POST", "/api/weigh"): weigh,
    ("POST", "/api/setting"): lay_setting,
    ("GET", "/api/schema"): schema,
    ("GET", "/api/versions/{name}/{id}"): version,
    ("POST", "/api/versions/{name}/{id}/restore"): restore,
    ("GET", "/api/diff"): diff,
    ("PUT", "/api/files/{name}"): put_file,
    ("GET", "/api/sites"): sites,
    ("POST", "/api/sites"): add_sites,
    ("GET", "/api/land"): land,
    ("GET", "/api/search"): search,
    ("POST", "/api/runs"): start_run,
    ("GET", "/api/runs/{id}"): run,
    ("GET", "/api/runs/{id}/events"): events,
    ("DELETE", "/api/runs/{id}"): cancel_run,
    ("POST", "/api/view"): open_view,
    ("GET", "/view/{key}/{name:path}"): view,
    ("POST", "/api/publish"): publish,
}
