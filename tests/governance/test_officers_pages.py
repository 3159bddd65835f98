"""From being asked to what was frozen, page by page; the browser's part is done here with the same bytes in Python."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from folkmoot.governance.actions.officers import ask_officer
from folkmoot.governance.domain.freezing import frozen_hash
from folkmoot.governance.domain.sealed.envelopes import (
    spoken,
)
from folkmoot.governance.domain.sealed.rehearsing import open_rehearsal
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.officers import (
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    PrintHeard,
    Rehearsal,
    RehearsalShares,
    VotingOpened,
)
from folkmoot.governance.queries.officers import team_of
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from tests.factories import groups
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.governance.officers import private_pair, public, with_keys
from tests.factories.people import PersonFactory
from tests.governance.test_officers_freezing import NOW, other_parts, ready  # noqa: F401

pytestmark = pytest.mark.django_db


def at(made: MadeElection, name: str) -> str:
    return reverse(name, args=[made.election.group.slug, made.election.key])


def page(client, made, name: str, person=None) -> str:
    if person is not None:
        client.force_login(person)
    return client.get(at(made, name)).content.decode()


def test_somebody_is_asked_and_takes_it_on_with_what_they_declare(client):
    made = made_election(groups.group(), officers=[PersonFactory(name="Ada")])
    ben, _stranger = PersonFactory(name="Ben"), PersonFactory(name="Sam Stranger")
    groups.join(ben, made.election.group, Power.TAKE_PART)
    client.force_login(made.officers[0].person)

    missing = client.post(at(made, "election_officers"), {"do": "ask", "duty": "officer"})
    asked = client.post(at(made, "election_officers"), {"do": "ask", "duty": "officer", "person": ben.pk}, follow=True)
    client.post(at(made, "election_officers"), {"do": "needed", "needed": "2"})

    assert missing.status_code == 400
    assert ("Ben" in missing.content.decode(), "Sam Stranger" in missing.content.decode()) == (True, False)
    assert "Ben is asked, and can say yes or no." in asked.content.decode()
    assert "You are asked to look after this election as officer." in page(client, made, "election", ben)
    assert "Would you be an officer?" in page(client, made, "election_duty")
    taken = client.post(at(made, "election_duty"), {"do": "accept", "conflict": "I work for <Acme>."}, follow=True)
    assert taken.redirect_chain == [(at(made, "election_keys"), 302)]
    client.logout()
    shown = page(client, made, "election")
    assert "I work for &lt;Acme&gt;." in shown
    assert "nothing to declare" in shown
    assert "All officers are needed" not in shown
    client.force_login(ben)
    assert "You are an officer of this election." in page(client, made, "election_duty")
    assert client.post(at(made, "election_duty"), {"do": "give_back"}).status_code == 302
    assert client.get(at(made, "election_duty")).status_code == 404


def test_manager_is_led_to_asking_officers_until_enough_are_asked(client):
    made = made_election(groups.group(), officers=0, needed=1)
    manager, ben = PersonFactory(), PersonFactory()
    groups.lead(manager, made.election.group)
    button = f'href="{at(made, "election_officers")}">Ask officers</a>'

    before = page(client, made, "election", manager)
    ask_officer(made.election, ben, by=manager)

    assert (before.count(button), page(client, made, "election").count(button)) == (1, 0)


def test_who_declines_a_draft_is_led_to_what_they_may_see(client):
    made = made_election(groups.group(), ElectionState.DRAFT)
    ben = PersonFactory()
    ask_officer(made.election, ben, by=made.officers[0].person)
    client.force_login(ben)

    answer = client.post(at(made, "election_duty"), {"do": "decline"}, follow=True)

    assert (answer.status_code, "Noted. Thank you for your answer." in answer.content.decode()) == (200, True)
    assert client.get(at(made, "election_duty")).status_code == 404


def test_private_key_that_is_sent_is_refused_and_stands_nowhere(client, caplog):
    made = made_election(groups.group(), officers=1)
    keys = private_pair()
    client.force_login(made.officers[0].person)

    answer = client.post(at(made, "election_keys"), {"do": "give", "public": json.dumps(keys)})

    secret = keys["opening"]["d"]
    assert (answer.status_code, OfficerKey.objects.count()) == (400, 0)
    assert "This held a private key." in answer.content.decode()
    assert secret not in answer.content.decode() + caplog.text + json.dumps(list(Entry.objects.values_list("payload")))


def test_page_says_what_it_needs_without_scripts_and_takes_public_parts_by_hand(client):
    made = made_election(groups.group(), officers=1)
    keys = private_pair()
    client.force_login(made.officers[0].person)

    assert "Keys need a browser with scripts" in page(client, made, "election_keys")
    sent = client.post(at(made, "election_keys"), {"do": "give", "public": json.dumps(public(keys))}, follow=True)

    key = OfficerKey.objects.get()
    assert (key.opening, key.signing) == tuple(public(keys).values())
    assert spoken(key.print_of) in sent.content.decode()
    assert client.post(at(made, "election_keys"), {"do": "hear", "print": "none"}).status_code == 404
    assert client.post(at(made, "election_keys"), {"do": "hear", "print": key.print_of}).status_code == 400
    assert client.post(at(made, "election_keys"), {"do": "rehearse", "opened": "["}).status_code == 400


def test_k_officers_together_open_the_invented_ballots(client):
    made = with_keys(groups.group(), officers=3, needed=2, ready=False)
    address = at(made, "election_keys")
    client.force_login(made.officers[0].person)
    client.post(address, {"do": "begin_rehearsal"})

    with pytest.raises(Refused) as caught:
        open_rehearsal(client.get(at(made, "election_rehearsal")).json(), made.keys[1])
    assert caught.value.code == "other_keys"
    assert rehearse(client, made, 0) is None
    first = RehearsalShares.objects.filter(sender=made.officers[0])
    assert sorted(first.values_list("to", flat=True)) == [one.pk for one in made.officers[1:]]
    found = rehearse(client, made, 2)

    rehearsal = Rehearsal.objects.get()
    assert found == rehearsal.rankings
    assert rehearsal.opened_at is not None
    assert [key.rehearsed_at is not None for key in OfficerKey.objects.order_by("officer")] == [True, False, True]
    said = [
        entry.payload["is_whole"] for entry in Entry.objects.filter(kind="governance.keys_rehearsed").order_by("pk")
    ]
    assert said == [False, True]
    html = page(client, made, "election_keys", made.officers[1].person)
    assert "Enough officers together read the invented ballots" in html
    wrong = client.post(
        address,
        {
            "do": "rehearse",
            "rehearsal": rehearsal.contest,
            "opened": json.dumps(
                {
                    "shares": {str(made.officers[place].pk): "a.b.c.d.e" for place in (0, 2)},
                    "rankings": [[1, 1, 1]] * 3,
                }
            ),
        },
    )
    assert "Other rankings were found than were sealed." in wrong.content.decode()
    OfficerKey.objects.filter(officer=made.officers[0]).delete()
    assert "Invent ballots for the rehearsal" in page(client, made, "election_keys")


def rehearse(client, made: MadeElection, number: int):
    """What one officer's own machine does with their file; the rankings that it found."""
    client.force_login(made.officers[number].person)
    opened = open_rehearsal(client.get(at(made, "election_rehearsal")).json(), made.keys[number])
    data = {"do": "rehearse", "rehearsal": Rehearsal.objects.get().contest, "opened": json.dumps(opened)}
    answer = client.post(at(made, "election_keys"), data)
    assert answer.status_code == 302
    return opened["rankings"]


