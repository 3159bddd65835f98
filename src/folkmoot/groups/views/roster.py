"""Lists of people: taken in with a look at what they would change, and taken out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.groups.actions.roster import MOST_ROWS, apply_draft, choose_columns, keep_roster, table_of
from folkmoot.groups.forms.rosters import ColumnsForm, RosterFileForm
from folkmoot.groups.models import RosterDraft
from folkmoot.groups.roster import compare, report_of, roster_rows
from folkmoot.groups.rules import may_invite, may_manage
from folkmoot.groups.views.reading import group_called
from folkmoot.kit.csv_text import written
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a list, or take the present one out."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_invite(by, group))
    form = RosterFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = keep_roster(group, file.name, file.read(), by=by)
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("roster_draft", slug, draft.pk)
    return render(request, "groups/roster.html", {"group": group, "form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_draft(request: HttpRequest, slug: str, draft_id: str) -> HttpResponse:
    """What a list would change, row by row; other columns; and taking it in."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_invite(by, group))
    draft = get_object_or_404(RosterDraft.objects.select_related("group"), pk=draft_id, group=group, by=by)
    if draft.applied_at is not None:
        return redirect("group_people", slug)
    table = table_of(draft)
    problem, status = "", 200
    sent = request.POST if request.method == "POST" and "apply" not in request.POST else None
    form = ColumnsForm(table.header, table.mapping, sent)
    if request.method == "POST":
        try:
            if "apply" in request.POST:
                done = apply_draft(
                    draft, shown=request.POST.get("shown", ""), tell_people="tell" in request.POST, by=by
                )
                count = done.changes
                said = ngettext("%(count)d person was taken in.", "%(count)d people were taken in.", count)
                say(request, said % {"count": count})
                return redirect("group_people", slug)
            if form.is_valid():
                choose_columns(draft, form.mapping)
                return redirect("roster_draft", slug, draft.pk)
            status = 400
        except Refused as refused:
            if refused.code == "applied":
                return redirect("group_people", slug)
            problem, status = refused.message, 409
    report = None
    try:
        report = report_of(compare(group, table, most_rows=MOST_ROWS))
    except Refused as refused:
        problem = problem or refused.message
    context = {"group": group, "draft": draft, "table": table, "form": form, "report": report, "problem": problem}
    return render(request, "groups/roster_draft.html", context, status=status)


@never_cache
@login_required
@require_safe
def roster_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Who takes part, as CSV."""
    group = group_called(slug)
    require(may_manage(signed_in(request), group))
    response = StreamingHttpResponse(written(roster_rows(group)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-people.csv"'
    return response
