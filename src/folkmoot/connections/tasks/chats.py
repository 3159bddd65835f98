"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.chats_drawing import look_after_chats, programmes_due
from folkmoot.connections.models.chats import ChatProgramme
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=30))
@task()
def look_after_all_chats() -> None:
    """Start a task for each programme that has something to do, so that none waits for the failure of another."""
    for programme in programmes_due(now=timezone.now()):
        look_after_one.enqueue(programme.pk)


@task()
def look_after_one(programme_id: int) -> None:
    """Tell of the next draw, draw, and ask after chats, as far as each is due."""
    programme = ChatProgramme.objects.filter(pk=programme_id).first()
    if programme is not None:
        look_after_chats(programme, now=timezone.now())
