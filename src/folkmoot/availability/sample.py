"""The polls of the sample community: an open one, answered from all round the clock, and one that became a series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.availability.actions import Painted, PollWords, answer_as_guest, answer_poll, make_poll, make_series_of
from folkmoot.availability.domain.finding import Finder, Marks
from folkmoot.availability.domain.hours import cells_of
from folkmoot.availability.models import Poll
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit import zones
from folkmoot.ledger.actors import Actor
from folkmoot.plan.who import people_in

GUESTS = (("Saoirse", "Europe/Dublin"), ("Kaito", "Asia/Tokyo"))
SEVERAL = 14
WAKING, LATE = (8, 19), (7, 22)
"""From and until which hour somebody of the sample is free, and is if need be."""


@transaction.atomic
def ask_for_times(groups: Sequence[Group], *, by: Actor) -> None:
    """Let the first group look for an hour, and the last one have found one a while ago."""
    if not groups:
        return
    now = timezone.now()
    asker = next(iter(managers_of(groups[0])), by)
    words = PollWords(
        title=_("Reading circle"),
        about=_("An hour for those who like to read together. Two books wait already."),
        zone="Europe/Lisbon",
        starts=8 * 60,
        ends=20 * 60,
        closes_at=now + timedelta(days=9),
    )
    poll = make_poll(groups[0], words, by=asker)
    # Some have not answered yet: whoever tries the sample finds a poll that waits for them.
    leading = [one.pk for one in managers_of(groups[0])]
    for number, person in enumerate(people_in(groups[0]).exclude(pk__in=leading)[:SEVERAL]):
        if number % 4 != 3 and person.zone:
            answer_poll(poll, _marks(poll, person.zone, number), by=person)
    for number, (name, zone) in enumerate(GUESTS):
        answer_as_guest(poll, _marks(poll, zone, number), name=name, once=f"sample-{number}")
    found = make_poll(groups[-1], _of_before(words), by=by)
    for number, person in enumerate(people_in(groups[-1])[:SEVERAL]):
        if person.zone:
            answer_poll(found, _marks(found, person.zone, number), by=person)
    marks = [Marks(frozenset(one.free), frozenset(one.maybe), one.zone) for one in found.answers.all()]
    best = Finder(cells_of(found.shape), found.step, found.minutes, marks, lambda _at, _zone: 0).best(1)
    if best:
        make_series_of(found, best[0].cell.key, every=4, by=by)


def _of_before(words: PollWords) -> PollWords:
    return PollWords(
        title=_("Open table"), zone="UTC", starts=6 * 60, ends=21 * 60, closes_at=words.closes_at, weekdays=(1, 2, 3)
    )


def _marks(poll: Poll, zone: str, number: int) -> Painted:
    """Hours by day in somebody's zone, with a day and an hour left out that differ from person to person."""
    free, maybe = [], []
    for cell in cells_of(poll.shape):
        local = cell.at.astimezone(zones.zone(zone))
        if local.weekday() == number % 5 or local.hour == 9 + number % 8:
            continue
        if WAKING[0] <= local.hour < WAKING[1]:
            free.append(cell.key)
        elif LATE[0] <= local.hour < LATE[1]:
            maybe.append(cell.key)
    return Painted(tuple(free), tuple(maybe), zone)
