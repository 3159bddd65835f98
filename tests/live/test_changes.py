"""The stream of a call's changes: who hears what, in which order, and when it ends."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Participation
from folkmoot.live import changes, limits
from folkmoot.live.actions import REMEMBERED, pulse
from folkmoot.live.limits import PLACES
from folkmoot.live.queries import pulse_number, pulse_of
from folkmoot.meetings.models import Meeting
from folkmoot.people.actions import erase_person
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory
from tests.live.world import answer_of, connected, cookie_of, done, follower, participant, running_call, system, within

pytestmark = pytest.mark.django_db(transaction=True)


def events(text: str) -> list[tuple[str, dict]]:
    """Name and data of every event of a stream."""
    return [(name, json.loads(data)) for name, data in re.findall(r"event: (.+)\ndata: (.+)\n", text)]


def test_every_listener_hears_every_change_in_order() -> None:
    call = running_call()
    cookies = [cookie_of(participant(call)) for _ in range(3)]
    words = ["item", "queue", "queue", "time", "item"]

    async def go() -> list[str]:
        browsers = [follower(call, cookies[number % 3]) for number in range(10)]
        async with asyncio.TaskGroup() as all_of_them:
            ready = asyncio.Event()
            for browser in browsers:
                all_of_them.create_task(keep_open(browser, ready))
            for browser in browsers:
                await browser.until("retry")
            for number, what in enumerate(words, start=1):
                await done(pulse, call, what)
                for browser in browsers:
                    await browser.until(f"id: {number}\n")
            ready.set()
        return [browser.text for browser in browsers]

    async def keep_open(browser, ready: asyncio.Event) -> None:
        async with connected(browser):
            await ready.wait()

    texts = within(10, go())

    wanted = [("changed", {"number": number, "what": [what]}) for number, what in enumerate(words, start=1)]
    assert [events(text) for text in texts] == [wanted] * 10
    assert PLACES._taken == 0


def test_change_is_heard_once_its_transaction_is_committed_and_never_if_it_is_taken_back() -> None:
    call = running_call()
    cookie = cookie_of(participant(call))

    def taken_back() -> None:
        with transaction.atomic():
            pulse(call, "item")
            transaction.set_rollback(True)

    async def go() -> str:
        browser = follower(call, cookie)
        async with connected(browser):
            await browser.until("retry")
            await done(taken_back)
            await done(pulse, call, "queue")
            await browser.until("changed")
        return browser.text

    assert events(within(5, go())) == [("changed", {"number": 1, "what": ["queue"]})]


@pytest.mark.parametrize("says", [{"last_event_id": "1"}, {"query": "?since=1"}])
def test_browser_that_missed_something_gets_one_event_at_once(says) -> None:
    call = running_call()
    cookie = cookie_of(participant(call))
    for what in ("item", "queue", "time", "queue"):
        pulse(call, what)

    async def go() -> str:
        browser = follower(call, cookie, **says)
        async with connected(browser):
            await browser.until("changed")
        return browser.text

    assert events(within(5, go())) == [("changed", {"number": 4, "what": ["queue", "time"]})]


def test_pulse_counts_every_change_and_remembers_the_last_ones() -> None:
    call = running_call()
    before = pulse_number(call)
    numbers = [pulse(call, f"word {number}") for number in range(1, REMEMBERED + 3)]

    newest = REMEMBERED + 2
    assert (before, pulse_number(call)) == (0, newest)
    assert numbers == list(range(1, newest + 1))
    assert [number for number, _ in pulse_of(call.pk).lately] == numbers[-REMEMBERED:]


def end_role(call: Meeting, person: Person) -> None:
    end_participation(Participation.objects.get(person=person), by=system())


def hold(call: Meeting, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def sign_out(call: Meeting, person: Person) -> None:
    Session.objects.all().delete()


def change_password(call: Meeting, person: Person) -> None:
    person.set_password("another-long-one")
    person.save()


def erase(call: Meeting, person: Person) -> None:
    erase_person(person, by=system())


def age(call: Meeting, person: Person) -> None:
    for row in Session.objects.all():
        kept = row.get_decoded()
        store = Session.get_session_store_class()(row.session_key)
        store.update(kept | {"signed_in_at": timezone.now().timestamp() - 31 * 24 * 3600})
        store.save()


@pytest.mark.parametrize(
    ("loses", "why"),
    [
        (end_role, {"not_allowed"}),
        (hold, {"signed_out"}),
        (sign_out, {"signed_out"}),
        (change_password, {"signed_out"}),
        (erase, {"signed_out", "not_allowed"}),  # whichever is seen first
        (age, {"signed_out"}),
    ],
)
@pytest.mark.parametrize("at", ["change", "heartbeat"])
def test_who_may_follow_no_more_is_told_so_and_hears_nothing_else(
    monkeypatch, loses: Callable[[Meeting, Person], None], why: set[str], at: str
) -> None:
    call = running_call()
    person = participant(call)
    cookie = cookie_of(person)
    monkeypatch.setattr(changes, "HEARTBEAT", 0.1 if at == "heartbeat" else 60.0)

    async def go() -> str:
        browser = follower(call, cookie)
        async with connected(browser) as answering:
            await browser.until("retry")
            await done(loses, call, person)
            if at == "change":
                await done(pulse, call, "queue")
            await browser.until("ended")
            await answering
        assert browser.sent[-1]["more_body"] is False
        return browser.text

    assert events(within(5, go())) in [[("ended", {"why": word})] for word in why]


def test_stream_beats_while_nothing_happens(monkeypatch) -> None:
    call = running_call()
    cookie = cookie_of(participant(call))
    monkeypatch.setattr(changes, "HEARTBEAT", 0.05)

    async def go() -> str:
        browser = follower(call, cookie)
        async with connected(browser):
            await browser.until(": still here\n\n: still here\n\n")
        return browser.text

    assert within(5, go()).startswith("retry: 3000\n\n: still here\n\n")


def test_who_may_not_follow_is_refused() -> None:
    call = running_call()
    outside = cookie_of(PersonFactory())

    assert answer_of(follower(call)).status == 401
    assert answer_of(follower(call, outside)).status == 403
    assert answer_of(follower(Meeting(pk=call.pk + 1), outside)).status == 404


def test_number_that_no_call_can_have_is_not_there_and_disturbs_nobody() -> None:
    call = running_call()
    cookie = cookie_of(participant(call))

    async def go() -> tuple[int, str]:
        browser, odd = follower(call, cookie), follower(Meeting(pk=10**30))
        async with connected(browser), connected(odd):
            await browser.until("retry")
            await odd.until("There is nothing here.")
            await done(pulse, call, "queue")
            await browser.until("changed")
        return odd.status, browser.text

    status, text = within(5, go())
    assert (status, events(text)) == (404, [("changed", {"number": 1, "what": ["queue"]})])


def test_odd_cookie_of_somebody_else_takes_the_session_not_along() -> None:
    call = running_call()
    cookie = cookie_of(participant(call))

    async def go() -> int:
        browser = follower(call, f'told={{"a": 1}}; {cookie}')
        async with connected(browser):
            await browser.until("\n")
        return browser.status

    assert within(5, go()) == 200


def test_too_many_streams_are_turned_away_for_a_while(monkeypatch, settings) -> None:
    call = running_call()
    cookies = [cookie_of(participant(call)) for _ in range(2)]
    monkeypatch.setattr(limits, "EACH", 1)

    async def go() -> list[tuple[int, str]]:
        first, second, third = follower(call, cookies[0]), follower(call, cookies[0]), follower(call, cookies[1])
        async with connected(first):
            await first.until("retry")
            async with connected(second):
                await second.until("too much".capitalize())
            settings.LIVE_CONNECTIONS = 1
            async with connected(third):
                await third.until("Too much")
        return [(browser.status, browser.headers.get("retry-after", "")) for browser in (first, second, third)]

    assert within(5, go()) == [(200, ""), (429, "20"), (503, "20")]
    assert PLACES._taken == 0
