"""Pages of decisions: their list, each one's own, and writing them down."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.decisions.actions import correct_decision, record_decision, show_decision
from folkmoot.decisions.decision_page import decision_called, page_of_decision
from folkmoot.decisions.forms.decisions import CorrectionForm, RecordForm, TaskForm
from folkmoot.decisions.listing import lines, page_of, read_wish, status_choices, years_of
from folkmoot.decisions.models import Status, Way
from folkmoot.decisions.record_text import as_markdown
from folkmoot.decisions.rules import may_propose_decision, may_record_decision
from folkmoot.kit.verdict import require
from folkmoot.ledger.reactions import delivering
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.actions import add_task
from folkmoot.plan.filling_in import fill_in, group_called
from folkmoot.plan.rules import may_add_task
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "decisions/form.html"


@require_safe
@kept_for_strangers
def decision_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's decisions, the latest first; by status, year, way and words."""
    group = group_called(slug)
    wish = read_wish(request.GET.dict())
    asking = person_of(request)
    page = page_of(group, wish, asking)
    if page is None:
        raise Http404
    context = {
        "group": group,
        "wish": wish,
        "page": page,
        "lines": lines(page),
        "years": years_of(group, asking),
        "statuses": status_choices(),
        "ways": Way.choices,
        "may_propose": bool(asking and may_propose_decision(asking, group)),
        "may_record": bool(asking and may_record_decision(asking, group)),
    }
    return render(request, "decisions/decisions.html", context)


@require_safe
@kept_for_strangers
def decision(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """One decision: what holds, by which clause, why, what follows, and how it came about."""
    shown = decision_called(slug, year, number, person_of(request))
    page = page_of_decision(shown, person_of(request), person_of(request))
    return render(request, "decisions/decision.html", {"page": page, "decision": shown, "group": shown.group})


@never_cache
@require_safe
def decision_file(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """The record of a decision as Markdown."""
    asking = person_of(request)
    shown = decision_called(slug, year, number, asking)
    address = request.build_absolute_uri(shown.get_absolute_url())
    text = as_markdown(page_of_decision(shown, asking, asking), address=address, with_names=asking is not None)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{shown.label}.md"'
    return response


@never_cache
@login_required
@require_http_methods(FORM)
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what was decided on a call."""
    group = group_called(slug)
    require(may_record_decision(signed_in(request), group))
    form = RecordForm(request.POST or None, group=group)

    def act(given: dict[str, object]) -> object:
        with delivering():
            return record_decision(
                group,
                form.wording,
                on_day=form.cleaned_data["on_day"],
                status=Status(form.cleaned_data["status"]),
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
            )

    return fill_in(
        request,
        form,
        act,  # type: ignore[arg-type]
        group=group,
        title=_("Write a decision down"),
        intro=_("For what was decided on a call. It gets a number and an address that stays."),
        submit=_("Keep it in the record"),
        back=reverse("decisions", args=[slug]),
        done=_("It stands in the record."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_http_methods(FORM)
def correct(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Correct what is said beside a settled decision."""
    shown = decision_called(slug, year, number, signed_in(request))
    require(may_record_decision(signed_in(request), shown.group))
    form = CorrectionForm(request.POST or None, decision=shown)
    return fill_in(
        request,
        form,
        lambda given: correct_decision(shown, **given, by=signed_in(request)),
        group=shown.group,
        title=_("Correct the record of %(label)s") % {"label": shown.label},
        intro=_("The decision itself does not change any more; another one can take its place."),
        submit=_("Keep the correction"),
        back=shown.get_absolute_url(),
        done=_("It is corrected; what stood there before stays readable."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_POST
def show(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Show everybody a decision that was brought in for people of the group."""
    shown = decision_called(slug, year, number, signed_in(request))
    show_decision(shown, by=signed_in(request))
    say(request, _("Everybody can read this decision now."))
    return redirect(shown)


@never_cache
@login_required
@require_http_methods(FORM)
def follow(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Add a task that follows from a decision."""
    shown = decision_called(slug, year, number, signed_in(request))
    require(may_add_task(signed_in(request), shown.group))
    return fill_in(
        request,
        TaskForm(request.POST or None),
        lambda given: add_task(
            title=given["title"], due_on=given["due_on"], group=shown.group, source=shown, by=signed_in(request)
        ),
        group=shown.group,
        title=_("What follows from %(label)s?") % {"label": shown.label},
        intro=shown.title,
        submit=_("Add the task"),
        back=shown.get_absolute_url(),
        to=shown.get_absolute_url(),
        done=_("It is among the group’s tasks, for somebody to take."),
        template=TEMPLATE,
    )
