"""Answers on the studies of the folder, their texts, weights and versions."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio import cards, runs, store
from siting.studio.answering import Studio, answered, faults_of
from siting.studio.asked import asked_of
from siting.studio.folder import Folder
from siting.studio.run_answers import run_of

if TYPE_CHECKING:
    from siting.studio.studies import Checked


async def folder(studio: Studio, _request: Request) -> Response:
    """Answer what is in the folder."""
    return answered(await run_in_threadpool(_contents, studio.folder))


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

    return answered(await run_in_threadpool(studies.faults, studio.folder))


async def make_study(studio: Studio, request: Request) -> Response:
    """Make a study from a preset or another one."""
    body = await asked_of(request)
    return answered(
        await run_in_threadpool(_made, studio.folder, body.text("name"), body.text("from")), 201
    )


def _made(here: Folder, name: str, start: str) -> dict[str, Any]:
    from siting.studio import studies

    if here.study(name).exists():
        raise SitingError(Fault(name, tr("exists already"), tr("choose another name")))
    store.save(here, name, studies.started_from(here, start, name), "")
    return studies.opened(here, name)


async def study(studio: Studio, request: Request) -> Response:
    """Answer a study with its versions."""
    return answered(await _opened(studio.folder, request.path_params["name"]))


async def _opened(here: Folder, name: str) -> dict[str, Any]:
    from siting.studio import studies

    return await run_in_threadpool(studies.opened, here, name)


async def save_study(studio: Studio, request: Request) -> Response:
    """Save a study."""
    name, body = request.path_params["name"], await asked_of(request)
    text, etag = body.text("text", empty=True), body.text("etag", empty=True)
    await run_in_threadpool(store.save, studio.folder, name, text, etag)
    return answered(await _opened(studio.folder, name))


async def delete_study(studio: Studio, request: Request) -> Response:
    """Take a study out of the folder; its versions stay."""
    name, body = request.path_params["name"], await asked_of(request)
    await run_in_threadpool(store.delete, studio.folder, name, body.text("etag"))
    kept = await run_in_threadpool(store.versions, studio.folder, name)
    return answered({"version": kept[0].id})


async def save_draft(studio: Studio, request: Request) -> Response:
    """Keep what is not saved yet; nothing takes it away."""
    name, body = request.path_params["name"], await asked_of(request)
    text = body.text("text", empty=True)
    keep = store.keep_draft if text else _drop
    return answered({"saved": await run_in_threadpool(keep, studio.folder, name, text)})


def _drop(here: Folder, name: str, _text: str) -> str:
    here.check_writable()
    store.drop_draft(here, name)
    return ""


async def check(studio: Studio, request: Request) -> Response:
    """Answer what a text says and what is wrong with it."""
    body = await asked_of(request)
    return answered(await _checked(studio.folder, body.text("name"), body.text("text", empty=True)))


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
    return answered(await _checked(studio.folder, name, made))


async def weigh(studio: Studio, request: Request) -> Response:
    """Answer a text with the weights that judgements say."""
    from siting.studio.judged import weighed

    body = await asked_of(request)
    name = body.text("name")
    made = await run_in_threadpool(
        weighed, body.text("text", empty=True), name, studio.folder.root,
        body.text("method"), body.rows("judgements"),
    )  # fmt: skip
    return answered({**await _checked(studio.folder, name, made["text"]), **made})


async def lay_setting(studio: Studio, request: Request) -> Response:
    """Answer a text with what was set on the map."""
    from siting.studio import studies

    body = await asked_of(request)
    name = body.text("name")
    made = await run_in_threadpool(
        studies.with_setting, studio.folder, name, body.text("text", empty=True),
        body.text("setting"),
    )  # fmt: skip
    return answered(await _checked(studio.folder, name, made))


async def schema(_studio: Studio, _request: Request) -> Response:
    """Answer the JSON Schema of a study."""
    from siting.studio.forms import schema as of_form

    return answered(await run_in_threadpool(of_form))


async def version(studio: Studio, request: Request) -> Response:
    """Answer a version with its text."""
    name, wanted = request.path_params["name"], request.path_params["id"]
    one = await run_in_threadpool(store.version, studio.folder, name, wanted)
    return answered({"id": one.id, "saved": one.saved, "text": one.text})


async def keep_version(studio: Studio, request: Request) -> Response:
    """Keep a text that is given up as a version."""
    name, body = request.path_params["name"], await asked_of(request)
    text = body.text("text", empty=True)
    one = await run_in_threadpool(store.keep, studio.folder, name, text)
    return answered({"id": one.id, "saved": one.saved}, 201)


async def restore(studio: Studio, request: Request) -> Response:
    """Save a version again as the study."""
    name, wanted = request.path_params["name"], request.path_params["id"]
    etag = (await asked_of(request)).text("etag", empty=True)
    one = await run_in_threadpool(store.version, studio.folder, name, wanted)
    await run_in_threadpool(store.save, studio.folder, name, one.text, etag)
    return answered(await _opened(studio.folder, name))


async def diff(studio: Studio, request: Request) -> Response:
    """Answer what differs between two texts: NAME@VERSION, or NAME@now."""
    from siting.studio import differences

    asked = request.query_params
    one = await run_in_threadpool(_text_of, studio.folder, asked.get("one", ""))
    other = await run_in_threadpool(_text_of, studio.folder, asked.get("other", ""))
    words = await run_in_threadpool(differences.in_words, one, other)
    lines = await run_in_threadpool(differences.by_line, one, other)
    return answered({"changed": words, "lines": lines})


def _text_of(here: Folder, spot: str) -> str:
    name, _, wanted = spot.rpartition("@")
    if wanted == "now":
        return store.read(here, name).text
    return store.version(here, name, wanted).text
