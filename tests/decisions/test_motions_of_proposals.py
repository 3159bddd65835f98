"""A motion that is made of a proposal which needs talking about, and settles it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.decisions.actions import (
    lay_again,
    object_to,
    open_vote,
    put_motion,
    refer_motion,
    settle_due,
    settle_on_call,
    take_back_objection,
    withdraw_decision,
    withdraw_motion,
)
from folkmoot.decisions.actions.watching import watch_all
from folkmoot.decisions.models import Decision, Motion, Status
from folkmoot.groups.actions.structure import set_parent
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here
from tests.calendar.reading import words_of
from tests.factories.decisions import is_over, proposed, wording
from tests.factories.groups import group, join
from tests.factories.motions import council, vote
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(clock):
    return council()


@pytest.fixture
def contested(here, freeze) -> Decision:
    """Ben's proposal, to which Dan objects: it needs talking about."""
    made = proposed(here.group, by=here.ben)
    object_to(made, reason="Too bright.", by=here.dan)
    freeze(is_over(made))
    watch_all()
    made.refresh_from_db()
    Telling.objects.all().delete()
    return made


@pytest.fixture
def put(here, contested) -> Motion:
    return put_motion(here.group, wording(title="A lamp"), proposal=contested, by=here.cleo)


def counted(motion: Motion, here, freeze, value: str) -> None:
    """Open the vote, let three take this position, and let it end."""
    opened = open_vote(motion, closes_on=today_here(), by=system())
    vote(opened, value, here.ada, here.ben, here.cleo)
    freeze(opened.closes_at)
    settle_due()


def became(proposal: Decision) -> tuple[str, str]:
    proposal.refresh_from_db()
    return proposal.status, proposal.reason


def told() -> list[tuple[str, str]]:
    return sorted(Telling.objects.filter(kind="decisions.is_settled").values_list("person__name", "subject"))


@pytest.mark.parametrize(
    ("value", "state", "status", "reason", "subject"),
    [
        (
            "approve", "carried", "referred",
            "The group voted on it: motion 2026-2 was carried, and holds in its place.",
            "Lantern Working Group: referred: Lights stay on",
        ),
        (
            "decline", "failed", "declined", "The group voted on it: motion 2026-2 was not carried.",
            "Lantern Working Group: declined: Lights stay on",
        ),
    ],
)  # fmt: skip
def test_count_settles_the_proposal_and_tells_who_spoke_to_it(
    value, state, status, reason, subject, here, contested, put, freeze
):
    number = last_entry()

    counted(put, here, freeze, value)

    put.refresh_from_db()
    assert put.state == state
    assert became(contested) == (status, reason)
    assert told() == [("Ben", subject), ("Dan", subject)]
    assert [kind for kind in told_since(number) if kind == "decisions.settled"] == ["decisions.settled"] * (
        1 if value == "approve" else 2
    )
    assert settle_due() == 0


def test_vote_without_a_quorum_leaves_the_proposal(here, contested, put, freeze):
    opened = open_vote(put, closes_on=today_here(), by=system())
    freeze(opened.closes_at)
    settle_due()

    put.refresh_from_db()
    assert put.state == "no_quorum"
    assert became(contested) == ("talk", "")
    assert told() == []


def test_motion_that_is_withdrawn_frees_the_proposal_for_another(here, contested, put):
    with pytest.raises(Refused) as second:
        put_motion(here.group, wording(), proposal=contested, by=here.ben)
    withdraw_motion(put, by=here.cleo, reason="Not now.")

    again = put_motion(here.group, wording(), proposal=contested, by=here.ben)

    assert (second.value.code, second.value.message) == (
        "conflict", "Motion 2026-2 was made of this proposal already.",
    )  # fmt: skip
    assert again.proposal == contested
    assert became(contested) == ("talk", "")


def test_motion_that_is_referred_takes_the_proposal_with_it(here, contested, put):
    above = group("Steering Committee")
    join(PersonFactory(name="Lou"), above, Power.MANAGE)
    set_parent(here.group, above, by=system())

    refer_motion(put, above, why="It costs money.", by=here.ada)

    assert became(contested) == ("referred", "Motion 2026-2 was made of it, and referred to Steering Committee.")


@pytest.mark.parametrize("meanwhile", ["settled", "withdrawn", "laid again"])
def test_proposal_that_took_another_way_meanwhile_is_left_alone(meanwhile, here, contested, put, freeze):
    match meanwhile:
        case "settled":
            settle_on_call(contested, status=Status.ADOPTED, by=here.ada)
        case "withdrawn":
            withdraw_decision(contested, reason="Enough.", by=here.ben)
        case "laid again":
            take_back_objection(contested.objections.get(), by=here.dan)
            lay_again(contested, by=here.ben)
    before = became(contested)

    counted(put, here, freeze, "decline")

    assert became(contested) == before


def test_only_a_proposal_of_the_group_that_needs_talking_about_becomes_a_motion(here, contested):
    fresh = proposed(here.group)
    elsewhere = group("Oak")

    codes = []
    for of, proposal in ((here.group, fresh), (elsewhere, contested)):
        with pytest.raises(Refused) as refused:
            put_motion(of, wording(), proposal=proposal, by=system())
        codes.append(refused.value.code)

    assert codes == ["conflict", "conflict"]
    assert not Motion.objects.exists()
    assert Decision.objects.count() == 2


def test_pages_lead_from_one_to_the_other(here, contested, freeze):
    client = Client()
    client.force_login(here.cleo)
    address = reverse("put_motion", args=[here.group.slug]) + "?like=2026-1"

    assert "What comes of the vote settles proposal 2026-1 as well." in words_of(client.get(address).content.decode())
    sent = client.post(address, {"title": "A lamp", "text": "We buy a lamp."})
    made = Motion.objects.get()
    assert (made.proposal, sent["Location"]) == (contested, made.get_absolute_url())
    assert "and settles it: 2026-1 Lights stay on" in words_of(client.get(made.get_absolute_url()).content.decode())
    words = words_of(client.get(contested.get_absolute_url()).content.decode())
    assert "The group votes on a motion that was made of it: 2026-2 A lamp" in words
    assert "Somebody makes a motion of it" not in words
    counted(made, here, freeze, "approve")
    words = words_of(client.get(contested.get_absolute_url()).content.decode())
    assert "The motion that was made of it: 2026-2 A lamp · carried" in words
    again = client.post(address, {"title": "B", "text": "Another."})
    assert Motion.objects.get(decision__title="B").proposal is None
    assert again.status_code == 302
