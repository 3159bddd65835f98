"""Who writes which notes together in this process, and how they hear of one another.

The database is the one truth: a change is kept there before anybody is told, and what other processes, the form and
the schedule write there is read when something was written. So no process is special, and one that dies takes
nothing along.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import DatabaseError
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.queries import latest_entry_id
from folkmoot.live import notes_reading
from folkmoot.live.actions import keep_change, put_down, squash
from folkmoot.live.domain import wire
from folkmoot.live.domain.shared_text import SharedText
from folkmoot.live.domain.wire import Malformed
from folkmoot.live.notes_reading import Came
from folkmoot.live.notes_writer import Writer
from folkmoot.live.threads import in_thread
from folkmoot.live.watching import WATCHER
from folkmoot.meetings.minutes_reading import minutes_item_numbered
from folkmoot.meetings.minutes_rules import may_write_minutes
from folkmoot.meetings.models import LONGEST_NOTES
from folkmoot.people.models import Person

logger = logging.getLogger(__name__)
T = TypeVar("T")

LOOKED_EACH = 5.0
"""Seconds after which it is looked even where nothing was heard."""
ASKED_EACH = 15.0
"""Seconds after which everybody is asked again who they are, also when nothing was told to the ledger."""
PUT_DOWN_EACH = 2.0
MOST_WRITERS = 40
MOST_OPEN = 40
"""Items that one person has open in one process, over all their tabs; a page closes those that are out of sight."""
COLOURS = 6
LONGEST_WHILE_WRITING = 2 * LONGEST_NOTES
"""Two who write apart may together pass what notes may hold; until they shorten them, they are not put down."""

Who = Callable[[], Person | None]
"""Asks anew who is at the other end of a connection."""


@dataclass(eq=False)
class Room:
    """The notes on one item with those who write them in this process."""

    item_id: int
    generation: uuid.UUID
    document: SharedText
    number: int
    writers: dict[Writer, Who] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    putting_down: asyncio.Task[None] | None = None
    following: asyncio.Task[None] | None = None
    was_too_long: bool = False
    seen_entry: int = 0
    asked_at: float = 0.0

    def tell(self, message: bytes, *, but: Writer | None = None) -> None:
        for writer in self.writers:
            if writer is not but:
                writer.tell(message)

    def end(self, code: str, words: str = "") -> None:
        for writer in self.writers:
            writer.end(Refused(words, code=code))


class Rooms:
    """All rooms of one event loop."""

    def __init__(self) -> None:
        self.open: dict[int, Room] = {}
        self._entering = asyncio.Lock()

    async def enter(self, item_id: int, writer: Writer, who: Who) -> Room:
        """Let somebody write on an item. Refused as `open_notes`, `unknown`, `too_many`."""
        async with self._entering:
            came = await in_thread(notes_reading.opened, item_id, by=writer.person)
            if came is None:
                raise Refused(_("These notes are gone."), code="unknown")
            room = self.open.get(item_id)
            if room is None or room.generation != came.generation:
                if room is not None:
                    room.end("begun_anew")
                room = self.open[item_id] = Room(item_id, came.generation, SharedText(came.updates), came.number)
            mine = sum(one.person == writer.person for other in self.open.values() for one in other.writers)
            if len(room.writers) >= MOST_WRITERS or mine >= MOST_OPEN:
                raise Refused(_("Very many people write here already."), code="too_many")
            writer.colour = _colour_for(writer.person, room)
            for other in room.writers:
                writer.tell(other.presence())
            room.writers[writer] = who
            room.tell(writer.presence(), but=writer)
            if room.following is None:
                room.following = asyncio.create_task(self._follow(room))
        return room

    async def leave(self, room: Room, writer: Writer) -> None:
        """Let somebody go; with the last of them the words are put down, and those taken out are forgotten."""
        room.writers.pop(writer, None)
        room.tell(writer.absence())
        if not room.writers and self.open.get(room.item_id) is room:
            del self.open[room.item_id]
            for task in (room.putting_down, room.following):
                if task is not None:
                    task.cancel()
            # Their last words may just be on the way into the database.
            async with room.lock:
                await self._put_down(room)
                await self._try(squash, room.item_id)

    async def change(self, room: Room, writer: Writer, update: bytes) -> None:
        """Keep what somebody wrote, and tell the others. Raises `Malformed`, and as `keep_change` refuses.

        What has begun is done to its end, also when its writer is gone: the others hear of whatever is kept.
        """
        await asyncio.shield(self._change(room, writer, update))

    async def _change(self, room: Room, writer: Writer, update: bytes) -> None:
        async with room.lock:
            try:
                came = room.document.apply(update)
                if len(room.document.text) > LONGEST_WHILE_WRITING:
                    raise Refused(_("That is more than notes can hold."), code="too_large")
                if came:
                    number = await in_thread(keep_change, room.item_id, room.generation, came, by=writer.person)
                    await self._catch_up(room, number, came, but=writer)
            except (Malformed, Refused, DatabaseError):
                await self._read_anew(room)
                raise
            writer.kept += 1
            writer.tell(wire.kept(writer.kept))
        if came and (room.putting_down is None or room.putting_down.done()):
            room.putting_down = asyncio.create_task(self._put_down_soon(room))

    def move(self, room: Room, writer: Writer, cursor: Any) -> None:
        """Tell the others where somebody is in the text."""
        writer.cursor = cursor
        room.tell(writer.presence(), but=writer)

    async def _catch_up(self, room: Room, number: int, came: bytes = b"", *, but: Writer | None = None) -> None:
        """Take in what was kept up to this number, of which `came` is what this process has kept itself."""
        if not came or number != room.number + 1:
            others = await in_thread(notes_reading.since, room.item_id, room.number)
            for update in others.updates if others is not None else ():
                if news := room.document.apply(update):
                    room.tell(wire.update(news))
        if came:
            room.tell(wire.update(came), but=but)
        room.number = max(room.number, number)

    async def _read_anew(self, room: Room) -> None:
        """What a document has taken in that was not kept goes with it."""
        came: Came | None = await self._try(notes_reading.since, room.item_id, 0)
        if came is None or came.generation != room.generation:
            # Whoever comes back meets a room of its own, not a text in which is what was never kept.
            if self.open.get(room.item_id) is room:
                del self.open[room.item_id]
            room.end("again")
            return
        room.document = SharedText(came.updates)
        if came.number > room.number:
            # Nobody here was told of what others have kept meanwhile; what they know already changes nothing.
            room.number = came.number
            room.tell(wire.update(room.document.whole))

    async def _put_down_soon(self, room: Room) -> None:
        await asyncio.sleep(PUT_DOWN_EACH)
        await self._put_down(room)

    async def _put_down(self, room: Room) -> None:
        try:
            await in_thread(put_down, room.item_id)
        except Refused as refused:
            if refused.code == "too_long" and not room.was_too_long:
                room.was_too_long = True
                room.tell(wire.told({"what": "too_long", "words": refused.message}))
            return
        except DatabaseError:
            logger.warning("Notes could not be put down; it is tried again.", exc_info=True)
            return
        if room.was_too_long:
            room.was_too_long = False
            room.tell(wire.told({"what": "fits"}))

    async def _follow(self, room: Room) -> None:
        """Look whenever something was written, by whichever process, as long as somebody is here."""
        async with WATCHER.watch("notes", room.item_id) as watch:
            while room.writers:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOKED_EACH):
                        await watch.moved()
                try:
                    await self.look(room)
                except DatabaseError:
                    logger.warning("Notes could not be looked up; it is tried again.", exc_info=True)

    async def look(self, room: Room) -> None:
        """See what others have written in this room, and whether everybody may still write."""
        stands, entry = await in_thread(_look, room.item_id)
        if stands is None or stands.generation != room.generation:
            await self._say_why_it_ended(room)
            return
        is_coming = room.putting_down is not None and not room.putting_down.done()
        if stands.item_differs or (stands.waits and not is_coming):
            await self._put_down(room)
            stands = await in_thread(notes_reading.standing, room.item_id) or stands
        if stands.number > room.number:
            async with room.lock:
                await self._catch_up(room, stands.number)
        now = time.monotonic()
        if entry != room.seen_entry or now - room.asked_at > ASKED_EACH:
            room.seen_entry, room.asked_at = entry, now
            await self._ask_everybody(room)

    async def _ask_everybody(self, room: Room) -> None:
        for writer, who in list(room.writers.items()):
            person, why_not = await in_thread(_may_stay, room.item_id, who)
            if why_not is not None:
                writer.end(why_not)
            elif person is not None:
                writer.person = person

    async def _say_why_it_ended(self, room: Room) -> None:
        """The log is gone: the minutes are frozen, or it was begun anew."""
        if self.open.get(room.item_id) is room:
            del self.open[room.item_id]
        for writer, who in list(room.writers.items()):
            _person, why_not = await in_thread(_may_stay, room.item_id, who)
            writer.end(why_not or Refused("", code="begun_anew"))

    async def _try(self, action: Callable[..., T], *given: Any) -> T | None:
        """The answer, or None where the database has none now; what was left undone the schedule does."""
        try:
            return await in_thread(action, *given)
        except DatabaseError:
            logger.warning("%s failed.", action.__name__, exc_info=True)
            return None


def rooms() -> Rooms:
    """Those of the running event loop."""
    return _ROOMS.setdefault(asyncio.get_running_loop(), Rooms())


_ROOMS: WeakKeyDictionary[asyncio.AbstractEventLoop, Rooms] = WeakKeyDictionary()


def _look(item_id: int) -> tuple[notes_reading.Standing | None, int]:
    return notes_reading.standing(item_id), latest_entry_id()


def _may_stay(item_id: int, who: Who) -> tuple[Person | None, Refused | None]:
    """Who is there now, and why they may not write any more; None where they may."""
    person, item = who(), minutes_item_numbered(item_id)
    if person is None:
        return None, Refused(_("You are signed out."), code="signed_out")
    if item is None:
        return person, Refused(_("These notes are gone."), code="unknown")
    if not (verdict := may_write_minutes(person, item.minutes.meeting)):
        return person, Refused(verdict.reason, code="forbidden")
    if not item.minutes.is_draft:
        return person, Refused(_("These minutes are frozen; their notes do not change any more."), code="frozen")
    return person, None


def _colour_for(person: Person, room: Room) -> int:
    """The colour that they have here already, or the first that is free."""
    taken = {writer.person: writer.colour for writer in room.writers}
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken.values()]
    return taken.get(person) or (free[0] if free else 1 + len(taken) % COLOURS)
