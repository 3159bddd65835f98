"""Closing and casting at one moment, two officers at once, and what is left in the files, with real transactions."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from folkmoot.governance.actions import results
from folkmoot.governance.actions.opening import close_voting, hand_in_rankings, send_shares
from folkmoot.governance.actions.opening_wiping import tidy, tidy_database, wipe_envelopes
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from tests.factories.governance.elections import made_election
from tests.factories.governance.opening import found_by, shares_of
from tests.factories.groups import group

pytestmark = pytest.mark.django_db(transaction=True)


def at_the_last_moment():
    """Nobody has voted; the last moment is over for the close, and was not for a ballot that has begun."""
    made = made_election(group(), ElectionState.OPEN)
    made.election.accepts_until = timezone.now() - timedelta(seconds=1)
    made.election.save()
    return made


def close_while_one_casts(made, *, holds=True):
    """Casting has written, holding the row of the election, and ends half a second after the close was called."""
    written, failed = threading.Event(), []

    def close():
        try:
            written.wait(timeout=20)
            close_voting(made.election, by=system())
        except Exception as error:  # noqa: BLE001 -- handed to the test
            failed.append(error)
        finally:
            connections.close_all()

    closing = threading.Thread(target=close)
    closing.start()
    with transaction.atomic():
        rows = Election.objects.select_for_update() if holds else Election.objects.all()
        assert rows.get(pk=made.election.pk).state == ElectionState.OPEN
        made.cast([[1, 2, 3]])
        written.set()
        closing.join(timeout=0.5 if holds else 20)
        waited = closing.is_alive()
    closing.join(timeout=20)
    assert not failed
    return waited, Entry.objects.get(kind="governance.voting_closed").payload["voted"]


def test_close_waits_for_a_ballot_that_is_being_written_and_counts_it():
    assert close_while_one_casts(at_the_last_moment()) == (True, 1)


@pytest.mark.postgres  # SQLite has one writer at a time, whatever is held.
def test_control_where_casting_holds_nothing_the_close_misses_a_ballot():
    assert close_while_one_casts(at_the_last_moment(), holds=False) == (False, 0)


def test_officers_who_hand_in_at_once_are_counted_once(monkeypatch):
    counted = []
    monkeypatch.setattr(results, "count_election", lambda election: counted.append(election.pk), raising=False)
    made = made_election(group(), ElectionState.CLOSED, officers=2, needed=2)
    people = [officer.person for officer in made.officers]
    for place in (0, 1):
        send_shares(made.election, shares_of(made, place), by=people[place])
    found = [found_by(made, place) for place in (0, 1)]
    start, failed = threading.Barrier(2), []

    def hand_in(place):
        try:
            start.wait(timeout=20)
            hand_in_rankings(made.election, found[place], by=people[place])
        except Exception as error:  # noqa: BLE001 -- handed to the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failed, counted) == ([], [made.election.pk])
    assert Entry.objects.filter(kind="governance.officers_agreed").count() == 1


def in_files(words):
    """Whether these bytes stand in the file of the database, or in the log of changes beside it."""
    file = Path(str(connection.settings_dict["NAME"]))
    kept = [file, file.with_name(f"{file.name}-wal")]
    return any(words.encode() in each.read_bytes() for each in kept if each.exists())


@pytest.mark.sqlite
def test_after_the_count_no_file_of_the_database_holds_an_envelope_or_a_share():
    made = made_election(group(), ElectionState.CLOSED, officers=2, needed=2)
    shares = shares_of(made, 0)
    send_shares(made.election, shares, by=made.officers[0].person)
    canaries = [SealedBallot.objects.order_by("pk").first().envelope[-60:], shares[0][1][-60:]]
    before = [in_files(canary) for canary in canaries]

    wipe_envelopes(made.election)
    was_tidied = tidy()

    assert (before, was_tidied) == ([True, True], True)
    assert [in_files(canary) for canary in canaries] == [False, False]
    assert Turnout.objects.filter(election=made.election).count() == 3


def test_tidying_leaves_all_rows_and_does_nothing_inside_a_transaction():
    made = made_election(group(), ElectionState.CLOSED)
    receipts = list(SealedBallot.objects.values_list("receipt", "envelope"))

    with transaction.atomic():
        inside = tidy()

        with pytest.raises(RuntimeError, match="could not be written anew"):
            tidy_database.call(left=1)

    assert (inside, tidy()) == (False, True)
    assert list(SealedBallot.objects.values_list("receipt", "envelope")) == receipts
    assert Turnout.objects.filter(election=made.election).count() == 3
