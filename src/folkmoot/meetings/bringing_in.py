"""Bringing in older minutes: the calls and people that are known here, what was brought in before, and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.domain.minutes.folder import read_folder
from folkmoot.meetings.domain.minutes.matching import (
    Answers,
    ImportPlan,
    KnownCall,
    PlannedRecord,
    plan_import,
)
from folkmoot.meetings.domain.minutes.matching_resolutions import KnownDecision, PlannedResolution, plan_resolutions
from folkmoot.meetings.domain.minutes.naming import KnownPerson, name_key
from folkmoot.meetings.models import BroughtIn, BroughtInName, Meeting, Minutes, MinutesItem, MinutesState, Status
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person, Profile, Seen
from folkmoot.people.rules import is_steward


@dataclass(frozen=True)
class GroupPlan:
    """What bringing in these files would do to a group: minutes and resolutions, each in the order of the files."""

    group: Group
    minutes: ImportPlan
    resolutions: tuple[PlannedResolution, ...]
    people: Mapping[int, Person]
    calls: Mapping[int, Meeting]

    @property
    def all(self) -> tuple[PlannedRecord | PlannedResolution, ...]:
        return (*self.minutes.records, *self.resolutions)

    @property
    def clear(self) -> tuple[PlannedRecord | PlannedResolution, ...]:
        """What can be taken in now."""
        return tuple(one for one in self.all if one.is_clear and not one.does_nothing)

    @property
    def waiting(self) -> tuple[PlannedRecord | PlannedResolution, ...]:
        """What waits for somebody's word."""
        return tuple(one for one in self.all if not one.is_clear and not one.does_nothing)

    @property
    def done(self) -> tuple[PlannedRecord | PlannedResolution, ...]:
        """What is here already, as it is."""
        return tuple(one for one in self.all if one.does_nothing)


def plan_for(group: Group, files: Mapping[str, bytes | str], *, answers: Answers, by: Actor) -> GroupPlan:
    """What would become of these files, by their paths, if `by` brought them in; the same queries however many."""
    read = read_folder(files)
    calls = {meeting.pk: meeting for meeting in calls_of_group(group)}
    people = {person.pk: person for person in people_for(group, by=by)}
    before = dict(BroughtIn.objects.filter(group=group).values_list("key", "digest"))
    names = {**remembered(group, people), **answers.names}
    today = today_here()
    plan = plan_import(
        [file for _path, file in read.minutes],
        group=group.name,
        calls=known_calls(group, calls.values()),
        people=known_people(people, by=by),
        today=today,
        imported=before,
        answers=Answers(answers.calls, names, answers.left_out, answers.looked_at),
    )
    resolutions = plan_resolutions(
        read.resolutions,
        decisions=[KnownDecision(*row) for row in _own_decisions(group)],
        today=today,
        imported=before,
        looked_at=answers.looked_at,
        left_out=answers.left_out,
    )
    return GroupPlan(group, plan, resolutions, people, calls)


def calls_of_group(group: Group) -> QuerySet[Meeting]:
    """The calls that minutes may be of: all that the group itself holds or held."""
    return Meeting.objects.filter(group=group).exclude(status=Status.DROPPED).order_by("starts_at", "pk")


def known_calls(group: Group, calls: Iterable[Meeting]) -> list[KnownCall]:
    """These calls with what is there of their minutes."""
    written = MinutesItem.objects.filter(minutes=OuterRef("pk")).exclude(notes="")
    mine = Minutes.objects.filter(meeting__group=group, brought_in_at=None)
    has_minutes = set(mine.filter(~Q(state=MinutesState.DRAFT) | Exists(written)).values_list("pk", flat=True))
    imported = dict(BroughtIn.objects.filter(group=group, meeting__isnull=False).values_list("meeting", "key"))
    return [
        KnownCall(
            key=call.pk,
            day=call.starts.date(),
            starts=call.starts.time(),
            title=call.title,
            is_cancelled=call.is_cancelled,
            has_minutes=call.pk in has_minutes,
            imported=imported.get(call.pk, ""),
        )
        for call in calls
    ]


def people_for(group: Group, *, by: Actor) -> QuerySet[Person]:
    """Whom names may mean: everybody for a steward, else who ever took part in the group or was at a call of it.

    So nobody learns from the answer to a name who else has a record here.
    """
    found = Person.objects.filter(erased_at=None, merged_into=None, is_active=True).order_by("pk")
    if is_steward(by):
        return found
    return found.filter(
        Q(participations__group=group) | Q(terms__seat__group=group) | Q(attendances__meeting__group=group)
    ).distinct()


def known_people(people: Mapping[int, Person], *, by: Actor) -> list[KnownPerson]:
    """These people with the handles by which minutes may call them.

    Those of links in profiles, as far as the group may see them; those of linked accounts, which nobody else sees, for
    a steward alone.
    """
    handles: dict[int, list[str]] = {}
    for profile in Profile.objects.filter(person__in=people):
        if profile.seen.get("links") not in (None, Seen.ME):
            handles.setdefault(profile.person_id, []).extend(_handles(profile.links))
    if is_steward(by):
        for account in SocialAccount.objects.filter(user__in=people):
            said = account.extra_data if isinstance(account.extra_data, dict) else {}
            words = (said.get(key) for key in ("username", "login", "preferred_username"))
            handles.setdefault(account.user_id, []).extend(str(word) for word in words if word)
    return [KnownPerson(pk, person.name, tuple(handles.get(pk, ()))) for pk, person in people.items()]


def remembered(group: Group, people: Mapping[int, Person]) -> dict[str, int]:
    """Whom names meant when they were brought in before, by their keys."""
    rows = BroughtInName.objects.filter(brought_in__group=group, by_itself=True, person__in=people).order_by("pk")
    found = {name_key(name, handle): person for name, handle, person in rows.values_list("name", "handle", "person")}
    return {key: person for key, person in found.items() if key and person is not None}


def answers_from(kept: Mapping[str, Any]) -> Answers:
    """Answers as they are kept or handed in as JSON; what is no answer is left out."""
    return Answers(
        calls=_numbers(kept.get("calls")),
        names=_numbers(kept.get("names")),
        left_out=_texts(kept.get("left_out")),
        looked_at=_texts(kept.get("looked_at")),
    )


def _numbers(said: object) -> dict[str, int | None]:
    if not isinstance(said, dict):
        return {}
    return {str(key): value for key, value in said.items() if value is None or type(value) is int}


def _texts(said: object) -> frozenset[str]:
    return frozenset(one for one in said if isinstance(one, str)) if isinstance(said, list) else frozenset()


def _own_decisions(group: Group) -> QuerySet[Any, tuple[int, int, str]]:
    return group.decisions.filter(brought_in=None).values_list("year", "number", "title")


def _handles(links: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for link in links:
        handle = urlsplit(str(link.get("url") or "")).path.rstrip("/").rpartition("/")[2].lstrip("@~")
        if len(handle) > 1:
            yield handle
