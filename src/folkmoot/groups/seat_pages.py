"""What the pages of seats show, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.domain.offices import free_from
from folkmoot.groups.models import Group, Participation, Power, Role, Seat, Term
from folkmoot.groups.pages import is_named_publicly
from folkmoot.people.models import Person
from folkmoot.ui.tables import Column, DataTable
from folkmoot.ui.times import plain_date

YEARS_SHOWN = 5


@dataclass(frozen=True)
class SeatLine:
    """A seat with its terms, as far as a reader may know who holds them."""

    seat: Seat
    terms: Sequence[Term]
    on: date
    names_shown: bool

    @property
    def now(self) -> Term | None:
        """The term that holds today."""
        return next((term for term in self.terms if term.span.holds_on(self.on)), None)

    @property
    def next(self) -> Term | None:
        """The soonest term that is to begin."""
        coming = [term for term in self.terms if term.begins_on > self.on and not term.span.is_empty]
        return min(coming, key=lambda term: term.begins_on, default=None)

    @property
    def shown_terms(self) -> list[Term]:
        """All terms that were held or are to be, the latest first."""
        return [term for term in self.terms if not term.span.is_empty]

    @property
    def free_from(self) -> date | None:
        return free_from([term.span for term in self.terms], self.on)

    @property
    def days_served(self) -> int:
        return (self.on - self.now.begins_on).days if self.now else 0

    @property
    def days_in_all(self) -> int:
        """The days of the present term; 0 where its end is open."""
        ends = self.now.span.ends if self.now else None
        return (ends - self.now.begins_on).days if self.now and ends else 0

    @property
    def rule(self) -> str:
        """How the seat is filled and for how long, in a line."""
        words = [str(self.seat.get_filling_display())]
        if self.seat.term_months:
            words.append(months_words(self.seat.term_months))
        if self.seat.most_terms:
            most = self.seat.most_terms
            words.append(
                ngettext("%(count)d term in a row at most", "%(count)d terms in a row at most", most) % {"count": most}
            )
        if self.seat.role:
            words.append(_("with the power of %(role)s") % {"role": self.seat.role.name})
        return ", ".join(words)

    @property
    def clause_url(self) -> str:
        if not self.seat.clause_anchor:
            return ""
        return f"{reverse('charter', args=[self.seat.group.slug])}#{self.seat.clause_anchor}"

    def name_of(self, term: Term) -> str:
        return term.person.name if self.names_shown else _("somebody")


@dataclass(frozen=True)
class LeadingRole:
    """The managing role with its seats: who takes part in it, and how many are free."""

    role: Role
    holders: Sequence[Participation]
    names_shown: bool = True

    @property
    def named(self) -> list[Participation]:
        """Those whose name the reader may know: for strangers, those who agreed to it."""
        return [one for one in self.holders if self.names_shown or is_named_publicly(one)]

    @property
    def unnamed(self) -> int:
        return len(self.holders) - len(self.named)

    @property
    def free(self) -> int:
        return max(0, self.role.seats - len(self.holders)) if self.role.seats is not None else 0


@dataclass(frozen=True)
class SeatsPage:
    """A group's offices: the managing role first, then the seats."""

    group: Group
    on: date
    leading: Sequence[LeadingRole]
    lines: Sequence[SeatLine]

    @property
    def is_led(self) -> bool:
        """Whether anybody leads the group today, by role or by a seat."""
        if any(role.holders for role in self.leading):
            return True
        return any(
            line.now is not None and line.seat.role is not None and line.seat.role.power == Power.MANAGE
            for line in self.lines
        )

    @property
    def overview(self) -> DataTable:
        """Who holds what over some years, a column for each year: the staggering at a glance."""
        years = range(self.on.year - 1, self.on.year - 1 + YEARS_SHOWN)
        columns = (Column(_("Seat")), *(Column(str(year)) for year in years))
        rows = [
            (
                format_html('<a href="{}">{}</a>', line.seat.get_absolute_url(), line.seat.title),
                *(self._in_year(line, year) for year in years),
            )
            for line in self.lines
        ]
        caption = _("Who holds which seat in which year. A day beside a name says when a term begins.")
        return DataTable(caption, columns, tuple(rows))

    def _in_year(self, line: SeatLine, year: int) -> str:
        first, last = date(year, 1, 1), date(year, 12, 31)
        held = []
        for term in sorted(line.shown_terms, key=lambda one: one.begins_on):
            ends = term.span.ends
            if term.begins_on > last or (ends is not None and ends <= first):
                continue
            name = line.name_of(term)
            begins_here = term.begins_on.year == year
            held.append(f"{name} ({term.begins_on:%-d %b})" if begins_here else name)
        return "; ".join(held) or _("free")


