"""Writing a whole draft at once: notes, what was decided and what is to be done, kept together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.decisions.actions import record_decision
from folkmoot.decisions.models import Decision
from folkmoot.decisions.wording import Wording
from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.minutes import (
    NotesWords,
    add_minutes_item,
    change_minutes_item,
    hold_draft,
    hold_minutes_item,
)
from folkmoot.meetings.being_written import put_down_first
from folkmoot.meetings.models import Minutes, MinutesItem
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.actions import add_task
from folkmoot.plan.models import Task


@dataclass(frozen=True)
class ActionWords:
    """Who does what, by when. With `agreed` the owner said yes on the call; else they are asked."""

    title: str
    owner: Person | None = None
    due_on: date | None = None
    agreed: bool = False


@dataclass(frozen=True)
class Written:
    """What somebody wrote on one item; `version` is that of the notes they saw. A decision is a sentence, or empty."""

    item: MinutesItem
    version: int
    words: NotesWords
    decision: str = ""
    action: ActionWords | None = None


@transaction.atomic
def keep_draft(
    minutes: Minutes, written: Sequence[Written], *, more: NotesWords | None = None, by: Actor
) -> MinutesItem | None:
    """Keep what was written on all items, and with `more` a further item, which is returned.

    All of it or nothing. Refused `stale`, with the keys of the items as `stale`, where somebody was quicker; else as
    `change_minutes_item`, `note_decision` and `note_action`.
    """
    held = hold_draft(minutes, by=by)
    put_down_first(held)
    versions = dict(held.items.values_list("pk", "version"))
    stale = [one.item.pk for one in written if versions.get(one.item.pk) != one.version]
    if stale:
        raise Refused(_("Somebody has changed these notes since you opened them."), code="stale", stale=stale)
    for one in written:
        change_minutes_item(one.item, one.words, version=one.version, by=by)
        if one.decision:
            note_decision(one.item, one.decision, by=by)
        if one.action is not None:
            note_action(one.item, one.action, by=by)
    return add_minutes_item(held, more, by=by) if more is not None else None


@transaction.atomic
def note_decision(item: MinutesItem, sentence: str, *, by: Actor) -> Decision:
    """Write down what the call decided, in a sentence, in the group's record of decisions.

    Whoever may write the minutes may do this. Refused `forbidden`, `frozen`, `invalid`.
    """
    held = hold_draft(item.minutes, by=by)
    item = hold_minutes_item(item, held)
    group = held.meeting.group
    # The call may be on a day that has not come yet where the organisation is.
    day = min(held.meeting.starts.date(), today_here())
    # `hold_draft` has asked the rule of the minutes.
    made = record_decision(group, Wording(sentence, sentence), on_day=day, by=by, entrusted=is_open_for_work(group))
    item.decisions.add(made)
    return made


@transaction.atomic
def note_action(item: MinutesItem, action: ActionWords, *, by: Actor) -> Task:
    """Note who does what, as a task of the group that leads back to the item and comes back on the next agenda.

    Refused `forbidden`, `frozen`, and as `plan.add_task` refuses.
    """
    held = hold_draft(item.minutes, by=by)
    item = hold_minutes_item(item, held)
    return add_task(
        title=action.title,
        group=held.meeting.group,
        owner=action.owner,
        agreed=action.agreed,
        due_on=action.due_on,
        source=item.agenda_item or item,
        by=by,
    )
