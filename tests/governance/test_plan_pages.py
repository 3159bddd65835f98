"""The pages on which an election is set up, walked through as those who use them do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from folkmoot.governance.listing import listed
from folkmoot.governance.models.elections import Election, ElectionState, Stage
from folkmoot.governance.rules.elections import may_see_election
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Filling, Power
from folkmoot.ledger.actors import system
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "kind": "regular",
    "title": "Steering committee",
    "start": "11 September 2027",
    "counted_from": "voting",
    "terms_on": "1 November 2027",
    "places": "",
    "needed": "2",
    "is_final": "yes",
    "grace": "0",
    "zone": "Etc/GMT+12",
}


@pytest.fixture
def lantern(freeze):
    freeze("2027-07-01T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern, client):
    ada = join(PersonFactory(name="Ada Quill"), lantern, Power.MANAGE)
    client.force_login(ada)
    return ada


def text_of(response):
    return " ".join(response.content.decode().split())


def test_one_begins_sees_all_days_keeps_them_changes_them_and_announces(client, lantern, ada):
    seats = [add_seat(lantern, title=title, filling=Filling.ELECTED, by=system()).pk for title in ("Chair", "Clerk")]
    address = f"/groups/{lantern.slug}/elections/begin/"

    asked = client.get(address)
    shown = client.post(address, {**ANSWERS, "seats": seats})
    changed = client.post(address, {**ANSWERS, "seats": seats, "grace": "2", "keep": shown.context["mark"]})
    kept = client.post(address, {**ANSWERS, "seats": seats, "keep": shown.context["mark"]})

    assert 'value="15 August 2027"' in text_of(asked)
    assert "11 to 30 September 2027" in text_of(shown)
    assert "1 to 2 October 2027" in text_of(changed)
    election = Election.objects.get()
    assert (kept.status_code, kept["Location"]) == (302, election.get_absolute_url())
    assert [one.seat_id for one in election.contests.get().fills.all()] == seats
    page = client.get(kept["Location"])
    assert "Announce it" in text_of(page)
    assert "This is a draft." in text_of(page)

    moved = {"stage": "voting", "first": "11 September 2027", "last": "5 October 2027", "keeps_terms": "on"}
    follows = client.post(f"{election.get_absolute_url()}days/", moved)
    client.post(f"{election.get_absolute_url()}days/", {**moved, "keep": follows.context["mark"]})
    assert "Result" in text_of(follows)
    assert election.stages.get(stage=Stage.RESULT).first.isoformat() == "2027-10-06"

    announcing = client.get(f"{election.get_absolute_url()}announce/")
    client.post(f"{election.get_absolute_url()}announce/")
    assert "Steering committee: call for candidates" in text_of(announcing)
    assert "Does more than observe." in text_of(announcing)
    election.refresh_from_db()
    assert election.state == ElectionState.ANNOUNCED
    client.logout()
    assert "Officers are found" in text_of(client.get(election.get_absolute_url()))


def test_days_that_do_not_exist_or_do_not_fit_are_said_and_nothing_is_lost(client, lantern, ada):
    address = f"/groups/{lantern.slug}/elections/begin/"

    wrong = client.post(address, {**ANSWERS, "start": "31 September"})
    tight = client.post(address, {**ANSWERS, "terms_on": "1 October 2027"})
    past = client.post(address, {**ANSWERS, "start": "2026-09-11"})

    assert "September has 30 days." in text_of(wrong)
    assert 'value="31 September"' in text_of(wrong)
    assert "Steering committee" in text_of(wrong)
    assert "These days do not work out" in text_of(tight)
    assert "“Onboarding” needs 7 days at least" in text_of(tight)
    assert "Keep it as a draft" not in text_of(tight)
    assert "That day has passed." in text_of(past)
    assert not Election.objects.exists()


def test_a_group_without_seats_is_offered_no_vote_about_one(client, lantern, ada):
    address = f"/groups/{lantern.slug}/elections/begin/"

    without = [value for value, _words in client.get(address).context["form"].fields["kind"].choices]
    add_seat(lantern, title="Chair", filling=Filling.ELECTED, by=system())
    there = [value for value, _words in client.get(address).context["form"].fields["kind"].choices]

    assert without == ["regular", "practice"]
    assert there == ["regular", "vacancy", "recall", "confidence", "practice"]


def test_contests_words_and_messages_have_their_pages(client, lantern, ada):
    client.post(f"/groups/{lantern.slug}/elections/begin/", {**ANSWERS, "keep": " ".join(
        ("regular", "2027-09-11", "voting", "2027-11-01", "0", "Etc/GMT+12"))})  # fmt: skip
    one = Election.objects.get().get_absolute_url()
    contest = {"title": "Clerk", "places": "1", "method": "irv", "endorsements": "0"}

    client.post(f"{one}contests/add/", contest)
    client.post(f"{one}contests/2/change/", {**contest, "title": "The clerk", "words": "Who writes."})
    listed = text_of(client.get(f"{one}contests/"))
    client.post(f"{one}contests/1/remove/")
    client.post(f"{one}change/", {"title": "Clerk 2027", "words": "Come.", "needed": "3", "is_final": "no"})
    client.post(f"{one}messages/call_for_candidates/", {"subject": "Stand!", "words": "Do.", "due_on": "2 September"})
    client.post(f"{one}messages/nominations_end/set-aside/")
    messages = text_of(client.get(f"{one}messages/"))
    client.post(f"{one}messages/nominations_end/set-aside/", {"back": "1"})
    early = client.post(f"{one}messages/roles_wanted/send/")
    nothing = client.get(f"{one}messages/nothing/")
    client.post(f"{one}cancel/", {"why": "Not now."})

    election = Election.objects.get()
    assert "The clerk" in listed
    assert "Instant run-off" in listed
    assert [found.title for found in election.contests.all()] == ["The clerk"]
    assert (election.title, election.needed, election.is_final) == ("Clerk 2027", 3, False)
    assert "Stand!" in messages
    assert "left out" in messages
    assert (early.status_code, nothing.status_code) == (409, 404)
    assert (election.state, "Not now." in text_of(client.get(one))) == (ElectionState.CANCELLED, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_what_runs_first_in_a_fixed_number_of_queries(
    client, lantern, ada, count, django_assert_num_queries
):
    for _number in range(count):
        made_election(lantern, now=timezone.now() - timedelta(days=1))
    made_election(lantern, ElectionState.CANCELLED, why_cancelled="No.", title="Old one")
    made_election(lantern, ElectionState.DRAFT, title="Hidden one")
    client.get(f"/groups/{lantern.slug}/elections/")

    with django_assert_num_queries(8):
        page = client.get(f"/groups/{lantern.slug}/elections/")

    words = text_of(page)
    assert words.index('id="now"') < words.index('id="earlier"') < words.index("Old one")
    assert "Call for candidates · then Questions to candidates, from 3 July" in words
    client.logout()
    assert "Hidden one" not in text_of(client.get(f"/groups/{lantern.slug}/elections/"))


def test_the_list_shows_everybody_exactly_what_they_may_know_of(lantern):
    cleo, gone = PersonFactory(), PersonFactory()
    elections = [
        made_election(lantern, state, officers=[cleo], kind=kind).election
        for kind in ("regular", "practice")
        for state in (ElectionState.DRAFT, ElectionState.ANNOUNCED)
    ]
    for election in elections:
        election.officers.create(person=gone, state="declined")
    readers = [
        None,
        cleo,
        gone,
        PersonFactory(),
        join(PersonFactory(), lantern, Power.OBSERVE),
        join(PersonFactory(), lantern, Power.MANAGE),
    ]

    for reader in readers:
        shown = {line.election for line in listed(lantern, reader, timezone.now())}
        assert shown == {one for one in elections if may_see_election(reader, one)}
    assert len(listed(lantern, None, timezone.now())) == 1


def test_elections_of_a_group_say_how_many_of_its_seats_nobody_holds(client, lantern, ada):
    for title in ("Chair", "Clerk"):
        add_seat(lantern, title=title, by=system())

    page = client.get(f"/groups/{lantern.slug}/elections/")

    assert "Nobody holds 2 of the seats." in text_of(page)
