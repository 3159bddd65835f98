"""One voter sends twenty ballots at once, voting is closed meanwhile, the process is killed: with their controls."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, models
from django.test import Client

from folkmoot.governance.actions import ballots as actions
from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.domain.sealed.envelopes import seal
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.kit.errors import Refused
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.governance.dying import NEVER, dying

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 20
PATIENCE = 30


@pytest.fixture
def made():
    organisation()
    return made_election(group(), ElectionState.OPEN)


def envelope(made):
    return {made.contest.pk: seal((1, 2, 3), sealing_for(made.contest)).text}


def cast_at_once(made, voter):
    """The codes of the refusals when one voter sends twenty ballots at once; anything else is raised."""
    envelopes = [envelope(made) for _ in range(AT_ONCE)]
    start, codes, broken = threading.Barrier(AT_ONCE), [], []

    def one(number):
        start.wait(PATIENCE)
        try:
            cast_ballots(made.election, envelopes[number], by=voter.person)
        except Refused as refused:
            codes.append(refused.code)
        except Exception as error:  # noqa: BLE001 -- handed to the test
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return codes


def rows(voter):
    return Turnout.objects.filter(voter=voter).count(), SealedBallot.objects.count()


def unheld(election):
    return Election.objects.get(pk=election.pk)


def test_twenty_casts_of_one_voter_are_one_ballot_by_the_lock_and_by_the_row(made, monkeypatch):
    first, second, third = made.voters

    assert cast_at_once(made, first) == ["voted_already"] * (AT_ONCE - 1)
    assert rows(first) == (1, 1)

    # Without lock and transaction all see that nobody has voted: the constraint alone keeps them apart.
    all_have_read = threading.Barrier(AT_ONCE)
    asked = actions.has_voted

    def read_together(voter):
        found = asked(voter)
        all_have_read.wait(PATIENCE)
        return found

    monkeypatch.setattr(actions, "hold_election", unheld)
    monkeypatch.setattr(actions, "has_voted", read_together)
    monkeypatch.setattr(actions, "_write", actions._write.__wrapped__)
    assert cast_at_once(made, second) == ["voted_already"] * (AT_ONCE - 1)
    assert rows(second) == (1, 2)

    # The control: without the constraint as well, all twenty count.
    once = Turnout._meta.get_field("voter")
    often = models.ForeignKey(Voter, models.CASCADE, related_name="+")
    often.set_attributes_from_name("voter")
    often.model = Turnout
    with connection.schema_editor() as editor:
        editor.alter_field(Turnout, once, often)
    try:
        assert cast_at_once(made, third) == []
        assert rows(third) == (AT_ONCE, 2 + AT_ONCE)
    finally:
        Turnout.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.alter_field(Turnout, often, once)


def closer(made, seen):
    """Closes voting as `close_voting` does, under the same lock, and notes how many had voted then."""

    def close():
        try:
            with actions.transaction.atomic():
                held = HOLD(made.election)
                seen.append(Turnout.objects.count())
                held.state = ElectionState.CLOSED
                held.save(update_fields=["state"])
        finally:
            connections.close_all()

    return threading.Thread(target=close)


HOLD = actions.hold_election


def test_ballot_that_is_being_cast_is_in_before_voting_closes(made, monkeypatch):
    seen = []
    thread = closer(made, seen)

    def held_while_closing_begins(election):
        held = HOLD(election)
        thread.start()
        return held

    monkeypatch.setattr(actions, "hold_election", held_while_closing_begins)
    cast_ballots(made.election, envelope(made), by=made.voters[0].person)
    thread.join(PATIENCE)

    assert (seen, Turnout.objects.count()) == ([1], 1)

    # Voting is closed now, and whoever waited for the lock reads that.
    monkeypatch.setattr(actions, "hold_election", HOLD)
    with pytest.raises(Refused) as refused:
        cast_ballots(made.election, envelope(made), by=made.voters[1].person)
    assert refused.value.code == "closed"


def test_control_without_the_lock_a_ballot_is_written_after_voting_closed(made, monkeypatch):
    seen = []

    def read_then_closed(election):
        found = unheld(election)
        thread = closer(made, seen)
        thread.start()
        thread.join(PATIENCE)
        return found

    monkeypatch.setattr(actions, "hold_election", read_then_closed)
    monkeypatch.setattr(actions, "_write", actions._write.__wrapped__)

    cast_ballots(made.election, envelope(made), by=made.voters[0].person)

    assert (seen, Turnout.objects.count()) == ([0], 1)


@pytest.fixture
def clean():
    with dying() as process:
        yield process


def nobody_has_voted():
    Turnout.objects.all().delete()
    SealedBallot.objects.all().delete()


def test_process_that_is_killed_leaves_turnout_and_ballot_or_neither(made, clean):
    voter, sealed = made.voters[0], envelope(made)
    person = voter.person
    cast = made.election.pk, person.pk, sealed
    total = clean.cast(NEVER, *cast)
    both = [(0, 0)] * total + [(1, 1)]
    client = Client()
    client.force_login(person)
    ballot = f"{made.election.get_absolute_url()}vote/"
    found, told = [], []

    for point in range(1, total + 2):
        nobody_has_voted()
        assert clean.cast(point, *cast) == min(point, total)
        found.append(rows(voter))
        if point in (1, total, total + 1):
            told.append("You have voted" in client.get(ballot).content.decode())

    assert found == both
    # Whoever does not know sees it on the page of the ballot, and where nothing came casts the same envelope again.
    assert told == [False, False, True]
    nobody_has_voted()
    assert clean.cast(total, *cast) == total
    cast_ballots(made.election, sealed, by=person)
    assert rows(voter) == (1, 1)


def test_control_without_the_transaction_a_killed_process_leaves_half(made, clean):
    voter, sealed = made.voters[0], envelope(made)
    cast = made.election.pk, voter.person.pk, sealed
    total = clean.cast(NEVER, *cast, held=False)
    found = set()

    for point in range(total - 3, total + 1):
        nobody_has_voted()
        assert clean.cast(point, *cast, held=False) == point
        found.add(rows(voter))

    assert (1, 0) in found
