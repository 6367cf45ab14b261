"""The server of the studio: one port of this machine, until Ctrl-C."""

from __future__ import annotations

import importlib
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from geodata.errors import Fault, SitingError
from siting.studio.answering import Studio
from siting.studio.folder import Folder
from siting.studio.guard import Keys
from siting.studio.routes import app

HOST = "127.0.0.1"
PORTS = range(8741, 8751)
_MOST_AT_ONCE = 64  # requests
_BACKLOG = 64


@dataclass(frozen=True)
class Opened:
    """A port that the studio listens on, and how it is reached.

    Attributes
    ----------
    listening : socket
    keys : Keys
    """

    listening: socket.socket
    keys: Keys

    @property
    def port(self) -> int:
        """The port, chosen by the system where nobody asked for one."""
        return int(self.listening.getsockname()[1])

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which it may be asked."""
        return (f"{HOST}:{self.port}", f"localhost:{self.port}")

    @property
    def link(self) -> str:
        """The link that opens the page, once."""
        return f"http://{HOST}:{self.port}/#{self.keys.link}"


def listen(port: int | None = None) -> Opened:
    """Take a port of this machine; without one the first free one of `PORTS`, or any.

    A studio that is started again has the same address then, and a page that stayed open goes on.

    Raises
    ------
    SitingError
        When the port that was asked for is taken.
    """
    for one in (port,) if port is not None else (*PORTS, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, one))
        except OSError:
            listening.close()
            continue
        listening.listen(_BACKLOG)
        return Opened(listening, Keys())
    hint = "choose another one, or leave --port out"
    raise SitingError(Fault("--port", "this port is taken", hint, value=str(port)))


def serve(folder: Folder, opened: Opened, say: Callable[[str], None], *, browser: bool) -> None:
    """Answer the page until Ctrl-C.

    Parameters
    ----------
    folder : Folder
    opened : Opened
    say : function
        Prints the link; again each time one was used.
    browser : bool
        Whether the browser of this machine is opened.
    """

    def used(_key: str) -> None:
        say(f"Opened. To open it once more: {opened.link}")

    studio = Studio(folder, opened.keys, used)
    config = uvicorn.Config(
        app(studio, lambda: opened.hosts),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    say(f"The studio of {folder.root}: {opened.link}")
    say("Ctrl-C ends it; runs that are at work go on.")
    if browser:
        threading.Thread(target=_open, args=(opened.link,), daemon=True).start()
    threading.Thread(target=_warm, daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[opened.listening])


def _open(link: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(link)


def _warm() -> None:
    """Import what the first answers need while the browser still opens."""
    importlib.import_module("siting.studio.studies")
