"""Voters are told that voting is open, and where they have not voted that it ends soon; each by their own link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from folkmoot.governance.actions.plan_messages import may_go, send_due, write_message
from folkmoot.governance.ballot_links import ballot_path
from folkmoot.governance.ballot_messages import voters_left, way_to_the_ballot
from folkmoot.governance.models.elections import ElectionState
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    organisation()
    return made_election(group(), ElectionState.OPEN)


def told(subject):
    return sorted(Telling.objects.filter(subject__contains=subject).values_list("person", flat=True))


def test_each_voter_is_told_once_with_a_link_of_their_own(made, settle):
    first, *others = made.voters
    write_message(made.election, "voting_opens")

    send_due(timezone.now())
    send_due(timezone.now())
    settle()

    assert told("you can vote now") == [voter.person_id for voter in made.voters]
    bodies = {letter.recipient: letter.text for letter in Letter.objects.all()}
    paths = {voter.person.email: ballot_path(voter) for voter in made.voters}
    assert {mail: [path in text for path in paths.values()] for mail, text in bodies.items()} == {
        mail: [one == mail for one in paths] for mail in paths
    }
    assert [way_to_the_ballot(made.election, one.person) is None for one in (first, *others)] == [False] * 3
    assert way_to_the_ballot(made.election, PersonFactory()) is None


def test_only_who_has_not_voted_is_reminded(made):
    made.cast([(1, 2, 3)])
    message = write_message(made.election, "voting_reminder")

    assert message.due_on == (made.election.accepts_until - timedelta(days=6)).date()
    send_due(made.election.accepts_until - timedelta(days=5, hours=12))

    assert told("voting ends soon") == [voter.person_id for voter in made.voters[1:]]
    assert way_to_the_ballot(made.election, made.voters[0].person) is None


def test_how_many_were_reminded_is_told_to_nobody_before_the_close(made, client):
    """It would be how many have voted, to the last voter."""
    made.cast([(1, 2, 3)])
    client.force_login(made.officers[0].person)
    write_message(made.election, "voting_reminder")
    pages = [f"{made.election.get_absolute_url()}messages/{one}" for one in ("", "voting-reminder/")]

    def numbers():
        texts = [client.get(page).content.decode() for page in pages]
        return [re.findall(r"(?:to|is) (\d) (?:people|person)|(by then)", text) for text in texts]

    before = numbers()
    send_due(made.election.accepts_until - timedelta(days=5, hours=12))
    meanwhile = numbers()
    made.election.state, made.election.closed_at = ElectionState.CLOSED, made.election.accepts_until
    made.election.save()

    assert before == meanwhile == [[], [("", "by then")]]
    assert numbers() == [[("2", "")], [("2", "")]]
    entry = Entry.objects.get(kind="governance.election_message_sent")
    assert (entry.payload["message"], entry.payload["people"]) == ("voting_reminder", None)


def test_messages_wait_for_the_opening_and_after_the_close_go_to_nobody(made):
    message = write_message(made.election, "voting_opens")
    made.election.opens_at = timezone.now() + timedelta(hours=1)
    message.election = made.election

    early = may_go(message)
    made.election.state = ElectionState.CLOSED

    assert (bool(early), early.reason) == (False, "It waits until voting is open.")
    assert list(voters_left(made.election)) == []
