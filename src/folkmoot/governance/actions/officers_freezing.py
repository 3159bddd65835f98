"""Opening the voting: everything is frozen under one hash, and nothing of it can change afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions import nominations_freezing as nominations
from folkmoot.governance.actions import rolls
from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.domain.freezing import bound_to, frozen_hash, roll_hash
from folkmoot.governance.domain.voting_times import VotingTimes, voting_times
from folkmoot.governance.facts.officers import ElectionFrozen
from folkmoot.governance.facts.plan import PracticeElectionWentOn
from folkmoot.governance.models.elections import Contest, Election, ElectionState, Stage
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.officers import LONGEST_REASON, Duty, OfficerState, VotingOpened
from folkmoot.governance.notices.officers import VotingIsOpened
from folkmoot.governance.queries import nominations as candidates_read
from folkmoot.governance.queries.elections import stages_of
from folkmoot.governance.queries.officers import KeyLine, Team, team_of, those_who_look_after
from folkmoot.governance.queries.officers_frozen import contest_as_frozen, whole_text
from folkmoot.governance.queries.rolls import warnings_before_freeze as warnings_of_roll
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.officers_checks import (
    UNREHEARSED,
    Check,
    check_of_roll,
    checks_of_contest,
    checks_of_officers,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person


@dataclass(frozen=True)
class Frozen:
    """What is frozen, and what was looked at. `times` is None where voting has no days any more; contests come with
    their candidates in the frozen order, officers in the order of sealing."""

    election: Election
    times: VotingTimes | None
    team: Team
    sealed_to: tuple[KeyLine, ...]
    contests: tuple[tuple[Contest, tuple[Nomination, ...]], ...]
    roll: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def stops(self) -> list[Check]:
        return [check for check in self.checks if check.stops]

    @property
    def warnings(self) -> list[Check]:
        return [check for check in self.checks if check.warns]


def preview_of(election: Election) -> Frozen:
    """What would be frozen now, and what is in the way. Everything is done as when voting opens, and taken back."""
    with transaction.atomic():
        found = _freeze(hold_election(election), timezone.now())
        transaction.set_rollback(True)
    return found


@transaction.atomic
def open_voting(
    election: Election, *, despite: Collection[str] = (), why_unrehearsed: str = "", by: Person
) -> Election:
    """Freeze roll, candidates, rules and keys, and open the voting on its days; of several who do it at once one does.

    `despite` are the codes of the warnings that the officer has read. Refused `forbidden`, `already_open`, `not_yet`
    for one that is not announced, the code of a check that is not met, `warnings_unread`, `no_reason`.
    """
    election, now = hold_election(election), timezone.now()
    require(is_officer(by, election))
    if election.is_frozen:
        raise Refused(_("Voting was opened already."), code="already_open")
    if election.state != ElectionState.ANNOUNCED:
        raise Refused(_("Voting can be opened once the election is announced."), code="not_yet")
    found = _freeze(election, now)
    for check in found.stops:
        raise Refused(check.words, code=check.code)
    warned = [check.code for check in found.warnings]
    if not set(warned) <= set(despite):
        raise Refused(_("Please read each warning, and say that you have."), code="warnings_unread")
    reason = why_unrehearsed.strip()
    if UNREHEARSED in warned and not reason:
        raise Refused(_("Please say why you do without a rehearsal."), code="no_reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(_("Please say it in fewer words."), code="invalid")
    voters = _write(election, found)
    VotingOpened.objects.create(
        election=election,
        by=by,
        at=now,
        despite=warned,
        why_unrehearsed=reason if UNREHEARSED in warned else "",
    )
    assert election.opens_at is not None
    assert election.accepts_until is not None
    fact = (
        PracticeElectionWentOn(election.pk, "frozen", election.title)
        if election.is_practice
        else ElectionFrozen(
            election_id=election.pk,
            frozen_hash=election.frozen_hash,
            voters=voters,
            opens_at=election.opens_at.isoformat(),
            accepts_until=election.accepts_until.isoformat(),
        )
    )
    record(fact, by=by, on=election, within=election.group)
    tell(those_who_look_after(election, but=by), VotingIsOpened(election, by.name))
    return election


def _freeze(election: Election, now: datetime) -> Frozen:
    """Let roll and candidates be frozen by those parts, in the caller's transaction, and look at everything."""
    checks: list[Check] = []
    times = _times(election, now, checks)
    contests = tuple((contest, _candidates(contest, checks)) for contest in election.contests.all())
    if not contests:
        checks.append(Check("no_contest", _("There is nothing to vote on yet."), is_met=False))
    roll = _roll(election, checks)
    team = team_of(election)
    checks += checks_of_officers(election, team)
    return Frozen(election, times, team, team.openers, contests, tuple(roll), tuple(checks))


