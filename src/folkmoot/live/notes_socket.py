"""The conversation about the notes on one item: a web socket that speaks the y-protocols."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import Protocol

from django.db import DatabaseError
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.live.connections import CLOSES_WITHIN, Socket
from folkmoot.live.domain import wire
from folkmoot.live.domain.allowance import Allowance
from folkmoot.live.domain.wire import Malformed
from folkmoot.live.limits import PLACES, Full
from folkmoot.live.notes_rooms import Room, Who, rooms
from folkmoot.live.notes_writer import CLOSED_WITH, Writer
from folkmoot.live.threads import in_thread
from folkmoot.live.visitors import person_asking, session_key

QUIET = 45.0
"""Seconds without a word from a browser after which it is asked whether it is there; after as many again it is not."""


class Wire(Protocol):
    """What is used of a web socket."""

    async def accept(self) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def send(self, message: bytes | str) -> None: ...
    async def close(self, code: int = 1000, reason: str = "") -> None: ...


async def write_notes(socket: Socket, item: int) -> None:
    """Answer `/live/notes/<item>/`."""
    try:
        with PLACES.place():
            await converse(socket, item, partial(person_asking, session_key(socket.cookies)))
    except Full:
        await socket.accept()
        await _close(socket, Refused("", code="again"))


async def converse(socket: Wire, item_id: int, who: Who) -> None:
    """Write notes with whoever is at the other end, until they go or may not any more; every no is told in words."""
    await socket.accept()
    person = await in_thread(who)
    if person is None:
        await _close(socket, Refused(_("You are signed out."), code="signed_out"))
        return
    writer = Writer(person)
    try:
        room = await rooms().enter(item_id, writer, who)
    except Refused as refused:
        await _close(socket, refused)
        return
    except DatabaseError:
        await _close(socket, Refused("", code="again"))
        return
    hello = {"what": "hello", "generation": str(room.generation), "name": person.name, "colour": writer.colour}
    sending = asyncio.create_task(_send(socket, writer, wire.told(hello)))
    hearing = asyncio.create_task(_hear(socket, room, writer))
    try:
        over: set[asyncio.Future[None] | asyncio.Future[Refused]] = {hearing, sending, writer.ended}
        await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (hearing, sending):
            task.cancel()
            with suppress(asyncio.CancelledError, OSError, RuntimeError):
                await task
        # The words of the last one are put down, whatever ends this.
        await asyncio.shield(rooms().leave(room, writer))
    if writer.ended.done():
        await _close(socket, writer.ended.result())


async def _send(socket: Wire, writer: Writer, hello: bytes) -> None:
    await socket.send(hello)
    while True:
        await socket.send(await writer.waiting.get())


async def _hear(socket: Wire, room: Room, writer: Writer) -> None:
    """Take in what comes, one after the other, until nothing comes any more or something is refused."""
    often, much = Allowance(300, 40), Allowance(8 * wire.MOST_BYTES, wire.MOST_BYTES)
    while (message := await _next(socket, writer)) is not None:
        now = time.monotonic()
        try:
            if isinstance(message, str):
                raise Malformed("not binary")
            if not often.spend(1, now=now) or not much.spend(len(message), now=now):
                raise Refused(_("That is more than anybody types. Please load the page again."), code="too_many")
            await _answer(wire.read(message), room, writer)
        except Malformed:
            writer.end(Refused(_("Something went wrong in this tab. Please load the page again."), code="malformed"))
            return
        except Refused as refused:
            writer.end(refused)
            return
        except DatabaseError:
            writer.end(Refused("", code="again"))
            return


async def _next(socket: Wire, writer: Writer) -> bytes | str | None:
    """The next message; None when there will be none, also where a line was cut and nobody says so."""
    coming = asyncio.ensure_future(socket.receive())
    try:
        await asyncio.wait({coming}, timeout=QUIET)
        if not coming.done():
            writer.tell(wire.called())
            await asyncio.wait({coming}, timeout=QUIET)
        if not coming.done():
            writer.end(Refused("", code="again"))
            return None
        return coming.result()
    finally:
        coming.cancel()


async def _answer(message: wire.Message, room: Room, writer: Writer) -> None:
    match message:
        case wire.AskedFor(has):
            # Not while something is taken in that is not kept yet.
            async with room.lock:
                writer.tell(wire.step_2(room.document.since(has)))
                writer.tell(wire.step_1(room.document.state))
        case wire.Change(update):
            await rooms().change(room, writer, update)
        case wire.Whereabouts(cursor=cursor):
            rooms().move(room, writer, cursor)
        case wire.AreYouThere():
            writer.tell(wire.here())
        case wire.Passed():
            pass


async def _close(socket: Wire, why: Refused) -> None:
    # Whoever does not read what was sent before does not read this either.
    with suppress(OSError, RuntimeError):
        async with asyncio.timeout(CLOSES_WITHIN):
            await socket.send(wire.told({"what": "end", "code": why.code, "words": why.message}))
            await socket.close(CLOSED_WITH.get(why.code, 4403))
