"""Who is here: kept by the streams of this process, each of which is one open page.

Streams are seen when they begin and at their heartbeats (`looking`); nothing is written for them in between. Arrivals
and departures wake open pages with the word "here", gathered, since fifty people come to a call within a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from django.db import DatabaseError
from django.utils import timezone

from folkmoot.live.actions import LEAVING, note_leaving, pulse
from folkmoot.live.threads import in_thread
from folkmoot.meetings.queries import meeting_numbered

logger = logging.getLogger(__name__)

GATHERS: Final = 2.0
"""Seconds for which arrivals are gathered."""
HERE: Final = "here"


class Here:
    """The open pages of this process."""

    def __init__(self) -> None:
        self._open: Counter[tuple[int, int]] = Counter()
        self._due: set[tuple[int, float]] = set()
        self._working: set[asyncio.Future[None]] = set()

    @asynccontextmanager
    async def at(self, meeting: int, person: int) -> AsyncIterator[None]:
        """Somebody has a page of the call open until the block ends."""
        page = (meeting, person)
        self._open[page] += 1
        try:
            yield
        finally:
            self._open[page] -= 1
            if not self._open[page]:
                del self._open[page]
                # Not waited for: whoever left is not kept, and a server that stops need not write it down.
                self._work(_leave(meeting, person))
                self._tell_in(LEAVING.total_seconds() + 1, meeting)

    def has_arrivals(self, meeting: int) -> None:
        """Somebody has come: wake the open pages of the call in a while, once for all who come until then."""
        self._tell_in(GATHERS, meeting)

    def _tell_in(self, after: float, meeting: int) -> None:
        if (meeting, after) not in self._due:
            self._due.add((meeting, after))
            asyncio.get_running_loop().call_later(after, self._tell, meeting, after)

    def _tell(self, meeting: int, after: float) -> None:
        self._due.discard((meeting, after))
        if any(of == meeting for of, _person in self._open):
            self._work(_say(meeting))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)


async def _leave(meeting: int, person: int) -> None:
    try:
        await in_thread(note_leaving, meeting, person, now=timezone.now())
    except DatabaseError as error:
        logger.warning("It was not written down that somebody left (%s).", type(error).__name__)


async def _say(meeting: int) -> None:
    try:
        await in_thread(_pulse, meeting)
    except DatabaseError as error:
        logger.warning("It was not told who is here (%s).", type(error).__name__)


def _pulse(meeting: int) -> None:
    if (found := meeting_numbered(meeting)) is not None:
        pulse(found, HERE)


OPEN_PAGES: Final = Here()
