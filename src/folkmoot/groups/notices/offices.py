"""What people are told about groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import Group, GroupProposal, Handover, Term
from folkmoot.notices.kinds import Notice
from folkmoot.people.models import Person


@dataclass(frozen=True)
class TermGiven(Notice):
    """To somebody who was given a seat."""

    kind = "groups.term_given"
    topic = "groups"

    term: Term

    def subject(self) -> str:
        return _("You hold a seat in %(group)s: %(seat)s") % _of(self.term)

    def path(self) -> str:
        return reverse("seat", args=[self.term.seat_id])


@dataclass(frozen=True)
class TermEndedNotice(Notice):
    """To somebody whose term is over."""

    kind = "groups.term_ended"
    topic = "groups"

    term: Term

    def subject(self) -> str:
        return _("Your term as %(seat)s in %(group)s is over") % _of(self.term)

    def path(self) -> str:
        return reverse("seat", args=[self.term.seat_id])

    def once(self) -> str:
        return f"term-ended-{self.term.pk}"


@dataclass(frozen=True)
class TermEndsSoon(Notice):
    """To the holder and to those who fill the seat, some days before a term ends; once for each number of days."""

    kind = "groups.term_ends_soon"
    topic = "groups"

    term: Term
    days: int
    notch: int

    def subject(self) -> str:
        words = ngettext(
            "The term of %(person)s as %(seat)s ends in %(days)d day",
            "The term of %(person)s as %(seat)s ends in %(days)d days",
            self.days,
        )
        return words % {**_of(self.term), "days": self.days}

    def path(self) -> str:
        return reverse("seat", args=[self.term.seat_id])

    def once(self) -> str:
        return f"term-ends-{self.term.pk}-{self.term.ends_on}-{self.notch}"


@dataclass(frozen=True)
class GroupHasNoManager(Notice):
    """To those who oversee a group that nobody leads; once for each day on which that began."""

    kind = "groups.no_manager"
    topic = "groups"

    group: Group
    since: str

    def subject(self) -> str:
        return _("Nobody leads %(group)s at the moment") % {"group": self.group.name}

    def path(self) -> str:
        return self.group.get_absolute_url()

    def once(self) -> str:
        return f"no-manager-{self.group.pk}-{self.since}"


def _of(term: Term) -> dict[str, str]:
    return {"person": term.person.name, "seat": term.seat.title, "group": term.seat.group.name}


@dataclass(frozen=True)
class HandoverNotice(Notice):
    """What all notices about one handover share."""

    kind = "groups.handover"  # never told itself
    topic = "groups"

    handover: Handover

    def path(self) -> str:
        return self.handover.get_absolute_url()

    def _said(self) -> dict[str, str]:
        return {"leaver": self.handover.leaver.name, "group": self.handover.group.name}


@dataclass(frozen=True)
class HandoverIsOffered(HandoverNotice):
    """To whoever is to take something over."""

    kind = "groups.handover_offered"

    def subject(self) -> str:
        return _("%(leaver)s would like to hand something over to you in %(group)s") % self._said()

    def action(self) -> str:
        return _("Read it and answer")


@dataclass(frozen=True)
class HandoverIsAnswered(HandoverNotice):
    """To whoever hands over: what somebody accepted and declined."""

    kind = "groups.handover_answered"

    by: Person
    accepted: int
    declined: int

    def subject(self) -> str:
        return _("%(person)s has answered your handover in %(group)s") % {**self._said(), "person": self.by.name}


@dataclass(frozen=True)
class HandoverIsToSign(HandoverNotice):
    """To all who are to sign, once every line has an answer that stands."""

    kind = "groups.handover_to_sign"

    def subject(self) -> str:
        return _("The handover of %(leaver)s in %(group)s is ready to be signed") % self._said()

    def action(self) -> str:
        return _("Sign it")


@dataclass(frozen=True)
class HandoverIsDone(HandoverNotice):
    """To all who signed and those who oversee the group."""

    kind = "groups.handover_done"

    def subject(self) -> str:
        return _("The handover of %(leaver)s in %(group)s is signed") % self._said()


@dataclass(frozen=True)
class HandoverIsWithdrawn(HandoverNotice):
    """To those who were to take something."""

    kind = "groups.handover_withdrawn"

    def subject(self) -> str:
        return _("%(leaver)s has withdrawn the handover in %(group)s") % self._said()


@dataclass(frozen=True)
class ShadowMonthIsOver(HandoverNotice):
    """To leaver and taker on the day on which role and seats pass."""

    kind = "groups.shadow_over"

    def subject(self) -> str:
        return _("What %(leaver)s handed over in %(group)s has passed") % self._said()


@dataclass(frozen=True)
class HandoverIsStuck(HandoverNotice):
    """To the leaver and those who oversee the group when the day has come and the role cannot pass; once."""

    kind = "groups.handover_stuck"

    why: str

    def subject(self) -> str:
        return _("What %(leaver)s handed over in %(group)s could not pass") % self._said()

    def once(self) -> str:
        return f"handover-stuck-{self.handover.pk}"


@dataclass(frozen=True)
class GroupIsProposed(Notice):
    """To those who may take a proposal up."""

    kind = "groups.proposed"
    topic = "groups"

    proposal: GroupProposal

    def subject(self) -> str:
        return _("%(person)s proposes a group: %(name)s") % {
            "person": self.proposal.by.name,
            "name": self.proposal.name,
        }

    def path(self) -> str:
        return self.proposal.get_absolute_url()


@dataclass(frozen=True)
class ProposalIsAnswered(Notice):
    """To whoever proposed a group: it is taken up, or declined with words."""

    kind = "groups.proposal_answered"
    topic = "groups"

    proposal: GroupProposal

    def subject(self) -> str:
        if self.proposal.group is not None:
            return _("Your proposal was taken up: %(name)s") % {"name": self.proposal.name}
        return _("Your proposal was declined: %(name)s") % {"name": self.proposal.name}

    def path(self) -> str:
        return self.proposal.group.get_absolute_url() if self.proposal.group else self.proposal.get_absolute_url()


@dataclass(frozen=True)
class GroupIsClosed(Notice):
    """To those who took part in a group on the day on which it was closed."""

    kind = "groups.closed"
    topic = "groups"

    group: Group

    def subject(self) -> str:
        return _("%(group)s is closed") % {"group": self.group.name}

    def path(self) -> str:
        return self.group.get_absolute_url()
