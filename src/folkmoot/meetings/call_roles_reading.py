"""Reading call roles, turns and the rota."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from folkmoot.groups.models import CharterVersion, Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit import zones
from folkmoot.meetings.domain.role_words import CRIER, MODERATOR, SCRIBE, NamedRole, Stated, call_roles_stated
from folkmoot.meetings.domain.rota import LOOKED_BACK, Call, Proposal, Served, Willing, propose
from folkmoot.meetings.models import CallRole, Meeting, RoleOrigin, Status, Turn, TurnState
from folkmoot.meetings.models import Willing as WillingRow
from folkmoot.people.absences import spans_of
from folkmoot.people.domain.absences import Span
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

LIVE = (TurnState.PROPOSED, TurnState.TAKEN)
CUSTOM = (MODERATOR, SCRIBE, CRIER)


def custom_words(key: str) -> tuple[str, str]:
    """What a call role is called, and what it does, where neither charter nor group says so."""
    words = {
        MODERATOR: (_("moderator"), _("Opens the call, leads through the agenda and minds the time.")),
        SCRIBE: (_("scribe"), _("Writes down what was said and decided, and shares it soon after.")),
        CRIER: (_("crier"), _("Announces the call and its agenda, and reminds everybody.")),
        "timekeeper": (_("timekeeper"), _("Watches the clock, so that every point has its time.")),
    }
    return words.get(key, (key, ""))


def stated_in(charter: CharterVersion | None) -> list[Stated]:
    """The call roles that a charter names."""
    if charter is None:
        return []
    named = [
        NamedRole(one.get("name") or "", one.get("text") or "", one.get("anchor") or "")
        for one in charter.reading.get("roles") or []
    ]
    sections = charter.reading.get("sections") or []
    firsts = [one["lines"][0] for one in sections]
    lines = charter.text.splitlines()
    own = [
        (one.get("anchor") or "", "\n".join(lines[first - 1 : after - 1]))
        for one, first, after in zip(sections, firsts, [*firsts[1:], len(lines) + 1], strict=False)
    ]
    return call_roles_stated(named, own)


def first_roles(group: Group) -> list[CallRole]:
    """The roles of a group that has not set any, unsaved: the charter's, else the custom ones."""
    stated = {one.key: one for one in stated_in(charter_in_force(group))}
    keys = [*stated, *(key for key in CUSTOM if key not in stated)]
    return [first_role(group, key, stated.get(key), position, bool(stated)) for position, key in enumerate(keys)]


def first_role(group: Group, key: str, stated: Stated | None, position: int, charter_names_some: bool) -> CallRole:
    """A role as the charter states it; one that it does not state is done without where it states others."""
    name, duties = custom_words(key)
    return CallRole(
        group=group,
        key=key,
        name=stated.name if stated else name,
        duties=(stated.duties if stated else "") or duties,
        position=position,
        is_on=stated is not None or not charter_names_some,
        source=RoleOrigin.CHARTER if stated else RoleOrigin.CUSTOM,
        clause_anchor=stated.anchor[:120] if stated else "",
    )


def all_roles_of(group: Group) -> list[CallRole]:
    """The call roles of a group in their order, also those that it does without; unsaved where none was set yet."""
    return list(group.call_roles.all()) or first_roles(group)


def roles_of(group: Group) -> list[CallRole]:
    """The call roles that a group's calls have, in their order."""
    return [role for role in all_roles_of(group) if role.is_on]


def are_in_use(group: Group) -> bool:
    """Whether a group does anything with call roles: its charter names some, or somebody here has begun."""
    return group.call_roles.exists()


def turns_at(meeting: Meeting) -> dict[int, Turn]:
    """The turns at a call that are taken or wait for an answer, by the key of the role."""
    turns = meeting.turns.filter(state__in=LIVE).select_related("person", "role")
    return {turn.role_id: turn for turn in turns}


def has_taken_a_turn(person: Person, meeting: Meeting) -> bool:
    """Whether somebody has a role at a call: its moderator, its scribe."""
    return meeting.turns.filter(person=person, state=TurnState.TAKEN, role__is_on=True).exists()


def has_turn(person: Person, meeting: Meeting, key: str) -> bool:
    """Whether somebody has one role at a call, by its key."""
    return Turn.objects.filter(meeting=meeting, role__key=key, person=person, state=TurnState.TAKEN).exists()


def turns_of(person: Person, *, now: datetime) -> QuerySet[Turn]:
    """What a person has taken, or is asked for, at coming calls that take place, the soonest first."""
    return (
        Turn.objects.filter(
            person=person, state__in=LIVE, meeting__starts_at__gt=now, meeting__status=Status.PLANNED, role__is_on=True
        )
        .select_related("meeting__group", "role")
        .order_by("meeting__starts_at", "role__position", "pk")
    )


