"""Pages on which a whole draft is written at once, changes are answered, and a group says how it does its minutes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.decisions.queries import usual_period
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import answer_change, keep_draft, set_minutes_custom
from folkmoot.meetings.being_written import other_ways
from folkmoot.meetings.domain.agenda import wordings
from folkmoot.meetings.forms.minutes_writing import AnswerForm, CustomForm, MoreForm, WriteForm, prefix_of
from folkmoot.meetings.minutes_page import Line, minutes_page
from folkmoot.meetings.minutes_reading import custom_of
from folkmoot.meetings.minutes_rules import may_set_minutes_custom, may_write_minutes
from folkmoot.meetings.models import Minutes, WantedChange
from folkmoot.meetings.views.answering import form_page, signed_in
from folkmoot.meetings.views.minutes import around, minutes_for
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in
from folkmoot.ui.messages import say


@dataclass(frozen=True)
class Row:
    """An item on the page of the writer; `theirs` is what somebody else wrote meanwhile, beside `mine`."""

    line: Line
    form: WriteForm
    theirs: str | None = None
    mine: str = ""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """All items of a draft under one another, kept by one press. Nothing of what several write at once is lost."""
    found, by = minutes_for(pk), signed_in(request)
    require(may_write_minutes(by, found.meeting))
    if not found.is_draft:
        return redirect(found)
    if request.method != "POST":
        return _page(request, found, by)
    page, people = minutes_page(found.meeting, by, now=timezone.now()), list(people_in(found.meeting.group))
    # An item that came after the page was opened has nothing in the form, and stays as it is.
    sent = [line for line in page.lines if f"{prefix_of(line.item)}-version" in request.POST]
    forms = {line.item.pk: WriteForm(request.POST, item=line.item, people=people) for line in sent}
    more = MoreForm(request.POST, prefix="more")
    wrong = [form for form in (*forms.values(), more) if not form.is_valid()]
    if wrong:
        return _page(request, found, by, forms=forms, more=more, status=400)
    try:
        written = [one for form in forms.values() if (one := form.written) is not None]
        made = keep_draft(found, written, more=more.words, by=by)
    except Refused as refused:
        if refused.code != "stale":
            if refused.code in ("forbidden", "frozen", "closed"):
                raise
            more.add_error(None, refused.message)
            return _page(request, found, by, forms=forms, more=more, status=400)
        stale = refused.params["stale"]
        assert isinstance(stale, list)
        return _page(request, found, by, forms=forms, more=more, stale=set(stale), status=409)
    say(request, _("All of it is kept."))
    return redirect(f"{request.path}#item-{made.pk}" if made is not None else request.path)


def _page(
    request: HttpRequest,
    found: Minutes,
    by: Person,
    *,
    forms: dict[int, WriteForm] | None = None,
    more: MoreForm | None = None,
    stale: set[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    page, people = minutes_page(found.meeting, by, now=timezone.now()), list(people_in(found.meeting.group))
    given = forms or {}
    rows = [
        _merged(line, given[line.item.pk], people)
        if stale and line.item.pk in stale
        else Row(line, given.get(line.item.pk) or WriteForm(item=line.item, people=people))
        for line in page.lines
    ]
    context = {
        **around(found),
        "page": page,
        "rows": rows,
        "more": more or MoreForm(prefix="more"),
        "forms": [*given.values(), *([more] if more is not None else [])] if not stale else [],
        "clash": bool(stale),
        "ways": other_ways(found),
    }
    return render(request, "meetings/minutes_write.html", context, status=status)


def _merged(line: Line, sent: WriteForm, people: list[Person]) -> Row:
    """The item as it stands now, with notes that begin with what each has changed, and what else was typed."""
    theirs = {"notes": line.item.notes}
    both = wordings(sent.seen_before, theirs, sent.typed)["notes"]
    kept = {name: sent[name].value() for name in ("decision", "action", "owner", "due_on", "agreed")}
    fresh = {"notes": both.chosen, "version": line.item.version, "seen": json.dumps(theirs)}
    data = {f"{prefix_of(line.item)}-{name}": value for name, value in {**kept, **fresh}.items() if value}
    form = WriteForm(data, item=line.item, people=people)
    return Row(line, form, both.theirs, both.mine) if both.theirs != both.mine else Row(line, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a change that somebody asked for."""
    wanted = WantedChange.objects.select_related("minutes", "asked_by").filter(pk=pk).first()
    if wanted is None:
        raise Http404
    found, by = minutes_for(wanted.minutes_id), signed_in(request)
    require(may_write_minutes(by, found.meeting))
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": wanted.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_change(wanted, form.cleaned_data["answer"], by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("Your answer stands beside what was asked for."))
            return redirect(found)
    return form_page(request, "meetings/minutes_answer.html", form, wanted=wanted, **around(found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def custom(request: HttpRequest, slug: str) -> HttpResponse:
    """How a group does its minutes from now on."""
    group, by = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_set_minutes_custom(by, group))
    now = custom_of(group)
    form = CustomForm(request.POST if request.method == "POST" else None, custom=now)
    if request.method == "POST" and form.is_valid():
        set_minutes_custom(group, **form.cleaned_data, by=by)
        say(request, _("Minutes that begin from now on are done like this."))
        return redirect("minutes_custom", slug)
    stated = usual_period(group)
    return form_page(
        request, "meetings/minutes_custom.html", form, group=group, by_charter=now.pk is None, stated=stated
    )
