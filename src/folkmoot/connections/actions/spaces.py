"""Starting a circle, changing it, and coming and going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.domain.matching import topic
from folkmoot.connections.facts.spaces import CircleChanged, CircleJoined, CircleLeft, CircleStarted
from folkmoot.connections.models.spaces import Circle, CircleMember, CircleSubject
from folkmoot.connections.models.spaces_circles import (
    LONGEST_ABOUT,
    LONGEST_LIFE,
    LONGEST_NAME,
    LONGEST_SUBJECT,
    MOST_SUBJECTS,
    MOST_WEEKS,
    CircleFor,
    CirclePart,
)
from folkmoot.connections.notices.spaces import CircleMeetsOtherwise
from folkmoot.connections.queries.spaces import people_of_circle
from folkmoot.connections.rules.spaces import may_host_circle, may_join_circle, may_start_circle
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.domain.join_links import checked_link
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import others

SHORTEST, LONGEST = 10, 480


@dataclass(frozen=True)
class CircleWords:
    """What a circle is; see `models.Circle`. With `every` None, as it comes, `weekday` and `at` count for nothing."""

    name: str
    about: str
    zone: str
    first_day: date
    ends_on: date
    subjects: tuple[str, ...] = ()
    open_to: CircleFor = CircleFor.HERE
    every: int | None = None
    weekday: int | None = None
    at: time | None = None
    minutes: int = 60
    place_link: str = ""


def hold_circle(circle: Circle) -> Circle:
    """The circle as it is now, which nobody else changes until this transaction ends."""
    return Circle.objects.select_for_update(no_key=True, of=("self",)).select_related("group").get(pk=circle.pk)


@transaction.atomic
def start_circle(words: CircleWords, *, group: Group | None, by: Person) -> Circle:
    """Start a circle, of a group or of everyone here; whoever starts it hosts it.

    Refused `forbidden`, `invalid` with params `field`.
    """
    require(may_start_circle(by, group))
    circle = Circle(group=group, version=0)
    _take(circle, words)
    _check_end(words)
    circle.version = 1
    circle.save()
    _say_subjects(circle, words.subjects)
    CircleMember.objects.create(circle=circle, person=by, part=CirclePart.HOST)
    record(CircleStarted(circle.pk, circle.ends_on.isoformat()), by=by, on=circle, within=group)
    return circle


@transaction.atomic
def change_circle(circle: Circle, words: CircleWords, *, version: int, by: Actor) -> Circle:
    """Change what a circle is, all but its end; `version` is that of what was looked at.

    Where days, time or place are others, those who are in it are told.

    Refused `forbidden`, `closed`, `invalid` with params `field`, and `stale` with params `version`.
    """
    require(may_host_circle(by, circle))
    held = held_open(circle)
    if held.version != version:
        raise Refused(
            _(
                "Somebody else changed this circle meanwhile. What you wrote is still below, beside what it says now; "
                "send it again to keep yours."
            ),
            code="stale",
            version=held.version,
        )
    ends_on, met = held.ends_on, _meets(held)
    _take(held, words)
    held.ends_on = ends_on
    check_days(held)
    held.version += 1
    held.save()
    _say_subjects(held, words.subjects)
    record(CircleChanged(held.pk, held.version), by=by, on=held, within=held.group)
    if _meets(held) != met:
        tell(others(people_of_circle(held), by), CircleMeetsOtherwise(held))
    return held


@transaction.atomic
def join_circle(circle: Circle, *, by: Person) -> CircleMember:
    """Come into a circle by one's own wish; done twice, it is told once. Refused `forbidden`."""
    held = hold_circle(circle)
    require(may_join_circle(by, held))
    member, is_new = CircleMember.objects.get_or_create(circle=held, person=by)
    if is_new:
        record(CircleJoined(held.pk), by=by, about=by, on=held, within=held.group)
    return member


@transaction.atomic
def leave_circle(circle: Circle, *, by: Person) -> None:
    """Go by one's own wish; done twice, it is told once. A host steps back first. Refused `hosts`."""
    held = hold_circle(circle)
    member = held.members.filter(person=by).first()
    if member is None:
        return
    if member.part == CirclePart.HOST and not held.is_closed:
        raise Refused(_("You host this circle. Please hand it over or step back first."), code="hosts")
    member.delete()
    if held.offered_to_id == by.pk:
        held.offered_to = None
        held.save(update_fields=["offered_to"])
    record(CircleLeft(held.pk), by=by, about=by, on=held, within=held.group)


