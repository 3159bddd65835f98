"""What the page of a group's people shows, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.agreements import agreements_of, not_agreed
from folkmoot.groups.joining import RoleChoice, open_request_of, role_choices
from folkmoot.groups.models import (
    Agreement,
    AppointmentState,
    JoinRequest,
    ManagerAppointment,
    Participation,
    Power,
    RequestState,
)
from folkmoot.groups.pages import GroupPage, RolePanel, as_one_of
from folkmoot.groups.rules import may_invite, may_oversee
from folkmoot.kit.verdict import Verdict, no
from folkmoot.people.models import Person
from folkmoot.ui.times import plain_date


@dataclass(frozen=True)
class PeoplePage:
    """A group's people by role. Without `reader`, for somebody who is not signed in, most stay without a name."""

    page: GroupPage
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

    @property
    def roles(self) -> list[RolePanel]:
        """Those who lead first, then in the charter's order."""
        return sorted(self.page.roles, key=lambda panel: not panel.leads)

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
        return any(panel.leads and panel.holders for panel in self.page.roles)


def people_page(page: GroupPage, reader: Person | None) -> PeoplePage:
    """The page as this reader may see it; for strangers it costs nothing besides the group's own page."""
    if reader is None:
        return PeoplePage(page)
    group = page.group
    mine = next(
        (one for panel in page.roles for one in panel.holders if one.person_id == reader.pk),
        None,
    )
    choices = role_choices([panel.role for panel in page.roles]) if mine and mine.role.power != Power.MANAGE else []
    invite, appoint = may_invite(reader, group), may_oversee(reader, group)
    offered = group.appointments.select_related("person", "role").filter(state=AppointmentState.OFFERED)
    return PeoplePage(
        page=page,
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
