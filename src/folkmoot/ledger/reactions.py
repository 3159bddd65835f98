"""Following facts: `@reacts_to(Fact)` registers a function; recording a fact enqueues one task per function.

Delivery is at least once: a reaction asks for the present state and brings it in order, rather than adding to
it, so that it may run twice. A failure is tried again with growing delay and then left in sight.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.kit.errors import Refused
from folkmoot.ledger.facts import Fact
from folkmoot.ledger.models import Entry

Reaction = Callable[[Entry], None]
F = TypeVar("F", bound=Callable[[Entry], None])

QUEUE = "reactions"


@dataclass(frozen=True)
class Registered:
    """A reaction as the queue knows it: the path of its function."""

    path: str

    def function(self) -> Reaction:
        reaction: Reaction = import_string(self.path)
        return reaction


_registered: dict[str, list[Registered]] = defaultdict(list)
# Ids of tasks enqueued inside `delivering()`, so that exactly these are run before it ends.
_collected: ContextVar[list[str] | None] = ContextVar("collected_reactions", default=None)


def reacts_to(*facts: type[Fact]) -> Callable[[F], F]:
    """Register a module-level function `(entry) -> None` as a reaction to facts of these kinds."""

    def register(function: F) -> F:
        registered = Registered(f"{function.__module__}.{function.__qualname__}")
        for fact in facts:
            if registered not in _registered[fact.kind]:
                _registered[fact.kind].append(registered)
        return function

    return register


def reactions_to(kind: str) -> tuple[str, ...]:
    """Paths of the functions that react to a kind, in order of registration."""
    return tuple(registered.path for registered in _registered[kind])


def enqueue_reactions(entry: Entry) -> None:
    """One task per reaction, inserted on the same connection and so in the same transaction."""
    from folkmoot.ledger.tasks import deliver

    for path in reactions_to(entry.kind):
        result = deliver.enqueue(entry.pk, path)
        collected = _collected.get()
        if collected is not None:
            collected.append(str(result.id))


def react(entry_id: int, path: str) -> None:
    """Run one reaction to one entry; only functions that are registered for its kind."""
    entry = Entry.objects.get(pk=entry_id)
    if path not in reactions_to(entry.kind):
        raise Refused(f"{path} does not react to {entry.kind}.", code="unknown_reaction")
    Registered(path).function()(entry)


@contextmanager
def delivering(*, patience: float = 10.0) -> Iterator[None]:
    """Run the reactions to all facts recorded inside before leaving, and those that follow from them.

    For commands and confirm pages that show the result at once. To be used around, not inside, the action's
    transaction. A task that a worker took first is waited for, `patience` seconds at most; what is not done by
    then stays in the queue. Reactions that fail here are left to the queue's retries.
    """
    collected: list[str] = []
    token = _collected.set(collected)
    try:
        yield
        _run(collected, time.monotonic() + patience)
    finally:
        _collected.reset(token)


def _run(collected: list[str], until: float) -> None:
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=[QUEUE],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="delivering",
        excluded_queue_names=[],
    )
    for result_id in collected:  # grows while reactions record further facts
        claimed = DBTaskResult.objects.filter(pk=result_id, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=timezone.now()
        )
        if claimed:
            worker.run_task(DBTaskResult.objects.get(pk=result_id))
            continue
        while time.monotonic() < until and DBTaskResult.objects.running().filter(pk=result_id).exists():
            time.sleep(0.05)
