"""What the schedule starts for the calendar."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from folkmoot.calendar import actions
from folkmoot.calendar.actions.layers import AGAIN_AFTER
from folkmoot.calendar.models import Layer
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def keep_components() -> None:
    """Write components anew that were kept for another address or an older version."""
    actions.keep_components()


@every(timedelta(minutes=5))
@task()
def read_due_layers() -> None:
    """Have every foreign calendar read whose time has come; each is claimed first, so that it is read once."""
    now = timezone.now()
    for pk in Layer.objects.filter(next_try_at__lte=now).values_list("pk", flat=True):
        with transaction.atomic():
            claimed = Layer.objects.filter(pk=pk, next_try_at__lte=now).update(next_try_at=now + AGAIN_AFTER)
            if claimed:
                read_foreign_layer.enqueue(pk)


@task()
def read_foreign_layer(layer_id: int) -> None:
    """Read one foreign calendar; one that is gone meanwhile is left alone."""
    layer = Layer.objects.filter(pk=layer_id).first()
    if layer is not None:
        actions.read_layer(layer, now=timezone.now())
