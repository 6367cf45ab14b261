"""Which answer stands at which address, and the application behind its guard."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import siting
from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio import pages, run_answers, site_answers, study_answers
from siting.studio.answering import Answer, Studio, answered, answering, faults_of
from siting.studio.guard import KEY, Guard


def app(studio: Studio, hosts: Callable[[], tuple[str, ...]]) -> Guard:
    """Return the application behind its guard.

    Parameters
    ----------
    studio : Studio
    hosts : function
        Returns the names under which it may be asked.
    """
    routes = [
        Route(path, answering(studio, answer), methods=[method])
        for (method, path), answer in ANSWERS.items()
    ]
    return Guard(Starlette(routes=routes), studio.keys, hosts)


async def page(_studio: Studio, request: Request) -> Response:
    """Answer the page and what it is made of."""
    made = await run_in_threadpool(pages.asset, request.url.path)
    if made is None:
        return answered(
            {"faults": faults_of(SitingError(Fault("studio", tr("no such page"))))}, 404
        )
    return Response(made.content, media_type=made.kind)


async def session(studio: Studio, request: Request) -> Response:
    """Open a session for the key of the link."""
    key = studio.keys.open(request.headers.get(KEY, ""))
    if key is None:
        what = tr("the link was used, or is not known")
        hint = tr("open the newest link in the terminal")
        return answered({"faults": faults_of(SitingError(Fault("studio", what, hint)))}, 401)
    studio.opened(studio.keys.link)
    about = {"folder": str(studio.folder.root), "read_only": studio.folder.read_only}
    return answered({"key": key, "version": siting.__version__, **about})


ANSWERS: dict[tuple[str, str], Answer] = {
    ("GET", "/"): page,
    ("GET", "/{name}"): page,
    ("POST", "/api/session"): session,
    ("GET", "/api/folder"): study_answers.folder,
    ("GET", "/api/faults"): study_answers.faults,
    ("POST", "/api/studies"): study_answers.make_study,
    ("GET", "/api/studies/{name}"): study_answers.study,
    ("PUT", "/api/studies/{name}"): study_answers.save_study,
    ("DELETE", "/api/studies/{name}"): study_answers.delete_study,
    ("PUT", "/api/studies/{name}/draft"): study_answers.save_draft,
    ("POST", "/api/check"): study_answers.check,
    ("POST", "/api/edit"): study_answers.edit,
    ("POST", "/api/weigh"): study_answers.weigh,
    ("POST", "/api/setting"): study_answers.lay_setting,
    ("GET", "/api/schema"): study_answers.schema,
    ("POST", "/api/versions/{name}"): study_answers.keep_version,
    ("GET", "/api/versions/{name}/{id}"): study_answers.version,
    ("POST", "/api/versions/{name}/{id}/restore"): study_answers.restore,
    ("GET", "/api/diff"): study_answers.diff,
    ("PUT", "/api/files/{name}"): site_answers.put_file,
    ("GET", "/api/sites"): site_answers.sites,
    ("POST", "/api/sites"): site_answers.add_sites,
    ("GET", "/api/land"): site_answers.land,
    ("GET", "/api/search"): site_answers.search,
    ("POST", "/api/runs"): run_answers.start_run,
    ("GET", "/api/runs/{id}"): run_answers.run,
    ("GET", "/api/runs/{id}/events"): run_answers.events,
    ("DELETE", "/api/runs/{id}"): run_answers.cancel_run,
    ("POST", "/api/view"): run_answers.open_view,
    ("GET", "/view/{key}/{name:path}"): run_answers.view,
    ("POST", "/api/publish"): run_answers.publish,
}
