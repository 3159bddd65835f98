"""Who is in the directory, to each reader what they may see; everything that is shown of it comes through here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from folkmoot.connections.domain.directory import (
    GROUPS,
    INTERESTS,
    PARTS,
    PROFILE,
    SIGNED_IN,
    Found,
    Told,
    Wanted,
    fits,
    in_common,
    most_in_common_first,
    narrower,
    shown_to,
)
from folkmoot.connections.domain.shared_hours import Rhythm, Window
from folkmoot.connections.models.directory import Findable, Introduction, IntroductionState
from folkmoot.connections.queries.interests import Interests, apart_from, interests_of, kept_apart
from folkmoot.groups.models import Participation
from folkmoot.groups.queries import groups_led_by
from folkmoot.kit import zones
from folkmoot.meetings.fair_times_reading import hours_of
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import shown_until
from folkmoot.people.models import Person, Profile
from folkmoot.people.places import language_name, region_name
from folkmoot.people.shown import level_of


def findable(person: Person) -> Findable | None:
    """What somebody chose, where they chose to be found."""
    return Findable.objects.filter(person=person).first()


def seen_levels(one: Findable, profile: Profile | None) -> dict[str, str]:
    """Who sees each part: what was chosen here, and never more than the profile's own choice."""
    chosen = {part: narrower(level, SIGNED_IN) for part, level in one.seen.items() if part in PARTS}
    of_profile = {part: level_of(profile, part) for part in PROFILE if part in chosen} if profile is not None else {}
    return {
        part: narrower(level, of_profile.get(part, "")) if part in PROFILE else level for part, level in chosen.items()
    }


def circle_of(person: Person) -> set[int]:
    """Who counts as "people in my groups": those of a group of theirs now, and those they were introduced to.

    The same for one of them at a time is `people.circles.share_a_circle`.
    """
    present = Participation.objects.filter(ended_at=None)
    mine = present.filter(person=person).values("group")
    found = set(present.filter(group__in=mine).values_list("person", flat=True))
    return (found | introduced_to(person)) - {person.pk}


def introduced_to(person: Person) -> set[int]:
    """Those to whom somebody was introduced, both having said yes; one query."""
    pairs = Introduction.objects.filter(
        Q(asker=person) | Q(asked=person), state=IntroductionState.INTRODUCED
    ).values_list("asker", "asked")
    return {key for pair in pairs for key in pair} - {person.pk}


def were_introduced(one: Person, other: Person) -> bool:
    """Whether these two were, and neither wants to be kept apart from the other since."""
    done = Introduction.objects.filter(
        Q(asker=one, asked=other) | Q(asker=other, asked=one), state=IntroductionState.INTRODUCED
    )
    return done.exists() and not kept_apart([one.pk, other.pk])


@dataclass
class Directory:
    """What one reader may see, and what of their own it is compared with."""

    reader: Person
    own: Told
    is_findable: bool
    shows_hours: bool
    window: Window
    people: Mapping[int, Person]
    shown: Sequence[Told]
    away: Mapping[int, date] = field(default_factory=dict)

    def find(self, wanted: Wanted) -> list[Found]:
        """Everybody who fits, those with most in common first."""
        found = []
        called = cache(language_name)
        for one in self.shown:
            common = in_common(self.own, one, self.window)
            if fits(one, common, wanted, _names_of(one, called) if wanted.words else ()):
                found.append(Found(one, common))
        return most_in_common_first(found)

    def one(self, key: int) -> Found | None:
        """Somebody of it, or None, as if nobody were there."""
        for told in self.shown:
            if told.key == key:
                return Found(told, in_common(self.own, told, self.window))
        return None


def _names_of(shown: Told, called: Callable[[str], str]) -> tuple[str, ...]:
    """What somebody's languages, region and zone are called in the reader's language."""
    region = (region_name(shown.region),) if shown.region else ()
    zone = (zones.place(shown.zone),) if shown.zone else ()
    return (*map(called, shown.languages), *region, *zone)


