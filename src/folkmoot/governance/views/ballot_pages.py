"""What the pages of ballots hold beside the ballots: for whom they are sealed, as people and as browsers read it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from folkmoot.governance.domain.ballot_papers import Way
from folkmoot.governance.domain.sealed.envelopes import public_of, spoken
from folkmoot.governance.forms.ballots import Filled
from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.ballots import Paper
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.people.guards import GuardedForm
from folkmoot.ui.refusals import error_page


@dataclass(frozen=True)
class Holder:
    """An officer to whose key ballots are sealed, with the fingerprint that was read aloud."""

    name: str
    print_of: str


@dataclass(frozen=True)
class AboutSealing:
    """Who opens the ballots of an election: `needed` of the `holders` together."""

    needed: int
    holders: tuple[Holder, ...]


def about_sealing(election: Election) -> AboutSealing:
    """From what was frozen when voting opened; nobody where nothing is frozen yet."""
    if not election.frozen:
        return AboutSealing(election.needed, ())
    frozen = json.loads(election.frozen)
    holders = tuple(Holder(str(one["name"]), spoken(str(one["print"]))) for one in frozen["officers"])
    return AboutSealing(int(frozen["needed"]), holders)


def sealing_data(election: Election, papers: Iterable[Paper], *, mode: str) -> dict[str, Any]:
    """What a browser needs to review and seal the ballots of an election, for `ui/frontend/elections/ballot.js`."""
    contests = []
    for paper in papers:
        given: dict[str, Any] = {
            "pk": paper.contest.pk,
            "position": paper.contest.position,
            "way": paper.way.value,
            "mayBeEqual": paper.may_be_equal,
            "top": paper.top,
        }
        if mode != "practice":
            sealing = sealing_for(paper.contest)
            given |= {"contest": _base64url(sealing.contest), "needed": sealing.needed}
            given["officers"] = [public_of(key) for key in sealing.officers]
        contests.append(given)
    return {"contests": contests, "isFinal": election.is_final, "mode": mode}


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def ballot_page(request: HttpRequest, ballots: Sequence[Filled], context: Mapping[str, Any]) -> HttpResponse:
    """The page on which a ballot is filled in; `context` has `mode`, `election` and `group` at least."""
    election, wrong = context["election"], [one for one in ballots if one.error]
    told = {
        "ballots": ballots,
        "wrong": wrong,
        "data": sealing_data(election, [one.paper for one in ballots], mode=context["mode"]),
        "guard": GuardedForm(),
        "sealing": about_sealing(election),
        **context,
    }
    status = 400 if wrong or context.get("asks_empty") else 200
    return render(request, "governance/ballots/ballot.html", told, status=status)


def says_nothing(ballots: Iterable[Filled], data: Mapping[str, str]) -> bool:
    """Whether a ballot is empty, and nobody said that they mean it."""
    return all(one.says_nothing for one in ballots) and not data.get("empty")


def given_again(ballots: Iterable[Filled]) -> list[tuple[str, str]]:
    """What was filled in, as names and values of fields, for changing it."""
    return [
        (line.field, str(line.place) if one.paper.way is Way.CHOOSE else line.value)
        for one in ballots
        for line in one.lines
        if line.value
    ]


def too_often(request: HttpRequest) -> HttpResponse:
    """What a network that asks too often gets."""
    return error_page(request, 429, _("That was a lot at once"), _("Please wait a minute and try once more."))
