"""Hears that something was written, by whichever process, and wakes those who wait for it.

A *source* knows the numbers of some kind of thing, such as the pulses of calls; numbers only grow. Whoever waits names
the source and the thing: `WATCHER.watch("pulses", meeting.pk)`. One thread in each process looks, and only while
somebody waits. On SQLite it asks for `PRAGMA data_version` every 50 ms, which costs microseconds and changes with every
commit of another connection. On PostgreSQL it sleeps in LISTEN until a transaction that called `nudge` is committed.
Where it may have missed something, as after PostgreSQL was started anew, it reads all the numbers again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from django.db import DatabaseError, InterfaceError, connection

from folkmoot.kit.registry import Registry

logger = logging.getLogger(__name__)

CHANNEL: Final = "folkmoot_live"
GLANCE: Final = 0.05
"""Seconds between two looks at SQLite's version."""
LISTENS_FOR: Final = 1.0
"""Seconds for which one LISTEN waits before it is looked whether anybody still wants to hear."""
LOOKS_ANYWAY: Final = 5.0
"""Seconds after which all numbers are read even if nothing was heard: a pooler may swallow notifications."""
RESTS: Final = 1.0
"""Seconds after the database failed."""

Numbers = Callable[[Collection[int]], Mapping[int, int]]

SOURCES: Registry[Numbers] = Registry("kind of thing that can be watched")
"""Each reads the numbers of the things with these keys in one query; a thing that is left out stands at 0."""


def nudge() -> None:
    """Let all watchers look as soon as this transaction is committed. On SQLite they notice by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


@dataclass(eq=False)
class Watch:
    """Somebody waits for one thing. `seen` is the last number of which they were told."""

    source: str
    key: int
    loop: asyncio.AbstractEventLoop
    seen: int | None = None
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def moved(self) -> None:
        """Returns as soon as the number has moved since the last time; at once if it has already."""
        await self._moved.wait()
        self._moved.clear()

    def tell(self) -> None:
        """From the watcher's thread."""
        try:
            self.loop.call_soon_threadsafe(self._moved.set)
        except RuntimeError:  # the loop was closed while its server stopped
            logger.debug("Nobody waits any more.")


class Watcher:
    """The one thread that looks, and the watches of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watches: set[Watch] = set()
        self._thread: threading.Thread | None = None
        self._nobody = threading.Event()

    @asynccontextmanager
    async def watch(self, source: str, key: int) -> AsyncIterator[Watch]:
        """Wait for a thing inside the block; read it after this has begun, so that nothing is missed between.

        The first time it may be told although nothing has moved: what whoever waits knows already is not known here.
        """
        watch = Watch(source, key, asyncio.get_running_loop())
        with self._lock:
            self._watches.add(watch)
            self._nobody.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="live-watcher", daemon=True)
                self._thread.start()
        try:
            yield watch
        finally:
            with self._lock:
                self._watches.discard(watch)
                if not self._watches:
                    self._nobody.set()

    def _look(self) -> None:
        try:
            while self._goes_on():
                try:
                    for _heard in _changes(self._nobody):
                        self._tell()
                except (DatabaseError, InterfaceError) as error:
                    logger.warning(
                        "The database does not say what has changed (%s); trying again.", type(error).__name__
                    )
                    self._nobody.wait(RESTS)
                finally:
                    connection.close()
        except BaseException:
            with self._lock:
                self._thread = None
            raise

    def _goes_on(self) -> bool:
        """Whether anybody waits; the thread that hears no counts as ended."""
        with self._lock:
            if self._watches:
                return True
            self._thread = None
            return False

    def _tell(self) -> None:
        """Read the numbers of all that is waited for, one query for each source, and wake those whose has moved."""
        with self._lock:
            watches = tuple(self._watches)
        wanted: defaultdict[str, defaultdict[int, list[Watch]]] = defaultdict(lambda: defaultdict(list))
        for watch in watches:
            wanted[watch.source][watch.key].append(watch)
        for source, keys in wanted.items():
            numbers = SOURCES[source](list(keys))
            for key, waiting in keys.items():
                for watch in waiting:
                    if watch.seen != (number := numbers.get(key, 0)):
                        watch.seen = number
                        watch.tell()


def _changes(nobody: threading.Event) -> Iterator[None]:
    """Yields at the start, and whenever something may have been written, until `nobody` is set."""
    return _glances(nobody) if connection.vendor == "sqlite" else _notifications(nobody)


def _glances(nobody: threading.Event) -> Iterator[None]:
    connection.ensure_connection()
    raw, before = connection.connection, None
    while not nobody.is_set():
        # Commits on this connection itself would not count; this thread makes none.
        (version,) = raw.execute("PRAGMA data_version").fetchone()
        if version != before:
            before = version
            yield
        nobody.wait(GLANCE)


def _notifications(nobody: threading.Event) -> Iterator[None]:
    connection.ensure_connection()
    raw = connection.connection
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    yield
    silent = 0.0
    while not nobody.is_set():
        heard = sum(1 for _notification in raw.notifies(timeout=LISTENS_FOR, stop_after=1))
        silent = 0.0 if heard else silent + LISTENS_FOR
        if heard or silent >= LOOKS_ANYWAY:
            silent = 0.0
            yield


WATCHER: Final = Watcher()
