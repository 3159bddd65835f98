"""Pages of tasks: one's own, a group's, and one task with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import shown_until
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.plan.actions import (
    add_task,
    change_task,
    decline_task,
    drop_task,
    finish_task,
    give_task,
    release_task,
    reopen_task,
    take_task,
)
from folkmoot.plan.entered import LONGEST_TITLE
from folkmoot.plan.forms.tasks import GiveForm, OwnTaskForm, TaskForm, WhyForm
from folkmoot.plan.models import Task
from folkmoot.plan.queries import (
    FILTERS,
    ORDERS,
    running_welcomes_of,
    tasks_in,
    tasks_offered_to,
    week_of,
)
from folkmoot.plan.rows import own_rows, task_row
from folkmoot.plan.rules import (
    may_add_task,
    may_change_task,
    may_drop_task,
    may_finish_task,
    may_give_task,
    may_see_tasks,
    may_take_task,
    standing_in,
)
from folkmoot.plan.views.reading import back, group_named, task_for
from folkmoot.plan.views.table_files import table_file
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say
from folkmoot.ui.slots import Label

COLUMNS = ("number", "title", "words", "owner", "asked", "due_on", "due_at", "state", "ended_on", "why", "serves")
ON_A_PAGE = 40
FILTER_WORDS = {
    "open": gettext_lazy("All open"),
    "mine": gettext_lazy("Mine"),
    "unowned": gettext_lazy("Free to take"),
    "first": gettext_lazy("For newcomers"),
    "overdue": gettext_lazy("Late"),
    "done": gettext_lazy("Done"),
    "dropped": gettext_lazy("Dropped"),
}

ORDER_WORDS = {
    "due": gettext_lazy("By day"),
    "newest": gettext_lazy("Newest first"),
    "title": gettext_lazy("By title"),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_tasks(request: HttpRequest) -> HttpResponse:
    """Everything that the reader has taken on, in all groups, by when it is due; and a task of one's own to add."""
    person, today = signed_in(request), today_here()
    form = OwnTaskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_task(**form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error("title", refused.message)
        else:
            say(request, _("It is on your list."))
            return redirect("my_tasks")
    week = week_of(person, today=today)
    parts = (
        ("overdue", _("Late"), own_rows(week.overdue, person, today=today)),
        ("week", _("This week"), own_rows(week.this_week, person, today=today)),
        ("later", _("Later"), own_rows(week.later, person, today=today)),
    )
    context = {
        "parts": [part for part in parts if part[2]],
        "offered": list(tasks_offered_to(person)),
        "welcomes": running_welcomes_of(person),
        "is_empty": week.is_empty,
    }
    return form_page(request, "plan/tasks/mine.html", form, **context)


@never_cache
@require_safe
@login_required
def group_tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's tasks, by a filter."""
    group, person, today = group_named(slug), signed_in(request), today_here()
    standing = standing_in(person, group)
    require(may_see_tasks(person, group, standing))
    which, order = _which(request), _order(request)
    found = tasks_in(group, which, person=person, today=today, order=order)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    owners = {task.owner_id for task in page if task.owner_id is not None}
    away = shown_until(owners, on=today) if standing.leads else {}
    may_add = may_add_task(person, group, standing)
    context = {
        "group": group,
        "standing": standing,
        "which": which,
        "filters": [(FILTER_WORDS[key], f"?show={key}&order={order}", key == which) for key in FILTERS],
        "orders": [(ORDER_WORDS[key], f"?show={which}&order={key}", key == order) for key in ORDERS],
        "query": f"?show={which}&order={order}",
        "shown": FILTER_WORDS[which],
        "page": page,
        "rows": [task_row(task, standing, today=today, away_until=away.get(task.owner_id or 0)) for task in page],
        "may_add": bool(may_add),
        "why_not_add": may_add.reason,
    }
    return render(request, "plan/tasks/group.html", context)


@never_cache
@require_safe
@login_required
def group_tasks_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list as CSV, whole."""
    group, person = group_named(slug), signed_in(request)
    require(may_see_tasks(person, group))
    tasks = tasks_in(group, _which(request), person=person, today=today_here(), order=_order(request))
    return table_file(f"{group.slug}-tasks.csv", COLUMNS, map(_cells, tasks))


def _cells(task: Task) -> tuple[object, ...]:
    ended = task.ended_at.date() if task.ended_at else None
    hour = f"{task.due_at:%H:%M}" if task.due_at else None
    owner, asked = (str(person) if person else None for person in (task.owner, task.offered_to))
    return (
        task.pk, task.title, task.words, owner, asked, task.due_on, hour, task.state, ended, task.why, task.clause_name,
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a task to a group; `?title=` is what another page proposes to call it."""
    group, person = group_named(slug), signed_in(request)
    standing = standing_in(person, group)
    require(may_add_task(person, group, standing))
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        initial={"title": request.GET.get("title", "")[:LONGEST_TITLE]},
        group=group,
        person=person,
        is_new=True,
        leads=standing.leads,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = given.pop("owner")
        owner = Person.objects.filter(pk=chosen).first() if chosen else None
        try:
            task = add_task(**given, group=group, owner=owner, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The task is on the list."))
            return redirect(task)
    return form_page(request, "plan/tasks/add.html", form, group=group)


@never_cache
@require_safe
@login_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what it is, who has it, and what this reader may do with it."""
    found, person = task_for(request, pk), signed_in(request)
    standing = standing_in(person, found.group)
    is_mine = found.owner_id == person.pk
    context = {
        "task": found,
        "group": found.group,
        "is_mine": is_mine,
        "is_late": found.is_open and found.due_on is not None and found.due_on < today_here(),
        "is_asked": found.is_open and found.offered_to_id == person.pk,
        "finish": may_finish_task(person, found, standing),
        "take": may_take_task(person, found, standing),
        "may_change": bool(may_change_task(person, found, standing)),
        "may_give": bool(may_give_task(person, found, standing)),
        "may_drop": bool(may_drop_task(person, found, standing)),
        "source_url": _source_url(found),
    }
    return render(request, "plan/tasks/task.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a task says and when it is due."""
    found, person = task_for(request, pk), signed_in(request)
    standing = standing_in(person, found.group)
    require(may_change_task(person, found, standing))
    form = _change_form(request, found, person, leads=standing.leads)
    if request.method == "POST" and form.is_valid():
        given = {
            "words": found.words,
            "due_at": found.due_at if form.cleaned_data.get("due_on") else None,
            "clause_anchor": found.clause_anchor,
            "is_first_task": found.is_first_task,
            **form.cleaned_data,
        }
        try:
            change_task(found, **given, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The task was changed."))
            return redirect(found)
    return form_page(request, "plan/tasks/change.html", form, task=found, group=found.group)


def _change_form(request: HttpRequest, found: Task, person: Person, *, leads: bool) -> OwnTaskForm | TaskForm:
    data = request.POST if request.method == "POST" else None
    names = ("title", "words", "due_on", "due_at", "clause_anchor", "is_first_task")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    if found.group is None:
        return OwnTaskForm(data, initial=initial)
    return TaskForm(
        data,
        initial=initial,
        group=found.group,
        person=person,
        is_new=False,
        leads=leads,
        kept_clause=found.clause_anchor,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to take a task."""
    found, person = task_for(request, pk), signed_in(request)
    require(may_give_task(person, found))
    assert found.group is not None  # the rule has seen to it
    form = GiveForm(request.POST if request.method == "POST" else None, group=found.group, person=person)
    if request.method == "POST" and form.is_valid():
        to = Person.objects.get(pk=form.cleaned_data["to"])
        try:
            give_task(found, to, by=person)
        except Refused as refused:
            form.add_error("to", refused.message)
        else:
            say(request, _("%(name)s was asked.") % {"name": to.name} if to != person else _("The task is yours."))
            return redirect(found)
    return form_page(request, "plan/tasks/give.html", form, task=found, group=found.group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a task will not be done, and say why."""
    found, person = task_for(request, pk), signed_in(request)
    require(may_drop_task(person, found))
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            drop_task(found, why=form.cleaned_data["why"], by=person)
        except Refused as refused:
            form.add_error("why", refused.message)
        else:
            say(request, _("The task was dropped."), undo=reverse("do_task", args=[found.pk, "reopen"]))
            return redirect(found)
    return form_page(request, "plan/tasks/drop.html", form, task=found, group=found.group)


@never_cache
@login_required
@require_POST
def do(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What one button does: take, decline, release, finish, reopen."""
    doing = DOINGS.get(what)
    found = task_for(request, pk)
    if doing is None:
        raise Http404
    act, words, undo = doing
    act(found, by=signed_in(request))
    say(
        request,
        words % {"title": found.title},
        undo=reverse("do_task", args=[found.pk, undo]) if undo else "",
    )
    return back(request, found.get_absolute_url())


DOINGS: dict[str, tuple[Callable[..., None], Label, str]] = {
    "take": (take_task, gettext_lazy("“%(title)s” is yours now."), "release"),
    "decline": (decline_task, gettext_lazy("You said no to “%(title)s”. That is fine."), ""),
    "release": (release_task, gettext_lazy("“%(title)s” waits for somebody to take it."), ""),
    "finish": (finish_task, gettext_lazy("Done: “%(title)s”."), "reopen"),
    "reopen": (reopen_task, gettext_lazy("“%(title)s” is open again."), ""),
}


def _which(request: HttpRequest) -> str:
    wish = request.GET.get("show", "")
    return wish if wish in FILTERS else "open"


def _order(request: HttpRequest) -> str:
    wish = request.GET.get("order", "")
    return wish if wish in ORDERS else "due"


def _source_url(found: Task) -> str:
    source = found.source
    return source.get_absolute_url() if source is not None and hasattr(source, "get_absolute_url") else ""
