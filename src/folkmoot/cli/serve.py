"""`folkmoot serve`: everything in one foreground process, from a checked start to a clean end."""

from __future__ import annotations

import errno
import http.client
import ipaddress
import socket
import sys
import time
from contextlib import ExitStack
from threading import Event

import click

from folkmoot.cli import django_ready
from folkmoot.cli.processes import Child, Family, stop_signal
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.errors import Refused

# Loading the application on a slow machine, with cold files.
START_PATIENCE = 90.0


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot serve", "Serve the data folder var/ at http://localhost:8000"),
        ("PORT=8001 FOLKMOOT_DATA=/srv/folkmoot folkmoot serve", "Another port, another data folder"),
    ],
)
def serve() -> None:
    """Start the web and the worker, say where they are, and stop both on Ctrl-C."""
    django_ready()
    from django.conf import settings
    from django.db import connection, connections

    from folkmoot.cli import prepare

    address = free_address(settings.HOST, settings.PORT)
    prepare.check_folder(settings.DATA_FOLDER)
    prepare.check_static_files()
    prepare.check_database()
    with ExitStack() as held:
        if connection.vendor == "sqlite":
            held.enter_context(prepare.hold_folder(settings.DATA_FOLDER))
        prepare.bring_up_to_date(say)
        if settings.SAMPLE:
            from folkmoot.cli.sample import ensure_sample

            ensure_sample(say)
        connections.close_all()
        run(address, settings.PORT, stop_signal())


def first_steps(address: str) -> list[str]:
    """How to be someone here: in the sample, to this machine alone; and in an installation not yet set up."""
    from django.conf import settings

    if not settings.SAMPLE:
        from folkmoot.people.set_up import is_set_up, set_up_address

        return [] if is_set_up() else [f"Found your community at {set_up_address()}"]
    if not ipaddress.ip_address(address).is_loopback:
        return []
    from folkmoot.cli.sample import sample_sign_in_links

    links = [f"  {who}: {link}" for who, link in sample_sign_in_links()]
    return ["This is the sample community. Each of these links signs in once:", *links]


def run(address: str, port: int, stopping: Event) -> None:
    """Run web and workers until `stopping` is set; say where they are as soon as the web answers."""
    from django.conf import settings
    from django.db import connections

    python = (sys.executable, "-m")
    size = (str(settings.WEB_PROCESSES), str(settings.LIVE_CONNECTIONS))
    web = Child("web process", (*python, "folkmoot.cli.web", address, str(port), *size))
    workers = [Child("worker", (*python, "folkmoot.cli.worker")) for _ in range(settings.WORKER_PROCESSES)]
    family = Family([web, *workers], say)
    try:
        family.start()
        words = [f"Folkmoot is at {settings.PUBLIC_ADDRESS}", *first_steps(address), "Stop it with Ctrl-C."]
        connections.close_all()
        status = first_answer(address, port, web, stopping)
        if stopping.is_set():
            return
        if status not in (200, 503):  # 503: no worker has run yet, or runs elsewhere
            why = f"answers {status}" if status else "does not answer" if web.running() else "ended"
            stop(f"The web process {why}; what it wrote above says why.")
        click.echo("\n".join(words))
        while not stopping.wait(0.25):
            family.tend()
        say("Stopping.")
    finally:
        family.stop()


def free_address(host: str, port: int) -> str:
    """The IP address of `host` on which `port` is free.

    Raises `Refused` where the host is not of this machine or the port is taken. The IPv6 loopback is looked
    at as well, for a browser tries it first when asked for `localhost`.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise _wrong_host(host) from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except PermissionError:
            raise Refused(
                f"PORT: only the administrator may listen on port {port}; choose another port: PORT=8000.",
                code="port_not_allowed",
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise _wrong_host(host) from None
            raise _port_taken(port) from None
    address = str(place[0])
    if ipaddress.ip_address(address).is_loopback and _someone_listens("::1", port):
        raise _port_taken(port)
    return address


def _wrong_host(host: str) -> Refused:
    return Refused(f"HOST: “{host}” is not an address of this machine.", code="wrong_host")


def _port_taken(port: int) -> Refused:
    other = port + 1 if port < 65535 else 8000
    return Refused(
        f"PORT: port {port} is in use by another program; stop that, or choose another port: PORT={other}.",
        code="port_taken",
    )


def _someone_listens(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=0.5):
            return True
    except OSError:
        return False


def first_answer(address: str, port: int, web: Child, stopping: Event) -> int | None:
    """Wait for the web process to answer on its health page; the HTTP status, or None where it never does."""
    until = time.monotonic() + START_PATIENCE
    # An address for all interfaces is reached through the loopback.
    unspecified = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
    while time.monotonic() < until and web.running() and not stopping.is_set():
        connection = http.client.HTTPConnection(unspecified.get(address, address), port, timeout=10)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            stopping.wait(0.05)
        finally:
            connection.close()
    return None
