"""Asking people to lead a group, and what they answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.actions.managers import answer_offer, choose_public_name, end_appointment, offer_lead
from folkmoot.groups.domain.commitment import months_later
from folkmoot.groups.forms.managers import EndForm, OfferAnswerForm, OfferForm
from folkmoot.groups.models import AppointmentState, ManagerAppointment
from folkmoot.groups.queries import charter_in_force
from folkmoot.groups.rules import may_oversee
from folkmoot.groups.terms import lead_terms
from folkmoot.groups.views.reading import group_called
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody to lead the group."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_oversee(by, group))
    terms, today = lead_terms(charter_in_force(group)), today_here()
    form = OfferForm(
        group,
        request.POST if request.method == "POST" else None,
        initial={
            "starts_on": today,
            "ends_on": months_later(today, terms.months),
            "hours_a_week": terms.hours_a_week,
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            offer_lead(
                given["person"],
                group,
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                hours_a_week=given["hours_a_week"],
                by=by,
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("%(name)s has been asked, and answers by mail.") % {"name": given["person"].name})
            return redirect("group_people", slug)
    return render(
        request,
        "groups/offer_lead.html",
        {"group": group, "form": form, "terms": terms},
        status=400 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is asked to do, with yes and no; later, whether everybody may read one's name."""
    by = signed_in(request)
    found = _appointment(pk, by)
    if found.person != by:
        require(may_oversee(by, found.group))
        if request.method == "POST":
            raise Refused(_("Only who was asked may answer."), code="forbidden")
    is_open = found.state == AppointmentState.OFFERED
    form = OfferAnswerForm(
        request.POST if request.method == "POST" else None, initial={"names_publicly": found.names_publicly}
    )
    if request.method == "POST" and form.is_valid():
        public = form.cleaned_data["names_publicly"]
        if not is_open:
            choose_public_name(found, names_publicly=public, by=by)
            say(request, _("Your choice is kept."))
        elif request.POST.get("answer") in ("yes", "no"):
            accept = request.POST["answer"] == "yes"
            answer_offer(found, accept=accept, names_publicly=public, by=by)
            say(
                request,
                _("Thank you. You lead the group for this term.") if accept else _("Thank you for your answer."),
            )
        else:
            raise Refused(_("Please say yes or no."), code="invalid")
        return redirect("group_people", found.group.slug)
    return render(
        request,
        "groups/appointment.html",
        {"group": found.group, "found": found, "form": form, "is_open": is_open, "is_mine": found.person == by},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a term early, or take an offer back."""
    by = signed_in(request)
    found = _appointment(pk, by)
    require(may_oversee(by, found.group))
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_appointment(found, why=form.cleaned_data["why"], force=form.cleaned_data["force"], by=by)
        except Refused as refused:
            form.add_error("why", refused.message)
        else:
            say(request, _("It is done, and %(name)s was told.") % {"name": found.person.name})
            return redirect("group_people", found.group.slug)
    return render(
        request,
        "groups/end_appointment.html",
        {"group": found.group, "found": found, "form": form, "is_offer": found.state == AppointmentState.OFFERED},
        status=400 if form.errors else 200,
    )


def _appointment(pk: int, reader: Person) -> ManagerAppointment:
    """An appointment that the reader may know of: their own, or one of a group for which they appoint."""
    found = ManagerAppointment.objects.filter(pk=pk).select_related("person", "group", "role").first()
    if found is None or (found.person != reader and not may_oversee(reader, found.group)):
        raise Http404
    return found
