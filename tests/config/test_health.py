"""The health page: right about database and worker, cheap, silent to strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from folkmoot.ledger.models import ScheduledJob

pytestmark = pytest.mark.django_db

WELL = {"status": "ok", "database": "ok", "worker": "ok"}


@pytest.fixture
def _worker_runs() -> None:
    now = timezone.now()
    ScheduledJob.objects.create(name="a job", next_due=now + timedelta(minutes=4), last_enqueued=now)


def waiting(*, minutes: int, run_after=None) -> None:
    """A task that has been in the queue so long."""
    row = DBTaskResult.objects.create(
        task_path="a.task", args_kwargs={}, backend_name="default", run_after=run_after or get_date_max()
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(minutes=minutes))


@pytest.mark.usefixtures("_worker_runs")
def test_all_well_with_two_queries_and_no_more_said(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, WELL)
    assert "no-store" in response["Cache-Control"]


def test_no_worker_has_ever_run(client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, WELL | {"status": "failing", "worker": "failing"})


@pytest.mark.usefixtures("_worker_runs")
def test_worker_that_has_stopped_is_noticed(client, freeze) -> None:
    freeze(timezone.now() + timedelta(minutes=7))

    response = client.get("/healthz")

    assert (response.status_code, response.json()["worker"]) == (503, "failing")


@pytest.mark.parametrize(
    ("minutes", "run_after", "status"),
    [
        (1, None, 200),
        (3, None, 503),
        (3, timedelta(minutes=-3), 503),
        (3, timedelta(minutes=-1), 200),
        (99, timedelta(1), 200),
    ],
)
@pytest.mark.usefixtures("_worker_runs")
def test_task_that_waits_too_long_is_noticed(client, minutes, run_after, status) -> None:
    waiting(minutes=minutes, run_after=run_after and timezone.now() + run_after)

    assert client.get("/healthz").status_code == status


def test_database_that_does_not_answer_is_noticed(client, monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise OperationalError("secret-host refused the connection")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, dict.fromkeys(WELL, "failing"))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_health_is_only_read(client, method) -> None:
    assert getattr(client, method)("/healthz").status_code == 405
