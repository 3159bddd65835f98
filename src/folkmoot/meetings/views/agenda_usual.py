"""The page on which those who lead a group say what it usually talks about."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import UsualItem, keep_usual_agenda
from folkmoot.meetings.actions.agenda_usual import starter
from folkmoot.meetings.agenda_reading import usual_agenda
from folkmoot.meetings.forms.agenda import UsualAgendaForm, UsualLines, filled_in, initial_lines
from folkmoot.meetings.models import AgendaTemplate
from folkmoot.meetings.views.answering import signed_in
from folkmoot.ui.messages import say

DAYS_BEFORE = 7


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def usual(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's usual agenda, line by line; where it has none, what one may begin with."""
    group, by = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_manage(by, group))
    template = usual_agenda(group)
    sent = request.POST if request.method == "POST" else None
    form = UsualAgendaForm(
        sent,
        initial={
            "days_before": template.days_before if template else DAYS_BEFORE,
            "version": template.version if template else 0,
        },
    )
    lines = UsualLines(sent, initial=initial_lines(_lines(template)))
    if sent is not None and form.is_valid() and lines.is_valid():
        try:
            keep_usual_agenda(
                group,
                filled_in(lines),
                days_before=form.cleaned_data["days_before"],
                version=form.cleaned_data["version"],
                by=by,
            )
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error(None, refused.message)
            if refused.code == "stale":
                return _shown(request, group, form, lines, template, status=409)
        else:
            say(request, _("Saved. Agendas that are laid out already stay as they are."))
            return redirect("usual_agenda", slug)
    failed = bool(form.errors) or (lines.is_bound and not lines.is_valid())
    return _shown(request, group, form, lines, template, status=400 if failed else 200)


def _shown(
    request: HttpRequest,
    group: Group,
    form: UsualAgendaForm,
    lines: object,
    template: AgendaTemplate | None,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "group": group,
        "form": form,
        "lines": lines,
        "is_new": template is None,
        "present": _lines(template) if status == 409 else [],
        "version": template.version if template else 0,
    }
    return render(request, "meetings/agenda_usual.html", context, status=status)


def _lines(template: AgendaTemplate | None) -> list[UsualItem]:
    if template is None:
        return starter()
    return [
        UsualItem(line.title, line.minutes, line.kind, line.is_consent, line.at_end) for line in template.items.all()
    ]
