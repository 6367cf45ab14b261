"""Dask: order, a worker killed half-way, a scheduler that starts again, an address of nobody.

Who may talk: nobody without the certificates, in no page, over no network in clear.
"""

import ast
import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import cloudpickle
import psutil
import pytest
from distributed import Client
from distributed.security import Security

from geodata.errors import Fault, SitingError
from siting.screening import cluster, samecode
from siting.screening.engine import Certificates, Engine, check, run
from siting.screening.samecode import differences

PORT = "18786"
ADDRESS = f"tcp://127.0.0.1:{PORT}"


def _first(flag):
    """Whether nobody was here before; a file is seen across processes."""
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def slowly(given, block):
    time.sleep(0.05)
    return given["factor"] * block


def killing(given, block):
    if block == 5 and _first(given["flag"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return slowly(given, block)


def always_killing(_shared, _block):
    os.kill(os.getpid(), signal.SIGKILL)


def written(security, folder):
    """Write the certificates that live in memory, as a cluster of one's own has them in files."""
    parts = {
        "ca_file": security.tls_ca_file, "cert": security.tls_client_cert,
        "key": security.tls_client_key,
    }  # fmt: skip
    for name, text in parts.items():
        (folder / name).write_text(text)
    return Certificates(**{name: folder / name for name in parts})


@pytest.fixture(scope="module")
def of_others():
    """Ports that other tests hold open, as that of their database."""
    return listening()


@pytest.fixture(scope="module")
def of_four(of_others, tmp_path_factory):  # noqa: ARG001 - which are looked for first
    with cluster._own_cluster(4) as (address, security):
        certificates = written(security, tmp_path_factory.mktemp("tls"))
        yield Engine("dask", scheduler=address, certificates=certificates)


def listening():
    """Return every port of this process and what it started that answers, with its address."""
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return {
        socket_.laddr
        for process in processes
        for socket_ in process.net_connections("inet")
        if socket_.status == psutil.CONN_LISTEN
    }


def in_clear(port):
    """Return whether a browser that asks there is answered."""
    with socket.create_connection(port, timeout=5) as plain:
        plain.sendall(b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try:
            return plain.recv(100).startswith(b"HTTP")
        except ConnectionResetError:
            return False


def test_a_cluster_of_ones_own_opens_ports_for_its_nodes_only_and_on_this_machine(
    of_others, of_four
):
    check(of_four)
    ports = listening() - of_others
    assert {port.ip for port in ports} == {"127.0.0.1"}
    assert len(ports) == 1 + 4 + 4  # scheduler, four workers and who watches over each
    assert not any(map(in_clear, ports))


@pytest.mark.parametrize("security", [Security(require_encryption=False), Security.temporary()])
def test_nobody_without_its_certificates_is_let_in(of_four, security):
    address = of_four.scheduler
    if not security.require_encryption:
        address = address.replace("tls://", "tcp://")
    with pytest.raises((OSError, asyncio.TimeoutError)):
        Client(address, security=security, timeout=1, set_as_default=False)


def test_a_client_with_foreign_certificates_is_told(of_four, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    foreign = written(Security.temporary(), tmp_path)
    with pytest.raises(SitingError, match="no Dask scheduler answers"):
        check(Engine("dask", scheduler=of_four.scheduler, certificates=foreign))


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("tcp://192.0.2.7:8786", {}, "--insecure"),
        ("192.0.2.7:8786", {}, "--insecure"),
        ("tcp://127.0.0.1@192.0.2.7:8786", {}, "--insecure"),
        ("tcp://localhost.example:8786", {}, "--insecure"),
        ("ws://127.0.0.1:8786", {}, "not an address of Dask"),
        ("nonsense://host", {}, "not an address of Dask"),
        ("tls://192.0.2.7:8786", {}, "--tls-ca-file: tls:// needs it"),
        ("tls://192.0.2.7:8786", {"cert": Path("none.pem")}, "--tls-cert: no such file"),
        ("tcp://127.0.0.1:9", {"key": Path("k.pem")}, "--tls-key: tcp:// has no certificates"),
        (None, {"cert": Path("c.pem")}, "--tls-cert: is for a scheduler that runs already"),
    ],
)
def test_an_address_that_may_not_be_trusted_is_refused_before_anything_is_sent(
    address, more, said, monkeypatch
):
    monkeypatch.setattr(cluster, "Client", None)  # would be called
    with pytest.raises(SitingError) as refused:
        check(Engine("dask", scheduler=address, certificates=Certificates(**more)))
    assert said in str(refused.value)


def test_all_that_is_wrong_with_certificates_is_told(tmp_path):
    good = written(Security.temporary(), tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    key = written(Security.temporary(), other).key
    locked = tmp_path / "locked"
    locked.write_text("-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    for certificates, said in (
        (Certificates(good.ca_file, good.cert, key), ["do not fit"]),
        (Certificates(good.ca_file, good.cert, locked), ["asks for a passphrase"]),
        (Certificates(tmp_path, good.cert, None), ["is a directory", "--tls-key: tls:// needs it"]),
    ):
        with pytest.raises(SitingError) as refused:
            check(Engine("dask", scheduler="tls://127.0.0.1:9", certificates=certificates))
        for fault, words in zip(refused.value.faults, said, strict=True):
            assert words in str(fault)


def test_another_machine_over_tcp_is_reached_when_told_to(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    with pytest.raises(SitingError, match="no Dask scheduler answers"):
        check(Engine("dask", scheduler="tcp://192.0.2.7:8786", insecure=True))


def test_results_come_in_the_order_of_the_blocks_though_a_worker_dies(of_four, tmp_path):
    given = {"factor": 3, "flag": tmp_path / "killed"}
    found = list(run(of_four, dict, [given], killing, list(range(12))))
    assert found == [3 * block for block in range(12)]
    assert given["flag"].exists()


def test_a_block_that_kills_every_worker_is_reported(of_four, monkeypatch):
    monkeypatch.setattr(cluster, "RETRIES", 0)
    with pytest.raises(SitingError, match="more memory"):
        list(run(of_four, dict, [{}], always_killing, [1]))


def test_an_address_of_nobody_is_refused(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    with pytest.raises(SitingError, match="no Dask scheduler answers"):
        check(Engine("dask", scheduler="tcp://127.0.0.1:9"))


def _started(*words):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    paths = [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.Popen([sys.executable, "-m", "dask", *words], env=path, **quiet)


def _scheduler():
    return _started("scheduler", "--host", "127.0.0.1", "--port", PORT, "--no-dashboard")


def _worker():
    return _started("worker", ADDRESS, "--nthreads", "1", "--no-dashboard", "--no-nanny")


@pytest.fixture
def sockets_end_here():
    """Collect what Dask drops: the collector would run in a test that knows nothing of it.

    A client that connects when its scheduler is killed or when it is closed itself may leave its
    socket open; it has no handle for us to close it by.
    """
    yield
    gc.collect()


@pytest.mark.filterwarnings(f"ignore:unclosed <socket.*, {PORT}\\)>:ResourceWarning")
@pytest.mark.usefixtures("sockets_end_here")
def test_a_scheduler_that_starts_again_loses_nothing():
    running = [_scheduler(), _worker()]
    try:
        found = []
        for result in run(Engine("dask", scheduler=ADDRESS), dict, [{"factor": 2}], slowly,
                          list(range(30))):  # fmt: skip
            found.append(result)
            if len(found) == 4:
                for one in running:
                    one.kill()
                    one.wait()
                running = [_scheduler(), _worker()]
        assert found == [2 * block for block in range(30)]
    finally:
        for one in running:
            one.kill()
            one.wait()


def test_a_cluster_that_runs_other_code_is_refused_before_the_work(of_four, monkeypatch):
    here = {**samecode.asker()(), "numpy": "9.9.9"}
    monkeypatch.setattr(samecode, "differences", lambda _, *rest: differences(here, *rest))
    with pytest.raises(SitingError) as refused:
        list(run(of_four, dict, [{"factor": 3}], killing, list(range(3))))
    (fault,) = refused.value.faults
    assert (fault.where, fault.value) == ("--scheduler", of_four.scheduler)
    assert " other code: numpy" in fault.what
    assert fault.hint == "install there: pip install numpy==9.9.9"


def test_a_failure_of_a_worker_that_joined_with_other_code_is_told_as_that(of_four, monkeypatch):
    answers = iter([None, SitingError(Fault("--scheduler", "runs other code", "install"))])

    def checked(*_):
        answer = next(answers)
        if answer:
            raise answer

    monkeypatch.setattr(cluster, "check_code", checked)
    with pytest.raises(SitingError, match="runs other code"):
        list(run(of_four, dict, [{}], failing, [1]))


def test_a_fault_of_ours_stays_one(of_four):
    with pytest.raises(ZeroDivisionError):
        list(run(of_four, dict, [{}], failing, [1]))


def failing(_shared, _block):
    return 1 / 0


HERE = samecode.asker()()


@pytest.mark.parametrize(
    ("there", "what", "hint"),
    [
        (
            {"siting-planner": "0.0.9", "code": "x"},
            "siting-planner 0.0.9 (here ",
            "siting-planner==",
        ),
        ({"siting-planner": "none", "code": "none"}, "siting-planner none (here", "pip install"),
        ({"code": "x"}, "with other files", "install there the files"),
        ({"Python": "3.9"}, "Python 3.9 (here 3.", "run Python 3."),
        ({"numpy": "1.26", "h3": "4.0"}, "numpy 1.26 (here", f"h3=={HERE['h3']}"),
        (ModuleNotFoundError("siting"), "cannot answer (ModuleNotFoundError)", "siting-planner=="),
    ],
)
def test_what_differs_on_a_worker_is_told_with_what_to_install(there, what, hint):
    said = {**HERE, **there} if isinstance(there, dict) else there
    (fault,) = differences(HERE, {"worker a": said, "worker b": HERE}, "tls://h:1")
    assert what in fault.what
    assert "worker b" not in fault.what
    assert hint in fault.hint


def test_who_lacks_the_package_can_say_so():
    lacking = (
        "import sys, cloudpickle; sys.modules['siting'] = sys.modules['geodata'] = None\n"
        "print(cloudpickle.loads(bytes.fromhex(sys.argv[1]))())"
    )
    sent = cloudpickle.dumps(samecode.asker()).hex()
    command = [sys.executable, "-c", lacking, sent]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ast.literal_eval(said.stdout)["code"] == "none"
