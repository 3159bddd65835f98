"""Saying that something is done from a mail, without signing in: one page with one button."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.people.guards import GuardedForm
from folkmoot.plan.actions.errands import finish_from_mail, require_own
from folkmoot.plan.errands import read_errand
from folkmoot.plan.queries import errand_of
from folkmoot.plan.rows import page_of
from folkmoot.ui.refusals import status_of


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def errand(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what it is about and a button, and changes nothing; POST does it, and twice is once.

    Programs that open the links of a mail and press what they find come too quickly for the form. Who is signed in
    makes no difference: it is done in the name of whoever got the mail.
    """
    try:
        thing, person = errand_of(read_errand(token))
        require_own(thing, person)
        form = GuardedForm(request.POST if request.method == "POST" else None)
        context = {"thing": thing, "form": form, "thing_url": page_of(thing)}
        if thing.is_done:
            return _page(request, "done", context)
        if request.method == "POST" and form.is_valid() and not form.trapped:
            finish_from_mail(thing, by=person)
            return _page(request, "done", context)
    except Refused as refused:
        gone = {"closed": 410, "taken": 410, "ended": 410}
        return _page(request, "closed", {"why": refused.message}, gone.get(refused.code, status_of(refused.code)))
    return _page(request, "asked", context, 400 if form.errors else 200)


def _page(request: HttpRequest, state: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    titles = {
        "asked": _("Is it done?"),
        "done": _("Marked as done"),
        "closed": _("This link does not work any more"),
    }
    return render(request, "plan/errand.html", {**context, "state": state, "title": titles[state]}, status=status)
