from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from folkmoot.ledger import schedule
from folkmoot.ledger.models import ScheduledJob


@pytest.mark.django_db
def test_job_is_enqueued_when_due_and_not_before(freeze):
    clock = freeze("2026-05-01T12:00Z")

    first = schedule.enqueue_due()
    again = schedule.enqueue_due()
    clock.shift(5 * 60)
    later = schedule.enqueue_due()

    assert first == [job.name for job in schedule.jobs()]
    assert again == []
    assert later == [job.name for job in schedule.jobs() if job.interval <= timedelta(minutes=5)]
    assert 0 < len(later) < len(first)


@pytest.mark.django_db
def test_every_job_has_a_row_after_the_first_round():
    schedule.enqueue_due()

    assert {row.name for row in ScheduledJob.objects.all()} == {job.name for job in schedule.jobs()}


def enqueue_from_threads(count: int) -> None:
    ready = threading.Barrier(count)

    def run() -> None:
        ready.wait()
        try:
            schedule.enqueue_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def starts_of(name: str) -> int:
    return DBTaskResult.objects.filter(task_path=name).count()


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_start_a_job_once():
    name = schedule.jobs()[0].name

    enqueue_from_threads(4)

    assert starts_of(name) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_jobs_start_more_than_once(monkeypatch):
    """The race test above proves something only if this one sees the race."""
    name = schedule.jobs()[0].name
    all_have_read = threading.Barrier(4)
    read = ScheduledJob.objects.all

    def read_together():
        rows = list(read())
        all_have_read.wait(timeout=20)
        return rows

    monkeypatch.setattr(ScheduledJob.objects, "all", read_together)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", lambda self, **values: 1)

    enqueue_from_threads(4)

    assert starts_of(name) == 4
