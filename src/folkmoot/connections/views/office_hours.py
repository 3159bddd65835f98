"""Office hours for whoever books them: what is offered, one offer with its slots, booking one, giving it back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.connections.actions.office_hours_booking import (
    answer_asked,
    book,
    call_booking_off,
    give_back,
    note_came,
)
from folkmoot.connections.domain.office_days import slots_by_key
from folkmoot.connections.domain.office_hours import Slot, may_cancel
from folkmoot.connections.forms.office_hours import BookForm
from folkmoot.connections.models.office_hours import BookingState, OfficeBooking, OfficeHours
from folkmoot.connections.office_hours_events import event_for
from folkmoot.connections.office_hours_links import read_give_back_link
from folkmoot.connections.office_hours_page import by_day, lines_for, place_in_line, sittings_of, when_they_are
from folkmoot.connections.queries.office_hours import (
    REMEMBERED,
    booking_of,
    coming_bookings,
    offers_held_by,
    offers_running,
    offers_seen_by,
    office_hours_of,
    past_bookings,
    pattern_of,
)
from folkmoot.connections.rules.office_hours import may_end_hours, may_offer_hours, takes_bookings
from folkmoot.kit import ical
from folkmoot.kit.errors import Refused
from folkmoot.people.guards import GuardedForm
from folkmoot.people.models import Person
from folkmoot.people.reader import reader_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

PAST_SHOWN = 10
MOST_TO_NOTE = 100


@require_safe
@never_cache
@login_required
def office_hours(request: HttpRequest) -> HttpResponse:
    """What one booked, what is offered, and what one holds."""
    person, now = signed_in(request), timezone.now()
    held = list(offers_held_by(person))
    context = {
        "coming": list(coming_bookings(person, now)[:50]),
        "offers": [(one, when_they_are(one)) for one in offers_running(offers_seen_by(person), now)[:100]],
        "held": [(one, when_they_are(one), one.last_day_is_over(now)) for one in held],
        "past": list(past_bookings(person, now)[:PAST_SHOWN]),
        "may_offer": may_offer_hours(person, None),
    }
    return render(request, "connections/office_hours/office_hours.html", context)


@require_safe
@never_cache
@login_required
def office_hours_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: its slots by the reader's clock, or who comes, for whoever holds it."""
    person, now = signed_in(request), timezone.now()
    hours = office_hours_of(person, pk)
    if hours.host_id == person.pk:
        return _held_page(request, hours)
    takes = takes_bookings(hours, now)
    lines = lines_for(hours, person, now)
    mine = [line for line in lines if line.stands == "mine"]
    context = {
        "hours": hours,
        "when": when_they_are(hours, reader_of(request).clock),
        "takes": takes,
        "days": by_day(lines, reader_of(request).zone),
        "mine": mine,
        "has_enough": len(mine) >= hours.most_each,
        "may_end": hours.group is not None and bool(may_end_hours(person, hours)),
    }
    return render(request, "connections/office_hours/offer.html", context)


