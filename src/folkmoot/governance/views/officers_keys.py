"""The page on which officers make keys, read them aloud to each other, and rehearse. Nothing private comes here."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.governance.actions.officers_keys import (
    begin_rehearsal,
    give_keys,
    hear_print,
    rehearse,
    say_key_found,
    say_key_lost,
    shares_for,
)
from folkmoot.governance.domain.officer_keys import read_public_keys
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.officers import KeysForm, OpenedForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import OfficerKey, Rehearsal
from folkmoot.governance.queries.officers import KeyLine, Team, rehearsal_of, team_of
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.governance.rules.officers import advice_on, keys_matter, may_change_keys
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

STEPS = 4


@sensitive_post_parameters("public")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Step by step: keys, fingerprints, rehearsal. Monitors see how far it is."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_watch(person, election))
    problem = ""
    if request.method == "POST":
        require(is_officer(person, election))
        try:
            say(request, _do(request.POST, election, person))
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            # What was sent is not shown again: it may have held a private key.
            problem = refused.message
        else:
            return redirect("election_keys", slug, key)
    context = _context(election, person) | {"problem": problem, "form": KeysForm(), "opened_form": OpenedForm()}
    return render(request, "governance/officers/keys.html", context, status=400 if problem else 200)


@require_safe
@never_cache
@login_required
def rehearsal(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What an officer needs to open their part of the rehearsal on the command line."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(is_officer(person, election))
    team = team_of(election)
    given = _for_script(election, team, team.line_of(person), rehearsal_of(election, team))
    if given is None or given["rehearsal"] is None:
        raise Http404
    response = JsonResponse(given["rehearsal"])
    response["Content-Disposition"] = 'attachment; filename="rehearsal.json"'
    return response


def _do(sent: Mapping[str, str], election: Election, person: Person) -> str:
    what = sent.get("do", "")
    mine = election.officers.select_related("person").get(person=person)
    if what == "give":
        give_keys(mine, *read_public_keys(sent.get("public", "")), by=person)
        return _("Your public keys are here. Now the others have to hear your fingerprint.")
    if what == "hear":
        heard = get_object_or_404(
            OfficerKey.objects.select_related("officer__election"),
            print_of=sent.get("print", ""),
            officer__election=election,
        )
        hear_print(heard, by=person)
        return _("It is noted that you heard it.")
    if what == "lost":
        say_key_lost(mine, by=person)
        return _("It is noted, and all who look after this election are told.")
    if what == "found":
        say_key_found(mine, by=person)
        return _("It is noted that you have it again.")
    if what == "begin_rehearsal":
        begin_rehearsal(election, by=person)
        return _("Three ballots are invented and sealed. Open your part of them.")
    if what == "rehearse":
        rehearsal = Rehearsal.objects.filter(election=election).select_related("election").first()
        if rehearsal is None or sent.get("rehearsal") != rehearsal.contest:
            raise Refused(
                _("The keys were changed meanwhile. Please begin the rehearsal again."), code="rehearsal_changed"
            )
        if rehearse(rehearsal, *_opened(sent), by=person):
            return _("The ballots were opened, and they say what was sealed. Opening works.")
        return _("Your part is opened, and sealed for the others. The ballots open once enough officers did this.")
    raise Refused(_("This is not what the page sends. Please load it again."), code="invalid")


def _opened(sent: Mapping[str, str]) -> tuple[dict[int, str], list[list[int]] | None]:
    """What is sent of a rehearsal: the sealed shares by officer, and the rankings or null."""
    try:
        opened = json.loads(sent.get("opened", ""))
        shares = {int(pk): str(text) for pk, text in opened["shares"].items()}
        rankings = opened["rankings"]
        if rankings is not None:
            rankings = [[int(rank) for rank in ranks] for ranks in rankings]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(_("This is not what the page sends. Please load it again."), code="invalid") from None
    return shares, rankings


def _context(election: Election, person: Person) -> dict[str, Any]:
    team = team_of(election)
    mine = team.line_of(person)
    rehearsal = rehearsal_of(election, team)
    heard = mine is not None and all(
        mine.officer.pk in {one.pk for one in line.heard_by} for line in team.officers if line.key and line is not mine
    )
    return {
        "election": election,
        "group": election.group,
        "team": team,
        "mine": mine,
        "others": [line for line in team.officers if line is not mine],
        "me": mine.officer.pk if mine is not None else None,
        "may_change": may_change_keys(mine.officer) if mine is not None else None,
        "rehearsal": rehearsal,
        "step": _step(mine, heard=heard, has_rehearsal=rehearsal is not None),
        "advice": advice_on(team.needed, len(team.officers)),
        "may_lose": keys_matter(election),
        "may_open": bool(keys_matter(election)) and election.is_frozen,
        "given": _for_script(election, team, mine, rehearsal),
    }


def _step(mine: KeyLine | None, *, heard: bool, has_rehearsal: bool) -> int:
    """At which of the steps keys, fingerprints, rehearsal, done the reader is."""
    if mine is None or not mine.opens or mine.key is None:
        return 1
    if not heard or not mine.is_heard_by_all:
        return 2
    return STEPS if has_rehearsal and mine.key.rehearsed_at is not None else STEPS - 1


def _for_script(
    election: Election, team: Team, mine: KeyLine | None, rehearsal: Rehearsal | None
) -> dict[str, Any] | None:
    """What the page's script works with; all of it may be known to every officer."""
    if mine is None:
        return None
    given: dict[str, Any] = {
        "election": election.title,
        "file": f"{election.group.slug}-{election.key}-keys.jwe",
        "me": mine.officer.pk,
        "print": mine.key.print_of if mine.key is not None else None,
        "rehearsal": None,
    }
    if rehearsal is not None and mine.opens:
        given["rehearsal"] = {
            "me": mine.officer.pk,
            "contest": urlsafe_b64encode(bytes.fromhex(rehearsal.contest)).rstrip(b"=").decode(),
            "needed": rehearsal.needed,
            "envelopes": rehearsal.envelopes,
            "place": team.openers.index(mine),
            "officers": [
                {"pk": line.officer.pk, "opening": line.key.opening} for line in team.openers if line.key is not None
            ],
            "sent": shares_for(rehearsal, mine.officer),
        }
    return given
