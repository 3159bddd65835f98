"""The result of an election: for everybody once it is released, before that for officers and monitors."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.governance.domain.counting.files import read_ballots
from folkmoot.governance.domain.counting.methods import METHODS, Method, count
from folkmoot.governance.domain.counting.others import others
from folkmoot.governance.domain.counting.story import all_of, story
from folkmoot.governance.domain.given import count_given
from folkmoot.governance.domain.offline import offline_page
from folkmoot.governance.domain.publishing import Warn, possible_rankings, warnings_for
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.results import Elected, ElectionBundle, PassedOn
from folkmoot.governance.queries.results import Counted, bundle_of, counts_of, officers_as_frozen
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.governance.rules.results import may_complain, may_see_result
from folkmoot.governance.views.counting import LONGEST_COUNT, LONGEST_OTHERS, others_in_words, patience_of, shown
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.guards import limited
from folkmoot.people.reader import person_of
from folkmoot.ui.refusals import error_page

OF_A_NETWORK: Final = "30/m"
MOST_COMPARED: Final = 60
BY_MARKS: Final = (Method.SCORE, Method.STAR)
LONGEST_OF_ALIKE: Final = 60_000


def seen_or_refused(request: HttpRequest, slug: str, key: str) -> Election:
    """The election, whose result this reader may see; 404 for what they may not know, 403 with the reason."""
    election = election_or_404(request, slug, key)
    require(may_see_result(person_of(request), election))
    return election


@require_safe
@never_cache
def result(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who is elected, in numbers, how it was counted, and how anybody checks it."""
    election = seen_or_refused(request, slug, key)
    counts = counts_of(election)
    reader = person_of(request)
    bundle = ElectionBundle.objects.filter(election=election).first()
    context = {
        "election": election,
        "group": election.group,
        "release": getattr(election, "release", None),
        "counts": [_in_short(one) for one in counts],
        "is_single": len(counts) == 1,
        "voters": election.voters.count(),
        "turnout": election.turnout.count(),
        "signed_by": _signed_by(election),
        "bundle": bundle,
        "passed_on": _passed_on(election),
        "seated": _seated(election),
        "is_officer": is_officer(reader, election),
        "may_complain": may_complain(reader, election, timezone.now()) if reader is not None else None,
        **(_details(counts[0]) if len(counts) == 1 else {}),
    }
    return render(request, "governance/results/result.html", context)