def _held_page(request: HttpRequest, hours: OfficeHours) -> HttpResponse:
    now = timezone.now()
    past = OfficeBooking.objects.filter(
        hours=hours, state=BookingState.BOOKED, starts_at__lte=now, starts_at__gt=now - REMEMBERED
    )
    shown = list(past.select_related("person").order_by("-starts_at", "-pk")[:MOST_TO_NOTE])
    context = {
        "hours": hours,
        "when": when_they_are(hours, reader_of(request).clock),
        "takes": takes_bookings(hours, now),
        "is_over": hours.last_day_is_over(now),
        "sittings": sittings_of(hours, now),
        "unsaid": [one for one in shown if one.came is None],
        "noted": [one for one in shown if one.came is not None],
    }
    return render(request, "connections/office_hours/held.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def book_slot(request: HttpRequest, pk: int) -> HttpResponse:
    """Book one slot, named by `slot`, with a few words about what for; where it was taken meanwhile, wait for it."""
    person, now = signed_in(request), timezone.now()
    hours = office_hours_of(person, pk)
    if hours.host_id == person.pk:
        return redirect(hours)
    key = request.POST.get("slot") or request.GET.get("slot", "")
    if not key:
        return redirect(hours)
    line = next((one for one in lines_for(hours, person, now) if one.slot.key == key), None)
    if line is not None and line.booking is not None and request.method != "POST":
        return redirect(line.booking)
    slot = line.slot if line else slots_by_key(pattern_of(hours), [key]).get(key)
    if slot is None:
        raise Http404
    is_full = line is not None and line.stands == "full"
    form = BookForm(request.POST if request.method == "POST" else None, initial={"slot": key})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            booking = book(hours, said["slot"], topic=said["topic"], waits=said["waits"], by=person)
        except Refused as refused:
            if refused.code == "not_found":
                raise
            form.add_error("topic" if refused.params.get("field") == "topic" else None, refused.message)
            is_full = refused.code == "taken"
        else:
            say(request, _said(booking))
            return redirect(booking)
    context = {"hours": hours, "slot": slot, "is_full": is_full, "line": line}
    return form_page(request, "connections/office_hours/book.html", form, **context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking, for whoever booked and whoever holds the hours; POST does what its button says."""
    person = signed_in(request)
    found = booking_of(person, pk)
    if request.method == "POST":
        return _do(request, found, person)
    now = timezone.now()
    slot = Slot(found.key, found.starts_at, found.ends_at)
    context = {
        "booking": found,
        "hours": found.hours,
        "is_host": found.hours.host_id == person.pk,
        "has_begun": found.starts_at <= now,
        "can_give_back": may_cancel(pattern_of(found.hours), slot, now) if found.is_open else None,
        "place": place_in_line(found) if found.state == BookingState.WAITING else 0,
        "states": BookingState,
    }
    return render(request, "connections/office_hours/booking.html", context)


def _do(request: HttpRequest, found: OfficeBooking, person: Person) -> HttpResponse:
    match request.POST.get("do"):
        case "give_back":
            give_back(found, by=person)
            say(request, _("It is given back. Thank you for saying so."))
            return redirect("office_hours")
        case "yes" | "no" as answer:
            answer_asked(found, yes=answer == "yes", by=person)
            say(request, _("They have been told."))
        case "call_off":
            call_booking_off(found, by=person)
            say(request, _("It is called off, and they have been told."))
        case "came" | "missed" | "unsaid" as said:
            note_came(found, {"came": True, "missed": False}.get(said), by=person)
            say(request, _("Noted, for the two of you alone."))
        case _:
            raise Refused(_("Please use one of the buttons of the page."), code="invalid")
    return redirect(found.hours)


@require_safe
@never_cache
@login_required
def booking_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A booking as a file for calendars; 404 for one that is not booked."""
    person = signed_in(request)
    found = booking_of(person, pk)
    if found.state != BookingState.BOOKED:
        raise Http404
    event = event_for(found, person)
    content = ical.calendar([ical.component(event)], ical.timezones([(event.zone, event.first, event.last)]))
    response = HttpResponse(content, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="office-hours.ics"'
    return response


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def give_back_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Give a slot back from a mail, without signing in: GET shows one button and changes nothing."""
    template = "connections/office_hours/give_back.html"
    try:
        found = read_give_back_link(token)
    except Refused as refused:
        return render(request, template, {"why": refused.message}, status=404)
    context: dict[str, object] = {"booking": found, "hours": found.hours}
    form = GuardedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.trapped:
        try:
            give_back(found, by=found.person)
        except Refused as refused:
            return render(request, template, {**context, "why": refused.message}, status=409)
        return render(request, template, {**context, "is_done": True})
    if found.state == BookingState.GIVEN_BACK:
        return render(request, template, {**context, "is_done": True})
    if not found.is_open or found.starts_at <= timezone.now():
        why = _("It has begun already.") if found.is_open else _("It was called off before, so there is nothing to do.")
        return render(request, template, {**context, "why": why})
    return form_page(request, template, form, **context)


def _said(booking: OfficeBooking) -> str:
    match booking.state:
        case BookingState.WAITING:
            return _("You are on the waiting list. Once a seat comes free for you, it is yours, and you are told.")
        case BookingState.ASKED:
            return _("The place is kept for you until your host has said yes; you are told.")
        case _:
            return _("It is yours. A mail with an entry for your calendar is on its way.")
