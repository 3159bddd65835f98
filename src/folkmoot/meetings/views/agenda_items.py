"""Pages of one agenda item."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    accept_item,
    add_action,
    answer_material,
    change_item,
    decline_item,
    finish_item,
    propose_link,
    remove_item,
    reopen_item,
    restore_item,
    take_out_of_consent,
)
from folkmoot.meetings.agenda_reading import actions_of
from folkmoot.meetings.agenda_rules import (
    is_open_for_items,
    may_add_action,
    may_ask_for_item,
    may_change_item,
    may_delete_material,
    may_lead_agenda,
    may_see_requests,
    stands_at,
    stands_in,
)
from folkmoot.meetings.agenda_wording import carried_words
from folkmoot.meetings.domain.agenda import wordings
from folkmoot.meetings.forms.agenda import ActionForm, DeclineForm, ItemForm, LinkForm, as_typed
from folkmoot.meetings.models import AgendaItem, Kind, Material, MaterialState
from folkmoot.meetings.views.agenda_asking import item_for
from folkmoot.meetings.views.answering import signed_in
from folkmoot.people.models import Person
from folkmoot.plan.rendering import rendered
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item for people of the group: what there is to read, what is proposed, and what is to be done."""
    found, reader = item_for(request, pk), signed_in(request)
    standing = stands_at(reader, found.meeting)
    require(may_see_requests(reader, found.meeting, standing))
    materials = list(
        found.materials.exclude(state=MaterialState.DECLINED).select_related(
            "proposed_by", "upload", "item__meeting__group"
        )
    )
    context = {
        **around(found),
        "words": rendered(found.text, first_heading=3) if found.text else "",
        "carried": carried_words(found),
        "materials": [(one, bool(may_delete_material(reader, one, standing))) for one in materials],
        # Tasks are for people of the group that hosts the call.
        "actions": actions_of([found]).get(found.pk, []) if stands_in(reader, found.meeting.group).is_in else [],
        "leads": bool(may_lead_agenda(reader, found.meeting, standing)),
        "may_change": bool(may_change_item(reader, found))
        and bool(is_open_for_items(found.meeting, now=timezone.now())),
        "may_propose": bool(may_ask_for_item(reader, found.meeting)),
        "may_act": bool(may_add_action(reader, found)),
    }
    return render(request, "meetings/agenda_item.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an item says. Where somebody else was quicker, both wordings are shown and nothing is lost."""
    found, by = item_for(request, pk), signed_in(request)
    require(may_change_item(by, found))
    leads = bool(may_lead_agenda(by, found.meeting))
    form = ItemForm(
        request.POST if request.method == "POST" else None, group=found.meeting.group, leads=leads, item=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_item(found, form.words, version=form.cleaned_data["version"] or 0, by=by)
        except Refused as refused:
            if refused.code == "stale":
                return _conflict(request, form, item_for(request, pk), leads)
            if refused.code == "forbidden":
                raise
            form.add_error(None, refused.message)
        else:
            say(request, _("“%(title)s” is changed.") % {"title": changed.title})
            return redirect(changed)
    context = {**around(found), "form": form, "leads": leads}
    return render(request, "meetings/agenda_change.html", context, status=400 if form.errors else 200)


def _conflict(request: HttpRequest, form: ItemForm, now: AgendaItem, leads: bool) -> HttpResponse:
    """Theirs beside mine, field by field, above a form that begins with what each has changed."""
    theirs = as_typed(now)
    both = wordings(form.seen_before, theirs, form.typed)
    merged = ItemForm(
        group=now.meeting.group,
        leads=leads,
        item=now,
        initial={
            **{name: wording.chosen for name, wording in both.items()},
            "version": now.version,
            "seen": json.dumps(theirs),
        },
    )
    rows = [
        (
            str(merged.fields[name].label),
            _shown(merged, name, wording.theirs),
            _shown(merged, name, wording.mine),
            wording,
        )
        for name, wording in both.items()
        if wording.theirs != wording.mine
    ]
    context = {**around(now), "form": merged, "rows": rows, "leads": leads}
    return render(request, "meetings/agenda_conflict.html", context, status=409)


def _shown(form: ItemForm, name: str, words: str) -> str:
    """A value as people read it: the name behind a choice, yes or no for a tick."""
    if name == "is_consent":
        return _("yes") if words else _("no")
    if name == "owner":
        owner = Person.objects.filter(pk=words).first() if words else None
        return owner.name if owner else _("nobody yet")
    if name == "kind":
        return str(Kind(words).label)
    return words


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to what was asked for."""
    found, by = item_for(request, pk), signed_in(request)
    require(may_lead_agenda(by, found.meeting))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if "accept" in request.POST:
                accept_item(found, by=by)
                say(request, _("“%(title)s” is on the agenda.") % {"title": found.title})
                return redirect(found)
            decline_item(found, why=form.cleaned_data["why"], by=by)
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error("why" if refused.code == "reason_needed" else None, refused.message)
        else:
            say(request, _("You said no to “%(title)s”; whoever asked reads why.") % {"title": found.title})
            return redirect("agenda", found.meeting_id)
    words = rendered(found.text, first_heading=3) if found.text else ""
    context = {**around(found), "form": form, "words": words}
    return render(request, "meetings/agenda_answer.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda, or a request back."""
    found = remove_item(item_for(request, pk), by=signed_in(request))
    say(
        request,
        _("“%(title)s” was taken off.") % {"title": found.title},
        undo=reverse("restore_agenda_item", args=[found.pk]),
    )
    return redirect("agenda", found.meeting_id)


@never_cache
@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item back that was taken off."""
    found = restore_item(item_for(request, pk), by=signed_in(request))
    say(request, _("“%(title)s” is back.") % {"title": found.title})
    return redirect(found)


@never_cache
@login_required
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an item was dealt with."""
    found = finish_item(item_for(request, pk), by=signed_in(request))
    say(
        request,
        _("“%(title)s” was dealt with.") % {"title": found.title},
        undo=reverse("reopen_agenda_item", args=[found.pk]),
    )
    return redirect(found)


@never_cache
@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that an item was dealt with."""
    found = reopen_item(item_for(request, pk), by=signed_in(request))
    say(request, _("“%(title)s” is open again.") % {"title": found.title})
    return redirect(found)


@never_cache
@login_required
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item out of what passes together."""
    found = take_out_of_consent(item_for(request, pk), by=signed_in(request))
    say(request, _("“%(title)s” will be talked about.") % {"title": found.title})
    return redirect(found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a page elsewhere to read for an item."""
    found, by = item_for(request, pk), signed_in(request)
    require(may_ask_for_item(by, found.meeting))
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_link(found, title=form.cleaned_data["title"], url=form.cleaned_data["url"], by=by)
        except Refused as refused:
            form.add_error("url" if refused.code == "invalid_link" else None, refused.message)
        else:
            say(request, proposed_words(made))
            return redirect("agenda_item", pk)
    return render(
        request, "meetings/agenda_material.html", {**around(found), "form": form}, status=400 if form.errors else 200
    )


def proposed_words(made: Material) -> str:
    """What is said to whoever proposed something to read."""
    if made.is_accepted:
        return _("Everybody can read it now.")
    return _("Proposed. Everybody sees it once somebody who leads the group accepts it.")


@never_cache
@login_required
@require_POST
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept something to read, or take it away."""
    material = get_object_or_404(Material.objects.select_related("item"), pk=pk)
    found = item_for(request, material.item_id)
    material.item = found
    answer_material(material, accept="accept" in request.POST, by=signed_in(request))
    say(
        request,
        (_("Everybody sees “%(title)s” now.") if "accept" in request.POST else _("“%(title)s” is not shown."))
        % {"title": material.title},
    )
    return redirect("agenda_item", found.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who does what because of an item."""
    found, by = item_for(request, pk), signed_in(request)
    require(may_add_action(by, found))
    form = ActionForm(request.POST if request.method == "POST" else None, group=found.meeting.group)
    if request.method == "POST" and form.is_valid():
        try:
            task = add_action(found, **form.cleaned_data, by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("“%(title)s” is on the list of the group’s tasks.") % {"title": task.title})
            return redirect(found)
    return render(
        request, "meetings/agenda_action.html", {**around(found), "form": form}, status=400 if form.errors else 200
    )


def around(found: AgendaItem) -> dict[str, object]:
    """What all pages of an item show."""
    return {"item": found, "meeting": found.meeting, "group": found.meeting.group}
