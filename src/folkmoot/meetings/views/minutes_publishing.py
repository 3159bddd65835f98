"""Pages on which the public wording is confirmed, the check is looked at, and minutes are published and corrected."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import clear_hits, confirm_public, correct_item, publish_minutes
from folkmoot.meetings.forms.minutes import ClearForm, CorrectionForm, PublicForm
from folkmoot.meetings.minutes_check import CHANNELS, body_html, check
from folkmoot.meetings.minutes_page import step_of
from folkmoot.meetings.minutes_reading import (
    minutes_items,
    proposed_wording,
    public_of,
    recognisable,
    without_wording,
)
from folkmoot.meetings.minutes_rules import may_lead_minutes, may_write_minutes
from folkmoot.meetings.models import Level, MinutesItem
from folkmoot.meetings.views.answering import signed_in
from folkmoot.meetings.views.minutes import around, minutes_for, minutes_item_for
from folkmoot.plan.rendering import rendered
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what everybody reads of an item; it begins with what the product proposes."""
    found, by = minutes_item_for(pk), signed_in(request)
    require(may_write_minutes(by, found.minutes.meeting))
    if found.is_confirmed:
        title, text = found.public_title, found.public_text
    else:
        title, text = proposed_wording(found, recognisable(found.minutes.meeting))
    form = PublicForm(
        request.POST if request.method == "POST" else None,
        initial={"title": title, "text": text, "version": found.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_public(found, **form.cleaned_data, by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return _to_next_wording(request, found)
    context = {
        **around(found.minutes),
        "item": found,
        "form": form,
        "notes": rendered(found.notes, first_heading=4),
    }
    return render(request, "meetings/minutes_wording.html", context, status=400 if form.errors else 200)


def _to_next_wording(request: HttpRequest, item: MinutesItem) -> HttpResponse:
    """From one that was confirmed to the next one that waits, and after the last one back to the minutes."""
    waiting = without_wording(minutes_items(item.minutes))
    if not waiting:
        say(request, _("Everybody will read it like this. No wording waits any more."))
        return redirect(item.minutes)
    words = ngettext(
        "Everybody will read it like this. %(count)d wording waits still; here it is.",
        "Everybody will read it like this. %(count)d wordings wait still; here is the next one.",
        len(waiting),
    )
    say(request, words % {"count": len(waiting)})
    after = [one for one in waiting if one.position > item.position]
    return redirect("public_minutes_item", (after or waiting)[0].pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody would read, and every place in which somebody could be recognised; a person clears each."""
    found, by = minutes_for(pk), signed_in(request)
    require(may_lead_minutes(by, found.meeting))
    form = ClearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = clear_hits(found, request.POST.getlist("hit"), why=form.cleaned_data["why"], by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("%(count)d noted, with your reason.") % {"count": len(made)})
            return redirect("check_minutes", pk)
    public = public_of(found)
    hits = check(found, public)
    waits = [] if found.is_published else without_wording(minutes_items(found))
    context = {
        **around(found),
        "page": {"step": step_of(found)},
        "form": form,
        "ticked": request.POST.getlist("hit"),
        "waits": waits,
        "waits_title": ngettext(
            "%(count)d public wording waits to be confirmed",
            "%(count)d public wordings wait to be confirmed",
            len(waits),
        )
        % {"count": len(waits)},
        "under_rule": public.under_rule,
        "open": [one for one in hits if one.clearing is None],
        "cleared": [one for one in hits if one.clearing is not None],
        "channels": [entry.item.label for entry in CHANNELS.entries()],
        "body": body_html(public),
    }
    return render(request, "meetings/minutes_check.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish; what is missing for it is said on the page of the check."""
    found, by = minutes_for(pk), signed_in(request)
    try:
        publish_minutes(found, by=by)
    except Refused as refused:
        if refused.code not in ("names_somebody", "not_confirmed", "not_approved", "nothing_public"):
            raise
        say(request, refused.message)
        return redirect("check_minutes", pk)
    say(request, _("The minutes are published."))
    return redirect("published_minutes", pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an item of frozen minutes, in sight."""
    found, by = minutes_item_for(pk), signed_in(request)
    require(may_lead_minutes(by, found.minutes.meeting))
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        under_rule=found.level_now == Level.CHATHAM,
        initial={"notes": found.notes, "public_text": found.public_text, "version": found.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_item(found, **form.cleaned_data, by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("It is corrected. What it said before stays in sight."))
            return redirect(found)
    context = {**around(found.minutes), "item": found, "form": form}
    return render(request, "meetings/minutes_correct.html", context, status=400 if form.errors else 200)