def held_open(circle: Circle) -> Circle:
    """The same held, while it is not closed; Refused `closed`."""
    held = hold_circle(circle)
    if held.is_closed:
        raise Refused(_("This circle is closed; nothing in it changes any more."), code="closed")
    return held


def check_days(circle: Circle) -> None:
    """That a circle takes place at all before its end; Refused `invalid` with params `field`."""
    if circle.ends_on < circle.first_day:
        raise Refused(_("The end is before the first day."), code="invalid", field="ends_on")
    try:
        plan = circle.plan
    except Refused:
        plan = None
        if circle.every is None:
            raise
    if circle.every is not None and (plan is None or not plan.days(circle.first_day, circle.ends_on, limit=1)):
        raise Refused(_("There is no such weekday between the first day and the end."), code="invalid", field="weekday")


def check_new_end(ends_on: date, first_day: date) -> None:
    """That an end lies ahead, and within a year; Refused `invalid` with params `field`."""
    today = today_here()
    if ends_on < today:
        raise Refused(_("This day has passed. Please name one that comes."), code="invalid", field="ends_on")
    if ends_on > max(first_day, today) + LONGEST_LIFE:
        raise Refused(_("A circle is for a year at most; it can carry on after that."), code="invalid", field="ends_on")


def _meets(circle: Circle) -> tuple[object, ...]:
    """What those who come to it go by."""
    rhythm = (circle.every, circle.weekday, circle.at, circle.zone, circle.minutes)
    return (*rhythm, circle.first_day, circle.place_link)


def _check_end(words: CircleWords) -> None:
    check_new_end(words.ends_on, words.first_day)


def _take(circle: Circle, words: CircleWords) -> None:
    name, about = one_line(words.name, most=LONGEST_NAME), words.about.strip()
    if not name:
        raise Refused(_("Please give the circle a name."), code="invalid", field="name")
    if not about or len(about) > LONGEST_ABOUT:
        raise Refused(
            _("Please say in up to %(most)d characters what it is about.") % {"most": LONGEST_ABOUT},
            code="invalid",
            field="about",
        )
    if words.open_to == CircleFor.GROUP and circle.group is None:
        raise Refused(_("Only a circle of a group can be for its people alone."), code="invalid", field="open_to")
    if not SHORTEST <= words.minutes <= LONGEST:
        raise Refused(
            _("From %(least)d minutes to %(most)d, please.") % {"least": SHORTEST, "most": LONGEST},
            code="invalid",
            field="minutes",
        )
    circle.name, circle.about, circle.open_to = name, about, words.open_to
    circle.zone, circle.minutes = zones.canonical(words.zone), words.minutes
    circle.first_day, circle.ends_on = words.first_day, words.ends_on
    circle.place_link = checked_link(words.place_link)
    circle.every = circle.weekday = circle.at = None
    if words.every is not None:
        if not 1 <= words.every <= MOST_WEEKS:
            raise Refused(_("At most every twelve weeks, please."), code="invalid", field="every")
        if words.weekday is None or words.at is None:
            raise Refused(
                _("Please say on which weekday and at which time you meet."),
                code="invalid",
                field="weekday" if words.weekday is None else "at",
            )
        circle.every, circle.weekday, circle.at = words.every, words.weekday, words.at.replace(second=0, microsecond=0)
    check_days(circle)


def _say_subjects(circle: Circle, words: tuple[str, ...]) -> None:
    """The subjects of a circle anew, compared without regard to case; Refused `invalid` with params `field`."""
    wanted: dict[str, str] = {}
    for one in words:
        if said := " ".join(one.split()):
            wanted.setdefault(topic(said), said)
    if len(wanted) > MOST_SUBJECTS or any(max(len(a), len(b)) > LONGEST_SUBJECT for a, b in wanted.items()):
        raise Refused(
            _("Name up to %(most)d subjects, each in up to %(long)d characters.")
            % {"most": MOST_SUBJECTS, "long": LONGEST_SUBJECT},
            code="invalid",
            field="subjects",
        )
    circle.subjects.all().delete()
    CircleSubject.objects.bulk_create(
        CircleSubject(circle=circle, words=said, subject=subject) for subject, said in wanted.items()
    )
