"""Children that die again and again are started again with growing delay; children that will not stop are ended."""

from __future__ import annotations

import sys

import pytest

from folkmoot.cli import processes
from folkmoot.cli.processes import Child, Family
from tests.cli.running import until


class Clock:
    """A clock that goes where the test sets it; waiting moves it on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(processes, "time", made)
    return made


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def ended(child: Child) -> bool:
    return until(lambda: not child.running())


def test_child_that_dies_again_and_again_is_started_with_growing_delay(clock) -> None:
    said: list[str] = []
    child = Child("worker", python("raise SystemExit(3)"))
    family = Family([child], said.append)
    family.start()

    for _ in range(9):
        assert ended(child)
        family.tend()  # notices, and waits
        assert child.process is None
        clock.now = child.start_again
        family.tend()  # starts again
        assert child.process is not None
    family.stop()

    delays = [int(line.split()[-2]) for line in said]
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert said[0] == "The worker ended unexpectedly (exit code 3); starting it again in 1 s."


def test_child_that_lived_long_is_started_at_once(clock) -> None:
    said: list[str] = []
    child = Child("web process", python("pass"))
    family = Family([child], said.append)
    family.start()
    child.failures = 5
    assert ended(child)
    clock.now += processes.HEALTHY_AFTER + 1

    family.tend()

    assert said == ["The web process ended unexpectedly (exit code 0); starting it again now."]
    assert child.process is not None
    family.stop()


def test_child_that_does_not_stop_is_ended_with_what_it_started() -> None:
    stubborn = (
        "import os, signal, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "os.fork()\n"
        "os.write(1, b'.')\n"
        "time.sleep(600)"
    )
    child = Child("worker", python(stubborn))
    family = Family([child], print)
    family.start()
    assert child.process is not None
    group = child.process.pid
    assert until(lambda: len(members(group)) == 2)

    family.stop(patience=0.2)

    assert until(lambda: not members(group), patience=5)
    assert child.process.returncode == -9


def members(group: int) -> list[int]:
    """Ids of the processes of a group that still run."""
    import os

    import psutil

    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found