def seats_page(group: Group, *, on: date, sees_all: bool, signed_in: bool = True) -> SeatsPage:
    """The seats of a group that exist, in four queries; `sees_all` shows names also where the seat is not public.

    Who leads is named to whoever is `signed_in`, and to strangers by their own consent.
    """
    present = (
        Participation.objects.filter(ended_at=None).select_related("person", "appointment").order_by("began_at", "pk")
    )
    roles = group.roles.filter(power=Power.MANAGE, retired_at=None).prefetch_related(
        Prefetch("participations", queryset=present, to_attr="present")
    )
    seats = (
        group.seats.filter(retired_on=None)
        .select_related("role")
        .prefetch_related(Prefetch("terms", queryset=Term.objects.select_related("person").order_by("-begins_on")))
    )
    lines = [_line(seat, group, on, sees_all) for seat in seats]
    return SeatsPage(group, on, [LeadingRole(role, role.present, signed_in) for role in roles], lines)


def seat_line(seat: Seat, *, on: date, sees_all: bool) -> SeatLine:
    """One seat with its whole history."""
    terms = list(seat.terms.select_related("person").order_by("-begins_on", "-pk"))
    return SeatLine(seat, terms, on, sees_all or seat.is_public)


def _line(seat: Seat, group: Group, on: date, sees_all: bool) -> SeatLine:
    seat.group = group
    return SeatLine(seat, list(seat.terms.all()), on, sees_all or seat.is_public)


def table_rows(page: SeatsPage) -> list[tuple[str, ...]]:
    """Every term of every seat, for a spreadsheet."""
    return [
        (
            line.seat.title,
            line.name_of(term),
            term.begins_on.isoformat(),
            term.span.ends.isoformat() if term.span.ends else "",
            str(term.get_how_display()),
            str(term.get_ended_because_display()) if term.ended_because else "",
        )
        for line in page.lines
        for term in line.shown_terms
    ]


def months_words(months: int) -> str:
    """The length of a term: "2 years", "6 months"."""
    if months % 12 == 0:
        return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def history_table(line: SeatLine) -> DataTable:
    """Who held a seat from when to when, the latest first."""
    rows = []
    for term in line.shown_terms:
        ends = term.span.ends
        rows.append(
            (
                line.name_of(term),
                plain_date(term.begins_on),
                plain_date(ends) if ends else _("open"),
                str(term.get_how_display()),
                str(term.get_ended_because_display()) if term.ended_because else "",
            )
        )
    columns = (_("Held by"), _("From"), _("Until"), _("How"), _("Why it ended"))
    return DataTable(
        _("Everybody who has held this seat, and who is to hold it."),
        tuple(Column(name) for name in columns),
        tuple(rows),
    )


def people_for_seats(group: Group) -> list[Person]:
    """Whom one may choose for a seat: everybody with a record here, those who take part in the group first."""
    mine = set(group.participations.filter(ended_at=None).values_list("person_id", flat=True))
    return sorted(Person.objects.filter(is_active=True), key=lambda person: (person.pk not in mine, person.name))
