"""Giving one's vote into somebody's hands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.governance.actions.rolls_proxies import answer_proxy, give_vote, take_vote_back
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.rolls import ProxyForm
from folkmoot.governance.models.rolls_exceptions import Proxy
from folkmoot.governance.queries.electorate import is_of_the_electorate
from folkmoot.governance.queries.rolls import judge_voter, proxies_most
from folkmoot.governance.queries.rolls_proxies import can_be_asked, proxies_for, proxy_given
from folkmoot.governance.rules.rolls import asks_until, may_give_vote
from folkmoot.kit.errors import Refused
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who casts the reader's vote, and whose votes the reader casts."""
    election, person, now = election_or_404(request, slug, key), signed_in(request), timezone.now()
    may_give = may_give_vote(person, election, now)
    # Only people of a group are told who is in it.
    people = can_be_asked(person, election) if may_give and is_of_the_electorate(person, election) else []
    form = ProxyForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            give_vote(election, form.chosen, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("Your vote is given once they say yes. You can take it back until it is cast."))
            return redirect("roll_proxy", slug, key)
    context = {
        "election": election,
        "group": election.group,
        "most": proxies_most(election),
        "may_give": may_give,
        "judged": judge_voter(election, person, now),
        "given": proxy_given(person, election),
        "held": proxies_for(person, election),
        "until": asks_until(election),
        "people": people,
    }
    return form_page(request, "governance/rolls/proxy.html", form, **context)


@require_POST
@login_required
def change(request: HttpRequest, slug: str, key: str, pk: int, what: str) -> HttpResponse:
    """Accept or decline a vote that one was asked to cast, or take one's own back."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    found = get_object_or_404(Proxy.objects.select_related("election__group", "giver", "holder"), pk=pk)
    if found.election_id != election.pk or person.pk not in (found.giver_id, found.holder_id):
        raise Http404
    if what == "back":
        take_vote_back(found, by=person)
        say(request, _("You vote for yourself."))
    elif what in ("accept", "decline"):
        answer_proxy(found, what == "accept", by=person)
        say(request, _("They were told."))
    else:
        raise Http404
    return redirect("roll_proxy", slug, key)
