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
from typing import Final

from folkmoot.live.connections import Stream
from folkmoot.live.limits import PLACES, RETRY_AFTER, Full
from folkmoot.live.looking import LOOKERS, Look
from folkmoot.live.presence import OPEN_PAGES
from folkmoot.live.visitors import session_key
from folkmoot.live.watching import WATCHER, Watch

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment is sent and rights are asked again."""
RETRY: Final = 3000
"""Milliseconds after which a browser comes back by itself."""
REFUSALS: Final = {
    "signed_out": (401, "Please sign in to follow this call."),
    "not_there": (404, "There is no such call."),
    "not_allowed": (403, "You do not take part in the group whose call this is."),
}


async def stream_changes(stream: Stream, meeting: int) -> None:
    """Answer one browser until it leaves, may follow no more, or the server stops."""
    try:
        with PLACES.place() as place:
            async with WATCHER.watch("pulses", meeting) as watch:
                session = session_key(stream.cookies)
                found = await LOOKERS.look(meeting, session)
                if found.why:
                    await stream.refuse(*REFUSALS[found.why])
                    return
                place.is_of(found.person)
                async with OPEN_PAGES.at(meeting, found.person):
                    await _follow(stream, meeting, session, watch, found)
    except Full as full:
        await stream.refuse(full.status, "Too much is open at the moment.", retry_after=RETRY_AFTER)


async def _follow(stream: Stream, meeting: int, session: str, watch: Watch, found: Look) -> None:
    await stream.open(retry=RETRY)
    number = _since(stream)
    while not found.why:
        if found.has_arrived:
            OPEN_PAGES.has_arrivals(meeting)
        what = [] if number is None else found.pulse.since(number)
        number = found.pulse.number
        if what:
            await stream.event("changed", {"number": number, "what": what}, number=number)
        if not await _moves(watch):
            await stream.heartbeat()
        found = await LOOKERS.look(meeting, session)
    await stream.event("ended", {"why": found.why})


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
