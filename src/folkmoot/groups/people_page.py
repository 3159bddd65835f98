"""What the page of a group's people shows, to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.agreements import agreements_of, not_agreed
from folkmoot.groups.joining import RoleChoice, open_request_of, role_choices
from folkmoot.groups.models import (
    Agreement,
    AppointmentState,
    Group,
    JoinRequest,
    ManagerAppointment,
    Participation,
    Power,
    RequestState,
    Term,
)
from folkmoot.groups.pages import GroupPage, RolePanel, as_one_of
from folkmoot.groups.rules import may_invite, may_oversee, may_see_holders
from folkmoot.kit.verdict import Verdict, no
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.ui.times import plain_date


@dataclass(frozen=True)
class Seated:
    """Somebody who has a role by the seats they hold, and the titles of those that this reader may know of."""

    person: Person
    titles: Sequence[str]

    @property
    def words(self) -> str:
        return ", ".join(self.titles)


@dataclass(frozen=True)
class PeopleInRole:
    """A role with everybody who has it, each once: who takes part in it, and who sits in a seat that carries it."""

    panel: RolePanel
    seated: Sequence[Seated]

    @property
    def count(self) -> int:
        """How many they are, also those whose names this reader does not see."""
        return len(self.panel.holders) + len(self.seated)

    @property
    def seated_by_name(self) -> list[Seated]:
        return [one for one in self.seated if one.titles]


@dataclass(frozen=True)
class PeoplePage:
    """A group's people by role. Without `reader`, for somebody who is not signed in, most stay without a name."""

    page: GroupPage
    seats: Mapping[int, Sequence[Term]] = field(default_factory=dict)
    """The terms of today in seats that carry a role, by the role."""
    sees_holders: bool = False
    """Whether the reader may know who holds a seat that is not public."""
    reader: Person | None = None
    mine: Participation | None = None
    request: JoinRequest | None = None
    offer: ManagerAppointment | None = None
    open_agreements: Sequence[Agreement] = ()
    other_roles: Sequence[RoleChoice] = ()
    may_invite: Verdict = field(default_factory=lambda: no(""))
    may_appoint: Verdict = field(default_factory=lambda: no(""))
    open_requests: int = 0
    appointments: Sequence[ManagerAppointment] = ()

    @cached_property
    def roles(self) -> list[PeopleInRole]:
        """Those who lead first, then in the charter's order."""
        panels = sorted(self.page.roles, key=lambda panel: not panel.leads)
        return [PeopleInRole(panel, self._seated(panel)) for panel in panels]

    def _seated(self, panel: RolePanel) -> list[Seated]:
        """Who has a role by seats alone, once each however many they hold; strangers read only who leads."""
        here = {one.person_id for one in panel.holders}
        by_person: dict[int, list[Term]] = {}
        for term in self.seats.get(panel.role.pk, ()):
            if term.person_id not in here:
                by_person.setdefault(term.person_id, []).append(term)
        shown = self.reader is not None or panel.leads
        return [
            Seated(
                terms[0].person,
                [term.seat.title for term in terms if shown and (term.seat.is_public or self.sees_holders)],
            )
            for terms in by_person.values()
        ]

    @property
    def mine_words(self) -> str:
        """How the reader takes part: "You take part as an observer since 3 March 2026."."""
        if self.mine is None:
            return ""
        words = {"role": self.mine.role.name, "day": plain_date(timezone.localdate(self.mine.began_at))}
        as_one = as_one_of(self.mine.role.name)
        if as_one == _("In this role"):
            return _("You take part among the %(role)s since %(day)s.") % words
        words["role"] = as_one[:1].lower() + as_one[1:]
        return _("You take part %(role)s since %(day)s.") % words

    @property
    def is_led(self) -> bool:
        by_seat = any(
            term.seat.role and term.seat.role.power == Power.MANAGE for one in self.seats.values() for term in one
        )
        return by_seat or any(one.panel.leads and one.panel.holders for one in self.roles)


def _terms_by_role(group: Group) -> dict[int, list[Term]]:
    found: dict[int, list[Term]] = {}
    terms = Term.objects.on(today_here()).filter(
        seat__group=group, seat__retired_on=None, seat__role__isnull=False, person__is_active=True
    )
    for term in terms.select_related("seat__role", "person").order_by("seat__position", "begins_on"):
        found.setdefault(term.seat.role_id or 0, []).append(term)
    return found


def people_page(page: GroupPage, reader: Person | None) -> PeoplePage:
    """The page as this reader may see it; for strangers it costs one query besides the group's own page."""
    group = page.group
    seats = _terms_by_role(group)
    if reader is None:
        return PeoplePage(page, seats)
    mine = next(
        (one for panel in page.roles for one in panel.holders if one.person_id == reader.pk),
        None,
    )
    choices = role_choices([panel.role for panel in page.roles]) if mine and mine.role.power != Power.MANAGE else []
    invite, appoint = may_invite(reader, group), may_oversee(reader, group)
    offered = group.appointments.select_related("person", "role").filter(state=AppointmentState.OFFERED)
    return PeoplePage(
        page=page,
        seats=seats,
        sees_holders=mine is not None or bool(appoint) or (bool(seats) and bool(may_see_holders(reader, group))),
        reader=reader,
        mine=mine,
        request=None if mine else open_request_of(reader, group),
        offer=offered.filter(person=reader).first(),
        open_agreements=not_agreed(reader, agreements_of(group, page.charter)) if mine else (),
        other_roles=[choice for choice in choices if mine and choice.key != str(mine.role_id)],
        may_invite=invite,
        may_appoint=appoint,
        open_requests=group.join_requests.filter(state=RequestState.OPEN).count() if invite else 0,
        appointments=list(
            group.appointments.filter(
                state__in=(AppointmentState.OFFERED, AppointmentState.ACCEPTED), participation=None
            ).select_related("person", "role")
        )
        if appoint
        else (),
    )
