"""Elections of the sample, written row by row as they would be after weeks: days, people, keys, what is frozen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from folkmoot.governance.actions.rolls import write_suggested
from folkmoot.governance.domain.day_templates import template_for
from folkmoot.governance.domain.days import lay_out
from folkmoot.governance.domain.freezing import bound_to, frozen_hash, print_of, roll_hash
from folkmoot.governance.domain.roll_lines import line_of, new_salt
from folkmoot.governance.domain.sealed.envelopes import new_key, public_of, seal
from folkmoot.governance.domain.voting_times import midnight
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, ContestSeat, Election, ElectionStage, ElectionState, Stage
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState, Nominator
from folkmoot.governance.models.officers import (
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    PrintHeard,
    VotingOpened,
)
from folkmoot.governance.models.questions import CandidateAnswer, CandidateQuestion
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.officers_frozen import contest_as_frozen, whole_text
from folkmoot.groups.models import Group, Seat
from folkmoot.people.models import Person

Keys = dict[str, dict[str, Any]]
ZONE = "Etc/GMT+12"


@dataclass(frozen=True)
class Standing:
    """Somebody who stands: what they say, what they answered, and who endorses them."""

    person: Person
    statement: str
    answer: str = ""
    endorsed_by: Sequence[Person] = ()


@dataclass
class Made:
    """An election of the sample with the private keys of its officers, which the database never sees."""

    election: Election
    contest: Contest
    officers: list[ElectionOfficer] = field(default_factory=list)
    nominations: list[Nomination] = field(default_factory=list)
    voters: list[Voter] = field(default_factory=list)
    keys: list[Keys] = field(default_factory=list)


def make_election(
    group: Group,
    *,
    key: str,
    title: str,
    words: str,
    voting_on: date,
    contest: str,
    seats: Sequence[Seat],
    places: int,
    reaches_below: bool = False,
) -> Made:
    """An election that is announced, whose voting begins on a day, with one contest and what is asked of voters."""
    plan = lay_out(template_for("regular"), voting_on, voting_on - timedelta(days=60))
    election = Election.objects.create(
        group=group,
        key=key,
        title=title,
        words=words,
        zone=ZONE,
        needed=2,
        state=ElectionState.ANNOUNCED,
        reaches_below=reaches_below,
    )
    write_suggested(election)
    ElectionStage.objects.bulk_create(
        ElectionStage(election=election, stage=Stage(step.value), first=days.first, last=days.last)
        for step, days in plan.days.items()
    )
    made = Contest.objects.create(election=election, position=0, title=contest, places=places, publishes_all=True)
    ContestSeat.objects.bulk_create(
        ContestSeat(contest=made, seat=seat, position=position) for position, seat in enumerate(seats)
    )
    return Made(election, made)


def find_officers(made: Made, officers: Sequence[tuple[Person, str]], monitor: Person, *, now: datetime) -> None:
    """Officers with what they declared, their keys, whose fingerprints all of them heard, and somebody who watches."""
    accepted: dict[str, Any] = {"election": made.election, "state": OfficerState.ACCEPTED, "answered_at": now}
    made.officers = [
        ElectionOfficer.objects.create(person=person, conflict=conflict, place=place, **accepted)
        for place, (person, conflict) in enumerate(officers)
    ]
    ElectionOfficer.objects.create(person=monitor, duty=Duty.MONITOR, **accepted)
    for officer in made.officers:
        keys = {"opening": new_key(), "signing": new_key()}
        made.keys.append(keys)
        public = {use: public_of(key) for use, key in keys.items()}
        OfficerKey.objects.create(officer=officer, **public, print_of=print_of(**public), rehearsed_at=now)
    PrintHeard.objects.bulk_create(
        PrintHeard(key=one.key, by=other) for one in made.officers for other in made.officers if other != one
    )


def let_stand(made: Made, standing: Sequence[Standing], question: str, asked_by: Person, *, now: datetime) -> None:
    """Candidates in the frozen order, and what they answered to one question in public."""
    asked = CandidateQuestion.objects.create(contest=made.contest, person=asked_by, words=question)
    for place, one in enumerate(standing):
        nomination = Nomination.objects.create(
            contest=made.contest,
            person=one.person,
            state=NominationState.STANDING,
            answered_at=now,
            statement=one.statement,
            ballot_name=one.person.name,
            place=place,
        )
        Nominator.objects.create(nomination=nomination, person=one.person)
        Endorsement.objects.bulk_create(
            Endorsement(nomination=nomination, person=person) for person in one.endorsed_by if person != one.person
        )
        if one.answer:
            CandidateAnswer.objects.create(question=asked, nomination=nomination, words=one.answer)
        made.nominations.append(nomination)


def freeze(made: Made, voters: Sequence[Person]) -> None:
    """Freeze roll, candidates, rules and keys, as when voting opens."""
    election, contest = made.election, made.contest
    salts = [new_salt() for _voter in voters]
    made.voters = Voter.objects.bulk_create(
        Voter(election=election, person=person, line=line_of(person.pk, person.name, salt), salt=salt)
        for person, salt in zip(voters, salts, strict=True)
    )
    days = {stage.stage: stage for stage in election.stages.all()}
    voting, grace = days[Stage.VOTING], days.get(Stage.GRACE)
    election.opens_at = midnight(voting.first, election.zone)
    election.closes_at = midnight(voting.last + timedelta(days=1), election.zone)
    election.accepts_until = midnight(grace.last + timedelta(days=1), election.zone) if grace else election.closes_at
    election.nonce = secrets.token_hex(16)
    election.frozen = whole_text(
        election,
        [(officer.person.name, officer) for officer in made.officers],
        [contest_as_frozen(contest, made.nominations, ())],
        group=election.group.name,
        voters=len(made.voters),
        roll=roll_hash([voter.line for voter in made.voters], bytes.fromhex(election.nonce)),
    )
    election.frozen_hash = frozen_hash(election.frozen)
    election.state = ElectionState.OPEN
    election.save()
    contest.sealed_for = bound_to(election.frozen, 0).hex()
    contest.save(update_fields=["sealed_for"])
    VotingOpened.objects.create(election=election, by=made.officers[0].person, at=election.opens_at)


def cast(made: Made, rankings: Sequence[Sequence[int]]) -> None:
    """Ballots of the first of those on the roll, sealed as a browser seals them."""
    made.contest.election = made.election
    sealing = sealing_for(made.contest)
    Turnout.objects.bulk_create(
        Turnout(election=made.election, voter=voter) for voter, _ranks in zip(made.voters, rankings, strict=False)
    )
    envelopes = [seal(ranks, sealing) for ranks in rankings]
    SealedBallot.objects.bulk_create(
        SealedBallot(contest=made.contest, envelope=one.text, receipt=one.receipt) for one in envelopes
    )
