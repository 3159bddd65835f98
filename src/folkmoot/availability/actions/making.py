"""Asking a group when people are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.availability.domain.hours import Shape, plain_week
from folkmoot.availability.domain.hours import Sort as PureSort
from folkmoot.availability.facts import PollOpened
from folkmoot.availability.models import LONGEST_ABOUT, LONGEST_TITLE, NamesFor, OpenTo, Poll, Sort
from folkmoot.availability.notices import PollWaits
from folkmoot.availability.rules import may_make_poll
from folkmoot.calendar.texts import one_line
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.publishing import one_at_a_time
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.people.queries import have_been_here
from folkmoot.plan.who import author, others, people_in

LONGEST_OPEN = timedelta(days=90)
FURTHEST_DAY = timedelta(days=180)
SHORTEST_CALL, LONGEST_CALL = 15, 480
MOST_OPEN = 10
"""How many polls of one group may be open at a time."""


@dataclass(frozen=True)
class PollWords:
    """What a poll asks; see `models.Poll`. `closes_at` is an instant."""

    title: str
    zone: str
    starts: int
    ends: int
    closes_at: datetime
    sort: Sort = Sort.WEEK
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    days: tuple[date, ...] = ()
    step: int = 30
    minutes: int = 60
    about: str = ""
    open_to: OpenTo = OpenTo.LINK
    names_for: NamesFor = NamesFor.GROUP


@transaction.atomic
def make_poll(group: Group, words: PollWords, *, by: Actor) -> Poll:
    """Ask a group when people are free; whoever takes part in it is told.

    Refused `forbidden`, `invalid` with params `field`, `past` (days that are over, a closing that is), `too_many`.
    """
    require(may_make_poll(by, group))
    one_at_a_time(group)
    now = timezone.now()
    title = one_line(words.title, most=LONGEST_TITLE)
    if not title:
        raise Refused(_("Please say what the call is about."), code="invalid", field="title")
    if group.polls.filter(closed_at=None, closes_at__gt=now).count() >= MOST_OPEN:
        raise Refused(
            _("A group may have %(count)s open polls at a time; please close one.") % {"count": MOST_OPEN},
            code="too_many",
        )
    shape = shape_of(words)
    _check_times(words, shape, now)
    poll = Poll.objects.create(
        group=group,
        title=title,
        about=words.about.strip()[:LONGEST_ABOUT],
        sort=words.sort,
        zone=shape.zone,
        weekdays=list(shape.weekdays),
        week=shape.week,
        days=[day.isoformat() for day in shape.days],
        starts=shape.start,
        ends=shape.end,
        step=shape.step,
        minutes=words.minutes,
        open_to=words.open_to,
        names_for=words.names_for,
        asked_by=author(by),
        closes_at=words.closes_at,
    )
    record(
        PollOpened(poll_id=poll.pk, title=title, sort=words.sort.value, closes_at=words.closes_at.isoformat()),
        by=by,
        on=poll,
        within=group,
    )
    tell(others(list(have_been_here(people_in(group))), by), PollWaits(poll, by=_name(by, group)))
    return poll


def shape_of(words: PollWords) -> Shape:
    """The hours that are asked for, a week being the first plain one after the poll closes; Refused `invalid`."""
    zone = zones.canonical(words.zone)
    is_week = words.sort == Sort.WEEK
    return Shape(
        PureSort(words.sort.value),
        zone,
        words.starts,
        words.ends,
        words.step,
        weekdays=words.weekdays if is_week else (),
        days=() if is_week else words.days,
        week=plain_week(zone, words.closes_at.astimezone(zones.zone(zone)).date()),
    )


def _check_times(words: PollWords, shape: Shape, now: datetime) -> None:
    if not SHORTEST_CALL <= words.minutes <= LONGEST_CALL:
        raise Refused(
            _("A call that is looked for takes from %(least)s minutes to %(most)s.")
            % {"least": SHORTEST_CALL, "most": LONGEST_CALL},
            code="invalid",
            field="minutes",
        )
    if words.minutes > shape.end - shape.start:
        raise Refused(_("The call is longer than the hours that are asked for."), code="invalid", field="minutes")
    if words.closes_at <= now:
        raise Refused(_("A poll closes later than now."), code="past", field="closes_at")
    if words.closes_at > now + LONGEST_OPEN:
        raise Refused(
            _("A poll is open for %(count)s days at most.") % {"count": LONGEST_OPEN.days},
            code="invalid",
            field="closes_at",
        )
    today = now.astimezone(zones.zone(shape.zone)).date()
    if shape.days and shape.days[0] < today:
        raise Refused(_("One of these days is over."), code="past", field="days")
    if shape.days and shape.days[-1] > today + FURTHEST_DAY:
        raise Refused(_("Please name days within the next half year."), code="invalid", field="days")


def _name(by: Actor, group: Group) -> str:
    if isinstance(by, Person):
        return by.name
    organisation = the_organisation()
    return organisation.name if organisation is not None else group.name