def test_lost_key_is_said_with_what_is_left(client):
    made = made_election(groups.group(), ElectionState.OPEN, officers=2, needed=2)
    client.force_login(made.officers[0].person)

    assert "No more key may be lost" in page(client, made, "election_keys")
    client.post(at(made, "election_keys"), {"do": "lost"})

    assert "The ballots can never be opened" in page(client, made, "election_keys")
    client.logout()
    assert "So many keys were lost" in page(client, made, "election")


def test_officer_sees_what_will_be_frozen_opens_it_and_everybody_can_check_it(client):
    made = ready(officers=2, needed=2)
    Rehearsal.objects.all().delete()
    client.force_login(made.officers[0].person)

    html = page(client, made, "freeze_election")
    assert "Freeze all of this and open the voting" in html
    unread = client.post(at(made, "freeze_election"), {"no_spare": "on", "unrehearsed": "on"})
    done = client.post(
        at(made, "freeze_election"), {"no_spare": "on", "unrehearsed": "on", "why_unrehearsed": "We <know>."}
    )

    assert (unread.status_code, done.status_code, VotingOpened.objects.count()) == (400, 302, 1)
    assert client.post(at(made, "freeze_election")).status_code == 409
    client.logout()
    made.election.refresh_from_db()
    shown = page(client, made, "frozen_election")
    text = client.get(at(made, "frozen_text")).content.decode()
    assert frozen_hash(text) == made.election.frozen_hash
    assert made.election.frozen_hash in shown
    assert "We &lt;know&gt;." in shown
    assert "Something was changed" not in shown
    assert made.election.nonce not in shown
    assert [spoken(key.print_of) in shown for key in OfficerKey.objects.all()] == [True, True]
    type(made.election).objects.filter(pk=made.election.pk).update(state=ElectionState.CLOSED, needed=1)
    shown = page(client, made, "frozen_election")
    assert made.election.nonce in shown
    assert "What is kept here now is not what was frozen: needed." in shown


def test_page_of_the_election_leads_each_officer_to_their_next_step(client):
    made = ready(officers=2, needed=1)
    first, second = made.officers

    assert "Open the voting" in page(client, made, "election", first.person)
    PrintHeard.objects.filter(key__officer=first).delete()
    assert "Go on with your keys" in page(client, made, "election")
    OfficerKey.objects.filter(officer=second).delete()
    html = page(client, made, "election", second.person)
    assert "Make your keys" in html
    assert "Open the voting" not in html


def test_what_is_missing_stands_on_the_page_without_a_button(client):
    made = ready(officers=1, needed=1)
    OfficerKey.objects.all().delete()

    html = page(client, made, "freeze_election", made.officers[0].person)

    assert "0 officers have keys; it takes 1." in html
    assert "Freeze all of this and open the voting" not in html


def test_monitors_read_what_officers_see_and_change_nothing(client):
    made = ready(officers=1, needed=1)
    monitor = ElectionOfficer.objects.create(
        election=made.election, person=PersonFactory(), duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    client.force_login(monitor.person)
    names = ("election_officers", "election_keys", "freeze_election")

    assert [client.get(at(made, name)).status_code for name in names] == [200, 200, 200]
    assert [client.post(at(made, name), {"do": "lost"}).status_code for name in names] == [403, 403, 403]
    html = page(client, made, "freeze_election")
    assert "Freeze all of this and open the voting" not in html
    assert spoken(OfficerKey.objects.get().print_of) in page(client, made, "election_keys")


@pytest.mark.parametrize("number", [1, 3])
def test_team_takes_two_queries_however_many_they_are(django_assert_num_queries, number):
    made = with_keys(groups.group(), officers=number, needed=1)

    with django_assert_num_queries(2):
        team = team_of(made.election)
        assert [len(line.heard_by) for line in team.officers] == [number - 1] * number
    assert PrintHeard.objects.count() == number * (number - 1)
    assert ElectionOfficer.objects.count() == number
