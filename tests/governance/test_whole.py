"""A whole election, from one button to the winner in their seat: 3 of 5 officers, two contests, one voter's proxy."""

from __future__ import annotations

from datetime import date

import pytest

from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.actions.nominations import answer_nomination, nominate, withdraw_candidacy
from folkmoot.governance.actions.officers import answer_duty, ask_officer
from folkmoot.governance.actions.officers_freezing import open_voting, preview_of
from folkmoot.governance.actions.officers_keys import give_keys, hear_print
from folkmoot.governance.actions.opening import close_voting, hand_in_rankings, send_shares
from folkmoot.governance.actions.plan import DaysGiven, announce_election, begin_election
from folkmoot.governance.actions.plan_contests import ContestGiven
from folkmoot.governance.actions.results import certify, release_results, sign_manifest
from folkmoot.governance.domain.days import Step
from folkmoot.governance.domain.sealed.envelopes import new_key, seal
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.officers import OfficerKey
from folkmoot.governance.models.openings import SharesSent
from folkmoot.governance.models.results import ContestResult
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.nominations import candidates_of
from folkmoot.governance.queries.results import bundle_of
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import Begun, Term
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection
from tests.factories.governance.opening import found_by, shares_of
from tests.factories.governance.results import signed
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NAMES = ("Ada", "Bo", "Cleo", "Dan", "Esi", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Leo", "Mia")


def test_whole_election_seats_those_who_were_elected(freeze, settle) -> None:
    freeze("2027-08-02T12:00Z")
    organisation(zone="UTC")
    lantern = group()
    people = {name: join(PersonFactory(name=name), lantern) for name in NAMES}
    manager = PersonFactory(name="Max")
    lead(manager, lantern, ends_on=date(2028, 1, 1))
    seats = [
        add_seat(lantern, title=title, term_months=24, turns_on=date(2027, 11, 1), by=system())
        for title in ("First seat", "Second seat", "Chair")
    ]
    begin_term(seats[2], people["Gus"], how=Begun.ELECTED, begins_on=date(2025, 11, 1), by=system())

    election = begin_election(
        lantern,
        title="Committee",
        days=DaysGiven(date(2027, 9, 11), Step.VOTING, terms_on=date(2027, 11, 1)),
        contests=[
            ContestGiven("Two members", places=2, seats=seats[:2]),
            ContestGiven("The chair", method="schulze", seats=[seats[2]]),
        ],
        zone="UTC",
        needed=3,
        by=manager,
    )
    officers = [people[name] for name in ("Ada", "Bo", "Cleo", "Dan", "Esi")]
    for person in officers:
        answer_duty(ask_officer(election, person, by=manager), accepts=True, by=person)
    announce_election(election, by=manager)
    members, chair = election.contests.order_by("position")
    freeze("2027-09-02T12:00Z")
    stand(members, people, "Fay", "Gus", "Hal")
    stand(chair, people, "Ida", "Jon")
    withdraw_candidacy(stand(members, people, "Kim")[0], by=people["Kim"])
    keys = make_keys(election, officers)

    freeze("2027-09-11T09:00Z")
    found = preview_of(election)
    assert (found.stops, election.voters.count()) == ([], 0)
    open_voting(
        election,
        despite=[check.code for check in found.warnings],
        why_unrehearsed="We did it last year.",
        by=officers[0],
    )
    election = Election.objects.get(pk=election.pk)
    voters = [people[name] for name in NAMES[2:]]
    for number, person in enumerate(voters):
        cast(election, person, number)
    freeze("2027-10-02T12:00Z")
    election = close_voting(election, by=system())
    made = MadeElection(
        election,
        members,
        list(election.officers.filter(place__isnull=False).order_by("place")),
        [],
        [],
        [keys[officer.person_id] for officer in election.officers.filter(place__isnull=False).order_by("place")],
    )
    opening = (0, 2, 4)
    for place in opening:
        send_shares(election, shares_of(made, place), by=made.officers[place].person)
    for place in opening:
        hand_in_rankings(election, found_by(made, place), by=made.officers[place].person)
    manifest = Election.objects.get(pk=election.pk).bundle.manifest
    for place in opening:
        sign_manifest(election, signed(manifest, made.keys[place]["signing"]), by=made.officers[place].person)
    release_results(election, words="Thank you all.", by=officers[0])
    freeze("2027-10-20T12:00Z")
    certify(election, by=officers[0])
    settle()

    election = Election.objects.get(pk=election.pk)
    assert election.state == ElectionState.CERTIFIED
    assert verify_any(bundle_of(election), frozen=election.frozen_hash).is_right
    assert [(row.cast, row.spoilt) for row in ContestResult.objects.order_by("contest__position")] == [(11, 0)] * 2
    seated = Term.objects.filter(seat__in=seats, begins_on=date(2027, 11, 1)).order_by("seat__position")
    assert [term.person.name for term in seated] == elected_by_hand(election)
    assert {term.ends_on for term in seated} == {date(2029, 11, 1)}
    assert Term.objects.get(seat=seats[2], person=people["Gus"]).ends_on == date(2027, 11, 1)
    assert Turnout.objects.count() == len(voters)
    assert set(SealedBallot.objects.values_list("envelope", flat=True)) == {""}
    assert set(SharesSent.objects.values_list("sealed", flat=True)) == {""}


def stand(contest: Contest, people: dict[str, Person], *names: str):
    stood = []
    for name in names:
        nomination = nominate(contest, people[name], "They listen.", by=people["Leo"])
        stood.append(answer_nomination(nomination, True, by=people[name], statement="I would keep the lights on."))
    return stood


def make_keys(election: Election, officers: list[Person]) -> dict[int, dict]:
    keys = {}
    for person in officers:
        keys[person.pk] = {"opening": new_key(), "signing": new_key()}
        public = [{name: key[name] for name in ("kty", "crv", "x", "y")} for key in keys[person.pk].values()]
        give_keys(election.officers.get(person=person), *public, by=person)
    for key in OfficerKey.objects.filter(officer__election=election).select_related("officer"):
        for person in officers:
            if person.pk != key.officer.person_id:
                hear_print(key, by=person)
    return keys


def cast(election: Election, person: Person, number: int) -> None:
    envelopes = {}
    for contest in election.contests.select_related("election"):
        names = [candidate.ballot_name for candidate in candidates_of(contest)]
        wanted = ["Fay", "Hal", "Gus"] if number % 3 else ["Hal", "Gus"]
        wanted += ["Jon", "Ida"] if number % 4 else ["Ida"]
        order = [name for name in wanted if name in names]
        envelopes[contest.pk] = seal(
            [order.index(name) + 1 if name in order else 0 for name in names], sealing_for(contest)
        ).text
    cast_ballots(election, envelopes, by=person)


def elected_by_hand(election: Election) -> list[str]:
    """Seven of eleven rank Fay before Hal and Gus, four rank Hal before Gus; eight of eleven want Jon."""
    return ["Fay", "Hal", "Jon"]
