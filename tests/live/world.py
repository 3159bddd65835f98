"""A running call, those around it, and browsers that follow it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.test import Client
from django.utils import timezone

from folkmoot.ledger.actors import system
from folkmoot.live.serving import Serving
from folkmoot.live.threads import in_thread
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.live.asgi import Browser, run

T = TypeVar("T")


def running_call(title: str = "Weekly call") -> Meeting:
    """A call of a group that has just begun."""
    organisation()
    now = timezone.now()
    starts = now.replace(tzinfo=None, microsecond=0)
    return Meeting.objects.create(
        group=group(),
        title=title,
        starts=starts,
        zone="UTC",
        duration=timedelta(hours=1),
        starts_at=now.replace(microsecond=0),
        ends_at=now.replace(microsecond=0) + timedelta(hours=1),
    )


def participant(meeting: Meeting, **given: Any) -> Person:
    person = PersonFactory(**given)
    join(person, meeting.group)
    return person


def cookie_of(person: Person) -> str:
    """The cookie header of a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def follower(meeting: Meeting, cookie: str = "", query: str = "", **headers: str) -> Browser:
    return Browser(f"/live/calls/{meeting.pk}/changes{query}", **({"cookie": cookie} if cookie else {}), **headers)


@asynccontextmanager
async def connected(browser: Browser) -> AsyncIterator[asyncio.Future[None]]:
    """The browser's request, under way until the block ends."""
    answering = asyncio.ensure_future(Serving()(browser.scope, browser.receive, browser.send))
    try:
        yield answering
    finally:
        browser.hang_up()
        await answering


def answer_of(browser: Browser) -> Browser:
    """The browser once its whole answer has come: for those who are refused."""

    async def go() -> None:
        async with asyncio.timeout(5):
            await Serving()(browser.scope, browser.receive, browser.send)

    run(go())
    return browser


def within(seconds: float, what: Coroutine[Any, Any, T]) -> T:
    async def go() -> T:
        async with asyncio.timeout(seconds):
            return await what

    return run(go())


async def done(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Something that writes, done in a thread as in a request."""
    return await in_thread(work, *args, **kwargs)


__all__ = ["answer_of", "connected", "cookie_of", "done", "follower", "participant", "running_call", "system", "within"]
