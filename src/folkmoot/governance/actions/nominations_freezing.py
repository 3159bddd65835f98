"""Freezing who stands, when voting opens."""

from __future__ import annotations

import random
import secrets

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.governance.actions.nominations_holding import end_as_ineligible, lapse
from folkmoot.governance.candidate_criteria import unfulfilled
from folkmoot.governance.domain.ballot_names import Called, ballot_names
from folkmoot.governance.facts.nominations import CandidatesFrozen
from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.queries.nominations import endorsed
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system


def freeze_candidates(contest: Contest) -> list[Nomination]:
    """Say for good who is on the ballot of a contest, how they are called, and in which order ballots rank them.

    The caller holds the election's row, and makes it frozen in the same transaction. Who has not answered lapses; who
    lacks endorsements or does not fulfil the criteria may not stand; all are told. The order is drawn by chance, and
    kept; names alone (of a practice election, or answers to a question) come after people, in the order in which they
    were written. Refused `too_few_candidates` when nobody is left.
    """
    for nomination in _in_state(contest, NominationState.PROPOSED):
        lapse(nomination)
    people, names = [], []
    for nomination in _in_state(contest, NominationState.STANDING):
        if nomination.person is None:
            names.append(nomination)
        elif why := _why_not(nomination):
            end_as_ineligible(nomination, why, by=None, may_appeal=False)
        else:
            people.append(nomination)
    if not people and not names:
        raise Refused(
            _("Nobody stands for “%(contest)s”, so voting cannot open.") % {"contest": contest.title},
            code="too_few_candidates",
            contest=contest.pk,
        )
    in_order = [*drawn(people), *names]
    called = ballot_names(
        [Called(one.person.name, one.affiliation) for one in in_order if one.person is not None],
        taken=[one.ballot_name for one in names],
    )
    for place, nomination in enumerate(in_order):
        nomination.place = place
        if nomination.person is not None:
            nomination.ballot_name = called[place]
        nomination.save(update_fields=["place", "ballot_name"])
    record(CandidatesFrozen(contest.pk, len(in_order)), by=system(), on=contest, within=contest.election.group)
    return in_order


def drawn(candidates: list[Nomination], chance: random.Random | None = None) -> list[Nomination]:
    """Candidates in an order drawn by chance, by default the machine's best."""
    drawn_order = list(candidates)
    (chance or secrets.SystemRandom()).shuffle(drawn_order)
    return drawn_order


def _in_state(contest: Contest, state: NominationState) -> list[Nomination]:
    found = contest.nominations.filter(state=state).select_related("person").prefetch_related("endorsements")
    nominations = list(found.order_by("pk"))
    for nomination in nominations:
        nomination.contest = contest
    return nominations


def _why_not(nomination: Nomination) -> str:
    """Why somebody may not be on the ballot, in sentences; empty where they may."""
    reasons = []
    if missing := endorsed(nomination).missing:
        reasons.append(
            ngettext("One endorsement was missing.", "%(count)d endorsements were missing.", missing)
            % {"count": missing}
        )
    reasons += unfulfilled(nomination, timezone.now())
    return " ".join(reasons)
