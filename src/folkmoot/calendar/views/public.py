"""The public calendar, and the feeds."""

from __future__ import annotations

from datetime import date, timedelta
from heapq import merge
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.calendar import feeds
from folkmoot.calendar.filters import filter_of
from folkmoot.calendar.queries import MOST_AT_ONCE, public_between
from folkmoot.calendar.shown_layers import elsewhere_between, shown_layers
from folkmoot.calendar.subscriptions import group_subscription, organisation_subscription
from folkmoot.calendar.weeks import REACH, WEEKS_SHOWN, by_week, midnight, monday_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import all_groups
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import Reader
from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person


@require_safe
@kept_for_strangers
def calendar(request: HttpRequest) -> HttpResponse:
    """What takes place in the coming weeks, in the reader's zone: of all groups and foreign calendars, or of some."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    today = timezone.now().astimezone(zones.zone(reader.zone)).date()
    first = _first_day(request.GET.get("from", ""), today)
    chosen = filter_of(request.GET, list(all_groups()), shown_layers())
    last = monday_of(first) + timedelta(weeks=WEEKS_SHOWN)
    start = midnight(first, reader.zone)
    # What began before midnight is listed on the day on which it began.
    ours = [
        one
        for one in public_between(start, midnight(last, reader.zone), groups=chosen.groups)
        if one.starts_at >= start
    ]
    elsewhere = elsewhere_between(first, last, zone=reader.zone, layers=chosen.layers)
    organisation = the_organisation()
    group = chosen.only_group
    return render(
        request,
        "calendar/calendar.html",
        {
            "weeks": by_week(merge(ours, elsewhere, key=attrgetter("starts_at")), reader.zone),
            # The list goes by one zone; where the reader's is not known, its name stands beside each time.
            "zone": reader.zone,
            "zone_known": reader.zone_known,
            "first": first,
            "last": last - timedelta(days=1),
            "later": last if last <= today + REACH else None,
            "earlier": _earlier(first, today),
            "from_today": first == today,
            "filter": chosen,
            "group": group,
            "is_cut": max(len(ours), len(elsewhere)) >= MOST_AT_ONCE,
            "may_change_layers": is_steward(signed_in_person(request)),
            "subscription": group_subscription(group) if group else organisation_subscription(str(organisation or "")),
        },
    )


@require_safe
@kept_for_strangers
def subscribe_to_all(request: HttpRequest) -> HttpResponse:
    """How to have the calls of all groups in one's own calendar."""
    subscription = organisation_subscription(str(the_organisation() or ""))
    return render(request, "calendar/subscribe.html", {"subscription": subscription})


@require_safe
@kept_for_strangers
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """How to have a group's calls in one's own calendar."""
    group = get_object_or_404(Group, slug=slug)
    return render(request, "calendar/subscribe.html", {"subscription": group_subscription(group), "group": group})


@require_safe
def organisation_feed(request: HttpRequest) -> HttpResponse:
    """Everything public, as iCalendar."""
    return feeds.answer(request, feeds.of_organisation())


@require_safe
def group_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is public of one group, as iCalendar."""
    return feeds.answer(request, feeds.of_group(slug))


def _first_day(wish: str, today: date) -> date:
    if not wish:
        return today
    try:
        day = date.fromisoformat(wish)
    except ValueError:
        raise Refused(_("A day is written like 2026-11-25."), code="invalid") from None
    if not today - REACH <= day <= today + REACH:
        raise Refused(_("The calendar goes two years back and two years ahead."), code="invalid")
    return day


def _earlier(first: date, today: date) -> date | None:
    earlier = monday_of(first) - timedelta(weeks=WEEKS_SHOWN)
    if earlier < today < first:
        return today
    return earlier if earlier >= today - REACH else None
