"""What groups tell people: who joins, invitations, requests, and who is asked to lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, JoinRequest, ManagerAppointment, RequestState
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class OfGroup:
    """What all notices about one group share."""

    topic: ClassVar[str] = "groups"

    group: Group

    def path(self) -> str:
        return reverse("group_people", args=[self.group.slug])

    def action(self) -> str:
        return _("See who is here")


@dataclass(frozen=True)
class SomebodyJoined(OfGroup, Notice):
    """To those who lead: somebody came in."""

    kind = "groups.somebody_joined"

    name: str
    role: str

    def subject(self) -> str:
        return _("%(name)s joined %(group)s") % {"name": self.name, "group": self.group.name}


@dataclass(frozen=True)
class Welcome(OfGroup, Notice):
    """To who came in: welcome, and what comes next. `by` names who added them, if it was not their own wish."""

    kind = "groups.welcome"
    needed = True

    role: str
    you_can: str
    by: str = ""

    def subject(self) -> str:
        return _("Welcome to %(group)s") % {"group": self.group.name}

    def path(self) -> str:
        return reverse("group", args=[self.group.slug])

    def action(self) -> str:
        return _("Go to the group")


@dataclass(frozen=True)
class TakenOut(OfGroup, Notice):
    """To who was taken out of a group, with the reason."""

    kind = "groups.taken_out"
    needed = True

    why: str

    def subject(self) -> str:
        return _("You no longer take part in %(group)s") % {"group": self.group.name}


@dataclass(frozen=True)
class InvitedByMail(OfGroup, Notice):
    """An invitation to one person."""

    kind = "groups.invited"
    needed = True

    by: str
    role: str
    you_can: str
    until: date
    accept_path: str

    def subject(self) -> str:
        if not self.by:
            return _("You are invited to %(group)s") % {"group": self.group.name}
        return _("%(name)s invites you to %(group)s") % {"name": self.by, "group": self.group.name}

    def path(self) -> str:
        return self.accept_path

    def action(self) -> str:
        return _("See the invitation")


@dataclass(frozen=True)
class SomebodyAsks(OfGroup, Notice):
    """To those who lead: somebody wishes to join, and the charter wants a yes."""

    kind = "groups.somebody_asks"

    name: str
    role: str

    def subject(self) -> str:
        return _("%(name)s would like to join %(group)s") % {"name": self.name, "group": self.group.name}

    def path(self) -> str:
        return reverse("join_requests", args=[self.group.slug])

    def action(self) -> str:
        return _("Answer")


@dataclass(frozen=True)
class RequestAnswered(OfGroup, Notice):
    """To who asked to join: what was answered."""

    kind = "groups.request_answered"
    needed = True

    request: JoinRequest

    @property
    def said_yes(self) -> bool:
        return self.request.state == RequestState.APPROVED

    def subject(self) -> str:
        if self.said_yes:
            return _("Welcome to %(group)s") % {"group": self.group.name}
        return _("Your wish to join %(group)s") % {"group": self.group.name}

    def path(self) -> str:
        return reverse("group", args=[self.group.slug])

    def action(self) -> str:
        return _("Go to the group")


@dataclass(frozen=True)
class LeadIsOffered(Notice):
    """To who is asked to lead a group."""

    kind = "groups.lead_is_offered"
    topic = "groups"
    needed = True

    appointment: ManagerAppointment

    def subject(self) -> str:
        return _("Would you lead %(group)s?") % {"group": self.appointment.group.name}

    def path(self) -> str:
        return reverse("appointment", args=[self.appointment.pk])

    def action(self) -> str:
        return _("Read it and answer")


@dataclass(frozen=True)
class LeadWasAnswered(OfGroup, Notice):
    """To who offered it: what the person said."""

    kind = "groups.lead_was_answered"

    name: str
    said_yes: bool
    starts_on: date

    def subject(self) -> str:
        if self.said_yes:
            return _("%(name)s will lead %(group)s") % {"name": self.name, "group": self.group.name}
        return _("%(name)s will not lead %(group)s") % {"name": self.name, "group": self.group.name}


@dataclass(frozen=True)
class LeadIsEnding(OfGroup, Notice):
    """To who leads and to those who appoint: a term ends in some days. `name` is empty for the one it is about."""

    kind = "groups.lead_is_ending"

    appointment: ManagerAppointment
    days: int
    name: str = ""

    def subject(self) -> str:
        words = {"group": self.group.name, "days": self.days, "name": self.name}
        if self.name:
            return _("The term of %(name)s in %(group)s ends within %(days)d days") % words
        return _("Your term in %(group)s ends within %(days)d days") % words

    def once(self) -> str:
        return f"{self.appointment.pk}:{self.appointment.ends_on.isoformat()}:{self.days}"


@dataclass(frozen=True)
class LeadHasEnded(OfGroup, Notice):
    """To who led, when their term is over."""

    kind = "groups.lead_has_ended"
    needed = True

    why: str

    def subject(self) -> str:
        return _("Your term in %(group)s has ended") % {"group": self.group.name}
