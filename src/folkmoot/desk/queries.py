"""Reading history: who may see which entries, and in what order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.kit import zones
from folkmoot.ledger.actors import ActorKind
from folkmoot.ledger.facts import KINDS, Audience
from folkmoot.ledger.models import Entry
from folkmoot.ledger.queries import entries_within
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries to show: all conditions that are set hold together. Days are whole days in `zone`."""

    room: str = ""
    group: Group | None = None
    actor_kind: ActorKind | None = None
    person: Person | None = None
    request_id: str = ""
    first_day: date | None = None
    last_day: date | None = None
    zone: str = field(default="UTC")


def all_entries(wanted: Wanted) -> QuerySet[Entry]:
    """Every entry that is wanted, newest first; for stewards."""
    entries = entries_within(wanted.group) if wanted.group else Entry.objects.all()
    if wanted.room:
        entries = entries.filter(kind__startswith=f"{wanted.room}.")
    if wanted.actor_kind:
        entries = entries.filter(actor_kind=wanted.actor_kind)
    if wanted.person:
        entries = entries.filter(Q(actor=wanted.person) | Q(about=wanted.person))
    if wanted.request_id:
        entries = entries.filter(request_id=wanted.request_id)
    if wanted.first_day:
        entries = entries.filter(happened_at__gte=_midnight(wanted.first_day, wanted.zone))
    if wanted.last_day:
        entries = entries.filter(happened_at__lt=_midnight(wanted.last_day + timedelta(days=1), wanted.zone))
    return _told(entries)


def entries_of_group(group: Group, *, reader: object) -> QuerySet[Entry]:
    """What a reader may see of a group's history, newest first.

    Everyone sees what is public, those who take part what is for the group too, stewards everything.
    """
    entries = entries_within(group)
    if not (isinstance(reader, Person) and is_steward(reader)):
        seen = {Audience.PUBLIC, Audience.GROUP} if has_power(reader, group) else {Audience.PUBLIC}
        entries = entries.filter(kind__in=[kind for kind, fact in KINDS.items() if fact.audience in seen])
    return _told(entries)


def rooms_that_tell() -> list[str]:
    """The rooms whose facts stand in the ledger, by name."""
    return sorted({kind.partition(".")[0] for kind in KINDS if not kind.startswith("tests")})


def _told(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("actor", "detail").order_by("-pk")


def _midnight(day: date, zone: str) -> datetime:
    return zones.local_to_utc(datetime.combine(day, datetime.min.time()), zone).utc
