"""Confirming an address again from which mail came back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.notices.actions import confirm_address as confirm
from folkmoot.notices.actions import send_address_code
from folkmoot.notices.forms import CodeForm
from folkmoot.notices.queries import paused_address
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest) -> HttpResponse:
    """A button that sends a code, and a field for it; GET sends nothing."""
    person = signed_in(request)
    entering = request.method == "POST" and "code" in request.POST
    form = CodeForm(request.POST if entering else None)
    if request.method == "POST" and not entering:
        send_address_code(person, now=timezone.now())
        say(request, _("A code is on its way to you."))
        return redirect("confirm_address")
    if entering and form.is_valid():
        try:
            count = confirm(person, form.cleaned_data["code"], now=timezone.now())
        except Refused as refused:
            form.add_error("code", refused.message)
        else:
            words = ngettext(
                "Your address is confirmed. One mail that was held back comes now.",
                "Your address is confirmed. %(count)d mails that were held back come now.",
                count,
            )
            say(request, words % {"count": count} if count else _("Your address is confirmed."))
            return redirect("notice_settings")
    return render(
        request,
        "notices/confirm_address.html",
        {"paused": paused_address(person), "form": form},
        status=400 if form.is_bound else 200,
    )
