"""The worker's loop: tasks, schedule, a database that comes and goes, a polite end."""

from __future__ import annotations

import threading

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.cli import worker
from folkmoot.ledger.models import ScheduledJob


@task()
def note(word: str) -> None:
    cache.set("noted", [*cache.get("noted", []), word])


@task()
def fail() -> None:
    raise ValueError("as asked")


@task(queue_name="reactions")
def note_elsewhere(word: str) -> None:
    note.func(word)


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    cache.delete("noted")


pytestmark = pytest.mark.django_db


def test_settle_runs_tasks_of_all_queues_until_none_waits(settle) -> None:
    note.enqueue("one")
    note_elsewhere.enqueue("two")

    assert settle() == 2
    assert settle() == 0
    assert sorted(cache.get("noted")) == ["one", "two"]


def test_settle_leaves_what_is_for_later(settle, freeze) -> None:
    from datetime import timedelta

    from django.utils import timezone

    clock = freeze("2026-03-01T12:00Z")
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")

    assert settle() == 0
    clock.shift(3601)
    assert settle() == 1


def test_settle_fails_the_test_with_the_tasks_traceback(settle) -> None:
    fail.enqueue()

    with pytest.raises(AssertionError, match="as asked"):
        settle()


def test_failing_task_does_not_keep_others_from_running(settle) -> None:
    fail.enqueue()
    note.enqueue("after")

    assert settle(failing=True) == 2
    assert cache.get("noted") == ["after"]
    assert DBTaskResult.objects.get(status=TaskResultStatus.FAILED).exception_class_path == "builtins.ValueError"


def test_idle_worker_takes_no_write_lock(django_assert_num_queries) -> None:
    with django_assert_num_queries(1) as asked:
        assert worker.run_batch("idle") == 0

    assert asked.captured_queries[0]["sql"].startswith("SELECT")


class Rounds(threading.Event):
    """Ends a loop after so many waits, without waiting."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        if len(self.waits) >= self.rounds:
            self.set()
        return self.is_set()


@pytest.fixture
def _connection_kept(monkeypatch) -> None:
    """The loop closes connections that look used up; here it would close the test's own transaction."""
    for place in ("django.db", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{place}.close_old_connections", lambda: None)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


@pytest.mark.usefixtures("_connection_kept")
def test_worker_starts_the_schedule_and_runs_what_it_enqueued() -> None:
    worker.work(Rounds(1))

    assert ScheduledJob.objects.exists()
    assert DBTaskResult.objects.successful().count() == ScheduledJob.objects.count()


@pytest.mark.usefixtures("_connection_kept")
def test_worker_waits_for_a_database_that_went_away(monkeypatch, caplog) -> None:
    answers = iter([OperationalError("the server closed the connection"), []])

    def enqueue_due() -> list[str]:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("folkmoot.ledger.schedule.enqueue_due", enqueue_due)
    note.enqueue("after the restart")
    rounds = Rounds(2)

    worker.work(rounds)

    assert rounds.waits == [worker.DATABASE_DELAY, worker.INTERVAL]
    assert "the server closed the connection" in caplog.text
    assert cache.get("noted") == ["after the restart"]


def test_worker_that_is_told_to_stop_takes_no_further_task() -> None:
    note.enqueue("one")
    stopping = threading.Event()
    stopping.set()

    assert worker.run_batch("stopping", stopping) == 0
    assert DBTaskResult.objects.ready().count() == 1
