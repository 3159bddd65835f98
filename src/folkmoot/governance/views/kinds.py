"""Empty seats, asking somebody to take one, and the rule for them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.governance.actions.kinds import answer_offer, offer_seat, say_vacancy_rule, take_offer_back
from folkmoot.governance.domain.empty_seats import months_left
from folkmoot.governance.forms.kinds import OfferSeatForm, VacancyRuleForm
from folkmoot.governance.models.kinds import AppointmentStep, SeatAppointment
from folkmoot.governance.queries.kinds import (
    body_of,
    empty_seats,
    empty_since,
    found_by,
    last_survey_of_body,
    rule_of,
)
from folkmoot.governance.rules.elections import may_begin_election
from folkmoot.governance.rules.kinds import may_answer_offer, may_see_offer
from folkmoot.groups.models import Group, Seat
from folkmoot.groups.rules import may_fill_seats
from folkmoot.groups.seat_pages import people_for_seats
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@require_safe
@never_cache
def empty(request: HttpRequest, slug: str) -> HttpResponse:
    """Which seats nobody holds, and what becomes of each by the rule of the group."""
    group = get_object_or_404(Group, slug=slug)
    reader = person_of(request)
    may_fill = reader is not None and bool(may_fill_seats(reader, group))
    seats = [
        {
            "seat": one.seat,
            "way": one.way,
            "since": one.empty.since if one.empty else None,
            "until": one.empty.until if one.empty else None,
            "left": months_left(one.empty.since, one.empty.until) if one.empty and one.empty.until else 0,
            "offer": one.offer if may_fill else None,
        }
        for one in empty_seats(group, on=today_here())
    ]
    context = {
        "group": group,
        "seats": seats,
        "rule": rule_of(group),
        "may_fill": may_fill,
        "may_elect": reader is not None and bool(may_begin_election(reader, group)),
    }
    return render(request, "governance/kinds/empty.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the group does when a seat falls empty."""
    group = get_object_or_404(Group, slug=slug)
    require(may_fill_seats(signed_in(request), group))
    present = rule_of(group)
    initial = {"months": present.months, "how": "elect" if present.by_election else "appoint"}
    form = VacancyRuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        say_vacancy_rule(
            group,
            months=form.cleaned_data["months"],
            by_election=form.cleaned_data["how"] == "elect",
            clause_anchor=present.clause_anchor,
            by=signed_in(request),
        )
        say(request, _("It holds from now on."))
        return redirect("empty_seats", group.slug)
    return form_page(request, "governance/kinds/rule.html", form, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask somebody to take a seat; beside it who is in the body already."""
    seat = get_object_or_404(Seat.objects.select_related("group"), pk=pk, group__slug=slug, retired_on=None)
    reader = signed_in(request)
    require(may_fill_seats(reader, seat.group))
    form = OfferSeatForm(
        request.POST if request.method == "POST" else None,
        people=people_for_seats(seat.group),
        initial={"begins_on": today_here()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            offer_seat(
                seat,
                form.people[form.cleaned_data["person"]],
                why=form.cleaned_data["why"],
                begins_on=form.cleaned_data["begins_on"],
                by=reader,
            )
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say(request, _("They were asked. You hear when they answer."))
            return redirect("empty_seats", seat.group.slug)
    survey = last_survey_of_body(seat.group)
    context = {
        "seat": seat,
        "group": seat.group,
        "empty": empty_since(seat),
        "body": body_of(seat.group, reader, on=today_here()),
        "survey": survey,
        "found": found_by(survey) if survey is not None else [],
    }
    return form_page(request, "governance/kinds/appoint.html", form, **context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: for whom it was made to a yes or a no, for those who made it where it stands."""
    found = get_object_or_404(SeatAppointment.objects.select_related("seat__group", "person", "by"), pk=pk)
    reader = signed_in(request)
    if not may_see_offer(reader, found):
        raise Http404
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        if answer == "back":
            take_offer_back(found, by=reader)
            say(request, _("The offer is taken back."))
            return redirect("empty_seats", found.seat.group.slug)
        if answer not in ("yes", "no"):
            raise Refused(_("Please say yes or no."), code="invalid")
        answer_offer(found, yes=answer == "yes", by=reader)
        say(request, _("Thank you. The seat is yours.") if answer == "yes" else _("Thank you for answering."))
        return redirect("seat_appointment", found.pk)
    context = {
        "appointment": found,
        "is_open": found.step == AppointmentStep.OFFERED,
        "may_answer": bool(may_answer_offer(reader, found)),
        "may_fill": bool(may_fill_seats(reader, found.seat.group)),
    }
    return render(request, "governance/kinds/appointment.html", context)
