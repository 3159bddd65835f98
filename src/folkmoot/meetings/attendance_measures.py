"""What key results may count of attendance: how many, never who."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.attendance_reading import Counted as CountedThere
from folkmoot.meetings.attendance_reading import counts_of
from folkmoot.meetings.models import Meeting, Status
from folkmoot.plan.domain.periods import quarter_of
from folkmoot.plan.measures import MEASURES, Counted, end_of
from folkmoot.ui.slots import Label


class PeopleOnCalls:
    """How many people were on a call on average, in the quarter up to a day; guests are not among them.

    Calls of which nobody noted who was there are left out; without any there is no value.
    """

    label: Label = _("People on a call, on average in the quarter so far")
    unit: Label = _("people")

    def value(self, group: Group, on: date) -> Decimal | None:
        """To one decimal place."""
        counts = _counts(group, on)
        if not counts:
            return None
        average = Decimal(sum(one.people for one in counts)) / len(counts)
        return average.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def calls_between(group: Group, first: date, last: date) -> models.QuerySet[Meeting]:
    """The calls that took place from one day to another, both included, in order of time."""
    return Meeting.objects.filter(
        group=group,
        status=Status.PLANNED,
        starts_at__gte=end_of(first - timedelta(days=1)),
        starts_at__lt=end_of(last),
    ).order_by("starts_at", "pk")


def _counts(group: Group, on: date) -> list[CountedThere]:
    return list(counts_of(calls_between(group, quarter_of(on).first, on)).values())


def _guests(group: Group, on: date) -> int:
    return sum(one.guests for one in _counts(group, on))


def fill() -> None:
    """Offer both."""
    MEASURES.register("meetings.people_on_calls", PeopleOnCalls(), order=70, by=__name__)
    MEASURES.register(
        "meetings.guests",
        Counted(_("Guests on calls in the quarter so far"), _("guests"), _guests),
        order=80,
        by=__name__,
    )
