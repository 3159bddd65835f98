"""Opening the voting, and the page on which everybody sees what was frozen."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.governance.actions.officers_freezing import open_voting, preview_of
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.sealed.envelopes import spoken
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.officers import FreezeForm
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.officers import VotingOpened
from folkmoot.governance.queries.officers_frozen import what_differs
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What will be frozen and what is in the way; an officer opens the voting here. Monitors read it."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_watch(person, election))
    if request.method == "POST":
        require(is_officer(person, election))
    if election.is_frozen and request.method == "POST":
        open_voting(election, by=person)  # It says in words that another officer was first.
    if election.is_frozen:
        return redirect("frozen_election", slug, key)
    if election.state != ElectionState.ANNOUNCED:
        raise Http404
    preview = preview_of(election)
    form = FreezeForm(request.POST if request.method == "POST" else None, warnings=preview.warnings)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data.get("why_unrehearsed", "")
            open_voting(election, despite=form.despite, why_unrehearsed=reason, by=person)
        except Refused as refused:
            if refused.code in ("forbidden", "already_open", "not_yet"):
                raise
            form.add_error(None, refused.message)
        else:
            say(request, _("Everything is frozen, and voting opens on its first day."))
            return redirect("frozen_election", slug, key)
    context = {
        "election": election,
        "group": election.group,
        "preview": preview,
        "contests": [(contest, who, method_words(contest.method)) for contest, who in preview.contests],
        "is_officer": preview.team.line_of(person) is not None,
    }
    return form_page(request, "governance/officers/freeze.html", form, **context)


@require_safe
@never_cache
def frozen(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What was frozen, its hash, the officers' fingerprints, and what that is good for."""
    election = _frozen_or_404(request, slug, key)
    said = json.loads(election.frozen)
    context = {
        "election": election,
        "group": election.group,
        "frozen": said,
        "contests": [(contest, method_words(contest["method"])) for contest in said["contests"]],
        "officers": [(officer["name"], spoken(officer["print"])) for officer in said["officers"]],
        "opened": VotingOpened.objects.filter(election=election).select_related("by").first(),
        "differs": what_differs(election),
        "nonce": election.nonce if election.state not in (ElectionState.OPEN, ElectionState.ANNOUNCED) else "",
    }
    return render(request, "governance/officers/frozen.html", context)


@require_safe
@never_cache
def text(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The frozen text, byte by byte as it was hashed."""
    election = _frozen_or_404(request, slug, key)
    response = HttpResponse(election.frozen.encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{election.group.slug}-{election.key}-frozen.json"'
    return response


def method_words(name: str) -> str:
    """How it is counted, for people."""
    return str(METHODS[Method(name)].words)


def _frozen_or_404(request: HttpRequest, slug: str, key: str) -> Election:
    election = election_or_404(request, slug, key)
    if not election.frozen:
        raise Http404
    return election
