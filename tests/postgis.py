"""A PostGIS of the tests' own: Debian's server in a temporary folder, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "s3cr3t-p@ss/wörd"  # noqa: S105 - of the user "reader"
READER, OWNER = "reader", "postgres"


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    folder : Path
        Of its Unix socket.
    port : int
        On 127.0.0.1, where a password is asked for.
    bin : Path
        Folder of its programs.
    """

    folder: Path
    port: int
    bin: Path

    def url(self, database: str = "gis", user: str = READER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, text: str, database: str = "gis") -> str:
        """Run statements as the owner, who is let in by the socket; returns what they print."""
        line = [self.bin / "psql", "-h", self.folder, "-p", str(self.port), "-U", OWNER, "-qAt",
                "-v", "ON_ERROR_STOP=1", "-d", database]  # fmt: skip
        done = subprocess.run(line, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def programs() -> Path | None:
    """Return the folder of a server's programs, the newest; None where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    with_postgis = [
        f for f in folders
        if (f / "initdb").exists()
        and Path(f"/usr/share/postgresql/{f.parent.name}/extension/postgis.control").exists()
    ]  # fmt: skip
    if with_postgis:
        return with_postgis[-1]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """Give a server with the databases gis (PostGIS) and bare; it ends with its folder."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("no PostgreSQL server with PostGIS here: see tests/postgis.sh")
    # of a short name: that of a Unix socket has 107 letters at most
    with tempfile.TemporaryDirectory(prefix="siting-pg-", dir="/tmp") as name:
        folder = Path(name)
        as_user = _as_server_user(folder)
        server = Server(folder, free_port(), bin_)
        data = folder / "data"
        secret = folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        _run([bin_ / "initdb", "-D", data, "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8",
              "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256"], as_user)  # fmt: skip
        log = (folder / "log").open("wb")
        process = subprocess.Popen(
            [bin_ / "postgres", "-D", data, "-p", str(server.port), "-k", folder, "-c", "fsync=off",
             "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=32MB",
             "-c", "max_connections=20"],
            stdout=subprocess.DEVNULL, stderr=log, cwd=folder, **as_user,
        )  # fmt: skip
        try:
            _await(server, process)
            server.sql("create database gis; create database bare;", "postgres")
            quoted = PASSWORD.replace("'", "''")
            server.sql(f"create extension postgis; create role {READER} login password '{quoted}'")
            yield server
        finally:
            process.terminate()
            process.wait(30)
            log.close()


def _as_server_user(folder: Path) -> dict[str, object]:
    """Return how a server is started that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    other = pwd.getpwnam("postgres")
    os.chown(folder, other.pw_uid, other.pw_gid)
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _run(line: list[object], as_user: dict[str, object]) -> None:
    done = subprocess.run(  # type: ignore[call-overload] # words of the options
        line, capture_output=True, text=True, check=False, cwd="/", **as_user
    )
    assert done.returncode == 0, done.stderr


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    ready = [server.bin / "pg_isready", "-h", server.folder, "-p", str(server.port), "-q"]
    for _ in range(150):
        assert process.poll() is None, (server.folder / "log").read_text()
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.2)
    pytest.fail("the server did not start within 30 s")
