"""Who is here: seen by streams and by pages, gone soon after, forgotten after the call, and never an attendance."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.live import presence
from folkmoot.live.actions import be_here, forget_who_was_here, note_here, note_leaving
from folkmoot.live.models import Presence
from folkmoot.live.presence import OPEN_PAGES
from folkmoot.live.queries import people_here, pulse_number, pulse_of
from folkmoot.live.tasks import forget_presences
from folkmoot.meetings.models import Attendance, Meeting
from folkmoot.people.actions import erase_person
from tests.factories.people import PersonFactory
from tests.live.world import connected, cookie_of, done, follower, participant, running_call, system, within


@pytest.mark.django_db(transaction=True)
def test_open_page_is_seen_and_tells_the_others(monkeypatch) -> None:
    call = running_call()
    ada, ben = participant(call, name="Ada"), participant(call, name="Ben")
    cookies = [cookie_of(ada), cookie_of(ben)]
    monkeypatch.setattr(presence, "GATHERS", 0.01)
    monkeypatch.setattr(presence, "LEAVING", timedelta(seconds=-0.99))

    async def go() -> list[list[str]]:
        first, second, found = follower(call, cookies[0]), follower(call, cookies[1]), []
        async with connected(first):
            await first.until('"what": ["here"]')
            async with connected(second):
                await second.until("id: 2\n")
                found.append(await done(names, call, 0))
            await first.until("id: 3\n")
            found.append(await done(names, call, 17))
        await asyncio.gather(*OPEN_PAGES._working)
        found.append(await done(names, call, 17))
        return found

    assert within(5, go()) == [["Ada", "Ben"], ["Ada"], []]
    assert not Attendance.objects.exists()


def names(call: Meeting, seconds_later: float) -> list[str]:
    return [person.name for person in people_here(call, timezone.now() + timedelta(seconds=seconds_later))]


@pytest.mark.django_db
def test_who_is_seen_is_here_for_three_quarters_of_a_minute(django_assert_num_queries) -> None:
    call = running_call()
    ada = participant(call, name="Ada")
    now = timezone.now()
    be_here(call, by=ada, now=now)

    with django_assert_num_queries(1):
        assert people_here(call, now + timedelta(seconds=44)) == [ada]
    assert people_here(call, now + timedelta(seconds=45)) == []
    assert pulse_of(call.pk).lately == [(1, "here")]

    be_here(call, by=ada, now=now + timedelta(seconds=9))  # too soon to be written down
    assert people_here(call, now + timedelta(seconds=46)) == []
    be_here(call, by=ada, now=now + timedelta(seconds=40))
    assert people_here(call, now + timedelta(seconds=84)) == [ada]
    assert pulse_number(call) == 1  # they were here all the time
    be_here(call, by=ada, now=now + timedelta(seconds=90))
    assert pulse_number(call) == 2


@pytest.mark.django_db
def test_who_closes_the_page_is_gone_soon_unless_seen_again() -> None:
    call = running_call()
    ada, ben = participant(call, name="Ada"), participant(call, name="Ben")
    now = timezone.now()
    note_here(call.pk, [ada.pk, ben.pk], now=now)
    note_leaving(call.pk, ada.pk, now=now)
    note_leaving(call.pk, ben.pk, now=now)
    note_here(call.pk, [ben.pk], now=now + timedelta(seconds=1))

    assert people_here(call, now + timedelta(seconds=15)) == [ada, ben]
    assert people_here(call, now + timedelta(seconds=16)) == [ben]


@pytest.mark.django_db
def test_who_may_not_follow_is_not_here() -> None:
    call = running_call()

    with pytest.raises(Refused) as refused:
        be_here(call, by=PersonFactory(), now=timezone.now())

    assert refused.value.code == "forbidden"
    assert not Presence.objects.exists()


@pytest.mark.django_db
def test_it_is_forgotten_after_the_call_and_with_the_person() -> None:
    call = running_call()
    ada, ben = participant(call), participant(call)
    now = timezone.now()
    note_here(call.pk, [ada.pk, ben.pk], now=now)

    assert forget_who_was_here(now=call.ends_at + timedelta(minutes=59)) == 0
    erase_person(ben, by=system())
    assert [row.person for row in Presence.objects.all()] == [ada]
    assert forget_who_was_here(now=call.ends_at + timedelta(minutes=61)) == 1
    forget_presences.func()  # nothing is left
