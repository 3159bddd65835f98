"""Motions as people live them: amended and carried, blocked and cleared, without a quorum and extended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.decisions.actions import amend_motion, settle_due
from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.models import Motion, MotionAmendment, Position
from folkmoot.groups.actions.structure import set_parent
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from tests.factories.decisions import recorded
from tests.factories.groups import group, join
from tests.factories.motions import LAST_DAY, council, motion, opened, vote
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

END = dt.datetime(2026, 12, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def here(clock):
    return council()


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, of: Motion) -> str:
    return reverse(name, args=[of.decision.group.slug, of.decision.year, of.decision.number])


def send(person, address: str, **given) -> str:
    """Post a form that is accepted; returns where one is sent."""
    response = as_(person).post(address, given)
    assert response.status_code == 302, response.content.decode()[:6000]
    return response["Location"]


def page(person, of: Motion) -> str:
    client = as_(person) if person else Client()
    return " ".join(client.get(of.get_absolute_url()).content.decode().split())


def test_motion_with_amendments_is_carried(here, freeze):
    put_at = reverse("put_motion", args=[here.group.slug])
    assert as_(here.ben).get(put_at).status_code == 200
    where = send(here.ben, put_at, title="A lamp", text="We buy a lamp.\n\nIt costs 40 euros.", rationale="Dark.")
    put = Motion.objects.get()
    assert where == put.get_absolute_url()
    send(here.cleo, at("second_motion", put))
    send(
        here.ben, at("change_motion", put), title="A lamp", text="We buy a lamp.\n\nIt costs up to 40 euros.",
        rationale="It is dark.", edition=1,
    )  # fmt: skip
    form = as_(here.cleo).get(at("amend_motion", put) + "?paragraph=2").content.decode()
    assert "It costs up to 40 euros.</textarea>" in form
    send(
        here.cleo, at("amend_motion", put), paragraph=2, change="replace", text="It costs up to 60 euros.", why="Dear."
    )
    send(here.dan, at("amend_motion", put), paragraph=0, change="insert", text="Since it is dark:")
    price, first = MotionAmendment.objects.all()
    assert "up to <strong>60</strong> euros" in page(here.dan, put)
    refused = as_(here.ada).post(at("open_vote", put), {"closes_on": LAST_DAY, "zone": "Etc/GMT+12"})
    assert (refused.status_code, "nobody has accepted or declined yet" in refused.content.decode()) == (400, True)
    answer = reverse("answer_motion_amendment", args=[price.pk])
    assert as_(here.ben).get(answer).status_code == 200
    send(here.ben, answer, answer="accept")
    send(here.dan, reverse("take_back_motion_amendment", args=[first.pk]))

    assert "Managers · binding" in " ".join(as_(here.ada).get(at("open_vote", put)).content.decode().split())
    send(here.ada, at("open_vote", put), closes_on=LAST_DAY, zone="Etc/GMT+12")
    assert "Positions are taken under your name" in as_(here.ben).get(at("take_position", put)).content.decode()
    for person, value in ((here.ada, "approve"), (here.ben, "approve"), (here.cleo, "approve"), (here.eve, "decline")):
        send(person, at("take_position", put), value=value, text="")
    assert "Carried" not in page(here.ada, put)
    freeze(END)
    over = page(here.ada, put)
    assert "The vote is over, and is counted within minutes." in over
    assert at("close_vote", put) in over
    assert at("take_position", put) not in over
    settle_due()

    shown = page(here.eve, put)
    assert (
        "Carried: 3 of 4 who have a vote approved; more than half of all 4 who have a vote, so 3, were needed." in shown
    )
    assert "§" in shown
    assert f"{reverse('charter', args=[here.group.slug])}#decisions-1" in shown
    record = as_(here.eve).get(at("motion_file", put)).content.decode()
    assert record == RECORD


RECORD = """\
# Motion 2026-1: A lamp

* Group: Lantern Working Group
* Put by: Ben
* Seconded by: Cleo
* State: carried
* Vote: 2026-11-26 12:00 – 2026-12-04 12:00 UTC

Carried: 3 of 4 who have a vote approved; more than half of all 4 who have a vote, so 3, were needed.

## Text

We buy a lamp.

It costs up to 60 euros.

## Amendments

1. paragraph 2, put other words in its place (Cleo): accepted

   > It costs up to 60 euros.

2. paragraph 0, add a paragraph after it (Dan): withdrawn

   > Since it is dark:


## The rule

* It is carried when more than half of all who have a vote approve, whether they take part or not. (§ 7.1: “Motions are carried by a simple majority of all voting members.”)
* At least 3 of those who have a vote have to take part. (§ 7.2: “A quorum of three is needed.”)

## Positions

* Votes: 3 for it, 0 against it, 0 abstain, 1 without a position
* Advice: 0 for it, 1 against it, 0 abstain