def directory_for(reader: Person, *, only: int | None = None) -> Directory:
    """Everybody whom this reader may find, or one of them; the same number of queries however many there are.

    Whoever is kept apart from the reader, in either direction, is not there.
    """
    apart = apart_from(reader.pk)
    rows = _findable_people(reader, only)
    chosen = {row.person_id: row for row in rows if row.person_id not in apart}
    everything = _everything([*(row.person for row in chosen.values()), reader])
    circle = circle_of(reader)
    mine = chosen.pop(reader.pk, None)
    of_reader = seen_levels(mine, _profile(mine.person)) if mine else {}
    shown = []
    for key, row in chosen.items():
        reached = {SIGNED_IN, GROUPS} if key in circle else {SIGNED_IN}
        levels = seen_levels(row, _profile(row.person))
        if of_reader.get("hours") not in reached:
            levels["hours"] = ""
        left = shown_to(everything[key], levels, reached)
        if left is not None:
            shown.append(left)
    people = {key: row.person for key, row in chosen.items()}
    own = everything[reader.pk]
    return Directory(
        reader=reader,
        own=own,
        is_findable=mine is not None,
        shows_hours=bool(own.hours and of_reader.get("hours") in (GROUPS, SIGNED_IN)),
        window=this_week(),
        people=people,
        shown=shown,
        away=_away(reader, [one.key for one in shown]),
    )


def shown_as(person: Person, level: str) -> Told | None:
    """The person's own look at what those see whom a level names: "groups", who see all that is shown, or "signed_in".

    None where they find nobody.
    """
    row = Findable.objects.filter(person=person).select_related("person__profile", "person__comfortable_hours").first()
    if row is None:
        return None
    reached = {SIGNED_IN, GROUPS} if level == GROUPS else {SIGNED_IN}
    return shown_to(_everything([row.person])[person.pk], seen_levels(row, _profile(row.person)), reached)


def this_week(now: datetime | None = None) -> Window:
    """Seven days from the beginning of today: over these, hours in common are counted."""
    day = (now or timezone.now()).astimezone(UTC).date()
    return Window(datetime.combine(day, time(), UTC), 7)


def _findable_people(reader: Person, only: int | None) -> list[Findable]:
    rows = Findable.objects.filter(
        person__is_active=True, person__merged_into=None, person__erased_at=None
    ).select_related("person__profile", "person__comfortable_hours")
    if only is not None:
        rows = rows.filter(person__in=[only, reader.pk])
    return list(rows)


def _everything(people: Sequence[Person]) -> dict[int, Told]:
    """All that these people could show; two queries for all of them."""
    keys = {person.pk for person in people}
    interests = interests_of(keys)
    groups: dict[int, dict[str, str]] = defaultdict(dict)
    for key, slug, name in (
        Participation.objects.filter(person__in=keys, ended_at=None)
        .order_by("group__name", "pk")
        .values_list("person", "group__slug", "group__name")
    ):
        groups[key][slug] = name
    return {person.pk: _told(person, interests[person.pk], groups.get(person.pk, {})) for person in people}


def _told(person: Person, interests: Interests, groups: dict[str, str]) -> Told:
    profile = _profile(person)
    has_hours = bool(person.zone) and getattr(person, "comfortable_hours", None) is not None
    return Told(
        person.pk,
        person.name,
        **{sort: interests.of(sort) for sort in INTERESTS},
        languages=tuple(profile.languages) if profile else (),
        region=profile.region if profile else "",
        zone=person.zone,
        about=profile.about if profile else "",
        hours=Rhythm(zones.canonical(person.zone), hours_of(person)) if has_hours else None,
        groups=groups,
    )


def _profile(person: Person) -> Profile | None:
    found: Any = getattr(person, "profile", None)
    return found if isinstance(found, Profile) else None


def _away(reader: Person, keys: Collection[int]) -> dict[int, date]:
    """Until when these people are away, of those who show it to whoever leads a group of theirs, as the reader does."""
    led = list(groups_led_by(reader).values_list("pk", flat=True))
    if not led:
        return {}
    mine = Participation.objects.filter(group__in=led, ended_at=None, person__in=keys)
    return shown_until(set(mine.values_list("person", flat=True)), on=today_here())
