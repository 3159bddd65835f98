"""Processes that cast a ballot and are killed before a given statement, forked from a process that is clean.

The process of the tests has threads, sockets and event loops of earlier tests, and what is forked from it may hang in
a lock that a thread held. So a process of its own stands ready on the test's database, without threads and without a
connection, and forks itself for each that shall die:

    python -m tests.governance.dying DATABASE

It reads one request a line and answers each with a line, until its input ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import django
import psutil
from django.db import connection

from tests.cli.running import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
# No statement has this number: the process casts to the end, and is killed after the commit.
NEVER = 0


class Dying:
    """The clean process, as the tests see it."""

    def __init__(self) -> None:
        server = {name: value for name, value in os.environ.items() if name.startswith("DATABASE_URL")}
        given = environment(
            **server,
            DJANGO_SETTINGS_MODULE="tests.settings",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.governance.dying", str(connection.settings_dict["NAME"])],
            env=given,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def cast(self, point: int, election: int, person: int, envelopes: Mapping[int, str], *, held: bool = True) -> int:
        """A process casts and is killed before that statement; gives how many it came to, that one among them.

        One that never comes to `point` is killed after the commit. Without `held` it has neither lock nor transaction.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"point": point, "election": election, "person": person, "envelopes": envelopes, "held": held}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        # There is one line to each request, so nothing of an earlier answer waits where `select` does not see it.
        ready, _, _ = select.select([self.process.stdout], [], [], 2 * PATIENCE)
        assert ready, "The clean process does not answer."
        line = self.process.stdout.readline()
        assert line, "The clean process has ended."
        answer = json.loads(line)
        assert answer["killed"], answer["said"]
        return len(answer["said"])

    def end(self) -> None:
        try:
            # It ends by itself, and takes its folder with it, when its input ends.
            self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def dying() -> Iterator[Dying]:
    """The clean process until the end of the block, however that ends."""
    process = Dying()
    try:
        yield process
    finally:
        process.end()


def main(database: str) -> None:
    django.setup()
    connection.settings_dict["NAME"] = database
    # All that a child needs is there before it is forked.
    from folkmoot.governance.actions import ballots  # noqa: F401

    for line in sys.stdin:
        assert connection.connection is None, "A connection that two processes share is no connection."
        assert psutil.Process().num_threads() == 1, "A process with threads is not clean."
        print(json.dumps(killed(json.loads(line))), flush=True)


def killed(asked: dict[str, Any]) -> dict[str, Any]:
    """Whether the child was killed, and what it said: a dot for each statement, and why it was not killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        cast_and_die(writing, **asked)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    _child, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        said += " It waited for ever."
    return {"killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, "said": said}


def cast_and_die(
    writing: int, *, point: int, election: int, person: int, envelopes: dict[str, str], held: bool
) -> NoReturn:
    """Never returns: what the parent does at its end, as to delete its folder, is not for a child to do."""
    try:
        signal.alarm(PATIENCE)
        from folkmoot.governance.actions import ballots
        from folkmoot.governance.models.elections import Election
        from folkmoot.people.models import Person

        if not held:
            ballots._write = ballots._write.__wrapped__
            ballots.hold_election = lambda election: Election.objects.get(pk=election.pk)
        chosen, by = Election.objects.get(pk=election), Person.objects.get(pk=person)
        texts = {int(contest): text for contest, text in envelopes.items()}
        count = 0

        def deadly(execute: Any, *given: Any) -> Any:
            nonlocal count
            count += 1
            os.write(writing, b".")
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*given)

        with connection.execute_wrapper(deadly):
            ballots.cast_ballots(chosen, texts, by=by)
        os.kill(os.getpid(), signal.SIGKILL)
    except BaseException:  # noqa: BLE001
        # Else nobody would ever learn why it was not killed.
        os.write(writing, traceback.format_exc().encode())
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
