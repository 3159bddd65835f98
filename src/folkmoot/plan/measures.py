"""What the system can measure by itself for key results.

A room registers a `Measure` under a name that is kept with the key result ("groups.people"); rooms above add theirs in
their `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group, Participation, Power, Term
from folkmoot.kit import zones
from folkmoot.kit.registry import Registry
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.plan.domain.periods import quarter_of
from folkmoot.ui.slots import Label


class Measure(Protocol):
    """One thing that can be counted or worked out for a group."""

    @property
    def label(self) -> Label:
        """What is measured: "People taking part"."""

    @property
    def unit(self) -> Label:
        """What the number counts: "people"."""

    def value(self, group: Group, on: date) -> Decimal | None:
        """The value at the end of a day, in the organisation's zone; None when it cannot be told."""


MEASURES: Registry[Measure] = Registry("measure")


@dataclass(frozen=True)
class Counted:
    """A measure that is a number of rows."""

    label: Label
    unit: Label
    count: Callable[[Group, date], int]

    def value(self, group: Group, on: date) -> Decimal | None:
        return Decimal(self.count(group, on))


def end_of(day: date) -> datetime:
    """The instant at which a day ends in the organisation's zone."""
    organisation = the_organisation()
    zone = zones.zone(organisation.zone if organisation else "UTC")
    return datetime.combine(day + timedelta(days=1), time(), zone)


def taking_part(group: Group, on: date) -> models.QuerySet[Participation]:
    """Who was in the group when a day ended."""
    end = end_of(on)
    return group.participations.filter(began_at__lt=end).filter(models.Q(ended_at=None) | models.Q(ended_at__gte=end))


def newcomers(group: Group, first: date, last: date) -> int:
    """How many people came into the group for the first time between two days, both included."""
    beginnings = group.participations.values("person").annotate(first=models.Min("began_at"))
    return beginnings.filter(first__gte=end_of(first - timedelta(days=1)), first__lt=end_of(last)).count()


def _people(group: Group, on: date) -> int:
    return taking_part(group, on).count()


def _contributors(group: Group, on: date) -> int:
    return taking_part(group, on).exclude(role__power=Power.OBSERVE).count()


def _managers(group: Group, on: date) -> int:
    leading = taking_part(group, on).filter(role__power=Power.MANAGE).values("person")
    seated = Term.objects.on(on).filter(seat__group=group, seat__role__power=Power.MANAGE).values("person")
    return Person.objects.filter(models.Q(pk__in=leading) | models.Q(pk__in=seated)).count()


def _newcomers(group: Group, on: date) -> int:
    return newcomers(group, quarter_of(on).first, on)


def _zones(group: Group, on: date) -> int:
    return taking_part(group, on).exclude(person__zone="").values("person__zone").distinct().count()


def _groups(group: Group, on: date) -> int:
    return Group.objects.filter(created_at__lt=end_of(on)).count()


def fill() -> None:
    """Offer what can be measured from the rooms below."""
    offered = (
        ("groups.people", Counted(_("People in the group"), _("people"), _people)),
        ("groups.contributors", Counted(_("People who contribute or lead"), _("people"), _contributors)),
        ("groups.managers", Counted(_("Managers"), _("people"), _managers)),
        ("groups.newcomers", Counted(_("Newcomers in the quarter so far"), _("people"), _newcomers)),
        ("groups.zones", Counted(_("Time zones that people live in"), _("time zones"), _zones)),
        ("groups.groups", Counted(_("Groups in the organisation"), _("groups"), _groups)),
    )
    for order, (name, measure) in enumerate(offered, 1):
        MEASURES.register(name, measure, order=order * 10, by=__name__)
