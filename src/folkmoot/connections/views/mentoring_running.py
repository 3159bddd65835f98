"""Bringing people together in a programme, for those who run it. Of pairs they see where they stand and since when."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.connections.actions.mentoring_matching import ask_pairs
from folkmoot.connections.forms.mentoring import ChooseMentorForm
from folkmoot.connections.mentoring_words import reason_words, why_nobody_words
from folkmoot.connections.models.mentoring import HowItGoes, PairCheckIn
from folkmoot.connections.models.mentoring_programmes import MentoringProgramme
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.queries.mentoring import whole_pairs
from folkmoot.connections.queries.mentoring_matching import Line, matching_of
from folkmoot.connections.rules.mentoring import may_bring_together, may_run_programme
from folkmoot.connections.views.mentoring import programme_or_404
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

MOST_AT_ONCE = 500


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matching(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggested pairs with their reasons, who waits and why, and the pairs there are; POST asks one pair or all."""
    found, person = programme_or_404(pk), signed_in(request)
    require(may_run_programme(person, found))
    if request.method == "POST":
        done = ask_pairs(found, _wanted(request), by=person)
        if done.pairs:
            say(
                request,
                ngettext("One pair is asked.", "%(n)d pairs are asked.", len(done.pairs)) % {"n": len(done.pairs)},
            )
        if done.left or not done.pairs:
            say(
                request,
                _("Some could not be asked just now; somebody else may have been quicker. This page shows who can be."),
                level="warning",
            )
        return redirect("mentoring_matching", pk=found.pk)
    return render(request, "connections/mentoring/matching.html", _page(found, person))


def _page(found: MentoringProgramme, person: Person) -> dict[str, object]:
    may = may_bring_together(person, found, on=today_here())
    applied = list(found.applications.select_related("person"))
    interests = interests_of(one.person_id for one in applied)
    lines = matching_of(found, now=timezone.now()).lines if may else ()
    attention = set(
        PairCheckIn.objects.filter(pair__programme=found, answer=HowItGoes.ATTENTION).values_list("pair", flat=True)
    )
    pairs = whole_pairs().filter(programme=found).select_related("reason_by").order_by("-asked_at")
    return {
        "programme": found,
        "may": may,
        "suggested": [_shown(line) for line in lines if line.suggested is not None],
        "waiting": [_shown(line) for line in lines if line.suggested is None],
        # Who runs it and is one of a pair reads here of the other one no more than on the page of the two.
        "pairs": [(pair, alone := pair.side_of(person) is None, alone and pair.pk in attention) for pair in pairs],
        "applied": [(one, list(interests[one.person_id].of(_sort(one.is_mentor)).values())) for one in applied],
    }


def _sort(is_mentor: bool) -> str:
    return "helps" if is_mentor else "learns"


def _shown(line: Line) -> dict[str, object]:
    could = line.suggested
    mentors = [one.mentor for one in (*((could,) if could else ()), *line.others)]
    return {
        "mentee": line.mentee,
        "could": could,
        "reason": reason_words(could) if could else "",
        "why": why_nobody_words(line.why) if line.why else "",
        "form": ChooseMentorForm(mentors=mentors, prefix=f"for-{line.mentee.pk}") if mentors else None,
    }


def _wanted(request: HttpRequest) -> list[tuple[int, int]]:
    """Keys of applications, mentor first: of all pairs that were shown, or of one line."""
    if "all" in request.POST:
        given = [one.partition("-")[::2] for one in request.POST.getlist("pair")[:MOST_AT_ONCE]]
    else:
        mentee = request.POST.get("mentee", "")
        given = [(request.POST.get(f"for-{mentee}-mentor", ""), mentee)]
    return [(int(one), int(other)) for one, other in given if _is_key(one) and _is_key(other)]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12
