"""Opening the voting: what is looked at, what is frozen, and that nothing of it changes afterwards."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import Any

import pytest

from folkmoot.governance.actions import officers_freezing
from folkmoot.governance.actions.officers import answer_duty, ask_officer, give_back, set_needed, take_asking_back
from folkmoot.governance.actions.officers_freezing import open_voting, preview_of
from folkmoot.governance.actions.officers_keys import begin_rehearsal, give_keys, hear_print
from folkmoot.governance.domain.freezing import bound_to, frozen_hash, roll_hash
from folkmoot.governance.domain.sealed.envelopes import open_ballot, open_share, seal
from folkmoot.governance.models.ballots import SealedBallot
from folkmoot.governance.models.elections import Contest, Election, ElectionStage, ElectionState, Stage
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.officers import (
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    PrintHeard,
    Rehearsal,
    VotingOpened,
)
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.officers_frozen import what_differs
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.calendar.test_races import RUNNERS, race
from tests.factories import groups
from tests.factories.governance.elections import MadeElection
from tests.factories.governance.officers import private_pair, public, with_keys
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = "2026-09-10T12:00:30.500Z"


@pytest.fixture(autouse=True)
def other_parts(monkeypatch, freeze):
    """What roll and candidates do is tested with them: here everybody who stands is a candidate, and `VOTERS` vote."""

    def freeze_roll(election: Election) -> list[str]:
        for person in VOTERS:
            Voter.objects.create(election=election, person=person, line=f"{person.pk}\t{person.name}")
        return [voter.line for voter in election.voters.all()]

    def freeze_candidates(contest: Contest) -> list[Nomination]:
        standing = list(contest.nominations.filter(state="standing").order_by("-pk"))
        for place, one in enumerate(standing):
            one.place, one.ballot_name = place, f"Candidate {one.pk}"
            one.save()
        return standing

    monkeypatch.setattr(officers_freezing.rolls, "freeze_roll", freeze_roll, raising=False)
    monkeypatch.setattr(officers_freezing.nominations, "freeze_candidates", freeze_candidates, raising=False)
    monkeypatch.setattr(officers_freezing.candidates_read, "warnings_before_freeze", lambda contest: [], raising=False)
    monkeypatch.setattr(
        officers_freezing.candidates_read, "affiliations_of", lambda contest: ["Acme", "", ""], raising=False
    )
    VOTERS[:] = [PersonFactory() for _ in range(10)]
    freeze(NOW)


VOTERS: list[Any] = []


def ready(**values: Any) -> MadeElection:
    """An election of three officers with everything done, whose voting runs from the eleventh to the thirtieth."""
    made = with_keys(groups.group(), **values)
    for stage, first, last in ((Stage.VOTING, 11, 30), (Stage.FREEZE, 10, 10)):
        row = made.election.stages.get(stage=stage)
        row.first, row.last = dt.date(2026, 9, first), dt.date(2026, 9, last)
        row.save()
    return made


def refused(made: MadeElection, **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        open_voting(made.election, by=made.officers[0].person, **named)
    return caught.value.code


def test_opening_freezes_everything_under_one_hash_and_ballots_are_bound_to_it():
    made = ready(zone="Etc/GMT+12")
    Contest.objects.filter(pk=made.contest.pk).update(most_of_one=2, rules={"seed": "lottery"})

    open_voting(made.election, by=made.officers[1].person)

    election = Election.objects.get(pk=made.election.pk)
    contest = election.contests.get()
    said = json.loads(election.frozen)
    assert election.state == ElectionState.OPEN
    assert (said["opens_at"], said["closes_at"]) == ("2026-09-11T12:00:00Z", "2026-10-01T12:00:00Z")
    assert election.opens_at.isoformat() == "2026-09-11T12:00:00+00:00"
    assert [officer["name"] for officer in said["officers"]] == [one.person.name for one in made.officers]
    assert said["contests"][0]["candidates"] == [f"Candidate {one.pk}" for one in reversed(made.nominations)]
    assert (said["contests"][0]["rules"], said["contests"][0]["affiliations"]) == (
        {"seed": "lottery", "cap": 2},
        ["Acme", "", ""],
    )
    lines = [f"{person.pk}\t{person.name}" for person in VOTERS]
    assert (said["voters"], said["roll"]) == (10, roll_hash(lines, bytes.fromhex(election.nonce)))
    assert frozen_hash(election.frozen) == election.frozen_hash
    assert what_differs(election) == []
    assert contest.sealed_for == bound_to(election.frozen, 0).hex()
    sealing = sealing_for(contest)
    ballot = seal([1, 2, 3], sealing)
    shares = [open_share(ballot, place, made.keys[place]["opening"]) for place in (0, 2)]
    assert open_ballot(ballot, shares, sealing) == (1, 2, 3)
    fact = Entry.objects.get(kind="governance.election_frozen")
    assert fact.payload == {
        "election_id": election.pk,
        "frozen_hash": election.frozen_hash,
        "voters": 10,
        "opens_at": "2026-09-11T12:00:00+00:00",
        "accepts_until": "2026-10-01T12:00:00+00:00",
    }
    told = Telling.objects.filter(kind="governance.voting_is_opened").values_list("person", flat=True)
    assert sorted(told) == [made.officers[0].person_id, made.officers[2].person_id]
    assert list(VotingOpened.objects.values_list("by", "despite")) == [(made.officers[1].person_id, [])]
    assert refused(made) == "already_open"


def test_voting_that_should_have_begun_begins_now_and_days_of_grace_are_added():
    made = ready()
    made.election.stages.filter(stage=Stage.VOTING).update(first=dt.date(2026, 9, 8), last=dt.date(2026, 9, 20))
    ElectionStage.objects.create(
        election=made.election, stage=Stage.GRACE, first=dt.date(2026, 9, 21), last=dt.date(2026, 9, 22)
    )

    election = open_voting(made.election, by=made.officers[0].person)

    assert [at.isoformat() for at in (election.opens_at, election.closes_at, election.accepts_until)] == [
        "2026-09-10T12:00:30+00:00",
        "2026-09-21T00:00:00+00:00",
        "2026-09-23T00:00:00+00:00",
    ]
    assert what_differs(Election.objects.get(pk=election.pk)) == []


def no_keys(made):
    OfficerKey.objects.exclude(officer=made.officers[0]).delete()


def nobody_heard(made):
    PrintHeard.objects.all().delete()


def nobody_stands(made):
    Nomination.objects.update(state="withdrawn")


def no_voters(made):
    VOTERS.clear()


def no_contest(made):
    Contest.objects.all().delete()


def no_days(made):
    ElectionStage.objects.all().delete()


def days_over(made):
    ElectionStage.objects.update(first=dt.date(2026, 9, 1), last=dt.date(2026, 9, 9))


def still_draft(made):
    Election.objects.update(state="draft")


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (no_keys, "too_few_keys"),
        (nobody_heard, "unheard"),
        (nobody_stands, "nobody-1"),
        (no_voters, "no_voters"),
        (no_contest, "no_contest"),
        (no_days, "no_days"),
        (days_over, "over"),
        (still_draft, "not_yet"),
    ],
)
def test_what_is_missing_keeps_voting_shut_and_nothing_is_half_frozen(break_it, code):
    made = ready()
    break_it(made)

    assert refused(made, despite=["no_spare", "one_alone"]) == code

    made.election.refresh_from_db()
    assert (made.election.frozen, made.election.frozen_hash, Voter.objects.count()) == ("", "", 0)
    assert not ElectionOfficer.objects.exclude(place=None).exists()


def test_only_officers_open_the_voting():
    made = ready()
    monitor = ElectionOfficer.objects.create(
        election=made.election, person=PersonFactory(), duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    for person in (monitor.person, PersonFactory(is_steward=True)):
        with pytest.raises(Refused) as caught:
            open_voting(made.election, by=person)
        assert caught.value.code == "forbidden"


def test_each_warning_is_read_first_and_a_missing_rehearsal_needs_a_reason():
    made = ready()
    Rehearsal.objects.all().delete()
    del VOTERS[4:]
    PrintHeard.objects.filter(by=made.officers[2]).delete()

    warned = [check.code for check in preview_of(made.election).warnings]
    assert warned == ["fewer_than_five", "not_heard_by_all", "unrehearsed"]
    assert Voter.objects.count() == 0
    assert refused(made, despite=warned[:2]) == "warnings_unread"
    assert refused(made, despite=warned, why_unrehearsed="  ") == "no_reason"
    open_voting(made.election, despite=warned, why_unrehearsed="Two live at sea.", by=made.officers[0].person)

    assert list(VotingOpened.objects.values_list("despite", "why_unrehearsed")) == [(warned, "Two live at sea.")]


def test_officers_without_a_key_are_left_out_of_the_sealing_with_a_warning():
    made = ready(officers=3, needed=1)
    OfficerKey.objects.filter(officer=made.officers[0]).delete()

    warned = [check.code for check in preview_of(made.election).warnings]
    open_voting(made.election, despite=warned, why_unrehearsed="Two of us did.", by=made.officers[0].person)

    assert warned == ["keyless", "unrehearsed", "one_alone"]
    assert list(ElectionOfficer.objects.order_by("pk").values_list("place", flat=True)) == [None, 0, 1]


def test_nothing_that_was_frozen_changes_by_any_action():
    made = ready()
    asked = ask_officer(made.election, PersonFactory(), by=made.officers[0].person)
    despite = [check.code for check in preview_of(made.election).warnings]
    open_voting(made.election, despite=despite, by=made.officers[0].person)
    ada = made.officers[0].person
    new = public(private_pair())
    tries = [
        lambda: ask_officer(made.election, PersonFactory(), by=ada),
        lambda: ask_officer(made.election, PersonFactory(), Duty.MONITOR, by=ada),
        lambda: answer_duty(asked, accepts=True, by=asked.person),
        lambda: take_asking_back(asked, by=ada),
        lambda: give_back(made.officers[0], by=ada),
        lambda: set_needed(made.election, 1, by=ada),
        lambda: give_keys(made.officers[0], new["opening"], new["signing"], by=ada),
        lambda: hear_print(OfficerKey.objects.get(officer=made.officers[1]), by=ada),
        lambda: begin_rehearsal(made.election, by=ada),
        lambda: open_voting(made.election, by=ada),
    ]

    codes = []
    for one in tries:
        with pytest.raises(Refused) as caught:
            one()
        codes.append(caught.value.code)

    assert codes == ["forbidden"] * 9 + ["already_open"]
    asked.refresh_from_db()
    assert asked.state == OfficerState.GONE
    assert what_differs(Election.objects.get(pk=made.election.pk)) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda made: Nomination.objects.filter(place=0).update(ballot_name="Another"), ["contests"]),
        (lambda made: Nomination.objects.filter(place=2).update(place=None), ["contests"]),
        (lambda made: Contest.objects.update(method="meek-stv"), ["contests"]),
        (lambda made: Contest.objects.update(places=2), ["contests"]),
        (lambda made: Contest.objects.update(publishes_all=True), ["contests"]),
        (lambda made: Voter.objects.first().delete(), ["voters", "roll"]),
        (lambda made: Voter.objects.filter(person=VOTERS[0]).update(line="1\tAnother"), ["roll"]),
        (lambda made: Election.objects.update(needed=1), ["needed"]),
        (lambda made: Election.objects.update(is_final=False), ["is_final"]),
        (lambda made: Election.objects.update(accepts_until=dt.datetime(2027, 1, 1, tzinfo=dt.UTC)), ["accepts_until"]),
        (lambda made: OfficerKey.objects.filter(officer__place=0).update(**public(private_pair())), ["officers"]),
        (lambda made: Election.objects.update(frozen="{}"), ["hash", "text"]),
        (lambda made: type(made.officers[0].person).objects.update(name="Renamed"), []),
    ],
)  # fmt: skip
def test_rows_that_are_changed_behind_the_actions_no_longer_say_what_was_frozen(change, found):
    made = ready()
    open_voting(made.election, by=made.officers[0].person)

    change(made)

    assert what_differs(Election.objects.get(pk=made.election.pk)) == found


@pytest.mark.django_db(transaction=True)
def test_officers_who_open_at_once_freeze_once():
    made = ready()

    failed = race(lambda number: open_voting(made.election, by=made.officers[number % 3].person))

    assert [error.code for error in failed] == ["already_open"] * (RUNNERS - 1)
    assert (Entry.objects.filter(kind="governance.election_frozen").count(), Voter.objects.count()) == (1, 10)
    assert what_differs(Election.objects.get(pk=made.election.pk)) == []
    assert SealedBallot.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_several_freeze_and_only_the_database_stops_them(monkeypatch):
    made = ready()
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(election):
        held = Election.objects.select_related("group").get(pk=election.pk)
        all_have_read.wait(timeout=20)
        return held

    monkeypatch.setattr(officers_freezing, "hold_election", read_together)
    unlocked = open_voting.__wrapped__

    failed = race(lambda number: unlocked(made.election, by=made.officers[number % 3].person))

    assert "already_open" not in {getattr(error, "code", "") for error in failed}
    assert failed
