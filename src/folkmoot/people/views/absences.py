"""When I am away: said, and taken back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import coming_absences
from folkmoot.people.actions import end_absence, say_away
from folkmoot.people.forms.absences import AbsenceForm
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_absences(request: HttpRequest) -> HttpResponse:
    """What I have said, and a form to say more."""
    person, today = signed_in(request), today_here()
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            say_away(person, **form.cleaned_data)
        except Refused as refused:
            form.add_error("last_day", refused.message)
        else:
            say(request, _("Noted. Your reminders wait until you are back."))
            return redirect("my_absences")
    context = {"form": form, "today": today, "coming": list(coming_absences(person, today=today))}
    return render(request, "people/absences.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """I am back, or stay after all."""
    person = signed_in(request)
    end_absence(get_object_or_404(person.absences, pk=pk), by=person)
    say(request, _("Noted. You are proposed and reminded again."))
    return redirect("my_absences")
