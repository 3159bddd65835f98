"""Office hours on the page that gathers the ways of finding each other, and in people's own calendars."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.calendar import offers
from folkmoot.connections.hub import add_way
from folkmoot.connections.office_hours_events import own_events
from folkmoot.connections.queries.office_hours import coming_bookings, offers_running, offers_seen_by
from folkmoot.connections.rules.office_hours import may_offer_hours
from folkmoot.groups.models import Group
from folkmoot.ui.chrome import signed_in_person

SHOWN = 3


def fill() -> None:
    """Hang the way on its page, and what is booked into people's own feeds."""
    add_way("office_hours", _way, order=40)
    offers.own_events.register("connections.office_hours", own_events, order=40, by=__name__)


def _way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """For everybody what they booked; for a group what is offered in it, and the way to offer more."""
    person = signed_in_person(request)
    if person is None:
        return None
    now = timezone.now()
    context: dict[str, object] = {"group": group}
    if group is None:
        context["coming"] = list(coming_bookings(person, now)[:SHOWN])
    else:
        context["offers"] = offers_running(offers_seen_by(person, group=group), now)[:SHOWN]
        if may_offer_hours(person, group):
            context["offer_url"] = f"{reverse('offer_office_hours')}?group={group.slug}"
    return render_to_string("connections/office_hours/way.html", context, request)
