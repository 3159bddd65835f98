"""Reading about newcomers: what a group decided, who waits for a hello, who is on the rota."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from folkmoot.connections.domain.buddies import FEWEST, About, Willing
from folkmoot.connections.domain.shared_hours import Rhythm
from folkmoot.connections.models.newcomers import (
    BuddyMode,
    BuddyPair,
    BuddyPause,
    FirstTaskWords,
    Going,
    Newcomer,
    NewcomerCare,
    NewcomerCheckIn,
    PairState,
)
from folkmoot.connections.newcomer_words import first_task_words
from folkmoot.connections.queries.interests import interests_of
from folkmoot.groups.models import Group, Participation, Power
from folkmoot.groups.queries import groups_led_by, managers_of
from folkmoot.kit import zones
from folkmoot.meetings.fair_times_reading import SHOWN, hours_of
from folkmoot.people.absences import spans_of
from folkmoot.people.domain.absences import away_until
from folkmoot.people.models import Person
from folkmoot.people.shown import level_of
from folkmoot.plan.models import BuddyOffer
from folkmoot.plan.models.welcome import MOST_AT_ONCE

LATELY = timedelta(days=90)
"""So far back newcomers count for whose turn it is, and for how soon hellos come."""
RUNS_FOR = timedelta(days=100)
"""After the last check-in a newcomer is one no longer, and their buddy is free again."""
STILL_ASKED = timedelta(days=14)
"""After that nobody waits for an answer any more, and nothing is said of it."""
OPEN_STATES = (PairState.SUGGESTED, PairState.RUNNING)


@dataclass(frozen=True)
class Care:
    """How a group meets its newcomers; `is_chosen` says that its managers decided it."""

    buddies: str
    check_ins: bool
    is_chosen: bool
    clause_anchor: str = ""
    clause_name: str = ""


def care_of(group: Group) -> Care:
    """What a group decided, else what holds without: buddies and check-ins where somebody offers to be a buddy."""
    row = NewcomerCare.objects.filter(group=group).first()
    if row is not None:
        return Care(row.buddies, row.check_ins, True, row.clause_anchor, row.clause_name)
    has_buddies = BuddyOffer.objects.filter(group=group).exists()
    return Care(BuddyMode.GIVEN if has_buddies else BuddyMode.OFF, has_buddies, False)


def looks_after(group: Group) -> bool:
    """Whether buddies of a group are found here, or are none by its own decision, rather than by plain turns."""
    care = care_of(group)
    return care.is_chosen or care.buddies != BuddyMode.OFF


def newcomers_with_buddies() -> QuerySet[Newcomer]:
    """Those who are there and came lately, with person, group and (as `open_pairs`) the pair suggested or under way."""
    pairs = BuddyPair.objects.filter(state__in=OPEN_STATES).select_related("buddy")
    return (
        Newcomer.objects.filter(left_at=None, person__is_active=True, came_at__gte=timezone.now() - RUNS_FOR)
        .select_related("person", "group", "hello_by")
        .prefetch_related(Prefetch("pairs", queryset=pairs, to_attr="open_pairs"))
    )


def waiting_in(group: Group) -> QuerySet[Newcomer]:
    """Who waits for a hello in a group, the longest first."""
    return newcomers_with_buddies().filter(group=group, hello_at=None).order_by("came_at", "pk")


def waiting_for(person: Person, group: Group | None = None) -> QuerySet[Newcomer]:
    """Who waits for a hello in the groups that a person leads, or is theirs as a buddy; the longest first; one query.

    Whoever is suggested only is not theirs yet.
    """
    mine = BuddyPair.objects.filter(buddy=person, state=PairState.RUNNING)
    found = Newcomer.objects.filter(
        hello_at=None, left_at=None, person__is_active=True, came_at__gte=timezone.now() - RUNS_FOR
    ).exclude(person=person)
    if group is not None:
        found = found.filter(group=group)
    return (
        found.filter(Q(group__in=groups_led_by(person).order_by().values("pk")) | Q(pk__in=mine.values("newcomer")))
        .select_related("person", "group")
        .order_by("came_at", "pk")
    )


def welcomed_by(buddy: Person, group: Group) -> list[BuddyPair]:
    """The newcomers whose buddy somebody is, the latest first."""
    return list(
        BuddyPair.objects.filter(buddy=buddy, state=PairState.RUNNING, newcomer__group=group, newcomer__left_at=None)
        .select_related("newcomer__person", "newcomer__group", "buddy")
        .order_by("-since", "-pk")
    )


def buddy_of(person: Person, group: Group) -> BuddyPair | None:
    """The pair under way in which somebody is welcomed in a group; one query."""
    return (
        BuddyPair.objects.filter(newcomer__person=person, newcomer__group=group, state=PairState.RUNNING)
        .select_related("buddy", "newcomer__group", "newcomer__person")
        .first()
    )


def days_until_hello(group: Group, *, now: datetime) -> tuple[float, int] | None:
    """The median of days until a hello over the last ninety days and of how many; None for fewer than `FEWEST`."""
    times = Newcomer.objects.filter(group=group, hello_at__gte=now - LATELY).values_list("came_at", "hello_at")
    waits = [max(0.0, (hello - came).total_seconds() / 86400) for came, hello in times if hello is not None]
    return (statistics.median(waits), len(waits)) if len(waits) >= FEWEST else None


def about(people: Iterable[Person]) -> dict[int, About]:
    """What decides between these people; two queries, since profile and hours are to be fetched with them.

    Languages that somebody keeps to themselves are as if they were never named. Interests are those that they care
    about, can help with or want to learn.
    """
    found = list(people)
    interests = interests_of(person.pk for person in found)
    return {
        person.pk: About(
            person.pk,
            Rhythm(zones.canonical(person.zone), hours_of(person)) if person.zone else None,
            _languages(person),
            frozenset({*interests[person.pk].cares, *interests[person.pk].helps, *interests[person.pk].learns}),
        )
        for person in found
    }


def with_hours(keys: Iterable[int]) -> QuerySet[Person]:
    """People with all that `about` reads."""
    return Person.objects.filter(pk__in=keys, is_active=True).select_related("profile", "comfortable_hours")


def rota_of(group: Group, *, now: datetime) -> list[Willing]:
    """Who offers to be a buddy in a group and contributes to it, with what decides whose turn it is."""
    contributing = Participation.objects.filter(
        group=group, ended_at=None, role__power__in=(Power.MANAGE, Power.TAKE_PART)
    )
    offers = BuddyOffer.objects.filter(group=group, person__in=contributing.values("person"))
    return _willing(group, dict(offers.values_list("person", "most")), now)


def managers_as_buddies(group: Group, *, now: datetime) -> list[Willing]:
    """Those who lead a group as they stand in where nobody on the rota is free: always one more."""
    return _willing(group, {person.pk: MOST_AT_ONCE for person in managers_of(group)}, now, always=True)


def _willing(group: Group, most: dict[int, int], now: datetime, *, always: bool = False) -> list[Willing]:
    today = now.date()
    people = list(with_hours(most))
    known = about(people)
    away = {key for key, spans in spans_of(list(most), since=today).items() if away_until(spans, today)}
    pauses = BuddyPause.objects.filter(group=group, person__in=most)
    pausing = {pause.person_id for pause in pauses if pause.lasts(today)}
    loads = _loads(group, most, now)
    return [
        Willing(
            about=known[person.pk],
            most=loads[person.pk].now + 1 if always else most[person.pk],
            now=loads[person.pk].now,
            lately=loads[person.pk].lately,
            last=loads[person.pk].last,
            is_here=person.pk not in away and (always or person.pk not in pausing),
        )
        for person in people
    ]


@dataclass
class _Load:
    now: int = 0
    lately: int = 0
    last: datetime | None = None


def _loads(group: Group, buddies: Iterable[int], now: datetime) -> defaultdict[int, _Load]:
    """What each of these has on their hands in a group, and had lately; who is suggested counts as asked."""
    found: defaultdict[int, _Load] = defaultdict(_Load)
    pairs = BuddyPair.objects.filter(buddy__in=buddies, newcomer__group=group)
    for buddy, state, asked_at in pairs.order_by("pk").values_list("buddy", "state", "asked_at"):
        load = found[buddy]
        is_open = state in OPEN_STATES
        load.now += is_open
        load.lately += is_open or (asked_at is not None and asked_at >= now - LATELY)
        if asked_at is not None:
            load.last = max(asked_at, load.last or asked_at)
    return found


def _languages(person: Person) -> frozenset[str]:
    profile = getattr(person, "profile", None)
    if profile is None or level_of(profile, "languages") not in SHOWN:
        return frozenset()
    return frozenset(profile.languages)


def notes_on_first_tasks(tasks: Sequence[int]) -> dict[int, str]:
    """By the keys of tasks, what is said of them to newcomers; one query."""
    found = FirstTaskWords.objects.filter(task__in=tasks).values_list("task", "minutes", "needs")
    return {task: first_task_words(minutes, needs) for task, minutes, needs in found}


def check_ins_in(group: Group, *, since: datetime) -> list[NewcomerCheckIn]:
    """Check-ins of those who are there, the newest first."""
    return list(
        NewcomerCheckIn.objects.filter(newcomer__group=group, newcomer__left_at=None, asked_at__gte=since)
        .select_related("newcomer__person", "buddy")
        .order_by("-asked_at", "-pk")
    )


def open_check_in(person: Person, group: Group | None = None) -> NewcomerCheckIn | None:
    """The latest question of somebody that waits for an answer; one query."""
    lately = timezone.now() - STILL_ASKED
    found = NewcomerCheckIn.objects.filter(
        newcomer__person=person, newcomer__left_at=None, answer="", asked_at__gte=lately
    )
    if group is not None:
        found = found.filter(newcomer__group=group)
    return found.select_related("newcomer__group").order_by("-asked_at").first()


@dataclass(frozen=True)
class HowItGoes:
    """How many answered what lately, all together."""

    answers: int
    well: int
    feet: int
    hand: int


def how_it_goes(check_ins: Iterable[NewcomerCheckIn]) -> HowItGoes | None:
    """Of answers that those who lead may read; None for fewer than `FEWEST` people."""
    found = [one for one in check_ins if one.answer and not one.only_buddy]
    if len({one.newcomer_id for one in found}) < FEWEST:
        return None
    counts = {going: sum(one.answer == going for one in found) for going in Going}
    return HowItGoes(len(found), counts[Going.WELL], counts[Going.FEET], counts[Going.HAND])
