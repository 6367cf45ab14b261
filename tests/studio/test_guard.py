"""Nobody but the page that the studio opened is answered, whatever a request says of itself."""

import contextlib
import socket
import time
from pathlib import Path

import pytest

from tests.studio_server import filled, served

CHANGING = (
    ("POST", "/api/studies", {"name": "new.yaml", "from": "balanced"}),
    ("PUT", "/api/studies/small.yaml", {"text": "name: gone", "etag": ""}),
    ("PUT", "/api/studies/small.yaml/draft", {"text": "name: gone"}),
    ("DELETE", "/api/studies/small.yaml", {"etag": ""}),
    ("PUT", "/api/files/stranger.csv", b"name,lat,lon\n"),
    ("POST", "/api/sites", {"file": "own.csv", "etag": "", "rows": []}),
    ("POST", "/api/runs", {"command": "plan", "study": "small.yaml"}),
    ("POST", "/api/publish", {"folder": "out/small", "to": "published"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(scope="module")
def studio(home):
    with served(home) as one:
        yield one


@pytest.fixture(autouse=True)
def _nothing_changes(home):
    def seen():
        return {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()}

    before = seen()
    yield
    assert seen() == before
    assert not (home / "out").exists()


def test_the_page_is_answered_with_a_policy_that_lets_nothing_in_or_out(studio):
    page = studio.get("/", key="")
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers
    assert "server" not in page.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1",
                                  "evil.example:{port}", "[::1]:{port}", ""])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/folder"])
def test_a_foreign_name_of_this_machine_is_refused(studio, host, path):
    answer = studio.get(path, headers={"Host": host.format(port=studio.port)})
    assert answer.status in (400, 403)


def test_localhost_with_its_port_is_this_machine(studio):
    assert studio.get("/api/folder", host=f"localhost:{studio.port}").status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1:{port}", "null",
                                    "http://127.0.0.1", "http://127.0.0.1:{port}.evil.example",
                                    ""])  # fmt: skip
@pytest.mark.parametrize(("method", "path", "body"), CHANGING)
def test_another_page_changes_nothing(studio, method, path, body, origin):
    headers = {"Origin": origin.format(port=studio.port)}
    assert studio.ask(method, path, body, headers).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "whatever"])
@pytest.mark.parametrize(("method", "path", "body"), CHANGING)
def test_another_site_changes_nothing(studio, method, path, body, site):
    assert studio.ask(method, path, body, {"Sec-Fetch-Site": site}).status == 403


@pytest.mark.parametrize("key", ["", "wrong", "é" * 40, "a" * 5000])
@pytest.mark.parametrize(("method", "path", "body"), CHANGING)
def test_without_the_key_of_a_session_nothing_is_answered(studio, method, path, body, key):
    headers = {"X-Siting-Key": key.encode("utf-8").decode("latin-1")}
    answer = studio.ask(method, path, body, headers)
    assert answer.status == 401
    assert "key of the session" in answer.faults[0]


def test_a_link_opens_one_session_and_the_next_link_another(studio):
    assert studio.ask("POST", "/api/session", key=studio.link).status == 401
    assert studio.ask("POST", "/api/session", key="").status == 401
    assert studio.ask("POST", "/api/session", key=studio.key).status == 401
    line = ""
    while "once more" not in line:
        line = studio.process.stdout.readline()
    again = studio.ask("POST", "/api/session", key=line.split("#")[1].strip())
    assert again.status == 200
    assert again.json["key"] != studio.key
    assert studio.get("/api/folder").status == 200  # the first session goes on


def test_two_gigabytes_are_refused_before_they_are_read(studio):
    length = {"Content-Length": str(2 * 10**9)}
    begun = time.monotonic()
    for path in ("/api/check", "/api/files/large.csv"):
        method = "POST" if path == "/api/check" else "PUT"
        assert studio.ask(method, path, b"x", length).status == 413
    assert time.monotonic() - begun < 30


def test_a_body_of_unknown_length_is_cut_off(studio):
    with socket.create_connection(("127.0.0.1", studio.port), timeout=30) as line:
        head = (f"POST /api/check HTTP/1.1\r\nHost: {studio.host}\r\n"
                f"X-Siting-Key: {studio.key}\r\nTransfer-Encoding: chunked\r\n\r\n")  # fmt: skip
        line.sendall(head.encode())
        block = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        sent = 0
        with contextlib.suppress(OSError):
            for _ in range(2000):  # 131 MB, were it read
                line.sendall(block)
                sent += len(block)
        answer = b""
        with contextlib.suppress(OSError):
            answer = line.recv(200)
    assert sent < 60e6
    assert not answer or b" 413 " in answer


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999999999", "ten"])
def test_a_length_that_is_none_is_refused(studio, length):
    answer = studio.ask("POST", "/api/check", b"{}", {"Content-Length": length})
    assert answer.status in (400, 413)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'"text"',
                                  b"[" * 100_000, b'{"name": 3, "text": []}'])  # fmt: skip
def test_a_body_that_is_none_is_a_fault(studio, body):
    answer = studio.ask("POST", "/api/check", body)
    assert answer.status == 422
    assert answer.faults


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PATCH", "CONNECT"])
def test_other_methods_are_none(studio, method):
    assert studio.ask(method, "/api/folder").status in (400, 404, 405)


def test_a_web_socket_is_not_opened(studio):
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}  # fmt: skip
    assert studio.get("/api/folder", headers=upgrade).status != 101


def test_only_this_machine_can_reach_it(studio):
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    local = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{studio.port:04X}")]
    assert local == [f"0100007F:{studio.port:04X}"]
