"""Pages of running checklists: a group's, one list, and its steps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.plan.actions import (
    finish_line,
    move_anchor,
    preview,
    reopen_line,
    skip_line,
    start_checklist,
    stop_checklist,
)
from folkmoot.plan.actions.templates import template_for
from folkmoot.plan.forms.checklists import ConfirmedStartForm, MoveForm, ReasonForm, StartForm
from folkmoot.plan.models import Checklist, LineState
from folkmoot.plan.parts import part_words
from folkmoot.plan.queries import checklists_in, lines_of, part_of, templates_for
from folkmoot.plan.rows import rows_of_list
from folkmoot.plan.rules import (
    may_end_line,
    may_run_checklist,
    may_see_tasks,
    may_start_checklist,
    may_stop_checklist,
    standing_in,
)
from folkmoot.plan.schedule_words import schedule_words
from folkmoot.plan.views.reading import back, checklist_for, group_named, line_for
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

ON_A_PAGE = 30


@never_cache
@require_safe
@login_required
def group_checklists(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's checklists: all for those who lead it, for the others those that are about no single person."""
    group, person = group_named(slug), signed_in(request)
    standing = standing_in(person, group)
    require(may_see_tasks(person, group, standing))
    found = checklists_in(group) if standing.leads else checklists_in(group).filter(person=None)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    may_start = standing.leads and may_start_checklist(person, group)
    context = {"group": group, "standing": standing, "page": page, "may_start": may_start}
    return render(request, "plan/checklists/group.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a checklist; what will not work out is said before."""
    group, person = group_named(slug), signed_in(request)
    require(may_start_checklist(person, group))
    templates = templates_for(group)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, templates=templates, group=group, initial={"anchor": today_here()})
    troubles: list[str] = []
    if data is not None and form.is_valid():
        try:
            troubles = [] if "all_the_same" in data else _troubles(form, group)
            if not troubles:
                return redirect(_start(form, group, by=person))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            asked = {**data.dict(), "all_the_same": ""}
            form = ConfirmedStartForm(asked, templates=templates, group=group)
    return form_page(request, "plan/checklists/start.html", form, group=group, troubles=troubles)


def _troubles(form: StartForm, group: Group) -> list[str]:
    """What comes too late to be done in time, in words; nothing when all of it can be."""
    template = template_for(form.cleaned_data["template"], group)
    dated = preview(template, form.cleaned_data["anchor"], started_on=today_here())
    if dated.is_possible:
        return []
    return schedule_words(dated, [line.title for line in template.lines.all()])


def _start(form: StartForm, group: Group, *, by: Person) -> Checklist:
    given = form.cleaned_data
    template = template_for(given["template"], group)
    someone = Person.objects.filter(pk=given["person"]).first() if given["person"] else None
    people = {part_of(template): someone} if someone is not None else {}
    return start_checklist(given["template"], group=group, anchor=given["anchor"], people=people, by=by)


@never_cache
@require_safe
@login_required
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """One list with its steps."""
    found, person = checklist_for(request, pk), signed_in(request)
    runs = bool(may_run_checklist(person, found))
    is_mine = found.person_id == person.pk
    lines = list(lines_of(found))
    rows = rows_of_list(lines, person, today=today_here(), may_end_all=runs or is_mine)
    context = {
        "checklist": found,
        "group": found.group,
        "rows": rows,
        "done": sum(line.state != LineState.OPEN for line in lines),
        "count": len(lines),
        "parts": [(part.person, part_words(part.who)) for part in found.parts.select_related("person")],
        "may_run": runs and found.is_open,
        "may_stop": bool(may_stop_checklist(person, found)) and found.is_open,
    }
    return render(request, "plan/checklists/checklist.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a list count from another day."""
    found, person = checklist_for(request, pk), signed_in(request)
    require(may_run_checklist(person, found))
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, initial={"anchor": found.anchor_on})
    if data is not None and form.is_valid():
        titles = list(
            found.lines.filter(state=LineState.OPEN).order_by("position", "pk").values_list("title", flat=True)
        )
        try:
            dated = move_anchor(found, form.cleaned_data["anchor"], by=person)
        except Refused as refused:
            form.add_error("anchor", refused.message)
        else:
            say(request, _("The open steps were dated again."))
            for sentence in schedule_words(dated, titles):
                say(request, sentence, level="warning")
            return redirect(found)
    return form_page(request, "plan/checklists/move.html", form, checklist=found, group=found.group)


@never_cache
@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a list before it is done."""
    found, person = checklist_for(request, pk), signed_in(request)
    stop_checklist(found, by=person)
    say(request, _("The checklist was stopped. What was done stays on record."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a step."""
    line = line_for(request, pk)
    finish_line(line, by=signed_in(request))
    say(request, _("Done: “%(title)s”.") % {"title": line.title}, undo=reverse("reopen_line", args=[line.pk]))
    return back(request, line.checklist.get_absolute_url())


@never_cache
@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a step was ticked or left out."""
    line = line_for(request, pk)
    reopen_line(line, by=signed_in(request))
    say(request, _("“%(title)s” is open again.") % {"title": line.title})
    return back(request, line.checklist.get_absolute_url())


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a step out, and say why."""
    line, person = line_for(request, pk), signed_in(request)
    require(may_end_line(person, line))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            skip_line(line, form.cleaned_data["reason"], by=person)
        except Refused as refused:
            form.add_error("reason", refused.message)
        else:
            say(request, _("The step was left out."), undo=reverse("reopen_line", args=[line.pk]))
            return redirect(line.checklist)
    return form_page(
        request, "plan/checklists/skip.html", form, line=line, checklist=line.checklist, group=line.checklist.group
    )
