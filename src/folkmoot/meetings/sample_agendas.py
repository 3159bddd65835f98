"""The agendas of the sample community: a year of them, and one in the making."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.uploads import Examined, examine
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import (
    ItemWords,
    add_action,
    add_item,
    fill_agenda,
    keep_usual_agenda,
    make_guest_link,
    propose_file,
    propose_link,
    request_as_guest,
    request_item,
)
from folkmoot.meetings.actions.agenda_usual import items_of_template, starter
from folkmoot.meetings.models import Agenda, AgendaItem, ItemState, Kind, Meeting
from folkmoot.meetings.queries import past_meetings, upcoming_meetings
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

# Title, minutes, kind.
TOPICS = (
    ("What we heard in the listening round", 15, Kind.DISCUSS),
    ("Which days for the open house", 15, Kind.DECIDE),
    ("News from the groups around us", 10, Kind.INFORM),
    ("How we welcome people who come in the evening", 20, Kind.DISCUSS),
    ("A second host for every call", 10, Kind.DECIDE),
    ("The budget for travel, half a year on", 15, Kind.INFORM),
    ("Three drafts of the newcomers’ letter", 20, Kind.DISCUSS),
    ("Who speaks for us at the spring gathering", 10, Kind.DECIDE),
    ("What to stop doing", 15, Kind.DISCUSS),
    ("House rules in two more languages", 10, Kind.INFORM),
)
LETTER = "# Dear …\n\nThank you for your offer. We talked about it, and cannot take it this year, because …\n"
ROOMS = "room;people;price\nthe old school;60;free\nthe library;40;free\nthe harbour hall;120;400\n"
HALL = "The hall is free on both days. They ask for an answer by the end of the month.\n"
EVERY_NTH_IS_CARRIED = 4


@transaction.atomic
def make_agendas(groups: Sequence[Group], *, by: Actor) -> None:
    """Give the past calls of all groups agendas, and the next call of the first one a draft that is worked on."""
    now = timezone.now()
    for number, group in enumerate(groups):
        _past(list(past_meetings(group, now=now))[::-1], list(people_in(group)), number)
    if groups:
        _draft(groups[0], by=by)


def _file(name: str, words: str) -> Examined:
    content = io.BytesIO(words.encode())
    return examine(name, content, most_bytes=len(words.encode()))


def _past(calls: list[Meeting], people: list[Person], turn: int) -> None:
    """In bulk: usual items, and two or three topics, every fourth of which goes on at the call after."""
    calls = [call for call in calls if call.is_planned]
    if not calls or not people:
        return
    Agenda.objects.bulk_create(Agenda(meeting=call, is_filled=True) for call in calls)
    items: list[AgendaItem] = []
    carried: list[tuple[AgendaItem, AgendaItem]] = []
    leftover: AgendaItem | None = None
    for number, call in enumerate(calls):
        usual = items_of_template(None, call)
        topics = [_topic(call, turn + number * 2 + one, people, number) for one in range(2)]
        if leftover is not None:
            again = _again(leftover, call)
            topics.insert(0, again)
            carried.append((again, leftover))
            leftover = None
        is_last = number == len(calls) - 1
        if number % EVERY_NTH_IS_CARRIED == 0 and not is_last:
            leftover = topics[-1]
            leftover.state = ItemState.CARRIED
        agenda = [*(one for one in usual if not one.at_end), *topics, *(one for one in usual if one.at_end)]
        for position, item in enumerate(agenda):
            item.position = position
            if item.state == ItemState.ACCEPTED:
                item.state = ItemState.DONE
        items += agenda
    AgendaItem.objects.bulk_create(items)
    for again, before in carried:
        again.carried_from = before
    AgendaItem.objects.bulk_update([again for again, _before in carried], ["carried_from"])


def _topic(call: Meeting, turn: int, people: list[Person], number: int) -> AgendaItem:
    title, minutes, kind = TOPICS[turn % len(TOPICS)]
    owner = people[(turn + number) % len(people)]
    return AgendaItem(meeting=call, title=title, minutes=minutes, kind=kind, owner=owner)


def _again(item: AgendaItem, call: Meeting) -> AgendaItem:
    return AgendaItem(
        meeting=call, title=item.title, minutes=item.minutes, kind=item.kind, owner=item.owner, times_carried=1
    )


def _draft(group: Group, *, by: Actor) -> None:
    leads, people = managers_of(group), list(people_in(group))
    call = upcoming_meetings(group, now=timezone.now() + timedelta(days=1)).first()
    if call is None or not leads or not call.is_planned:
        return
    lead, others = leads[0], [person for person in people if person not in leads] or people
    template = keep_usual_agenda(group, starter(), days_before=7, version=0, by=lead)
    fill_agenda(call, template, by=lead)
    add_item(
        call, ItemWords(_("The new address of our mailing list"), minutes=0, kind=Kind.INFORM, is_consent=True), by=lead
    )
    main = add_item(
        call,
        ItemWords(
            _("How we say no, kindly"),
            _("We turned down two offers, and both people were hurt.\n\n- What do we say first?\n- Who says it?"),
            minutes=20,
            owner=others[0],
        ),
        by=lead,
    )
    rooms = add_item(
        call,
        ItemWords(_("A room for the yearly gathering"), minutes=15, kind=Kind.DECIDE, owner=lead),
        by=lead,
    )
    propose_link(main, title=_("Saying no without closing the door"), url="https://example.org/saying-no", by=lead)
    propose_link(main, title=_("Our letter of last spring"), url="https://example.org/letter", by=others[0])
    propose_file(main, title=_("A letter that says no"), file=_file(_("Letter.md"), LETTER), by=lead)
    propose_file(rooms, title=_("Three rooms beside each other"), file=_file(_("Rooms.csv"), ROOMS), by=lead)
    propose_file(rooms, file=_file(_("What the hall told us.txt"), HALL), by=others[0])
    request_item(
        call,
        ItemWords(_("May we record the calls?"), _("Some people sleep while we meet."), minutes=10, kind=Kind.DISCUSS),
        by=others[-1],
    )
    request_as_guest(
        make_guest_link(call, by=lead), title=_("Lanterns for the harbour festival"), minutes=10, name="Odalys"
    )
    last = past_meetings(group, now=timezone.now()).first()
    topic = last.agenda_items.filter(is_usual=False).order_by("position").first() if last is not None else None
    if topic is not None:
        due = today_here() + timedelta(days=6)
        add_action(topic, title=_("Write to the three hosts"), owner=others[0], due_on=due, agreed=True, by=lead)
