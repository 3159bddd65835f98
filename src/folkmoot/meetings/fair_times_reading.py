"""Who comes to the calls of a group and where they live, and the fairest rotation for them.

Comfortable hours and hidden zones are used here and told to nobody: what leaves this module about others is about
everybody together, or by the clock of zones that somebody in the group shows.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.db import models
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Participation, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import (
    USUAL_HOURS,
    Course,
    Hours,
    Outlook,
    Party,
    Planner,
    course_of,
    span,
)
from folkmoot.meetings.following import Setting, own_settings, settings_of
from folkmoot.meetings.joint_reading import groups_at
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import ComfortableHours, Person, Profile, Seen
from folkmoot.people.shown import level_of

FEWEST: Final = 5
"""So many people have to be planned for before anything is said of them together."""
CALLS: Final = 13
TURNS: Final = 3
NOTICE: Final = timedelta(days=7)
"""Calls nearer than this stay as they are; a change holds from a Monday on."""
COMES: Final = (Power.MANAGE, Power.TAKE_PART)
SHOWN: Final = (Seen.GROUPS, Seen.SIGNED_IN, Seen.EVERYONE)
SHOWN_BEYOND: Final = (Seen.SIGNED_IN, Seen.EVERYONE)
"""To whom somebody shows their zone when people outside of their groups may know it."""


@dataclass(frozen=True)
class Member:
    """Somebody who comes to calls."""

    person_id: int
    zone: str
    hours: Hours
    shows_zone: bool
    """Whether those in the group whose calls these are may see where they are."""


@dataclass(frozen=True)
class Planned:
    """A series with its people: how it is and how it might be."""

    setting: Setting
    course: Course
    planner: Planner
    now: Outlook
    proposed: Outlook
    shown_zones: frozenset[str]

    @property
    def by_the_clock(self) -> Planner | None:
        """The same for the zones that somebody shows, each with the usual hours; None where there is none."""
        parties = tuple(Party(zone) for zone in sorted(self.shown_zones))
        return replace(self.planner, parties=parties) if parties else None


def regular_calls(group: Group) -> list[Setting]:
    """The series of a group whose times can be planned: those of its charter and its own."""
    charter = charter_in_force(group)
    return [*(settings_of(group, charter) if charter is not None else []), *own_settings(group)]


def groups_of(setting: Setting) -> list[Group]:
    """The group whose calls these are, and those that join them from now on or will; one query."""
    series = setting.series
    return groups_at(series.group, series.position, today=today_here())


def members_of(groups: Sequence[Group]) -> list[Member]:
    """Whoever contributes to one of the groups or leads it and has a zone, each once; one query.

    The calls are those of the first group: of people who are only in the others it is told where they are if they show
    it beyond their groups.
    """
    rows = _coming(groups).select_related("person__profile", "person__comfortable_hours").order_by("pk")
    found: dict[int, Member] = {}
    for row in sorted(rows, key=lambda row: row.group_id != groups[0].pk):
        if row.person.zone and row.person_id not in found:
            found[row.person_id] = member_of(row.person, SHOWN if row.group_id == groups[0].pk else SHOWN_BEYOND)
    return list(found.values())


def _coming(groups: Sequence[Group]) -> models.QuerySet[Participation]:
    return Participation.objects.filter(
        group__in=groups, ended_at=None, role__power__in=COMES, person__is_active=True
    ).select_related("person", "role")


def member_of(person: Person, shown: Container[Seen] = SHOWN) -> Member:
    """A person with a zone as planning knows them; `shown` are the levels at which it is told where they are."""
    profile: Profile | None = getattr(person, "profile", None)
    shows = profile is not None and level_of(profile, "zone") in shown
    return Member(person.pk, zones.canonical(person.zone), hours_of(person), shows)


def hours_of(person: Person) -> Hours:
    """In which hours calls suit somebody."""
    stated: ComfortableHours | None = getattr(person, "comfortable_hours", None)
    if stated is None:
        return USUAL_HOURS
    off = span(stated.off_from, stated.off_until) if stated.off_from and stated.off_until else None
    return Hours(span(stated.working_from, stated.working_until), off, tuple(stated.days_off))


def without_zone(groups: Sequence[Group]) -> int:
    """How many of those who come cannot be planned for, since nobody knows where they are."""
    return _coming(groups).filter(person__zone="").values("person").distinct().count()


def planned(setting: Setting, members: list[Member], *, today: date, turns: int = TURNS, calls: int = CALLS) -> Planned:
    """The series as it is from the Monday after next on, and the fairest rotation for these people.

    Refused as `planner_of` refuses.
    """
    course, planner = planner_of(setting, members, today=today, calls=calls)
    proposed = _proposal(planner, min(turns, course.most_turns))
    shown = frozenset(member.zone for member in members if member.shows_zone)
    return Planned(setting, course, planner, planner.now(), proposed, shown)


def planner_of(setting: Setting, members: list[Member], *, today: date, calls: int = CALLS) -> tuple[Course, Planner]:
    """The coming calls of a series and who plans them, before anything is looked for.

    Refused `no_zones` for fewer than `FEWEST` people, `no_course` where its turns cannot be planned.
    """
    if len(members) < FEWEST:
        raise Refused(
            _("Fair times are for at least %(count)d people whose time zone is known, so that nobody stands out.")
            % {"count": FEWEST},
            code="no_zones",
        )
    course = course_of(setting.plans, _next_monday(today + NOTICE), calls)
    if course is None:
        raise Refused(_("These calls repeat in a way for which no other times can be proposed."), code="no_course")
    return course, Planner(
        days=course.days,
        zone=setting.plan.zone,
        minutes=round(setting.series.duration.total_seconds() / 60),
        today=course.today,
        parties=tuple(Party(member.zone, member.hours) for member in members),
        slots=course.slots,
    )


@lru_cache(maxsize=32)
def _proposal(planner: Planner, most_turns: int) -> Outlook:
    # On a copy, which takes what it has worked out with it when it goes: the key stays small.
    return replace(planner).proposal(most_turns)


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
