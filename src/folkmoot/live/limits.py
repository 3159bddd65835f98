"""How much may stay open: for one person, and in one process. A page of ours needs one stream and one socket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

EACH: Final = 12
"""Connections of one person in one process, over all their devices and tabs."""


class Full(Exception):
    """There is no room: `status` 503 in the process, 429 for this person. Say 'come back later' with `RETRY_AFTER`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


RETRY_AFTER: Final = "20"


class Places:
    """The places that this process has. Only the event loop's own thread takes and leaves them."""

    def __init__(self) -> None:
        self._taken = 0
        self._by_person: Counter[int] = Counter()

    @contextmanager
    def place(self) -> Iterator[Place]:
        """A place until the block ends; raises `Full` with 503 where none is left."""
        if self._taken >= settings.LIVE_CONNECTIONS:
            raise Full(503)
        self._taken += 1
        taken = Place(self)
        try:
            yield taken
        finally:
            self._taken -= 1
            taken.leave()


class Place:
    """One place, which belongs to nobody until it is known who asks."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._person: int | None = None

    def is_of(self, person: int) -> None:
        """Whose place it is; raises `Full` with 429 where they have as many as they may."""
        if self._places._by_person[person] >= EACH:
            raise Full(429)
        self._places._by_person[person] += 1
        self._person = person

    def leave(self) -> None:
        if self._person is not None:
            self._places._by_person[self._person] -= 1
            if not self._places._by_person[self._person]:
                del self._places._by_person[self._person]
            self._person = None


PLACES: Final = Places()
