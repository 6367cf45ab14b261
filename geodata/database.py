"""A PostgreSQL database of the user's: its address, how to get in, and what it says, as faults.

No password stands in an address, a study or a file of results: it comes from the environment. What
a server says is a fault without a trace of how it was reached.
"""

from __future__ import annotations

import getpass
import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from geodata.errors import Fault, SitingError, shorten

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

PASSWORD = "PGPASSWORD"  # noqa: S105 - the name of an environment variable
SECONDS = 50  # of one statement
_CONNECT_SECONDS, _SILENT_SECONDS = 10, 70
_SCHEMES = ("postgresql", "postgres")
_PORT = 5432
_TLS = ("disable", "prefer", "require", "verify-full")
_KNOWN = ("host", "sslmode", "sslrootcert")
_LOCAL = re.compile(r"localhost|127\.[0-9.]+|::1", re.IGNORECASE)
_TABLE = re.compile(r"\bfrom\s+((?:\"[^\"]+\"|[\w.])+)", re.IGNORECASE)
_EXAMPLE = "write it as postgresql://user@host/database"
_EXTRA = "install the extra postgis: pip install 'siting-planner[postgis]'"
_GET_IN = f"set {PASSWORD}, or name the variable that holds it under password_env"
# What is wrong by SQLSTATE (PostgreSQL manual, appendix A), and the hint; {} is what it says.
_STATES = {
    "28P01": ("wrong user or password", _GET_IN),
    "28000": ("this user is not let in: {}", "see who may connect (pg_hba.conf)"),
    "3D000": ("there is no such database on the server", "check the address"),
    "25001": ("the query would change the database: {}", "write one that only reads"),
    "25006": ("the query would change the database: {}", "write one that only reads"),
    "42501": ("not allowed: {}", "ask its owner for the right, or name another schema"),
    "42601": ("not one SELECT: {}", "write a single query, without changes and semicolons"),
    "42704": ("{}", "is PostGIS there? its owner runs: create extension postgis"),
    "53300": ("too many connections", "try again later"),
    "2BP01": (
        "something of yours rests on a table of the former plan: {}",
        "drop it first, or name another schema",
    ),
    "55P03": ("somebody else holds a table of the former plan: {}", "try again later"),
    "57014": (f"takes more than {SECONDS} s", "narrow the query, or keep its result in a table"),
}
_CLASSES = {
    "42": ("the query is not understood: {}", "try it in psql"),
    "22": ("a value that does not fit: {}", "try the query in psql"),
    "53": ("the server has no room left: {}", "try again later"),
    "57": ("the server is stopping: {}", "try again later"),
}
# What a driver and the network say, and the hint.
_DRIVER = {
    "password": ("the server asks for a password", _GET_IN),
    "refuses SSL": (
        "the server encrypts nothing",
        "turn TLS on there; or, in a network that you trust, ?sslmode=disable",
    ),
}
_NETWORK = {
    ssl.SSLCertVerificationError: (
        "the server's certificate is not one that is trusted",
        "name its authority: ?sslrootcert=FILE; or ?sslmode=require to encrypt alone",
    ),
    socket.gaierror: ("there is no such host", "check the address"),
    TimeoutError: ("the server does not answer", "check host, port and network"),
}


class AddressError(ValueError):
    """What is wrong with an address, and the hint; it quotes no part that may be secret."""

    def __init__(self, what: str, hint: str = _EXAMPLE) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


@dataclass(frozen=True)
class Address:
    """Where a database is.

    Attributes
    ----------
    host : str
        Name or number; a path is the folder of a Unix socket.
    port : int
    database : str
    user : str
        "" for the one of PGUSER, else of the system.
    sslmode, sslrootcert : str
        As libpq has them; "" for the default, see `Address.tls`.
    """

    host: str
    port: int
    database: str
    user: str = ""
    sslmode: str = ""
    sslrootcert: str = ""

    def __str__(self) -> str:
        """Return it without user: what results may hold."""
        if self.host.startswith("/"):
            return f"postgresql:///{self.database}?host={self.host}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORT else f":{self.port}"
        return f"postgresql://{host}{port}/{self.database}"

    @property
    def tls(self) -> str:
        """Return how the way is secured: checked certificates, but to this machine itself."""
        return self.sslmode or ("prefer" if _LOCAL.fullmatch(self.host) else "verify-full")


def address(text: str) -> Address:
    """Read an address as postgresql://user@host:port/database?sslmode=require.

    Raises
    ------
    AddressError
        For one that holds a password, says too little, or more than is known here.
    """
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port or _PORT, parts.hostname or ""
    except ValueError:
        raise AddressError("no address of a database") from None
    if parts.scheme not in _SCHEMES:
        raise AddressError("no address of a PostgreSQL database")
    asked = _parameters(parts)
    if parts.password is not None:
        raise AddressError("a password stands in the address", f"leave it out: {_GET_IN}")
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database:
        raise AddressError("the address names no database")
    if asked.get("sslmode", _TLS[0]) not in _TLS:
        raise AddressError("no such sslmode", f"one of {', '.join(_TLS)}")
    host = asked.pop("host", "") or host or "localhost"
    return Address(host, port, database, unquote(parts.username or ""), **asked)


def _parameters(parts: SplitResult) -> dict[str, str]:
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "password" in asked:
        raise AddressError("a password stands in the address", f"leave it out: {_GET_IN}")
    if asked.keys() - set(_KNOWN) or parts.fragment:
        known = ", ".join(_KNOWN)
        raise AddressError("the address holds more than is known", f"keep of {known} what counts")
    return asked


