"""A studio as its command starts it, and a client of it that may lie about everything."""

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

SMALL = """\
# a comment that stays
name: small
investor: KR  # of Korea
candidates: {file: own.csv}
confidence: {draws: 0}
listing: {zones: 3, top: 3}
"""
OWN = """\
name,lat,lon
Tangier,35.72,-5.90
Kuching,1.55,110.35
Kendal,-6.95,110.20
Dumai,1.68,101.45
Vaasa,63.10,21.62
"""


@dataclass
class Answered:
    """An answer: status, headers and body; `json` where it is JSON."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def faults(self):
        return [fault["sentence"] for fault in self.json["faults"]]


@dataclass
class Served:
    """A running studio."""

    process: subprocess.Popen
    port: int
    link: str
    key: str = ""
    lines: list = field(default_factory=list)

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, headers=None, *, key=None, host=None):
        """Ask with what a page of the studio sends, but for what is given otherwise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": host or self.host, "X-Siting-Key": self.key if key is None else key}
        sent |= headers or {}
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if content is not None and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(content))
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(content)
            response = connection.getresponse()
            return Answered(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def get(self, path, **how):
        return self.ask("GET", path, **how)

    def run(self, **asked):
        """Start a run and wait for its end."""
        begun = self.ask("POST", "/api/runs", asked)
        assert begun.status == 202, begun.faults
        return self.until_ended(begun.json["id"])

    def until_ended(self, wanted):
        while (run := self.get(f"/api/runs/{wanted}").json)["state"] == "running":
            time.sleep(0.1)
        return run

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def served(folder, *options, cache=None):
    """Start `siting studio` on a folder, and open a session as the page would."""
    command = [sys.executable, "-m", "siting", "studio", str(folder), "--no-browser", *options]
    env = {**os.environ, **({"SITING_CACHE": str(cache)} if cache else {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/#(\S+)", line)
        assert found, line
        studio = Served(process, int(found[1]), found[2])
        opened = studio.ask("POST", "/api/session", key=studio.link)
        studio.key = opened.json["key"]
        yield studio
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            process.kill()  # nothing where it has ended
            process.wait()
            process.stdout.close()


def filled(folder):
    """Put a small study and its list of sites into a folder."""
    (folder / "small.yaml").write_text(SMALL)
    (folder / "own.csv").write_text(OWN)
    return folder
