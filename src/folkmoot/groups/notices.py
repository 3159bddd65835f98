"""What people are told about groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import Group, Term
from folkmoot.notices.kinds import Notice


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
