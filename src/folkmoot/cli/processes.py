"""Child processes that live exactly as long as their parent wants them to.

The parent side is `Family`: it starts children, starts those again that die (with growing delay), and stops
all. The child side is `end_with_parent()`. A child's stdin is a pipe whose other end only the parent holds:
however the parent ends, even by SIGKILL, the pipe closes and the child stops itself. No signal or process id
is needed for that, so it works alike on Linux and macOS.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_DELAY = 60.0
# A child that lived this long is healthy: its next death is answered without delay again.
HEALTHY_AFTER = 60.0
PATIENCE = 15.0


@dataclass
class Child:
    """One process to keep running: its name in sentences, its command line, and how it is doing."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_again: float = 0.0

    def start(self) -> None:
        # A process group of its own: Ctrl-C reaches the parent alone, which then stops the children in order,
        # and what a child leaves behind can be ended as a group.
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter and module names
            list(self.command), stdin=subprocess.PIPE, process_group=0
        )
        self.started = time.monotonic()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running():
            self.process.terminate()

    def sweep(self) -> None:
        """End whatever is left of the child's group, and the child if it still runs."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        except PermissionError:  # macOS, when nothing but a dead leader is left
            pass
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


class Family:
    """Children that are started together, kept alive and stopped together."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = list(children)
        self.say = say

    def start(self) -> None:
        for child in self.children:
            child.start()

    def tend(self) -> None:
        """Notice dead children and start them again when their delay is over; to be called often."""
        now = time.monotonic()
        for child in self.children:
            if child.running():
                continue
            if child.process is not None:
                code = child.process.returncode
                child.sweep()
                child.process = None
                child.failures = 0 if now - child.started > HEALTHY_AFTER else child.failures + 1
                delay = min(2.0 ** (child.failures - 1), LONGEST_DELAY) if child.failures else 0.0
                child.start_again = now + delay
                when = f"in {delay:.0f} s" if delay else "now"
                self.say(f"The {child.name} ended unexpectedly ({_ending(code)}); starting it again {when}.")
            if now >= child.start_again:
                child.start()

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask all to stop, wait `patience` seconds at most, then end what is left."""
        for child in self.children:
            child.ask_to_stop()
        until = time.monotonic() + patience
        while time.monotonic() < until and any(child.running() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.sweep()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def end_with_parent(patience: float = PATIENCE) -> None:
    """In a child: end when the parent does. First politely, after `patience` seconds with the whole group."""

    def watch() -> None:
        while os.read(0, 512):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(patience)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()


def stop_signal() -> threading.Event:
    """An event that SIGINT and SIGTERM set, and SIGHUP unless it is ignored (nohup)."""
    stopping = threading.Event()

    def note(number: int, frame: object) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, note)
    return stopping