@require_safe
@never_cache
def contest(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """How one contest was counted, stage by stage."""
    election = seen_or_refused(request, slug, key)
    counted = _counted_or_404(election, number)
    context = {"election": election, "group": election.group, "one": _in_short(counted), **_details(counted)}
    return render(request, "governance/results/contest.html", context)


@require_safe
@never_cache
def what_if(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """What other rules, or one candidate less, would have brought: no part of the result, from published ballots."""
    election = seen_or_refused(request, slug, key)
    counted = _counted_or_404(election, number)
    if limited(request, "count", OF_A_NETWORK):
        words = _("From where you are, ballots are counted more often than people do. Please wait a minute.")
        return error_page(request, 429, _("That was often"), words, drawing="lamp")
    context: dict[str, Any] = {
        "election": election,
        "group": election.group,
        "one": _in_short(counted),
        "candidates": list(enumerate(counted.result.candidates)),
        "others": None,
        "without": None,
    }
    given = counted.given
    if given is not None and counted.result.verdict is None:
        try:
            ballots, found = count_given(given, patience=patience_of(LONGEST_COUNT))
            context["candidates"] = [
                (place, name) for place, name in enumerate(ballots.candidates) if name not in ballots.withdrawn
            ]
            left_out = _left_out(request.GET.get("without", ""), len(ballots.candidates))
            if left_out is not None and ballots.candidates[left_out] not in ballots.withdrawn:
                name = ballots.candidates[left_out]
                other = count(ballots.without([name]), given.rules, patience=patience_of(LONGEST_COUNT))
                context["without"] = (name, all_of(list(other.elected)) if other.elected else "", story(other)[-1])
            elif len(ballots.candidates) <= MOST_COMPARED:
                compared = others(ballots, given.rules, found, patience=patience_of(LONGEST_OTHERS))
                # People ranked and gave no marks, so nothing can be said of rules that count marks.
                told = [one for one in compared if not (one.refused and one.method in BY_MARKS)]
                context["others"] = others_in_words(told)
        except Refused as refused:
            context["refused"] = refused.message
    return render(request, "governance/results/what_if.html", context)


@require_safe
@never_cache
def bundle(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The bundle, for everybody to verify."""
    election = seen_or_refused(request, slug, key)
    return _file(bundle_of(election), f"election-{election.key}.zip", "application/zip")


@require_safe
@never_cache
def published_ballots(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """The ballots of a contest as far as they are published."""
    counted = _counted_or_404(seen_or_refused(request, slug, key), number)
    if not counted.row.published:
        raise Http404
    return _ballots_file(counted.row.published, counted.file_name)


@require_safe
@never_cache
def all_ballots(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """All ballots of a contest, for officers and monitors, who repeat the count by them."""
    election = seen_or_refused(request, slug, key)
    require(may_watch(person_of(request), election))
    counted = _counted_or_404(election, number)
    return _ballots_file(counted.row.ballots, counted.all_name)


@require_safe
@never_cache
def offline(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """One file that checks itself without network, where all ballots are published."""
    election = seen_or_refused(request, slug, key)
    counted = _counted_or_404(election, number)
    given = counted.given
    if given is None:
        raise Http404
    page = offline_page(given, counted.result, title=f"{election.title}: {counted.contest.title}")
    return _file(page.encode(), f"{election.key}-{number}.html", "text/html; charset=utf-8")


def _in_short(one: Counted) -> dict[str, Any]:
    """A contest as the list of results shows it."""
    told = story(one.result)
    # Where all said the same, a file of ballots is short; a long one need not be read for each page.
    is_short = len(one.row.ballots) <= LONGEST_OF_ALIKE
    warned = warnings_for(read_ballots(one.row.ballots.encode())) if is_short else ()
    return {
        "counted": one,
        "number": one.number,
        "section_id": f"contest-{one.number}",
        "title": one.contest.title,
        "elected": one.result.elected if one.result.verdict is None else (),
        "verdict": one.result.verdict,
        "method": METHODS[Method(one.result.method)].words,
        "ending": told[-1],
        "says_more": bool(one.result.terms) or len(one.result.elected) < one.result.seats,
        "cast": one.row.cast,
        "spoilt": one.row.spoilt,
        "shown": one.row.shown,
        "shortened": one.row.shortened,
        "publishes_all": one.contest.publishes_all,
        "candidates": len(one.result.candidates),
        "possible": possible_rankings(len(one.result.candidates)),
        "is_alike": Warn.SAME in warned,
        "are_few": Warn.FEW in warned,
    }


def _details(one: Counted) -> dict[str, Any]:
    return shown(None, one.result, [])


def _signed_by(election: Election) -> list[str]:
    names = officers_as_frozen(election)
    places = election.signatures.order_by("officer__place").values_list("officer__place", flat=True)
    return [names[place] for place in places if place is not None]


def _seated(election: Election) -> list[Elected]:
    """Who sits where by a certified result, as long as they are those who were elected."""
    if election.state != ElectionState.CERTIFIED:
        return []
    seated = Elected.objects.filter(contest__election=election, term__isnull=False)
    return list(seated.select_related("term__seat", "nomination").order_by("contest__position", "position"))


def _passed_on(election: Election) -> list[PassedOn]:
    found = PassedOn.objects.filter(contest__election=election).select_related("nomination", "to", "contest")
    return list(found)


def _counted_or_404(election: Election, number: int) -> Counted:
    found = next((one for one in counts_of(election) if one.number == number), None)
    if found is None:
        raise Http404
    return found


def _left_out(said: str, candidates: int) -> int | None:
    if said.isascii() and said.isdigit() and len(said) <= 3 and int(said) < candidates:
        return int(said)
    return None


def _ballots_file(text: str, name: str) -> HttpResponse:
    return _file(text.encode(), name, "application/json" if name.endswith(".json") else "text/plain; charset=utf-8")


def _file(content: bytes, name: str, type_: str) -> HttpResponse:
    response = HttpResponse(content, content_type=type_)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