@dataclass(frozen=True)
class RoleAtCall:
    """One role at one call: who has it or is asked, else whom the rota would propose, and why."""

    role: CallRole
    turn: Turn | None
    proposal: Proposal | None = None
    person: Person | None = None

    @property
    def is_open(self) -> bool:
        return self.turn is None


def roles_at(meeting: Meeting) -> list[RoleAtCall]:
    """The roles of a call in their order, with who has them."""
    roles = roles_of(meeting.group)
    turns = turns_at(meeting) if any(role.pk for role in roles) else {}
    return [RoleAtCall(role, turns.get(role.pk or 0)) for role in roles]


def willing_in(group: Group, roles: Collection[CallRole] | None = None) -> QuerySet[WillingRow]:
    """Who can take turns in a group, of those who take part in it now."""
    found = WillingRow.objects.filter(role__group=group, person__in=people_in(group).order_by().values("pk"))
    if roles is not None:
        found = found.filter(role__in=[role.pk for role in roles])
    return found.select_related("person", "role")


@dataclass(frozen=True)
class Rota:
    """The roles of some calls: whose turns they are, and whom the rota proposes for those that are open."""

    meetings: Sequence[Meeting]
    at_calls: dict[int, list[RoleAtCall]]

    def of(self, meeting: Meeting) -> list[RoleAtCall]:
        return self.at_calls.get(meeting.pk, [])


def rota_for(group: Group, meetings: Iterable[Meeting]) -> Rota:
    """Who is next at these calls of a group, in a fixed number of queries; each call counts those before it."""
    calls = sorted(meetings, key=lambda one: (one.starts_at, one.pk))
    roles = roles_of(group)
    if not calls or any(role.pk is None for role in roles):
        return Rota(calls, {one.pk: [RoleAtCall(role, None) for role in roles] for one in calls})
    willing = list(willing_in(group, roles).order_by("role", "person"))
    turns = list(
        Turn.objects.filter(
            role__in=roles,
            meeting__status=Status.PLANNED,
            meeting__starts_at__gt=calls[0].starts_at - LOOKED_BACK - timedelta(days=1),
        ).select_related("meeting", "person")
    )
    live = {(turn.meeting_id, turn.role_id): turn for turn in turns if turn.state in LIVE}
    people = {one.person_id: one.person for one in willing}
    away = spans_of(people, since=calls[0].starts_at.date() - timedelta(days=1))
    asked = [
        _call(one, roles, turns, live, away={key for key, spans in away.items() if _is_away(people[key], spans, one)})
        for one in calls
    ]
    proposals = propose(
        [one for one in asked if one.open_roles],
        [Willing(one.person_id, one.role_id, one.since.date()) for one in willing],
        [Served(turn.person_id, turn.role_id, turn.meeting.starts.date()) for turn in live.values()],
        {key: person.zone for key, person in people.items()},
    )
    by_place = {(one.call, one.role): one for one in proposals}
    found = {}
    for meeting in calls:
        places = [(role, (meeting.pk, role.pk)) for role in roles]
        found[meeting.pk] = [_role_at_call(role, live.get(at), by_place.get(at), people) for role, at in places]
    return Rota(calls, found)


def _is_away(person: Person, spans: Iterable[Span], meeting: Meeting) -> bool:
    """Whether a call is on a day on which somebody is away, by their own clock where it is known."""
    starts = meeting.starts_at.astimezone(zones.zone(person.zone)) if person.zone else meeting.starts
    return any(span.covers(starts.date()) for span in spans)


def _call(
    meeting: Meeting,
    roles: Sequence[CallRole],
    turns: Iterable[Turn],
    live: dict[tuple[int, int], Turn],
    away: Collection[int],
) -> Call:
    # Who is away is left out as those are who were asked before, so that a page that says why names nobody as away.
    here = [turn for turn in turns if turn.meeting_id == meeting.pk]
    return Call(
        key=meeting.pk,
        starts_at=meeting.starts_at,
        on=meeting.starts.date(),
        open_roles=tuple(role.pk for role in roles if role.is_needed and (meeting.pk, role.pk) not in live),
        busy=frozenset(turn.person_id for turn in here if turn.state in LIVE),
        not_again=frozenset((turn.role_id, turn.person_id) for turn in here if turn.state not in LIVE)
        | {(role.pk, person) for role in roles for person in away},
    )


def _role_at_call(
    role: CallRole, turn: Turn | None, proposal: Proposal | None, people: dict[int, Person]
) -> RoleAtCall:
    if turn is not None or proposal is None:
        return RoleAtCall(role, turn)
    return RoleAtCall(role, None, proposal, people[proposal.person])
