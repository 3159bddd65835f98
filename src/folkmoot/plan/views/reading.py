"""What all pages of this room ask first: what it is about, and whether the reader may know of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from folkmoot.groups.models import Group
from folkmoot.plan.models import Checklist, ChecklistLine, Task
from folkmoot.plan.rules import may_see_checklist, may_see_task
from folkmoot.ui.redirects import local_next


def group_named(slug: str) -> Group:
    return get_object_or_404(Group, slug=slug)


def task_for(request: HttpRequest, pk: int) -> Task:
    """A task that the reader may know of; else there is nothing here."""
    task = get_object_or_404(
        Task.objects.select_related("group", "owner", "offered_to", "asked_by", "ended_by", "source_type"), pk=pk
    )
    if not may_see_task(request.user, task):
        raise Http404
    return task


def checklist_for(request: HttpRequest, pk: int) -> Checklist:
    """A checklist that the reader may know of; else there is nothing here."""
    checklist = get_object_or_404(Checklist.objects.select_related("group", "person"), pk=pk)
    if not may_see_checklist(request.user, checklist):
        raise Http404
    return checklist


def line_for(request: HttpRequest, pk: int) -> ChecklistLine:
    """A line of a checklist that the reader may know of; else there is nothing here."""
    line = get_object_or_404(
        ChecklistLine.objects.select_related("checklist", "checklist__group", "checklist__person", "owner"), pk=pk
    )
    if not may_see_checklist(request.user, line.checklist):
        raise Http404
    return line


def back(request: HttpRequest, default: str) -> HttpResponse:
    """To the page that the form named, if it is one of ours."""
    return redirect(local_next(request, default))
