"""Somebody's own calendar: the page on which they make and take back its address, and the feed itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.calendar import own_feeds
from folkmoot.calendar.actions import make_own_feed, revoke_own_feed
from folkmoot.calendar.forms import OwnFeedForm
from folkmoot.calendar.subscriptions import own_subscription
from folkmoot.groups.queries import groups_with_power
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@sensitive_variables("path", "subscription")
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """What one's own feed is; POST makes its address, or another one, and shows it this once."""
    person = signed_in(request)
    subscription = None
    form = OwnFeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _feed, path = make_own_feed(**form.cleaned_data, by=person)
        subscription = own_subscription(path)
        form = OwnFeedForm(initial=form.cleaned_data)
    response = render(
        request,
        "calendar/my_calendar.html",
        {
            "form": form,
            "feed": own_feeds.open_feed_of(person),
            "subscription": subscription,
            "groups": list(groups_with_power(person).order_by("name")),
        },
    )
    response["Referrer-Policy"] = "no-referrer" if subscription else "same-origin"
    return response


@never_cache
@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Let the address of one's own feed lead nowhere."""
    revoke_own_feed(by=signed_in(request))
    say(request, _("The address leads nowhere any more."))
    return redirect("my_calendar")


@sensitive_variables("token")
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A feed of one's own, for whoever has its address."""
    return own_feeds.answer(request, own_feeds.feed_of_token(token))
