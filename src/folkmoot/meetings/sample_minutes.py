"""Minutes of the sample community's last calls: some published, one that lies open, one in the making."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    approve_on_call,
    begin_minutes,
    change_minutes_item,
    confirm_public,
    propose_minutes,
    publish_minutes,
    set_level,
)
from folkmoot.meetings.minutes_check import uncleared
from folkmoot.meetings.minutes_reading import minutes_items, proposed_wording, recognisable
from folkmoot.meetings.models import Level, Meeting, Minutes, Status


@transaction.atomic
def write_minutes_of_calls(groups: Sequence[Group], *, by: Actor) -> None:
    """Of the first group the last three calls: published, lying open, and a draft. Of the second one published."""
    now = timezone.now()
    for place, group in enumerate(groups[:2]):
        calls = list(
            group.meetings.filter(status=Status.PLANNED, ends_at__lt=now, starts_at__gt=now - timedelta(days=120))
            .select_related("group")
            .order_by("-starts_at", "-pk")[:3]
        )
        if len(calls) < 3 or not managers_of(group):
            continue
        latest, before, earlier = calls
        if place == 0:
            _written(latest, by=by)
            propose_minutes(_written(before, by=by), way="silence", by=by)
        _published(earlier, before, by=by)


def _written(call: Meeting, *, by: Actor) -> Minutes:
    minutes = begin_minutes(call, by=by)
    notes = (
        _("We went through what was open. Two things are done, one waits for an answer."),
        _("There were two proposals. We take the smaller one first and look at it again in spring."),
        _("Short: it goes on as planned."),
    )
    for item, words in zip(minutes_items(minutes), notes, strict=False):
        change_minutes_item(item, NotesWords(item.title, words), version=item.version, by=by)
    add_minutes_item(
        minutes, NotesWords(_("What else came up"), _("The door code changes next week; ask before you come.")), by=by
    )
    return minutes


def _published(call: Meeting, later: Meeting, *, by: Actor) -> None:
    """Published minutes, unless a name that stands in them would have to be cleared by a person."""
    minutes = _written(call, by=by)
    set_level(minutes, Level.CHATHAM, by=by)
    propose_minutes(minutes, way="next_call", by=by)
    minutes = approve_on_call(minutes, later, by=by)
    known = recognisable(call)
    for item in minutes_items(minutes):
        title, text = proposed_wording(item, known)
        confirm_public(item, title=title, text=text, version=item.version, by=by)
    if not uncleared(minutes):
        publish_minutes(minutes, by=by)
