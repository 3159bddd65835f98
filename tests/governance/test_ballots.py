"""Ballots are cast once, in time, by those on the roll, and leave no trace of who cast which."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from folkmoot.governance.actions import ballots as actions
from folkmoot.governance.actions.ballots import cast_ballots, replace_ballots, secret_hash
from folkmoot.governance.domain.sealed.envelopes import open_ballot, open_share, read_envelope, seal
from folkmoot.governance.forms.ballots import new_secret
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, ElectionState
from folkmoot.governance.queries.ballots import papers_of, turnout_step
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    organisation()
    return made_election(group(), ElectionState.OPEN, officers=2, needed=2)


def envelope(made, ranks=(2, 0, 1)):
    return {made.contest.pk: seal(ranks, sealing_for(made.contest)).text}


def opened(made, sealed):
    sealing = sealing_for(made.contest)
    read = read_envelope(sealed.envelope, sealing)
    return open_ballot(
        read, [open_share(read, place, keys["opening"]) for place, keys in enumerate(made.keys)], sealing
    )


def code_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_ballot_is_cast_once_and_opens_to_what_was_sealed(made):
    voter = made.voters[0]

    handed_in = envelope(made)
    receipts = cast_ballots(made.election, handed_in, by=voter.person)

    copied = code_of(lambda: cast_ballots(made.election, handed_in, by=made.voters[1].person))
    again = code_of(lambda: cast_ballots(made.election, envelope(made), by=voter.person))
    sealed = SealedBallot.objects.get()
    assert (again, copied) == ("voted_already", "twice")
    assert receipts == {made.contest.pk: sealed.receipt}
    assert (opened(made, sealed), sealed.secret_hash) == ((2, 0, 1), "")
    assert Turnout.objects.get().voter == voter


def test_only_voters_cast_and_only_whole_ballots_of_this_election(made):
    voter, other = made.voters[0].person, made_election(made.election.group, ElectionState.OPEN)

    refusals = {
        "not on the roll": code_of(lambda: cast_ballots(made.election, envelope(made), by=PersonFactory())),
        "for somebody else": code_of(
            lambda: cast_ballots(made.election, envelope(made), by=voter, voter=made.voters[1])
        ),
        "nothing": code_of(lambda: cast_ballots(made.election, {}, by=voter)),
        "of another election": code_of(
            lambda: cast_ballots(made.election, {made.contest.pk: next(iter(envelope(other).values()))}, by=voter)
        ),
        "no envelope": code_of(lambda: cast_ballots(made.election, {made.contest.pk: "1, 2, 3"}, by=voter)),
    }

    assert refusals == {
        "not on the roll": "forbidden",
        "for somebody else": "forbidden",
        "nothing": "invalid",
        "of another election": "other_contest",
        "no envelope": "not_an_envelope",
    }
    assert (Turnout.objects.count(), SealedBallot.objects.count()) == (0, 0)


@pytest.mark.parametrize(("state", "code"), [("announced", "forbidden"), ("closed", "closed"), ("cancelled", "closed")])
def test_no_ballot_outside_of_voting(made, state, code):
    elsewhere = made_election(made.election.group, ElectionState.OPEN)
    elsewhere.election.state = state
    elsewhere.election.save(update_fields=["state"])
    if state == "announced":
        elsewhere.election.voters.all().delete()

    refused = code_of(lambda: cast_ballots(elsewhere.election, envelope(elsewhere), by=elsewhere.voters[0].person))

    assert refused == code


@pytest.mark.parametrize(
    ("edge", "shift", "accepted"),
    [
        ("opens_at", -1, False),
        ("opens_at", 0, True),
        ("opens_at", 1, True),
        ("accepts_until", -1, True),
        ("accepts_until", 0, False),
        ("accepts_until", 1, False),
    ],
)
def test_ballot_counts_from_the_first_instant_until_before_the_last(made, edge, shift, accepted):
    instant = getattr(made.election, edge) + timedelta(milliseconds=shift)

    def cast():
        cast_ballots(made.election, envelope(made), by=made.voters[0].person, clock=lambda: instant)

    if accepted:
        cast()
    else:
        assert code_of(cast) == "closed"
    assert (Turnout.objects.count(), SealedBallot.objects.count()) == (accepted, accepted)


def test_ballot_that_begins_in_time_and_comes_too_late_is_not_written(made):
    end = made.election.accepts_until
    ticks = itertools.chain([end - timedelta(milliseconds=1)], itertools.repeat(end))

    refused = code_of(
        lambda: cast_ballots(made.election, envelope(made), by=made.voters[0].person, clock=lambda: next(ticks))
    )

    assert (refused, Turnout.objects.count(), SealedBallot.objects.count()) == ("closed", 0, 0)


def test_control_with_the_clock_read_once_the_late_ballot_is_written(made, monkeypatch):
    end, required = made.election.accepts_until, actions._require_open
    asked = []

    def only_the_first(election, now):
        asked.append(now)
        if len(asked) == 1:
            required(election, now)

    monkeypatch.setattr(actions, "_require_open", only_the_first)
    ticks = itertools.chain([end - timedelta(milliseconds=1)], itertools.repeat(end))

    cast_ballots(made.election, envelope(made), by=made.voters[0].person, clock=lambda: next(ticks))

    assert Turnout.objects.count() == 1


def test_casting_leaves_no_fact_notice_session_cache_or_time(made, caplog, client):
    voter = made.voters[0].person
    client.force_login(voter)
    vote = f"{made.election.get_absolute_url()}vote/"
    client.get(vote)
    told, sessions = (Entry.objects.count(), Telling.objects.count()), list(Session.objects.values())
    keys = set(getattr(cache, "_cache", {}))
    timed = [
        one.name for model in (Turnout, SealedBallot) for one in model._meta.fields if "Time" in type(one).__name__
    ]

    with caplog.at_level("DEBUG", logger="folkmoot"):
        cast_ballots(made.election, envelope(made), by=voter)

    assert (Entry.objects.count(), Telling.objects.count()) == told
    assert list(Session.objects.values()) == sessions
    assert set(getattr(cache, "_cache", {})) == keys
    assert (timed, caplog.records) == ([], [])


def test_numbers_of_rows_follow_no_order(made):
    for voter in made.voters:
        cast_ballots(made.election, envelope(made), by=voter.person)

    numbers = [*Turnout.objects.values_list("pk", flat=True), *SealedBallot.objects.values_list("pk", flat=True)]
    assert len({number // 10**6 for number in numbers}) == 6


def test_ballot_is_replaced_by_its_secret_alone(made):
    made.election.is_final = False
    made.election.save(update_fields=["is_final"])
    secret = new_secret()
    hashes = {made.contest.pk: secret_hash(made.contest, secret)}
    missing = code_of(lambda: cast_ballots(made.election, envelope(made), by=made.voters[0].person))
    cast_ballots(made.election, envelope(made), by=made.voters[0].person, secret_hashes=hashes)
    before = SealedBallot.objects.get()

    wrong = code_of(lambda: replace_ballots(made.election, new_secret(), envelope(made)))
    short = code_of(lambda: replace_ballots(made.election, "", envelope(made)))
    receipts = replace_ballots(made.election, secret, envelope(made, (0, 0, 1)))

    after = SealedBallot.objects.get()
    assert (missing, wrong, short) == ("invalid", "wrong_secret", "wrong_secret")
    assert (after.receipt, opened(made, after)) == (receipts[made.contest.pk], (0, 0, 1))
    assert len({after.pk, before.pk}) == len({after.receipt, before.receipt}) == 2
    assert Turnout.objects.count() == 1
    late = code_of(
        lambda: replace_ballots(made.election, secret, envelope(made), clock=lambda: made.election.accepts_until)
    )
    assert late == "closed"


def test_that_one_voted_is_among_ones_data_and_stays_when_records_go_together(made):
    voter, other = made.voters[0], PersonFactory()
    cast_ballots(made.election, envelope(made), by=voter.person)
    data = PERSON_DATA["governance.turnout"]

    exported = data.export(voter.person)
    data.part(voter.person, other, data.merge(other, voter.person))
    data.erase(voter.person)

    assert (exported, data.export(other)) == ([{"election": made.election.title}], [])
    assert Turnout.objects.get().voter == voter


def with_two_contests(made):
    """The same candidates once more, for another seat."""
    election = made.election
    frozen = json.loads(election.frozen)
    frozen["contests"] *= 2
    election.frozen = json.dumps(frozen)
    election.is_final = False
    election.save(update_fields=["frozen", "is_final"])
    second = Contest.objects.create(election=election, position=1, title="The chair")
    for one in made.nominations:
        second.nominations.create(person=one.person, place=one.place, ballot_name=one.ballot_name, state=one.state)
    return [made.contest, second]


def test_ballots_of_all_contests_are_cast_together_or_not_at_all(made):
    contests, voter = with_two_contests(made), made.voters[0].person
    for contest in contests:
        contest.election = made.election
    one, other = (contest.pk for contest in contests)
    first, second = (seal((1, 2, 3), sealing_for(contest)).text for contest in contests)
    again = {contest.pk: seal((1, 0, 0), sealing_for(contest)).text for contest in contests}
    hashes = {contest.pk: secret_hash(contest, "s" * 27) for contest in contests}

    half = code_of(lambda: cast_ballots(made.election, {one: first}, by=voter, secret_hashes=hashes))
    swapped = code_of(lambda: cast_ballots(made.election, {one: second, other: first}, by=voter, secret_hashes=hashes))
    before = Turnout.objects.count(), SealedBallot.objects.count()
    receipts = cast_ballots(made.election, {one: first, other: second}, by=voter, secret_hashes=hashes)

    assert (half, swapped, before) == ("invalid", "other_contest", (0, 0))
    assert {sealed.contest_id: sealed.receipt for sealed in SealedBallot.objects.all()} == receipts
    assert Turnout.objects.count() == 1
    # Nothing joins the two ballots of one voter.
    assert len(set(SealedBallot.objects.values_list("secret_hash", flat=True))) == 2
    exchanged = replace_ballots(made.election, "s" * 27, again)
    assert {sealed.contest_id: sealed.receipt for sealed in SealedBallot.objects.all()} == exchanged
    assert [len(paper.choices) for paper in papers_of(made.election, "voter.1")] == [3, 3]


def test_final_ballot_stays(made):
    cast_ballots(made.election, envelope(made), by=made.voters[0].person)

    assert code_of(lambda: replace_ballots(made.election, new_secret(), envelope(made))) == "final"


def test_order_of_candidates_is_each_readers_own_and_stays(made):
    def order(reader):
        return [choice.place for choice in papers_of(made.election, reader)[0].choices]

    orders = {tuple(order(f"voter.{number}")) for number in range(40)}

    assert len(orders) == 6
    assert order("voter.7") == order("voter.7")


@pytest.mark.parametrize(("voted", "step"), [(0, (0, 10)), (1, (30, 40)), (2, (60, 70)), (3, (90, 100))])
def test_turnout_is_told_in_steps(made, voted, step):
    made.cast([(1, 2, 3)] * voted)

    assert turnout_step(made.election) == step
