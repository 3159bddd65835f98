"""The schedule: which tasks are started again and again, and the guard that starts each once.

The worker calls `enqueue_due()`. Each job's row is moved forward by one conditional UPDATE, so that of several
schedulers only the one whose UPDATE counted enqueues the task.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from folkmoot.ledger.models import ScheduledJob

T = TypeVar("T", bound=Task[Any, Any])


@dataclass(frozen=True)
class Job:
    """A task without arguments and the time between two starts."""

    name: str
    task: Task[[], None]
    interval: timedelta


_jobs: dict[str, Job] = {}


def every(interval: timedelta) -> Callable[[T], T]:
    """Enter a task without arguments into the schedule."""

    def enter(task: T) -> T:
        _jobs[task.module_path] = Job(task.module_path, task, interval)
        return task

    return enter


def jobs() -> tuple[Job, ...]:
    """All jobs in the schedule, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Enqueue what is due and return the names; a job never seen before is due at once."""
    now = now or timezone.now()
    rows = {row.name: row for row in ScheduledJob.objects.all()}
    started = []
    for job in jobs():
        row = rows.get(job.name)
        if row is None:
            ScheduledJob.objects.get_or_create(name=job.name, defaults={"next_due": now})
        elif row.next_due > now:
            continue
        with transaction.atomic():
            ours = ScheduledJob.objects.filter(name=job.name, next_due__lte=now).update(
                next_due=now + job.interval, last_enqueued=now
            )
            if ours:
                job.task.enqueue()
                started.append(job.name)
    return started
