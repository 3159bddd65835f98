"""Pages of monthly reports."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.rules import leads
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.actions.reports import (
    draft_report,
    edit_report,
    publish_correction,
    publish_report,
    report_text,
)
from folkmoot.plan.domain.periods import month_of, parse_month
from folkmoot.plan.filling_in import fill_in, group_called, known_or_404
from folkmoot.plan.forms.reports import CorrectionForm, ReportForm, part_title
from folkmoot.plan.goal_rules import leads_above, may_read_report, may_write_report
from folkmoot.plan.models import Report, ReportRevision
from folkmoot.plan.period_words import month_words
from folkmoot.plan.rendering import rendered
from folkmoot.ui.messages import say


@require_safe
@kept_for_strangers
def report_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's reports that the reader may read, the latest first."""
    group = group_called(slug)
    asking = person_of(request)
    writes = bool(asking and may_write_report(asking, group))
    reports = group.reports.all()
    if not (asking and leads(asking, group)):
        reports = reports.exclude(published_at=None)
        if not (asking and leads_above(asking, group)):
            reports = reports.filter(is_public=True)
    last = month_of(today_here()).before
    months = [month for month in (last.next, last) if month.first not in {report.month for report in reports}]
    context = {
        "group": group,
        "reports": [(report, month_words(report.of_month)) for report in reports],
        "months": [(month.key, month_words(month)) for month in months] if writes else [],
    }
    return render(request, "plan/reports.html", context)


@never_cache
@login_required
@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft a month's report from the record, or bring its draft up to date."""
    group = group_called(slug)
    require(may_write_report(signed_in(request), group))
    try:
        month = parse_month(request.POST.get("month", ""))
    except Refused as refused:
        raise Refused(refused.message, code="invalid") from None
    report = draft_report(group, month, by=signed_in(request))
    say(request, _("It is drafted from the record. What somebody has written is untouched."))
    return redirect("edit_report", slug, report.key)


@require_safe
@kept_for_strangers
def report(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """A published report, or an earlier revision by `?revision=`; for its writers also a draft."""
    shown, revision = _readable(request, slug, month)
    text = revision.text if revision else report_text(shown)
    revisions = list(shown.revisions.all())
    context = {
        "group": shown.group,
        "report": shown,
        "month": month_words(shown.of_month),
        "revision": revision,
        "earlier": [one for one in revisions if revision and one.number != revision.number],
        "is_latest": not revisions or revision == revisions[0],
        "words": rendered(_without_title(text), first_heading=1),
        "may_write": bool(person_of(request) and may_write_report(person_of(request), shown.group)),
    }
    return render(request, "plan/report.html", context)


@never_cache
@require_safe
def report_file(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """A report as Markdown."""
    shown, revision = _readable(request, slug, month)
    text = revision.text if revision else report_text(shown)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{shown.key}.md"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Work on a report: the record's words and one's own, part by part; keep them, or publish."""
    shown = _report(slug, month)
    known_or_404(may_read_report(signed_in(request), shown))
    require(may_write_report(signed_in(request), shown.group))
    pieces = list(shown.pieces.all())
    form = ReportForm(request.POST or None, report=shown, pieces=pieces)
    publishes = "publish" in request.POST and shown.published_at is None
    if request.method == "POST" and form.is_valid():
        try:
            edit_report(
                shown,
                texts=form.texts,
                seen=form.seen,
                fresh=form.fresh,
                is_public=form.cleaned_data["readers"] == "public",
                by=signed_in(request),
            )
            if publishes:
                publish_report(shown, by=signed_in(request))
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error(None, refused.message)
        else:
            if publishes:
                say(request, _("The report is published."))
                return redirect(shown)
            say(request, _("It is kept. Nobody else sees it until you publish it."))
            return redirect("edit_report", slug, month)
    context = {
        "group": shown.group,
        "report": shown,
        "month": month_words(shown.of_month),
        "form": form,
        "parts": [(part_title(piece.name), piece, *fields) for piece, *fields in form.parts],
    }
    return render(request, "plan/edit_report.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Publish what was changed since as a correction."""
    shown = _report(slug, month)
    known_or_404(may_read_report(signed_in(request), shown))
    require(may_write_report(signed_in(request), shown.group))
    return fill_in(
        request,
        CorrectionForm(request.POST or None),
        lambda given: publish_correction(shown, why=given["why"], by=signed_in(request)).report,
        group=shown.group,
        title=_("Publish a correction"),
        intro=_("What was published stays readable beside it."),
        submit=_("Publish it"),
        back=reverse("edit_report", args=[slug, month]),
        done=_("The correction is published."),
    )


def _report(slug: str, month: str) -> Report:
    try:
        first = parse_month(month).first
    except Refused:
        raise Http404 from None
    found = Report.objects.select_related("group__parent").filter(group__slug=slug, month=first).first()
    if found is None:
        raise Http404
    return found


def _readable(request: HttpRequest, slug: str, month: str) -> tuple[Report, ReportRevision | None]:
    """The report and the revision asked for (the latest by default); 404 for whoever may not read it."""
    shown = _report(slug, month)
    known_or_404(may_read_report(person_of(request), shown))
    revisions = shown.revisions.all()
    wish = request.GET.get("revision", "")
    if not wish:
        return shown, revisions.first()
    revision = (
        revisions.filter(number=int(wish)).first() if wish.isascii() and wish.isdecimal() and len(wish) < 5 else None
    )
    if revision is None:
        raise Http404
    return shown, revision


def _without_title(text: str) -> str:
    """The page has its own heading."""
    first, _line, rest = text.partition("\n")
    return rest if first.startswith("# ") else text
