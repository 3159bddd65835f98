"""What a scribe writes while the call runs, into the minutes of what is talked about."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.live.actions import keep_notes, note_doings
from folkmoot.live.forms.minutes import NotesForm, OneDoingForm
from folkmoot.live.views.call import call_for, page_of
from folkmoot.meetings.domain.agenda import wordings
from folkmoot.meetings.minutes_reading import minutes_item_numbered
from folkmoot.meetings.minutes_rules import may_write_minutes
from folkmoot.meetings.models import Meeting, MinutesItem
from folkmoot.plan.who import people_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the notes on one item. Where somebody else was quicker, both wordings are shown and nothing is lost.

    The item is the one that was written on, also when the call has gone on meanwhile.
    """
    meeting, by = call_for(request, pk)
    item = _item(request, meeting)
    require(may_write_minutes(by, meeting))
    form = NotesForm(request.POST, item=item)
    if not form.is_valid():
        return page_of(request, meeting, status=400, notes=form, written=item)
    try:
        keep_notes(item, form.typed["notes"], version=form.cleaned_data["version"], by=by)
    except Refused as refused:
        if refused.code != "stale":
            raise
        return _conflict(request, meeting, item, form)
    say(request, _("The notes on “%(title)s” are kept.") % {"title": item.title})
    return _back(pk)


@never_cache
@login_required
@require_POST
def doings(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was decided, and who does what."""
    meeting, by = call_for(request, pk)
    item = _item(request, meeting)
    require(may_write_minutes(by, meeting))
    form = OneDoingForm(request.POST, people=list(people_in(meeting.group)))
    if not form.is_valid():
        return page_of(request, meeting, status=400, doings=form, written=item)
    note_doings(item, decision=form.cleaned_data["decision"], action=form.action_words, by=by)
    say(request, _("It is noted with “%(title)s”.") % {"title": item.title})
    return _back(pk)


def _item(request: HttpRequest, meeting: Meeting) -> MinutesItem:
    text = request.POST.get("item", "")
    found = minutes_item_numbered(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if found is None or found.minutes_id != meeting.pk:
        raise Http404
    return found


def _conflict(request: HttpRequest, meeting: Meeting, item: MinutesItem, form: NotesForm) -> HttpResponse:
    """Theirs beside mine above a form that begins with what each has changed."""
    theirs = {"notes": item.notes}
    both = wordings(form.seen_before, theirs, form.typed)["notes"]
    merged = NotesForm(item=item, initial={"notes": both.chosen, "version": item.version, "seen": json.dumps(theirs)})
    return page_of(request, meeting, status=409, notes=merged, written=item, both=both)


def _back(pk: int) -> HttpResponse:
    return redirect(reverse("live_call", args=[pk]) + "#notes")
