"""Who may ask the studio: the page that it opened itself, and nobody else.

The loopback address is no border: any page that a browser shows can send requests to it, and a
foreign name can be made to lead to it. So each request must name this host, come from this page
where the browser says from where, and carry the key of a session in a header, which no foreign
page can set. There is no cookie that a browser would send by itself.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import Fault
from geodata.language import accepted, speaking, tr

KEY = "x-siting-key"
MOST_JSON = 2_000_000  # bytes of a request: a study has 1,000,000 at most
MOST_FILE = 50_000_000  # of a file that is dropped on the page
FILES = "/api/files/"
VIEW = "/view/"
_OWN = ("same-origin", "none")  # of Sec-Fetch-Site: from this page, or typed into the browser
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# A result is a page of its own that reaches nothing: neither the studio nor any network.
_RESULT = (
    "sandbox allow-scripts allow-popups allow-downloads allow-modals; default-src 'none'; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass
class Keys:
    """The key of the link, good once, and those of the sessions that it opened.

    Attributes
    ----------
    link : str
        What the next link carries.
    """

    link: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _sessions: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, offered: str) -> str | None:
        """Return the key of a new session for the key of the link, which is then used up."""
        with self._lock:
            if not hmac.compare_digest(self.link.encode(), offered.encode()):
                return None
            self.link = secrets.token_urlsafe(32)
            session = secrets.token_urlsafe(32)
            self._sessions.add(session)
            return session

    def holds(self, offered: str) -> bool:
        """Return whether a key is one of a session."""
        given = offered.encode()
        return any(hmac.compare_digest(own.encode(), given) for own in self._sessions)


class RefusedError(Exception):
    """A request that is not answered.

    Attributes
    ----------
    status : HTTPStatus
    what, hint : str
    """

    def __init__(self, status: HTTPStatus, what: str, hint: str) -> None:
        super().__init__(what)
        self.status, self.what, self.hint = status, what, hint


class Guard:
    """Middleware in front of everything that the studio answers.

    Parameters
    ----------
    app : ASGI application
    keys : Keys
    hosts : function
        Returns the names under which this server may be asked, as in a Host header.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Callable[[], tuple[str, ...]]) -> None:
        self._app, self._keys, self._hosts = app, keys, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything of it is read."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        with speaking(accepted(headers.get("accept-language", ""))):
            await self._answer(headers, scope, receive, send)

    async def _answer(self, headers: Headers, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"])
        answer = _with_headers(send, _RESULT if path.startswith(VIEW) else _PAGE)
        try:
            self._check(path, headers)
            most = MOST_FILE if path.startswith(FILES) else MOST_JSON
            _check_size(headers, most)
            await self._app(scope, await _read(receive, most), answer)
        except RefusedError as refused:
            await _refusal(refused)(scope, receive, answer)

    def _check(self, path: str, headers: Headers) -> None:
        hosts = self._hosts()
        if headers.getlist("host") not in [[host] for host in hosts]:
            raise _no(tr("another name than this machine's was asked"))
        origins = headers.getlist("origin")
        of_result = path.startswith(VIEW) and origins == ["null"]  # a sandbox has no origin
        if origins and not of_result and origins not in [[f"http://{host}"] for host in hosts]:
            raise _no(tr("the request comes from another page"))
        if headers.get("sec-fetch-site", "none") not in _OWN and not of_result:
            raise _no(tr("the request comes from another site"))
        if path.startswith("/api/") and path != "/api/session":
            self._check_key(headers)

    def _check_key(self, headers: Headers) -> None:
        if not self._keys.holds(headers.get(KEY, "")):
            what = tr("the key of the session is missing or not known")
            hint = tr("open the newest link in the terminal")
            raise RefusedError(HTTPStatus.UNAUTHORIZED, what, hint)


def _no(what: str) -> RefusedError:
    return RefusedError(HTTPStatus.FORBIDDEN, what, tr("use the link in the terminal"))


def _too_large(most: int) -> RefusedError:
    what = tr("more than {size} MB in one request", size=f"{most / 1e6:.0f}")
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, what, tr("send a smaller file"))


def _check_size(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:20]) > most:
        raise _too_large(most)


async def _read(receive: Receive, most: int) -> Receive:
    """Read a whole request, which may say nothing of its length, and return what gives it again."""
    parts, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":  # half a request is none
            what, hint = tr("the request was cut off"), tr("send it again")
            raise RefusedError(HTTPStatus.BAD_REQUEST, what, hint)
        parts += message.get("body", b"")
        more = bool(message.get("more_body", False))
        if len(parts) > most:
            raise _too_large(most)
    body: Message = {"type": "http.request", "body": bytes(parts), "more_body": False}
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()  # when the page goes away
        given = True
        return body

    return again


def _with_headers(send: Send, policy: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            headers["content-security-policy"] = policy
        await send(message)

    return sent


def _refusal(refused: RefusedError) -> JSONResponse:
    fault = Fault("studio", refused.what, refused.hint)
    headers = {"connection": "close"}  # what is still to come of the request is not read
    faults = [{**asdict(fault), "sentence": str(fault)}]
    return JSONResponse({"faults": faults}, refused.status, headers)
