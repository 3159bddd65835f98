"""A call of the sample community that is on right now: half an hour of it behind, one speaks and three wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.live.actions import call_on, next_item, open_call, put_before, raise_hand, set_speaking_custom
from folkmoot.live.models import Hand, RunningCall
from folkmoot.meetings.actions import begin_minutes, change_minutes_item, record_attendance
from folkmoot.meetings.actions.minutes import NotesWords
from folkmoot.meetings.models import AgendaItem, Kind, Meeting, MinutesItem
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in
from folkmoot.ui import times

LASTS = timedelta(minutes=75)
BEHIND = timedelta(minutes=35)


@transaction.atomic
def hold_a_call_now(groups: Sequence[Group], *, by: Actor) -> None:
    """Let a call of the second group be on, an extra one, so that the calendar of the first one is as it was."""
    group = groups[1] if len(groups) > 1 else None
    people = list(people_in(group)[:6]) if group is not None else []
    leads = managers_of(group) if group is not None else []
    if group is None or not leads or len(people) < 4:
        return
    lead, others = leads[0], [person for person in people if person != leads[0]]
    meeting = _meeting(group, others)
    set_speaking_custom(group, new_voices_first=True, observers_speak=False, by=lead)
    open_call(meeting, by=lead)
    for person in (lead, *others):
        record_attendance(meeting, person, by=by)
    next_item(meeting, seen=0, by=lead)
    next_item(meeting, seen=1, by=lead)
    _let_time_pass(meeting)
    begin_minutes(meeting, by=lead)
    item = MinutesItem.objects.get(minutes=meeting.pk, position=1)
    notes = _("- Three of five hosts answered; two ask for another evening.\n- The yard is free on the second weekend.")
    change_minutes_item(item, NotesWords(item.title, notes), version=item.version, by=lead)
    call_on(raise_hand(meeting, by=others[0]), seen=None, by=lead)
    raise_hand(meeting, by=lead, guest=_("Odalys, on the phone"))
    raise_hand(meeting, "reply", by=others[1])
    late = raise_hand(meeting, by=others[2])
    first = Hand.objects.filter(call=meeting.pk, kind="queue", state="waiting").order_by("place").first()
    put_before(late, first, why=_("has to leave at the half hour"), by=lead)


def _meeting(group: Group, others: Sequence[Person]) -> Meeting:
    now = timezone.now()
    starts_at = (now - BEHIND).replace(second=0, microsecond=0)
    starts_at -= timedelta(minutes=starts_at.minute % 5)
    zone = "Europe/Lisbon"
    meeting = Meeting.objects.create(
        group=group,
        title=_("Working hour"),
        starts=times.local(starts_at, zone).replace(tzinfo=None),
        zone=zone,
        duration=LASTS,
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
    )
    topics = (
        (_("Hello, and who is here"), 5, Kind.INFORM, None),
        (_("Which evening for the repair café"), 25, Kind.DISCUSS, others[0]),
        (_("Who keeps the keys of the yard"), 15, Kind.DECIDE, others[1]),
        (_("A letter to the neighbours"), 20, Kind.DISCUSS, others[2]),
        (_("What to bring next time"), 15, Kind.INFORM, None),
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=place, title=title, minutes=minutes, kind=kind, owner=owner)
        for place, (title, minutes, kind, owner) in enumerate(topics)
    )
    return meeting


def _let_time_pass(meeting: Meeting) -> None:
    """As if the call had been opened when it began, and its first item had taken nine minutes."""
    call = RunningCall.objects.get(pk=meeting.pk)
    first = AgendaItem.objects.get(meeting=meeting, position=0)
    call.opened_at = meeting.starts_at
    call.began_at = meeting.starts_at + timedelta(minutes=9)
    call.spent = {str(first.pk): 9 * 60}
    call.save(update_fields=["opened_at", "began_at", "spent"])
