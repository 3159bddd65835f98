"""Pages on which minutes are written, approved, checked and published."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    add_minutes_item,
    approve_minutes,
    approve_on_call,
    ask_for_change,
    begin_minutes,
    change_minutes_item,
    propose_minutes,
    set_level,
)
from folkmoot.meetings.domain.agenda import wordings
from folkmoot.meetings.forms.minutes import ChangeWantedForm, LevelForm, NotesForm, ProposeForm, as_written
from folkmoot.meetings.minutes_page import minutes_page
from folkmoot.meetings.minutes_reading import minutes_item_numbered, minutes_of
from folkmoot.meetings.minutes_rules import may_ask_for_change, may_lead_minutes, may_read_minutes, may_write_minutes
from folkmoot.meetings.models import Minutes, MinutesItem
from folkmoot.meetings.views.answering import meeting_or_404, signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a call as they were written, for people of the group."""
    meeting, reader = meeting_or_404(pk), signed_in(request)
    require(may_read_minutes(reader, meeting))
    page = minutes_page(meeting, reader, now=timezone.now())
    context = {"page": page, "meeting": meeting, "group": meeting.group, "change_wanted": ChangeWantedForm()}
    return render(request, "meetings/minutes.html", context)


@never_cache
@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay out the draft, or add what came to the agenda since."""
    begin_minutes(meeting_or_404(pk), by=signed_in(request))
    say(request, _("Every item of the agenda has its place in the draft."))
    return redirect("write_minutes", pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item for what came up on the call."""
    found, by = minutes_for(pk), signed_in(request)
    require(may_write_minutes(by, found.meeting))
    form = NotesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_minutes_item(found, form.words, by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("“%(title)s” is in the minutes.") % {"title": made.title})
            return redirect(made)
    context = {**around(found), "form": form}
    return render(request, "meetings/minutes_item.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on an item. Where somebody else was quicker, both wordings are shown and nothing is lost."""
    found, by = minutes_item_for(pk), signed_in(request)
    require(may_write_minutes(by, found.minutes.meeting))
    form = NotesForm(request.POST if request.method == "POST" else None, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_minutes_item(found, form.words, version=form.cleaned_data["version"] or 0, by=by)
        except Refused as refused:
            if refused.code == "stale":
                return _conflict(request, form, minutes_item_for(pk))
            form.add_error(None, refused.message)
        else:
            say(request, _("The notes on “%(title)s” are kept.") % {"title": changed.title})
            return redirect(changed)
    context = {**around(found.minutes), "item": found, "form": form}
    return render(request, "meetings/minutes_item.html", context, status=400 if form.errors else 200)


def _conflict(request: HttpRequest, form: NotesForm, now: MinutesItem) -> HttpResponse:
    """Theirs beside mine above a form that begins with what each has changed."""
    theirs = as_written(now)
    both = wordings(form.seen_before, theirs, form.typed)
    chosen = {name: wording.chosen for name, wording in both.items()}
    merged = NotesForm(item=now, initial={**chosen, "version": now.version, "seen": json.dumps(theirs)})
    rows = [
        (str(merged.fields[name].label), wording.theirs, wording.mine)
        for name, wording in both.items()
        if wording.theirs != wording.mine
    ]
    context = {**around(now.minutes), "item": now, "form": merged, "rows": rows}
    return render(request, "meetings/minutes_conflict.html", context, status=409)


@never_cache
@login_required
@require_POST
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what everybody may read of minutes, or with `item` of one of their items."""
    found = minutes_for(pk)
    item = minutes_item_for(int(request.POST["item"])) if request.POST.get("item", "").isdecimal() else None
    if item is not None and item.minutes_id != found.pk:
        raise Http404
    form = LevelForm(request.POST, of_item=item is not None)
    chosen = form.cleaned_data["level"] if form.is_valid() else "?"
    set_level(found, chosen, item=item, by=signed_in(request))
    say(request, _("It is set what everybody may read."))
    return redirect(item or found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the draft open for approval."""
    found, by = minutes_for(pk), signed_in(request)
    require(may_write_minutes(by, found.meeting))
    form = ProposeForm(
        request.POST if request.method == "POST" else None, group=found.meeting.group, initial={"way": found.way}
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_minutes(found, way=form.cleaned_data["way"], people=list(form.cleaned_data["people"]), by=by)
        except Refused as refused:
            form.add_error("people" if refused.code in ("nobody_named", "not_in_group") else None, refused.message)
        else:
            say(request, _("The minutes lie open for approval."))
            return redirect(found)
    context = {**around(found), "form": form}
    return render(request, "meetings/minutes_propose.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve as one who was asked, or with `on` note the call that approved."""
    found, by = minutes_for(pk), signed_in(request)
    if request.POST.get("on", "").isdecimal():
        require(may_lead_minutes(by, found.meeting))
        approve_on_call(found, meeting_or_404(int(request.POST["on"])), by=by)
    else:
        approve_minutes(found, by=by)
    say(request, _("Thank you. It is noted."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def want_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of minutes that lie open."""
    found, by = minutes_for(pk), signed_in(request)
    require(may_ask_for_change(by, found))
    form = ChangeWantedForm(request.POST)
    if form.is_valid():
        ask_for_change(found, form.cleaned_data["why"], by=by)
        say(request, _("The minutes are a draft again, and those who write them were told."))
        return redirect(found)
    page = minutes_page(found.meeting, by, now=timezone.now())
    context = {"page": page, "meeting": found.meeting, "group": found.meeting.group, "change_wanted": form}
    return render(request, "meetings/minutes.html", context, status=400)


def minutes_for(pk: int) -> Minutes:
    """The minutes of a call; 404 while nobody has begun them."""
    found = minutes_of(meeting_or_404(pk))
    if found is None:
        raise Http404
    return found


def minutes_item_for(pk: int) -> MinutesItem:
    """An item of minutes; 404 when there is none."""
    found = minutes_item_numbered(pk)
    if found is None:
        raise Http404
    return found


def around(found: Minutes) -> dict[str, object]:
    """What all pages of minutes show."""
    return {"minutes": found, "meeting": found.meeting, "group": found.meeting.group}
