"""Small tasks to begin with: said what they need, and offered to one newcomer."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.connections.facts.newcomers import FirstTaskDescribed
from folkmoot.connections.models.newcomers import LONGEST_NEEDS, FirstTaskWords, Newcomer
from folkmoot.connections.rules.newcomers import may_care_for_newcomers
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.plan.actions import change_task, give_task
from folkmoot.plan.actions.tasks import hold_task
from folkmoot.plan.models import Task

MOST_MINUTES = 8 * 60


@transaction.atomic
def keep_first_task(
    task: Task,
    *,
    needs: str = "",
    minutes: int | None = None,
    good: bool = True,
    offer_to: Newcomer | None = None,
    by: Actor,
) -> None:
    """Say that an open task is good for somebody who has just come, what one needs and about how long it takes.

    With `good=False` it is for newcomers no longer; with `offer_to` one newcomer is asked to take it. Refused `ended`,
    `invalid`, `taken`; nothing is told when nothing changes.
    """
    hold_task(task)
    if task.group is None:
        raise Refused(_("A task of your own is not for newcomers."), code="invalid")
    require(may_care_for_newcomers(by, task.group))
    if not task.is_open:
        raise Refused(_("This task is no longer open."), code="ended")
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise Refused(_("A first small task takes a day at most. Please say it in minutes."), code="invalid")
    needs = " ".join(needs.split())
    if len(needs) > LONGEST_NEEDS:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": LONGEST_NEEDS}, code="invalid")
    if task.is_first_task != good:
        change_task(
            task,
            title=task.title,
            words=task.words,
            due_on=task.due_on,
            due_at=task.due_at,
            clause_anchor=task.clause_anchor,
            is_first_task=good,
            by=by,
        )
    present = FirstTaskWords.objects.filter(task=task).first()
    if not good or not (needs or minutes):
        if present is not None and not (good and offer_to is not None):  # whoever only asks somebody says nothing new
            present.delete()
    elif present is None or (present.needs, present.minutes) != (needs, minutes):
        FirstTaskWords.objects.update_or_create(task=task, defaults={"needs": needs, "minutes": minutes})
        record(FirstTaskDescribed(task.pk), by=by, on=task, within=task.group)
    if good and offer_to is not None:
        offer_first_task(task, offer_to, by=by)


@transaction.atomic
def offer_first_task(task: Task, newcomer: Newcomer, *, by: Actor) -> None:
    """Ask one newcomer whether they would take a task; it is theirs once they say yes."""
    if task.group_id != newcomer.group_id or newcomer.left_at is not None:
        raise Refused(_("This newcomer is not in the group of the task."), code="invalid")
    require(may_care_for_newcomers(by, newcomer.group))
    hold_task(task)
    if task.owner is not None:
        raise Refused(_("%(name)s has taken this task already.") % {"name": task.owner.name}, code="taken")
    if task.offered_to is not None and task.offered_to_id != newcomer.person_id:
        raise Refused(
            _("%(name)s has been asked, and has not answered yet.") % {"name": task.offered_to.name}, code="taken"
        )
    give_task(task, newcomer.person, by=by)
