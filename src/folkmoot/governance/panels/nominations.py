"""Candidates on the page of an election, and nominations that wait for an answer on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.governance.actions.plan_contests import QUESTIONS
from folkmoot.governance.candidates_page import contests_of
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.nominations import JUDGED, Nomination, NominationState
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.queries.nominations import (
    candidate_days_of,
    endorsed,
    nominations_waiting_for,
    own_nominations,
    warnings_of_places,
)
from folkmoot.governance.rules.nominations import (
    is_time_to_nominate,
    may_ask_candidates,
    may_judge_candidates,
    may_nominate,
)
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel

SHOWN = 5


@dataclass(frozen=True)
class _Judged:
    """A nomination that officers look at, and how many endorsements it lacks."""

    nomination: Nomination
    missing: int


def fill() -> None:
    """Hang everything where it belongs."""
    add_part("nominations", section, order=20)
    add_desk_panel(DeskPanel("nominations_that_wait", 13, nominations_that_wait))


def section(request: HttpRequest, election: Election) -> SafeString | None:
    """Who stands, and what waits for this reader: to answer, to answer questions, to nominate, to judge."""
    if election.state in (ElectionState.DRAFT, ElectionState.CANCELLED) or election.kind in QUESTIONS:
        return None
    reader, now = person_of(request), timezone.now()
    contests = contests_of(election)
    if not contests:
        return None
    standing = Nomination.objects.filter(contest__election=election, state=NominationState.STANDING)
    context: dict[str, Any] = {
        "election": election,
        "group": election.group,
        "days": candidate_days_of(election),
        "count": standing.count(),
        "has_questions": CandidateQuestion.objects.filter(contest__election=election).exists(),
    }
    if reader is not None:
        own = own_nominations(reader, election)
        context |= {
            "own": own,
            "may_nominate_now": not election.is_frozen,
            "unanswered": _unanswered(own) if election.state in (ElectionState.ANNOUNCED, ElectionState.OPEN) else 0,
            # One primary action: whoever was nominated answers first.
            "nominate_kind": "" if any(one.state == NominationState.PROPOSED for one in own) else "primary",
            "may_nominate": is_time_to_nominate(election, now) and may_nominate(reader, contests[0], now),
            "may_ask": may_ask_candidates(reader, contests[0], now),
            **_for_officers(reader, election, now),
        }
    return render_to_string("governance/nominations/section.html", context, request)


def _for_officers(reader: Person, election: Election, now: datetime) -> dict[str, Any]:
    if not may_judge_candidates(reader, election):
        return {}
    judged = Nomination.objects.filter(contest__election=election, state__in=JUDGED, person__isnull=False)
    found = list(
        judged.select_related("person", "contest").prefetch_related("endorsements").order_by("contest__position", "pk")
    )
    is_early = bool(is_time_to_nominate(election, now))
    return {
        "to_judge": [_Judged(one, endorsed(one).missing if one.is_standing else 0) for one in found],
        "warnings": [] if is_early else [words for one in contests_of(election) for words in warnings_of_places(one)],
    }


def _unanswered(own: list[Nomination]) -> int:
    """How many questions wait for the answers of somebody who stands; one query, none for who does not."""
    standing = [one for one in own if one.is_standing]
    if not standing:
        return 0
    asked = CandidateQuestion.objects.filter(contest__in=[one.contest_id for one in standing], taken_off_at=None)
    return asked.exclude(answers__nomination__in=standing).count()


def nominations_that_wait(request: HttpRequest) -> SafeString | None:
    """What the reader was nominated for and has not answered; one query."""
    person = signed_in_person(request)
    waiting = list(nominations_waiting_for(person)[:SHOWN]) if person is not None else []
    if not waiting:
        return None
    return render_to_string("governance/nominations/waits.html", {"nominations": waiting}, request)
