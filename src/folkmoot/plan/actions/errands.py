"""Saying from a mail that something is done."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person
from folkmoot.plan.actions.checklists import finish_line, hold_line
from folkmoot.plan.actions.tasks import finish_task, hold_task
from folkmoot.plan.models import ChecklistLine, Task


@transaction.atomic
def finish_from_mail(thing: Task | ChecklistLine, *, by: Person) -> None:
    """Say that a task or a step is done, whose address somebody was sent; done twice, it is told once.

    Refused `taken` where it is not theirs any more, also for those who lead and might end it on its page; `ended` where
    it will not be done at all.
    """
    if isinstance(thing, Task):
        hold_task(thing)
        require_own(thing, by)
        finish_task(thing, by=by)
    else:
        hold_line(thing)
        require_own(thing, by)
        finish_line(thing, by=by)


def require_own(thing: Task | ChecklistLine, person: Person) -> None:
    """Refuse what is not this person's any more; a step without a name is for all who lead."""
    shared = isinstance(thing, ChecklistLine) and thing.owner_id is None
    if not person.is_active or not (thing.owner_id == person.pk or shared):
        raise Refused(_("What it was about is in other hands now."), code="taken")
    is_stopped = isinstance(thing, ChecklistLine) and not thing.checklist.is_open
    if not thing.is_done and (is_stopped or not thing.is_open):
        raise Refused(_("What it was about will not be done after all."), code="ended")
