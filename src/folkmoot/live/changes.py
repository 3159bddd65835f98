"""The stream of a call's changes: `/live/calls/<number>/changes`, a `text/event-stream`.

    id: 7
    event: changed
    data: {"number": 7, "what": ["queue"]}

It begins after the number in `Last-Event-ID` or `?since=`, else now. A browser that missed something gets one event at
once. Whether its reader may still follow the call is asked again before each event and at each heartbeat; who may not
gets `event: ended`, whose data says why (`signed_out`, `not_allowed`, `not_there`), and the stream closes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from folkmoot.live.connections import Stream
from folkmoot.live.limits import PLACES, RETRY_AFTER, Full
from folkmoot.live.queries import changes_since
from folkmoot.live.rules import may_follow_call
from folkmoot.live.threads import in_thread
from folkmoot.live.visitors import person_asking
from folkmoot.live.watching import WATCHER, Watch
from folkmoot.meetings.queries import meeting_numbered

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment is sent and rights are asked again."""
RETRY: Final = 3000
"""Milliseconds after which a browser comes back by itself."""
REFUSALS: Final = {
    "signed_out": (401, "Please sign in to follow this call."),
    "not_there": (404, "There is no such call."),
    "not_allowed": (403, "You do not take part in the group whose call this is."),
}


@dataclass(frozen=True)
class Look:
    """How things stand for one reader: `why` they may not follow, or what has changed for them since they were told."""

    why: str = ""
    person: int = 0
    number: int = 0
    what: list[str] = field(default_factory=list)


def look(cookies: Mapping[str, str], meeting: int, since: int | None) -> Look:
    """Ask anew who reads, whether they may, and what is new. Reads the database."""
    # Before the rights: so nobody hears of what was written after they had lost them.
    number, what = changes_since(meeting, since or 0)
    person = person_asking(cookies)
    if person is None:
        return Look("signed_out")
    found = meeting_numbered(meeting)
    if found is None:
        return Look("not_there")
    if not may_follow_call(person, found):
        return Look("not_allowed")
    return Look(person=person.pk, number=number, what=what if since is not None else [])


async def stream_changes(stream: Stream, meeting: int) -> None:
    """Answer one browser until it leaves, may follow no more, or the server stops."""
    try:
        with PLACES.place() as place:
            async with WATCHER.watch("pulses", meeting) as watch:
                found = await in_thread(look, stream.cookies, meeting, _since(stream))
                if found.why:
                    await stream.refuse(*REFUSALS[found.why])
                    return
                place.is_of(found.person)
                await _follow(stream, meeting, watch, found)
    except Full as full:
        await stream.refuse(full.status, "Too much is open at the moment.", retry_after=RETRY_AFTER)


async def _follow(stream: Stream, meeting: int, watch: Watch, found: Look) -> None:
    await stream.open(retry=RETRY)
    while True:
        if found.what:
            await stream.event("changed", {"number": found.number, "what": found.what}, number=found.number)
        has_moved = await _moves(watch)
        found = await in_thread(look, stream.cookies, meeting, found.number)
        if found.why:
            await stream.event("ended", {"why": found.why})
            return
        if not has_moved:
            await stream.heartbeat()


async def _moves(watch: Watch) -> bool:
    """True as soon as it has moved, False when a heartbeat is due first."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await watch.moved()
    except TimeoutError:
        return False
    return True


def _since(stream: Stream) -> int | None:
    """The last number that the browser knows; None where it says none, or nothing that could be one."""
    said = stream.headers.get("last-event-id") or stream.query.get("since", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None