* Ada (Managers, binding): approve
* Ben (Participants, binding): approve
* Cleo (Participants, binding): approve
* Dan (Participants, binding): no position
* Eve (Observers, advice): decline
"""  # noqa: E501


def test_block_is_cleared_and_the_motion_carried(here):
    put = opened(here.group, by=here.ben)
    empty = as_(here.dan).post(at("take_position", put), {"value": "block", "text": ""})
    assert (empty.status_code, "Please write what stands in the way" in empty.content.decode()) == (400, True)
    send(here.dan, at("take_position", put), value="block", text="No socket near the door.")
    for person in (here.ada, here.ben, here.cleo):
        send(person, at("take_position", put), value="approve", text="")
    assert "<bdi>Dan</bdi> blocks" in page(here.ada, put)
    assert "No socket near the door." in as_(here.dan).get(at("clear_block", put)).content.decode()

    send(here.dan, at("clear_block", put), value="approve", text="Cleo has a cable.")

    shown = page(here.ada, put)
    assert "<bdi>Dan</bdi> took a block back" in shown
    assert "Cleo has a cable." in shown
    assert "Everybody who has a vote has taken a position." in shown
    send(here.ada, at("close_vote", put))
    assert "Carried: 4 of 4" in page(here.ada, put)
    assert "took a block back, 2026-11-26:" in as_(here.ada).get(at("motion_file", put)).content.decode()
    assert as_(here.dan).get(at("clear_block", put)).status_code == 403


def test_quorum_that_fails_is_extended_and_found(here, freeze):
    put = opened(here.group, by=here.ben)
    send(here.ada, at("take_position", put), value="approve", text="")
    assert "2 more people have to take part for a quorum: 1 of 4 have, and 3 are needed." in page(here.ada, put)
    assert as_(here.ada).get(at("extend_vote", put)).status_code == 409
    freeze(END)
    settle_due()
    assert "No quorum: 1 of 4 took part, and 3 were needed. Nothing is decided." in page(here.ada, put)

    assert as_(here.ada).get(at("extend_vote", put)).status_code == 200
    send(here.ada, at("extend_vote", put), closes_on=LAST_DAY + dt.timedelta(days=7))
    for person in (here.ben, here.cleo):
        send(person, at("take_position", put), value="approve", text="")
    freeze(END + dt.timedelta(days=7))
    settle_due()

    assert "Carried: 3 of 4" in page(here.ada, put)


def test_motion_without_a_quorum_is_taken_up_again(here, freeze):
    put = opened(here.group)
    freeze(END)
    settle_due()

    send(here.ada, at("reopen_motion", put))

    assert "open for amendments" in page(here.ben, put)


def test_motion_is_referred_or_withdrawn(here):
    above = group("Steering Committee")
    join(PersonFactory(name="Lou"), above, Power.MANAGE)
    set_parent(here.group, above, by=system())
    put, other = motion(here.group, by=here.ben), motion(here.group, by=here.ben)
    assert "Steering Committee" in as_(here.ada).get(at("refer_motion", put)).content.decode()

    where = send(here.ada, at("refer_motion", put), to=above.pk, why="It costs money.")
    assert as_(here.ben).get(at("withdraw_motion", other)).status_code == 200
    send(here.ben, at("withdraw_motion", other), reason="Found one.")

    assert where == Motion.objects.get(origin=put).get_absolute_url()
    assert "It was referred by" in page(here.ben, put.referral)
    assert "It was referred:" in page(here.ben, put)
    assert "Referred to: Steering Committee, 2026-1" in as_(here.ben).get(at("motion_file", put)).content.decode()
    assert "Found one." in page(here.ada, other)


def test_motion_begins_with_the_words_of_a_decision(here):
    old = recorded(here.group)
    client, where = as_(here.ben), reverse("put_motion", args=[here.group.slug])

    assert old.text in client.get(f"{where}?like={old.label}").content.decode()
    assert [client.get(f"{where}?like={like}").status_code for like in ("2026-99", "x", "²-1", "9" * 40)] == [200] * 4


def test_strangers_read_the_motion_and_no_names(here):
    put = opened(here.group, by=here.ben)
    vote(put, "block", here.dan)

    shown = page(None, put)

    assert "We buy a lamp." in shown
    assert "0 for it, 1 against it (1 of them as a block)" in shown
    assert not {name for name in ("Ada", ">Ben<", "Cleo", "Dan", "It is too dark.") if name in shown}
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]


def test_desk_asks_for_a_position(here):
    put = opened(here.group)

    assert 'id="positions-asked"' in as_(here.ben).get("/me/").content.decode()
    vote(put, "abstain", here.ben)
    assert 'id="positions-asked"' not in as_(here.ben).get("/me/").content.decode()


@pytest.mark.parametrize("name", ["take_position", "clear_block", "close_vote", "open_vote", "second_motion"])
def test_nothing_is_voted_by_reading(here, name):
    put = opened(here.group)

    as_(here.ada).get(at(name, put), {"value": "approve", "text": "x"})

    assert Position.objects.count() == 0


def test_page_asks_as_often_for_three_as_for_one(here, django_assert_num_queries):
    put = motion(here.group, by=here.ben)
    amend_motion(put, by=here.cleo, change=Change.DELETE, paragraph=1)
    client = as_(here.ada)
    client.get(put.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        client.get(put.get_absolute_url())
    for person in (here.dan, here.ben):
        amend_motion(put, by=person, change=Change.INSERT, paragraph=2, text="x")
    with django_assert_num_queries(QUERIES):
        client.get(put.get_absolute_url())


QUERIES = 12


def test_positions_ask_as_often_for_three_as_for_one(here, django_assert_num_queries):
    put = opened(here.group, by=here.ben)
    vote(put, "approve", here.ada)
    client = as_(here.ada)
    client.get(put.get_absolute_url())

    with django_assert_num_queries(VOTING_QUERIES):
        client.get(put.get_absolute_url())
    vote(put, "approve", here.ben, here.cleo)
    vote(put, "decline", here.ben)
    with django_assert_num_queries(VOTING_QUERIES):
        client.get(put.get_absolute_url())


VOTING_QUERIES = 14
