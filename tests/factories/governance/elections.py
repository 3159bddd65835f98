"""Elections at any point of their life, written row by row, with real keys and real envelopes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from folkmoot.governance.domain.freezing import (
    FrozenContest,
    FrozenElection,
    FrozenOfficer,
    bound_to,
    frozen_hash,
    print_of,
    roll_hash,
)
from folkmoot.governance.domain.roll_lines import line_of, new_salt
from folkmoot.governance.domain.sealed.envelopes import new_key, seal
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import (
    FROZEN,
    PUBLISHED,
    Contest,
    ContestSeat,
    Election,
    ElectionStage,
    ElectionState,
    Stage,
)
from folkmoot.governance.models.nominations import Nomination, NominationState, Nominator
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerKey, OfficerState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory

NUMBERS = count(1)
NAMES = ("Ada Quill", "Bo Marsh", "Cleo Finch", "Dan Reed", "Esi Vale", "Fay Stone", "Gus Thorn")


@dataclass
class MadeElection:
    """An election, its contest and its people; `keys` are the officers' private keys in their order."""

    election: Election
    contest: Contest
    officers: list[ElectionOfficer]
    nominations: list[Nomination]
    voters: list[Voter]
    keys: list[dict[str, dict[str, Any]]] = field(default_factory=list)

    def cast(self, rankings: Sequence[Sequence[int]], *, turnout: bool = True) -> list[SealedBallot]:
        """Ballots of the first voters who have not voted, sealed as a browser does."""
        sealing = sealing_for(self.contest)
        cast = []
        waiting = [voter for voter in self.voters if not Turnout.objects.filter(voter=voter).exists()]
        for ranks, voter in zip(rankings, waiting, strict=False):
            envelope = seal(ranks, sealing)
            cast.append(
                SealedBallot.objects.create(contest=self.contest, envelope=envelope.text, receipt=envelope.receipt)
            )
            if turnout:
                Turnout.objects.create(election=self.election, voter=voter)
        return cast


def made_election(
    group: Group,
    state: ElectionState = ElectionState.ANNOUNCED,
    *,
    officers: Sequence[Person] | int = 1,
    needed: int = 1,
    candidates: Sequence[Person] | int = 3,
    voters: Sequence[Person] | int = 3,
    places: int = 1,
    seats: Sequence[Any] = (),
    of: Mapping[str, Person] | None = None,
    now: datetime | None = None,
    **values: Any,
) -> MadeElection:
    """An election with one contest in a state. People are given, or so many are made.

    Its days lie so that the state fits `now`: nominations for 10 days, voting for 20, complaints for 14. An open or
    later election is frozen by real keys; a closed one has ballots of all voters, a released one its counted result is
    NOT made (the part of results does that). With `of` (people by role) the participant is the first candidate.
    """
    now = now or timezone.now()
    today = now.date()
    number = next(NUMBERS)
    shift = {
        ElectionState.DRAFT: 30,
        ElectionState.ANNOUNCED: -2,
        ElectionState.OPEN: -20,
        ElectionState.CANCELLED: -20,
    }.get(state, -40)
    begins = today + timedelta(days=shift)
    election = Election.objects.create(
        group=group,
        key=values.pop("key", f"{state.value}-{number}"),
        title=values.pop("title", f"Committee {number}"),
        zone=values.pop("zone", "UTC"),
        needed=needed,
        state=ElectionState.DRAFT,
        **values,
    )
    _write_days(election, begins)
    contest = Contest.objects.create(election=election, position=0, title="The committee", places=places)
    for position, seat in enumerate(seats):
        ContestSeat.objects.create(contest=contest, seat=seat, position=position)
    duties = [
        ElectionOfficer.objects.create(
            election=election, person=person, duty=Duty.OFFICER, state=OfficerState.ACCEPTED, answered_at=now
        )
        for person in _people(officers)
    ]
    standing = [of["participant"], *_people(2)] if of is not None and candidates == 3 else _people(candidates)
    nominations = [_stand(contest, person, now) for person in standing]
    on_roll = _people(voters)
    made = MadeElection(election, contest, duties, nominations, [])
    if state in FROZEN:
        _freeze(made, on_roll, begins, now)
    election.state = state
    if state in FROZEN and state != ElectionState.OPEN:
        election.closed_at = election.accepts_until
    if state in PUBLISHED:
        election.counted_at = election.released_at = now
    election.save()
    if state == ElectionState.CLOSED:
        made.cast([_ranks(len(nominations), shift=voter.pk) for voter in made.voters])
    return made


