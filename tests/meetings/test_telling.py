"""Who hears of a call that moves, is cancelled, takes place after all, or is added."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting
from folkmoot.notices.models import Letter, ListAddress, Telling
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = "lantern@lists.example.org"
THURSDAY = dt.datetime(2026, 11, 26, 9)


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-23T12:00Z")


@pytest.fixture
def lantern(clock):
    """A group with a list that has said yes, one that has not, and the list of another group."""
    organisation()
    group = meeting_group()
    ListAddress.objects.create(place=place_of(group).key, address=LIST, confirmed_at=timezone.now())
    ListAddress.objects.create(place=place_of(group).key, address="waits@lists.example.org")
    other = meeting_group(name="Oak Working Group")
    ListAddress.objects.create(place=place_of(other).key, address="oak@lists.example.org", confirmed_at=timezone.now())
    return group


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada", zone="Europe/Lisbon"), lantern, Power.MANAGE)


@pytest.fixture
def cleo(lantern):
    return join(PersonFactory(name="Cleo", zone="Asia/Kolkata"), lantern, Power.OBSERVE)


def posted() -> list[tuple[str, str]]:
    """What went to lists: the address and the subject."""
    letters = Letter.objects.filter(recipient__endswith="lists.example.org").order_by("pk")
    return list(letters.values_list("recipient", "subject"))


def test_moved_call_is_told_to_the_group_by_its_own_clocks_and_to_its_list(lantern, ada, cleo):
    move_meeting(next_meeting(lantern), to=THURSDAY, why="A holiday", by=ada)

    telling = Telling.objects.get(kind="meetings.moved")
    letter = Letter.objects.get(recipient=LIST)
    assert telling.person == cleo
    assert telling.subject == "Lantern Working Group: the call has moved to Thu 26 Nov 2026, 22:30"
    assert telling.text == (
        "The call of Lantern Working Group that was planned for Wednesday 25 November 2026 at 21:30, Kolkata time has "
        "moved.\n\nIt is now on Thursday 26 November 2026 at 22:30, Kolkata time.\n\nWhere it is held that is Thursday "
        "26 November 2026 at 09:00, Los Angeles time.\n\nThe reason: A holiday"
    )
    assert posted() == [(LIST, "Lantern Working Group: the call has moved to Thu 26 Nov 2026, 17:00")]
    assert "Thursday 26 November 2026 at 17:00, Lisbon time" in letter.text
    assert "Cleo" not in letter.text


def test_cancelled_restored_and_added_calls_are_told_each_time_once(lantern, ada, cleo):
    call = next_meeting(lantern)

    cancel_meeting(call, why="Nobody is here", by=ada)
    cancel_meeting(call, why="Nobody is here", by=ada)
    restore_meeting(call, by=ada)
    restore_meeting(call, by=ada)
    add_extra_meeting(
        lantern, starts=THURSDAY, zone="Asia/Kolkata", duration=dt.timedelta(hours=1), title="Budget", by=ada
    )

    kinds = ["meetings.cancelled", "meetings.restored", "meetings.added"]
    assert list(Telling.objects.filter(person=cleo).order_by("pk").values_list("kind", flat=True)) == kinds
    assert not Telling.objects.filter(person=ada).exists()
    assert posted() == [
        (LIST, "Lantern Working Group: no call on Wed 25 Nov 2026"),
        (LIST, "Lantern Working Group: the call on Wed 25 Nov 2026 takes place after all"),
        (LIST, "Lantern Working Group (Budget): one more call, on Thu 26 Nov 2026"),
    ]
    assert "The reason: Nobody is here" in Letter.objects.get(recipient=LIST, subject__contains="no call").text
    added = Telling.objects.get(kind="meetings.added").text
    assert "Thursday 26 November 2026 at 09:00, Kolkata time" in added
    assert "Where it is held" not in added


def test_nobody_is_told_of_what_was_refused_or_changed_nothing(lantern, ada, cleo):
    call = next_meeting(lantern)

    with pytest.raises(Refused):
        cancel_meeting(call, why="", by=ada)
    with pytest.raises(Refused):
        cancel_meeting(call, why="I am tired", by=cleo)
    move_meeting(call, to=call.starts, why="No change", by=ada)

    assert (Telling.objects.count(), posted()) == (0, [])


def test_who_was_only_put_on_a_list_or_has_left_is_told_nothing(lantern, ada, cleo):
    listed = join(PersonFactory(), lantern)
    EmailAddress.objects.create(user=listed, email="listed@example.org", verified=False)
    proved = join(PersonFactory(), lantern)
    EmailAddress.objects.create(user=proved, email="proved@example.org", verified=True)
    cleo.participations.update(ended_at=timezone.now())

    cancel_meeting(next_meeting(lantern), why="A holiday", by=ada)

    assert [telling.person for telling in Telling.objects.all()] == [proved]
