"""Runs the real `folkmoot` command, here or in processes of its own, and watches what becomes of these."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil

from folkmoot import cli

FOLKMOOT = Path(sys.executable).parent / "folkmoot"
PATIENCE = 180.0


def environment(**changes: str) -> dict[str, str]:
    """The environment for a command: this one without any setting of Folkmoot, then `changes`."""
    ours = ("FOLKMOOT_", "HOST", "PORT", "DATABASE_URL", "SMTP_URL", "REDIS_URL", "DJANGO_")
    given = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if given.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Else each of a hundred commands would compile the whole product for itself.
        given["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / f"folkmoot-compiled-{os.getuid()}")
    return given | changes


def run(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [FOLKMOOT, *words], env=environment(**changes), capture_output=True, text=True, timeout=PATIENCE
    )


def run_here(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in this process: on the test's database, and without two seconds to load the product."""
    out, err = io.StringIO(), io.StringIO()
    code: object = "never ended"
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(words)
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int), code
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(pids: Iterable[int]) -> set[int]:
    """Those of the processes that still run; a zombie only waits to be buried."""
    found = set()
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.add(pid)
    return found


def until(condition: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Wait for a condition about another process; True as soon as it holds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Served:
    """A running `folkmoot serve`: its process, its port, the lines it has written so far."""

    def __init__(self, **changes: str) -> None:
        self.port = int(changes["PORT"])
        self.process = subprocess.Popen(
            [FOLKMOOT, "serve"],
            env=environment(**changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(line.rstrip("\n") for line in iter(self.process.stdout.readline, ""))

    def has_said(self, words: str) -> bool:
        return any(words in line for line in list(self.lines))

    def wait_until_served(self) -> None:
        said = until(lambda: self.has_said("Stop it with Ctrl-C") or self.process.poll() is not None)
        assert said, self.lines
        assert self.process.poll() is None, self.lines

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def children(self) -> set[int]:
        """Ids of the processes that it has started, and of those that they have."""
        return {child.pid for child in psutil.Process(self.process.pid).children(recursive=True)}

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@contextlib.contextmanager
def serving(**changes: str) -> Iterator[Served]:
    """`folkmoot serve`, once it says that it serves, until the end of the block."""
    with starting(**changes) as served:
        served.wait_until_served()
        yield served


@contextlib.contextmanager
def starting(**changes: str) -> Iterator[Served]:
    """`folkmoot serve` from its start until the end of the block, however that ends."""
    served = Served(**{"PORT": str(free_port()), "FOLKMOOT_SAMPLE": "0"} | changes)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.stop(signal.SIGKILL)
        elif served.process.stdout is not None:
            served.process.stdout.close()