def _people(given: Sequence[Person] | int) -> list[Person]:
    return [PersonFactory() for _ in range(given)] if isinstance(given, int) else list(given)


def _ranks(candidates: int, *, shift: int) -> list[int]:
    return [(place + shift) % candidates + 1 for place in range(candidates)]


def _write_days(election: Election, begins: date) -> None:
    days = {
        Stage.ROLES: (-14, -1),
        Stage.CALL: (0, 9),
        Stage.NOMINATIONS: (0, 9),
        Stage.ACCEPTANCE: (0, 9),
        Stage.QUESTIONS: (5, 9),
        Stage.FREEZE: (10, 10),
        Stage.VOTING: (11, 30),
        Stage.COUNT: (31, 31),
        Stage.RESULT: (32, 32),
        Stage.COMPLAINTS: (32, 45),
        Stage.ONBOARDING: (46, 60),
        Stage.TERM: (61, 61),
        Stage.RETRO: (62, 70),
    }
    ElectionStage.objects.bulk_create(
        ElectionStage(
            election=election,
            stage=stage,
            first=begins + timedelta(days=first),
            last=begins + timedelta(days=last),
        )
        for stage, (first, last) in days.items()
    )


def _stand(contest: Contest, person: Person, now: datetime) -> Nomination:
    nomination = Nomination.objects.create(
        contest=contest,
        person=person,
        state=NominationState.STANDING,
        answered_at=now,
        statement="I would keep the lights on.",
    )
    Nominator.objects.create(nomination=nomination, person=person)
    return nomination


def _freeze(made: MadeElection, voters: Sequence[Person], begins: date, now: datetime) -> None:
    election, contest = made.election, made.contest
    for place, officer in enumerate(made.officers):
        keys = {"opening": new_key(), "signing": new_key()}
        made.keys.append(keys)
        public = {use: {name: key[name] for name in ("kty", "crv", "x", "y")} for use, key in keys.items()}
        officer.place = place
        officer.save(update_fields=["place"])
        OfficerKey.objects.create(officer=officer, **public, print_of=print_of(**public), rehearsed_at=now)
    for place, nomination in enumerate(made.nominations):
        nomination.place, nomination.ballot_name = place, f"{nomination.person.name} {place + 1}"
        nomination.save(update_fields=["place", "ballot_name"])
    made.voters = [_on_roll(election, person) for person in voters]
    midnight = datetime(begins.year, begins.month, begins.day, tzinfo=now.tzinfo)
    election.opens_at = midnight + timedelta(days=11)
    election.closes_at = election.accepts_until = midnight + timedelta(days=31)
    election.nonce = secrets.token_hex(16)
    election.frozen = FrozenElection(
        title=election.title,
        group=election.group.name,
        zone=election.zone,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        accepts_until=election.accepts_until,
        needed=election.needed,
        is_final=election.is_final,
        officers=tuple(
            FrozenOfficer(officer.person.name, keys["opening"], keys["signing"])
            for officer, keys in zip(made.officers, made.keys, strict=True)
        ),
        contests=(
            FrozenContest(
                contest.title,
                contest.method,
                contest.places,
                tuple(nomination.ballot_name for nomination in made.nominations),
                contest.rules,
                publishes_all=contest.publishes_all,
            ),
        ),
        voters=len(made.voters),
        roll=roll_hash(roll_lines(made.voters), bytes.fromhex(election.nonce)),
    ).text()
    election.frozen_hash = frozen_hash(election.frozen)
    contest.sealed_for = bound_to(election.frozen, 0).hex()
    contest.save(update_fields=["sealed_for"])


def _on_roll(election: Election, person: Person) -> Voter:
    salt = new_salt()
    return Voter.objects.create(election=election, person=person, salt=salt, line=line_of(person.pk, person.name, salt))


def roll_lines(voters: Sequence[Voter]) -> list[str]:
    """The lines of a roll, as they are hashed."""
    return [voter.line for voter in voters]
