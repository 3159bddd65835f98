"""From the last ballot to rankings on which enough officers agree, with real keys and envelopes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from folkmoot.governance.actions import results
from folkmoot.governance.actions.opening import close_voting, hand_in_rankings, nonce_of, send_shares
from folkmoot.governance.actions.opening_wiping import say_key_destroyed, wipe_envelopes
from folkmoot.governance.actions.plan import cancel_election
from folkmoot.governance.domain.sealed.opening import found_of
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import ElectionStage, ElectionState, Stage
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerKey, OfficerState
from folkmoot.governance.models.openings import RankingsFound, SharesSent
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.queries.opening import opening_of
from folkmoot.governance.tasks.opening import (
    ask_for_keys_to_be_destroyed,
    close_one,
    close_votes_that_are_over,
)
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.governance.elections import made_election
from tests.factories.governance.opening import agreed, found_by, handed_in, shares_of
from tests.factories.groups import group
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
BALLOTS = [[3, 1, 2], [1, 2, 3], [0, 1, 0]]
SORTED = [[0, 1, 0], [1, 2, 3], [3, 1, 2]]


@pytest.fixture
def counted(monkeypatch):
    """The elections that were counted; counting has tests of its own."""
    elections: list[int] = []
    monkeypatch.setattr(
        results, "count_election", lambda election, **_more: elections.append(election.pk), raising=False
    )
    return elections


def opened(officers=1, needed=1, *, cast=BALLOTS):
    """An election in which these ballots were cast, one of three voters each, and whose last moment is over now."""
    made = made_election(group(), ElectionState.OPEN, officers=officers, needed=needed)
    made.cast(cast)
    made.election.accepts_until = timezone.now() - timedelta(seconds=1)
    made.election.save()
    return made


def closed(officers=3, needed=2, **given):
    made = opened(officers, needed, **given)
    made.election = close_voting(made.election, by=system())
    return made


def told(kind):
    return sorted(Telling.objects.filter(kind=f"governance.{kind}").values_list("person", flat=True))


def facts(*kinds):
    found = Entry.objects.filter(kind__in=[f"governance.{kind}" for kind in kinds])
    return [(entry.kind.partition(".")[2], entry.payload) for entry in found.order_by("pk")]


def test_vote_closes_on_time_by_the_schedule_and_once(freeze, settle):
    made = made_election(group(), ElectionState.OPEN)
    made.cast(BALLOTS[:2])
    monitor = ElectionOfficer.objects.create(
        election=made.election, person=PersonFactory(), duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    last = made.election.accepts_until

    freeze(last - timedelta(milliseconds=1))
    close_votes_that_are_over.call()
    close_one.call(made.election.pk)
    made.election.refresh_from_db()
    early = (made.election.state, nonce_of(made.election))
    with pytest.raises(Refused) as refused:
        close_voting(made.election, by=made.officers[0].person)
    freeze(last + timedelta(minutes=7))
    close_votes_that_are_over.enqueue()
    settle()
    close_one.call(made.election.pk)
    again = close_voting(made.election, by=made.officers[0].person)

    assert (early, refused.value.code) == (("open", ""), "forbidden")
    assert (again.state, again.closed_at, nonce_of(again)) == ("closed", last, made.election.nonce)
    entry = Entry.objects.get(kind="governance.voting_closed")
    assert (entry.happened_at, entry.actor_kind) == (last, "system")
    assert entry.payload == {"election_id": made.election.pk, "voters": 3, "voted": 2, "uneven": []}
    assert told("voting_is_over") == sorted([made.officers[0].person_id, monitor.person_id])


def test_nobody_but_officers_and_the_schedule_closes():
    made = opened()

    with pytest.raises(Refused) as refused:
        close_voting(made.election, by=made.voters[0].person)

    assert (refused.value.code, Entry.objects.filter(kind="governance.voting_closed").count()) == ("forbidden", 0)


def test_ballots_that_are_more_than_people_who_voted_are_said_loudly_by_all_who_tell(client):
    made = opened()
    made.cast(BALLOTS[:1], turnout=False)
    Turnout.objects.filter(voter=made.voters[0]).delete()

    made.election = close_voting(made.election, by=made.officers[0].person)

    assert facts("voting_closed")[0][1]["uneven"] == [made.contest.pk]
    assert "do not fit together" in Telling.objects.get(kind="governance.voting_is_over").subject
    client.force_login(made.officers[0].person)
    page = client.get(f"{made.election.get_absolute_url()}opening/").content.decode()
    assert "The committee: 3 sealed ballots, 2 people voted." in page
    assert "more or fewer sealed ballots" in client.get(made.election.get_absolute_url()).content.decode()


def test_two_of_three_officers_open_and_find_the_same_sorted_rankings(counted):
    made = closed()
    first, second, third = (officer.person for officer in made.officers)

    send_shares(made.election, shares_of(made, 0), by=first)
    with pytest.raises(Refused) as too_early:
        hand_in_rankings(made.election, found_by(made, 0), by=first)
    told_early = told("ballots_can_be_counted")
    send_shares(made.election, shares_of(made, 1), by=second)
    hand_in_rankings(made.election, found_by(made, 1), by=second)
    before = (list(counted), agreed(made))
    hand_in_rankings(made.election, found_by(made, 0), by=first)

    assert (too_early.value.code, told_early, before) == ("forbidden", [], ([], None))
    assert told("ballots_can_be_counted") == sorted([first.pk, second.pk, third.pk])
    assert (agreed(made), counted) == (SORTED, [made.election.pk])
    assert set(RankingsFound.objects.values_list("spoilt", flat=True)) == {0}
    of = {"election_id": made.election.pk}
    assert facts("ballots_opened", "ballots_counted", "officers_disagreed", "officers_agreed") == [
        ("ballots_opened", of),
        ("ballots_opened", of),
        ("ballots_counted", of | {"again": False}),
        ("ballots_counted", of | {"again": False}),
        ("officers_agreed", of | {"officers": 2}),
    ]
    with pytest.raises(Refused):
        send_shares(made.election, shares_of(made, 2), by=third)


def test_single_officer_does_all_at_once(counted):
    made = closed(1, 1)

    after = hand_in_rankings(made.election, found_by(made, 0), by=made.officers[0].person)

    assert (after.opened, after.is_agreed, counted) == (1, True, [made.election.pk])


def test_officers_who_disagree_are_told_and_nothing_goes_on_until_enough_agree(counted, client):
    made = closed()
    people = [officer.person for officer in made.officers]
    for place, person in enumerate(people):
        send_shares(made.election, shares_of(made, place), by=person)
    true, other = found_by(made, 0), {0: handed_in(found_of([[1, 2, 3]] * 3, 0))}

    hand_in_rankings(made.election, true, by=people[0])
    after = hand_in_rankings(made.election, other, by=people[1])
    stopped = (list(counted), after.is_agreed, [contest.pk for contest in after.differing])
    client.force_login(people[2])
    page = client.get(f"{made.election.get_absolute_url()}opening/").content.decode()
    assert [said[0]["digest"][:12] in page for said in (true, other)] == [True, True]
    # Of few ballots a mark can be guessed: only who can open them reads it.
    watching = PersonFactory()
    ElectionOfficer.objects.create(
        election=made.election, person=watching, duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    client.force_login(watching)
    page = client.get(f"{made.election.get_absolute_url()}opening/").content.decode()
    assert ("Officers found different rankings" in page, "mark of what they found" in page) == (True, False)
    hand_in_rankings(made.election, true, by=people[1])

    assert stopped == ([], False, [made.contest.pk])
    assert facts("officers_disagreed")[0][1]["contests"] == [made.contest.pk]
    assert told("officers_found_different") == sorted(person.pk for person in people)
    assert facts("ballots_counted")[-1][1]["again"] is True
    assert counted == [made.election.pk]


def test_count_that_is_refused_leaves_what_was_found_and_can_be_tried_again(monkeypatch, client):
    made, counted, reasons = closed(1, 1), [], ["Two have the same number of votes."]

    def count(election):
        if reasons:
            raise Refused(reasons[0], code="tie")
        counted.append(election.pk)

    monkeypatch.setattr(results, "count_election", count, raising=False)
    client.force_login(made.officers[0].person)
    address = f"{made.election.get_absolute_url()}opening/"
    too_early = client.post(f"{address}count/").status_code

    hand_in_rankings(made.election, found_by(made, 0), by=made.officers[0].person)

    assert (too_early, agreed(made)) == (409, SORTED)
    assert "Something stood in the way of counting them." in client.get(address).content.decode()
    assert reasons[0] in client.post(f"{address}count/").content.decode()
    reasons.clear()
    assert client.post(f"{address}count/").url == made.election.get_absolute_url()
    assert counted == [made.election.pk]


def test_spoilt_envelopes_are_counted_as_that_and_hold_up_nobody(counted):
    made = closed(1, 1)
    sealed = list(SealedBallot.objects.order_by("receipt"))
    parts = json.loads(sealed[0].envelope)
    parts["content"] = parts["content"][:-2] + ("AA" if parts["content"][-2:] != "AA" else "BA")
    SealedBallot.objects.filter(pk=sealed[0].pk).update(envelope=json.dumps(parts, separators=(",", ":")))
    SealedBallot.objects.filter(pk=sealed[1].pk).update(envelope="nothing at all")

    hand_in_rankings(made.election, found_by(made, 0), by=made.officers[0].person)

    found = RankingsFound.objects.get()
    assert (len(found.rankings), found.spoilt) == (1, 2)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda said: {**said, "rankings": said["rankings"][1:]}, "other_number"),
        (lambda said: {**said, "spoilt": 1}, "other_number"),
        (lambda said: {**said, "spoilt": True}, "no_rankings"),
        (lambda said: {**said, "rankings": said["rankings"][::-1]}, "no_rankings"),
        (lambda said: {**said, "digest": "0" * 64}, "no_rankings"),
        (lambda said: {**said, "rankings": [[1, 2, 4], *said["rankings"][1:]]}, "no_rankings"),
        (lambda said: {**said, "rankings": [[1, 2], *said["rankings"][1:]]}, "no_rankings"),
        (lambda said: {}, "no_rankings"),
    ],
)
def test_what_cannot_be_what_is_in_the_envelopes_is_not_taken(counted, one_closed, change, code):
    made, said = one_closed

    with pytest.raises(Refused) as refused:
        hand_in_rankings(made.election, {0: change(said[0])}, by=made.officers[0].person)

    assert (refused.value.code, RankingsFound.objects.count(), counted) == (code, 0, [])


@pytest.fixture
def one_closed():
    made = closed(1, 1)
    return made, found_by(made, 0)


def test_shares_for_others_than_those_who_count_are_not_taken():
    made = closed()
    mine = shares_of(made, 0)

    for sealed in ({0: {1: mine[0][1]}}, {7: mine[0]}, {0: {1: mine[0][1], 2: "plain text"}}):
        with pytest.raises(Refused) as refused:
            send_shares(made.election, sealed, by=made.officers[0].person)
        assert refused.value.code == "no_shares"
    with pytest.raises(Refused) as refused:
        send_shares(made.election, mine, by=made.voters[0].person)

    assert (refused.value.code, SharesSent.objects.count()) == ("forbidden", 0)


def test_lost_key_below_k_is_survived_and_beyond_it_is_said(counted, client):
    made = closed()
    people = [officer.person for officer in made.officers]
    OfficerKey.objects.filter(officer=made.officers[2]).update(lost_at=timezone.now())

    for place in (0, 1):
        send_shares(made.election, shares_of(made, place), by=people[place])
    for place in (0, 1):
        hand_in_rankings(made.election, found_by(made, place), by=people[place])
    survived = list(counted)
    RankingsFound.objects.all().delete()
    OfficerKey.objects.filter(officer=made.officers[1]).update(lost_at=timezone.now())

    assert survived == [made.election.pk]
    assert not opening_of(made.election).is_reachable
    client.force_login(people[0])
    page = client.get(f"{made.election.get_absolute_url()}opening/").content.decode()
    assert "Keys that are needed to open the ballots: 2. Keys that are not lost: 1." in page


def test_wiping_empties_envelopes_and_shares_once_and_leaves_receipts():
    made = closed()
    send_shares(made.election, shares_of(made, 0), by=made.officers[0].person)
    receipts = set(SealedBallot.objects.values_list("receipt", flat=True))

    wiped = [wipe_envelopes(made.election), wipe_envelopes(made.election)]

    assert wiped == [3, 0]
    assert set(SealedBallot.objects.values_list("receipt", "envelope", "secret_hash")) == {
        (receipt, "", "") for receipt in receipts
    }
    assert set(SharesSent.objects.values_list("sealed", flat=True)) == {""}
    assert facts("envelopes_wiped") == [("envelopes_wiped", {"election_id": made.election.pk, "envelopes": 3})]


@pytest.mark.parametrize("state", [ElectionState.OPEN, ElectionState.CLOSED])
def test_election_that_is_cancelled_leaves_no_ballot_and_nobody_who_voted(client, state):
    made = made_election(group(), state, officers=2, needed=2)
    if state == ElectionState.OPEN:
        made.cast([(1, 2, 3), (2, 1, 3), (3, 2, 1)])
    else:
        for place in range(2):
            send_shares(made.election, shares_of(made, place), by=made.officers[place].person)
        hand_in_rankings(made.election, found_by(made, 0), by=made.officers[0].person)
    other = made_election(made.election.group, ElectionState.CLOSED)

    cancel_election(made.election, why="The wrong people were on the roll.", by=made.officers[0].person)
    cast_meanwhile = [Turnout, SealedBallot, SharesSent, RankingsFound]
    client.force_login(made.officers[0].person)
    address = f"{made.election.get_absolute_url()}opening/"
    page = client.get(address).content.decode()
    ask_for_keys_to_be_destroyed.call()
    client.post(f"{address}key-destroyed/")

    assert [table.objects.count() for table in cast_meanwhile] == [3, 3, 0, 0]
    assert set(SealedBallot.objects.values_list("contest", flat=True)) == {other.contest.pk}
    assert facts("ballots_deleted") == [("ballots_deleted", {"election_id": made.election.pk, "envelopes": 3})]
    assert "Ballots that had been cast are deleted." in page
    # Whoever has an old backup could still open them.
    assert told("destroy_your_key") == sorted(officer.person_id for officer in made.officers)
    assert OfficerKey.objects.get(officer=made.officers[0]).destroyed_at is not None


def test_counted_ballots_keep_an_election_from_being_cancelled():
    """Officers know the result before it is signed; who does not like it must not be able to take it away."""
    made = closed()
    ElectionBundle.objects.create(election=made.election, manifest="{}", files={})

    with pytest.raises(Refused) as refused:
        cancel_election(made.election, why="I do not like it.", by=made.officers[0].person)

    assert (refused.value.code, SealedBallot.objects.count()) == ("forbidden", 3)


def test_keys_are_destroyed_after_complaints_and_not_before(client, freeze):
    made = made_election(group(), ElectionState.RELEASED, officers=2, needed=2)
    person = made.officers[0].person
    over = ElectionStage.objects.get(election=made.election, stage=Stage.COMPLAINTS).last + timedelta(days=1)

    with pytest.raises(Refused) as refused:
        say_key_destroyed(made.election, by=person)
    ask_for_keys_to_be_destroyed.call()
    early = told("destroy_your_key")
    freeze(f"{over.isoformat()}T08:00Z")
    for _twice in range(2):
        ask_for_keys_to_be_destroyed.call()
    client.force_login(person)
    address = f"{made.election.get_absolute_url()}opening/"
    has_button = "I have destroyed it" in client.get(address).content.decode()
    for _twice in range(2):
        assert client.post(f"{address}key-destroyed/").url == address

    assert (refused.value.code, early, has_button) == ("forbidden", [], True)
    assert told("destroy_your_key") == sorted(officer.person_id for officer in made.officers)
    assert OfficerKey.objects.get(officer=made.officers[0]).destroyed_at == timezone.now()
    assert facts("officer_key_destroyed") == [("officer_key_destroyed", {"election_id": made.election.pk})]


@pytest.mark.parametrize("officers", [1, 3])
def test_page_of_the_opening_asks_as_much_for_one_officer_as_for_three(client, django_assert_num_queries, officers):
    made = closed(officers, 1)
    client.force_login(made.officers[0].person)
    address = f"{made.election.get_absolute_url()}opening/"
    client.get(address)

    with django_assert_num_queries(13):
        assert client.get(address).status_code == 200
