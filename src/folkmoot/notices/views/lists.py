"""The mailing lists of a place, for those who look after it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.notices import actions
from folkmoot.notices.forms import ListAddressForm
from folkmoot.notices.models import ListAddress
from folkmoot.notices.places import may_look_after, place_named
from folkmoot.notices.queries import lists_of
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_lists(request: HttpRequest, place_key: str) -> HttpResponse:
    """The lists, and a form for one more."""
    person = signed_in(request)
    place = place_named(place_key)
    require(may_look_after(person, place))
    form = ListAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_list(place, form.cleaned_data["address"], by=person, now=timezone.now())
        except Refused as refused:
            form.add_error("address", refused.message)
        else:
            say(request, _("A code is on its way to the list. Enter it here once it has arrived."))
            return redirect("mailing_lists", place.key)
    return render(
        request,
        "notices/lists.html",
        {"place": place, "lists": lists_of(place), "form": form},
        status=400 if form.is_bound else 200,
    )


@never_cache
@login_required
@require_POST
def mailing_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """One list: a code entered, a new code sent, or the list removed."""
    person = signed_in(request)
    row = get_object_or_404(ListAddress, pk=list_id)
    wish = request.POST.get("do")
    if wish == "remove":
        actions.remove_list(row, by=person)
        say(request, _("Nothing is posted to %(address)s any more.") % {"address": row.address})
    elif wish == "again":
        actions.send_list_code(row, by=person, now=timezone.now())
        say(request, _("A new code is on its way to the list."))
    else:
        try:
            actions.confirm_list(row, request.POST.get("code", ""), by=person, now=timezone.now())
        except Refused as refused:
            if refused.code != "wrong_code":
                raise
            say(request, refused.message, level="error")
        else:
            say(request, _("Notices for everybody go to %(address)s from now on.") % {"address": row.address})
    return redirect("mailing_lists", row.place)
