"""What the queue runs for the ledger: deliver a reaction, take up stranded tasks, seal the day's entries."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.ledger import sealing
from folkmoot.ledger.reactions import QUEUE, react
from folkmoot.ledger.schedule import every

ATTEMPTS = 8
STRANDED_AFTER = timedelta(minutes=15)


@task(queue_name=QUEUE)
def deliver(entry_id: int, path: str, attempt: int = 1) -> None:
    """Run one reaction; on failure enqueue it again after 4, 16, 64… seconds, `ATTEMPTS` times in all."""
    try:
        with transaction.atomic():
            react(entry_id, path)
    except Exception:
        # Whatever went wrong, the fact has happened: the next attempt is on record before the failure is.
        if attempt < ATTEMPTS:
            later = timezone.now() + timedelta(seconds=4**attempt)
            deliver.using(run_after=later).enqueue(entry_id, path, attempt + 1)
        raise


@every(timedelta(minutes=5))
@task()
def take_up_stranded_tasks() -> None:
    """Put tasks back whose worker died while running them."""
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STRANDED_AFTER).update(
        status=TaskResultStatus.READY
    )


@every(timedelta(hours=24))
@task()
def seal_entries() -> None:
    """Put a seal over all entries written since the last one, and drop finished tasks of the last month."""
    sealing.seal()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=30)).delete()
