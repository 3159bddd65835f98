"""Pages for those who look after a call: the list, names that were pasted, guests, the code, the opening texts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    close_attendance,
    identify_guest,
    make_code,
    make_guest_nameless,
    note_guest,
    note_opening_read,
    take_back_opening_read,
    tick_off,
    withdraw_guest,
)
from folkmoot.meetings.attendance_page import AttendancePage, attendance_page
from folkmoot.meetings.attendance_reading import attendance_of
from folkmoot.meetings.attendance_rules import may_look_after_call, may_note_attendance
from folkmoot.meetings.domain.name_list import find_people, names_in
from folkmoot.meetings.domain.presence import spelled_code
from folkmoot.meetings.forms.attendance import (
    FoundNamesForm,
    GuestForm,
    HostListForm,
    KnownGuestForm,
    NamesForm,
    ReasonOnlyForm,
)
from folkmoot.meetings.models import Attendance
from folkmoot.meetings.views.answering import signed_in
from folkmoot.people.models import Person
from folkmoot.people.queries import people_with_emails
from folkmoot.plan.who import people_in_any
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick off who is there, and add guests by name."""
    page = _page_to_note(request, pk)
    present = attendance_of(page.meeting)
    on_list = [row.person for row in present.people if row.person is not None]
    people = sorted({*people_in_any(page.meeting.groups), *on_list}, key=lambda person: (person.name_key, person.pk))
    closed = page.closed_on is not None
    sent = request.POST if request.method == "POST" else None
    adds_guest = sent is not None and sent.get("do") == "guest"
    form = HostListForm(
        None if adds_guest else sent,
        people=people,
        ticked=[person.pk for person in on_list],
        needs_why=closed,
    )
    guest_form = GuestForm(sent if adds_guest else None, needs_why=closed, prefix="guest")
    by = signed_in(request)
    if adds_guest and guest_form.is_valid():
        try:
            note_guest(page.meeting, **guest_form.cleaned_data, by=by)
        except Refused as refused:
            guest_form.add_error("name" if refused.code == "invalid" else None, refused.message)
        else:
            say(request, _("The guest is on the list."))
            return redirect("attendance_list", pk)
    elif sent is not None and not adds_guest and form.is_valid():
        why = form.cleaned_data.get("why", "")
        try:
            changed = tick_off(page.meeting, there=form.come, not_there=form.gone, why=why, by=by)
        except Refused as refused:  # it was closed meanwhile
            form.add_error(None, refused.message)
        else:
            say(request, ngettext("%(n)d change was noted.", "%(n)d changes were noted.", changed) % {"n": changed})
            return redirect("attendance", pk)
    context = {"page": page, "group": page.group, "form": form, "guest_form": guest_form, "present": present}
    return render(request, "meetings/host_list.html", context, status=400 if form.errors or guest_form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste a list of names, look at who was found, and note them."""
    page = _page_to_note(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = NamesForm(sent)
    context = {"page": page, "group": page.group, "form": form}
    if sent is None or not form.is_valid():
        return render(request, "meetings/names.html", context, status=400 if form.errors else 200)
    people = {person.pk: person for person in people_in_any(page.meeting.groups)}
    found = find_people(names_in(form.cleaned_data["names"]), {pk: person.name for pk, person in people.items()})
    closed = page.closed_on is not None
    review = FoundNamesForm(
        sent if "apply" in sent else None,
        found=found,
        people=people,
        needs_why=closed,
        initial={"names": form.cleaned_data["names"]},
    )
    if "apply" in sent and review.is_valid():
        _note_all(request, page, review)
        return redirect("attendance", pk)
    context |= {"review": review, "sure": sum(one.person is not None for one in found)}
    return render(request, "meetings/found_names.html", context, status=400 if review.errors else 200)


@transaction.atomic
def _note_all(request: HttpRequest, page: AttendancePage, review: FoundNamesForm) -> None:
    by, why = signed_in(request), review.cleaned_data.get("why", "")
    tick_off(page.meeting, there=review.chosen, not_there=[], why=why, by=by)
    for one in review.guests:
        note_guest(page.meeting, name=one.named.name, affiliation=one.named.affiliation, why=why, by=by)
    words = ngettext("%(n)d name was noted.", "%(n)d names were noted.", len(review.found) - review.left_out)
    said = words % {"n": len(review.found) - review.left_out}
    if review.left_out:
        left = ngettext("%(n)d was left out.", "%(n)d were left out.", review.left_out) % {"n": review.left_out}
        said = f"{said} {left}"
    say(request, said)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, pk: int, guest_id: int) -> HttpResponse:
    """Say who a guest is, take them off the list, or take their name out."""
    page = _page_to_note(request, pk)
    row = Attendance.objects.filter(pk=guest_id, meeting=page.meeting, withdrawn_at=None).first()
    if row is None or not row.is_guest:
        raise Http404
    closed, by = page.closed_on is not None, signed_in(request)
    people = list(people_in_any(page.meeting.groups))
    sent = request.POST if request.method == "POST" else None
    does = sent.get("do") if sent is not None else None
    form = KnownGuestForm(
        sent if does == "identify" else None, people=people, likely=_likely(row, people), needs_why=closed
    )
    off_form = ReasonOnlyForm(sent if does == "off" else None, needs_why=closed, prefix="off")
    if does == "identify" and form.is_valid():
        identify_guest(row, form.people[form.cleaned_data["person"]], why=form.cleaned_data.get("why", ""), by=by)
        say(request, _("They are counted once, as the person they are."))
        return redirect("attendance", pk)
    if does == "off" and off_form.is_valid():
        withdraw_guest(row, why=off_form.cleaned_data.get("why", ""), by=by)
        say(request, _("The guest is not on the list any more."))
        return redirect("attendance", pk)
    if does == "nameless":
        make_guest_nameless(row, by=by)
        say(request, _("The guest is counted, without a name."))
        return redirect("attendance", pk)
    context = {"page": page, "group": page.group, "guest": row, "form": form, "off_form": off_form}
    return render(request, "meetings/guest.html", context, status=400 if form.errors or off_form.errors else 200)


def _likely(row: Attendance, people: list[Person]) -> int | None:
    """The person of the group whose address the guest gave, for whoever chooses; nobody is taken for granted."""
    if not row.guest_email:
        return None
    person = people_with_emails([row.guest_email]).get(row.guest_email)
    return person.pk if person in people and person is not None else None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of a call in large letters, to be shown there; another one on demand."""
    page = attendance_page(pk, signed_in(request), now=timezone.now())
    require(may_look_after_call(page.person, page.meeting))
    if request.method == "POST":
        make_code(page.meeting, by=signed_in(request))
        return redirect("call_code", pk)
    shown = getattr(page.meeting, "code", None)
    context = {
        "page": page,
        "group": page.group,
        "code": spelled_code(shown.code) if shown is not None else "",
        "address": request.build_absolute_uri(reverse("guest_entrance")),
        "direct": request.build_absolute_uri(reverse("guest_entrance_with", args=[shown.code])) if shown else "",
    }
    return render(request, "meetings/code.html", context)


@never_cache
@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the list of a call."""
    page = attendance_page(pk, signed_in(request), now=timezone.now())
    close_attendance(page.meeting, by=signed_in(request))
    say(request, _("The list is closed. Whoever leads the group can still correct it, with a reason."))
    return redirect("attendance", pk)


@never_cache
@login_required
@require_POST
def opening_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the opening texts were read out, or that they were not."""
    page = attendance_page(pk, signed_in(request), now=timezone.now())
    if request.POST.get("do") == "unread":
        take_back_opening_read(page.meeting, by=signed_in(request))
        say(request, _("It is not noted any more that the texts were read."))
    else:
        note_opening_read(page.meeting, by=signed_in(request))
        say(request, _("Noted: the opening texts were read."))
    return redirect("attendance", pk)


def _page_to_note(request: HttpRequest, pk: int) -> AttendancePage:
    page = attendance_page(pk, signed_in(request), now=timezone.now())
    require(may_note_attendance(page.person, page.meeting, page.now))
    return page