def _times(election: Election, now: datetime, checks: list[Check]) -> VotingTimes | None:
    stages = stages_of(election)
    voting, grace = stages.get(Stage.VOTING), stages.get(Stage.GRACE)
    if voting is None:
        checks.append(Check("no_days", _("Voting has no days yet."), is_met=False))
        return None
    try:
        times = voting_times(
            voting.first, voting.last, election.zone, grace_until=grace.last if grace is not None else None, now=now
        )
    except Refused:
        checks.append(Check("over", _("The last day of voting has passed."), is_met=False))
        return None
    checks.append(Check("days", _("Voting has its days."), is_met=True))
    return times


def _candidates(contest: Contest, checks: list[Check]) -> tuple[Nomination, ...]:
    number = contest.position + 1
    try:
        with transaction.atomic():
            found = tuple(nominations.freeze_candidates(contest))
    except Refused as refused:
        checks.append(Check(f"candidates-{number}", refused.message, is_met=False))
        return ()
    checks += checks_of_contest(number, contest.title, contest.places, len(found))
    warnings = candidates_read.warnings_before_freeze(contest)
    for place, words in enumerate(warnings, start=1):
        checks.append(Check(f"candidates-{number}-{place}", words, is_met=False, is_warning=True))
    return found


def _roll(election: Election, checks: list[Check]) -> Sequence[str]:
    try:
        with transaction.atomic():
            lines: Sequence[str] = rolls.freeze_roll(election)
    except Refused as refused:
        checks.append(Check("roll", refused.message, is_met=False))
        return ()
    checks.append(check_of_roll(len(lines)))
    for place, words in enumerate(warnings_of_roll(election, timezone.now()), start=1):
        checks.append(Check(f"roll-{place}", words, is_met=False, is_warning=True))
    return lines


def _write(election: Election, found: Frozen) -> int:
    """Write down what was frozen; returns how many may vote."""
    assert found.times is not None
    for place, line in enumerate(found.sealed_to):
        line.officer.place = place
        line.officer.save(update_fields=["place"])
    late = election.officers.filter(duty=Duty.OFFICER, state=OfficerState.ASKED)
    late.update(state=OfficerState.GONE)
    election.opens_at, election.closes_at = found.times.opens_at, found.times.closes_at
    election.accepts_until = found.times.accepts_until
    election.nonce = secrets.token_hex(16)
    election.frozen = whole_text(
        election,
        [(line.name, line.officer) for line in found.sealed_to],
        [contest_as_frozen(contest, candidates, _affiliations(contest)) for contest, candidates in found.contests],
        group=election.group.name,
        voters=len(found.roll),
        roll=roll_hash(found.roll, bytes.fromhex(election.nonce)),
    )
    election.frozen_hash = frozen_hash(election.frozen)
    election.state = ElectionState.OPEN
    election.save()
    for number, (contest, _candidates) in enumerate(found.contests):
        # Envelopes know a contest by its number in the frozen text, so places of contests have no gaps from here on.
        contest.position = number
        contest.sealed_for = bound_to(election.frozen, number).hex()
        contest.save(update_fields=["position", "sealed_for"])
    return len(found.roll)


def _affiliations(contest: Contest) -> list[str]:
    if contest.most_of_one is None:
        return []
    found: list[str] = candidates_read.affiliations_of(contest)
    return found
