"""Who may talk on a cluster: who shows a certificate; plain tcp on this machine, or when asked to.

Whoever reaches a Dask scheduler or worker runs code there. A cluster that is started here has
certificates of its own, made for it and kept in memory, and serves no page to look into it.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

from distributed import Scheduler, Worker
from distributed.comm.addressing import parse_address, parse_host_port
from distributed.security import Security

from geodata.errors import Fault, SitingError, raise_if
from siting.screening.engine import Certificates, Engine

PLAIN, SECRET = "tcp", "tls"
FIELDS = {"ca_file": "tls_ca_file", "cert": "tls_client_cert", "key": "tls_client_key"}


class Unwatched:
    """A node of a cluster that opens no port for browsers."""

    def start_http_server(self, *_args: object, **_more: object) -> None:
        """Start none; Dask starts one whatever is asked of its dashboard."""


class OwnScheduler(Unwatched, Scheduler):
    """The scheduler of a cluster that is started here."""


class OwnWorker(Unwatched, Worker):
    """A worker of a cluster that is started here."""


def security_of(engine: Engine) -> Security:
    """Return what is shown to the engine's scheduler, and asked of it.

    Certificates that the options leave out are those of Dask's own configuration.

    Raises
    ------
    SitingError
        For an address of another kind; for tcp to another machine unless that is asked for; for
        certificates that are missing or do not fit.
    """
    address = engine.scheduler or ""
    kind, location = parse_address(address)
    if kind not in {PLAIN, SECRET}:
        hint = "give tls://host:8786, or tcp:// on this machine"
        raise SitingError(Fault("--scheduler", "not an address of Dask", hint, value=address))
    if kind == SECRET:
        return _with(engine.certificates)
    if not (engine.insecure or _is_here(location)):
        what = "over tcp to another machine, all who listen can read and change what is run"
        hint = (
            "start the scheduler with TLS and give tls:// with --tls-ca-file, --tls-cert and "
            "--tls-key; or --insecure, where the network is yours alone"
        )
        raise SitingError(Fault("--scheduler", what, hint, value=address))
    raise_if(
        [
            Fault(option, "tcp:// has no certificates", "give --scheduler tls://host:8786")
            for option, file in engine.certificates.options()
            if file
        ]
    )
    return Security(require_encryption=False)


def _is_here(location: str) -> bool:
    """Whether a location is on this machine by its name, whatever a name server says."""
    try:
        host, _port = parse_host_port(location, 0)
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _with(certs: Certificates) -> Security:
    """Return what is shown and asked for by these certificates, once all of them are good."""
    options = dict(certs.options())
    files = {name: str(path) for name in FIELDS if (path := getattr(certs, name)) is not None}
    secret = Security(
        require_encryption=True, **{FIELDS[name]: file for name, file in files.items()}
    )
    raise_if(
        [
            fault
            for option, field in zip(options, FIELDS.values(), strict=True)
            for fault in _faults(option, getattr(secret, field))
        ]
    )
    try:
        secret.get_connection_args("client")
    except (OSError, ValueError) as error:  # SSLError is an OSError
        what = f"certificates that do not fit: {getattr(error, 'reason', None) or error}"
        hint = "give certificate and key of one pair, and the authority that signed them, as PEM"
        raise SitingError(Fault("--tls-cert", what, hint, value=files.get("cert"))) from error
    return secret


def _faults(option: str, file: str | None) -> list[Fault]:
    """Return what is wrong with a file of PEM, if anything is."""
    if not file:
        return [Fault(option, "tls:// needs it", "give the file that the cluster has")]
    if "\n" in file:  # the text itself, as Dask's configuration may hold it
        return []
    try:
        text = Path(file).read_text("ascii")
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "not PEM"
        return [Fault(option, what.lower(), "give a file of PEM that you may read", value=file)]
    if "ENCRYPTED" in text:
        return [Fault(option, "asks for a passphrase", "give a key without one", value=file)]
    return []
