"""The sample community's foreign calendar: as if it had been read this morning from the foundation's own pages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.actions.layers import add_layer
from folkmoot.calendar.models import Layer, LayerItem
from folkmoot.kit import zones
from folkmoot.ledger.actors import Actor

ZONE = "Europe/Lisbon"


@transaction.atomic
def show_foreign_calendar(*, by: Actor) -> None:
    """A calendar kept elsewhere, with what it has in the coming months; nobody is asked for it."""
    layer = add_layer(name=_("Foundation dates"), address="https://calendar.example.org/dates.ics", zone=ZONE, by=by)
    now = timezone.now()
    today = now.date()
    LayerItem.objects.bulk_create([*_hours(layer, today), *_days(layer, today)])
    # Never due: there is no such server, and the sample is to be had without a network.
    Layer.objects.filter(pk=layer.pk).update(read_at=now, asked_at=now, worked_out_at=now, next_try_at=None)


def _hours(layer: Layer, today: date) -> list[LayerItem]:
    """An hour of questions and answers in every fourth week."""
    first = today + timedelta(days=(3 - today.weekday()) % 7 + 7)
    starts = [
        zones.local_to_utc(datetime.combine(first + timedelta(weeks=4 * number), time(15)), ZONE).utc
        for number in range(3)
    ]
    return [
        LayerItem(
            layer=layer,
            key=f"hour-{number}",
            summary=_("Ask the foundation"),
            url="https://calendar.example.org/ask",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            zone=ZONE,
        )
        for number, start in enumerate(starts)
    ]


def _days(layer: Layer, today: date) -> list[LayerItem]:
    """A summit of three days."""
    first = today + timedelta(days=(1 - today.weekday()) % 7 + 21)
    return [
        LayerItem(
            layer=layer,
            key="summit",
            summary=_("Commons summit"),
            location="Porto",
            url="https://calendar.example.org/summit",
            first_day=first,
            last_day=first + timedelta(days=2),
        )
    ]