@dataclass(frozen=True)
class Query:
    """What is asked of a database.

    Attributes
    ----------
    url : str
        Address of the database, without a password.
    query : str
        One SELECT.
    password_env : str, optional
        Environment variable with the password; by default PGPASSWORD.
    """

    url: str
    query: str
    password_env: str | None = None

    @property
    def address(self) -> Address:
        """Return where the database is."""
        return address(self.url)

    @property
    def name(self) -> str:
        """Return what faults, rules and lists call it: the database and the table."""
        table = _TABLE.search(self.query)
        parts = [self.address.database, *([table[1].replace('"', "")] if table else [])]
        return ".".join(parts)


def masked(text: str) -> str:
    """Return an address, sound or not, without what may be secret in it."""
    head, at, tail = text.rpartition("@")
    return f"{head.partition('://')[0][:12]}://***@{tail.partition('?')[0]}" if at else "***"


@contextmanager
def connected(to: Address, password_env: str | None, name: str) -> Iterator[Connection]:
    """Give a connection in one transaction, which ends well or leaves nothing behind.

    Parameters
    ----------
    to : Address
    password_env : str, optional
        Environment variable with the password; by default PGPASSWORD, which may be missing.
    name : str
        What faults call the database.

    Raises
    ------
    SitingError
        With one fault, whatever goes wrong on the way to the server or there.
    """
    create_engine, pool, pg8000, errors = _libraries()
    engine = create_engine(
        "postgresql+pg8000://", creator=lambda: _dialled(pg8000, to, _password(password_env, name)),
        poolclass=pool,
    )  # fmt: skip
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"set local statement_timeout = '{SECONDS}s'")
            connection.exec_driver_sql("set local timezone = 'UTC'")
            yield connection
    except errors as error:
        raise SitingError(_fault(error, name)) from None


def check_extra() -> None:
    """Raise a `SitingError` where the extra `postgis` is not installed."""
    _libraries()


def _libraries() -> tuple[Any, Any, Any, tuple[type[Exception], ...]]:
    """Import what talks to a database: an optional extra, and slow."""
    try:
        import pg8000.dbapi  # noqa: PLC0415 - optional
        from sqlalchemy import create_engine  # noqa: PLC0415 - optional
        from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - optional
        from sqlalchemy.pool import NullPool  # noqa: PLC0415 - optional
    except ImportError:
        what = "a database needs packages that are not here"
        raise SitingError(Fault("postgis", what, _EXTRA)) from None
    return create_engine, NullPool, pg8000.dbapi, (DBAPIError, pg8000.dbapi.Error, OSError)


def _password(variable: str | None, name: str) -> str | None:
    if variable is None:
        return os.environ.get(PASSWORD)
    if variable not in os.environ:
        what = "this environment variable is not set"
        raise SitingError(Fault(name, what, "set it", column="password_env", value=variable))
    return os.environ[variable]


def _dialled(pg8000: Any, to: Address, password: str | None) -> Any:
    how: dict[str, Any] = {
        "user": to.user or os.environ.get("PGUSER") or getpass.getuser(),
        "database": to.database,
        "password": password,
        "application_name": "siting",
    }
    if to.host.startswith("/"):
        path = f"{to.host}/.s.PGSQL.{to.port}"
        return pg8000.connect(unix_sock=path, timeout=_SILENT_SECONDS, ssl_context=False, **how)
    secured = _tls(to)
    line = socket.create_connection((to.host, to.port), _CONNECT_SECONDS)
    line.settimeout(_SILENT_SECONDS)
    try:
        return pg8000.connect(host=to.host, port=to.port, sock=line, ssl_context=secured, **how)
    except BaseException as error:
        line.close()
        if password is None and isinstance(error, AttributeError):  # of the driver, by SCRAM
            raise pg8000.InterfaceError("no password") from None
        raise


def _tls(to: Address) -> ssl.SSLContext | bool | None:
    """Return the context of a mode, as pg8000 takes it: False for none, None where it may be."""
    if to.tls == "verify-full":
        return ssl.create_default_context(cafile=to.sslrootcert or None)
    return {"disable": False, "prefer": None, "require": True}[to.tls]


# ---- what went wrong -----------------------------------------------------------------------------


def _fault(error: Exception, name: str) -> Fault:
    """Return what a server, a driver or the network says as a fault."""
    cause = getattr(error, "orig", None) or error
    message = cause.args[0] if cause.args else ""
    if isinstance(message, dict):
        return _of_server(message, name)
    what, hint = _on_the_way(cause, str(message))
    return Fault(name, what, hint, column="database")


def _of_server(message: dict[str, str], name: str) -> Fault:
    state, words = message.get("C", ""), shorten(message.get("M", ""), 200)
    what, hint = _STATES.get(state) or _CLASSES.get(state[:2]) or ("{}", "see the server's log")
    column = "query" if state[:2] in ("22", "25", "42", "57") else "database"
    return Fault(name, what.replace("{}", words), hint, column=column)


def _on_the_way(error: BaseException, message: str) -> tuple[str, str]:
    """Return what is wrong before the server says anything, and the hint."""
    root = error
    while (below := root.__cause__ or root.__context__) is not None:
        root = below
    for words, explanation in _DRIVER.items():
        if words in message:
            return explanation
    for kind, explanation in _NETWORK.items():
        if isinstance(root, kind):
            return explanation
    if isinstance(root, OSError):
        why = shorten(root.strerror or root, 100)
        return f"no server answers there ({why})", "check host and port; is it running?"
    return f"the connection broke ({shorten(message, 100)})", "try again"
