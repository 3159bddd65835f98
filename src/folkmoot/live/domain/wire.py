"""Messages between a browser and the server about notes that several people write at once.

Those of the y-protocols (sync and awareness), and a few of our own: what is said in JSON, how much is kept, and
whether somebody is still there. Every message is binary: numbers as unsigned LEB128, bytes and text with their
length in front. Whatever cannot be read is `Malformed`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

SYNC, AWARENESS, QUERY_AWARENESS = 0, 1, 3
TOLD, KEPT, ASKED, CALLED = 100, 101, 102, 103
"""Our own: words as JSON; how many updates of this connection are kept; “are you there?”, which is sent back; and the
same asked by the server, which is answered by asking."""
STEP_1, STEP_2, UPDATE = 0, 1, 2

MOST_BYTES = 160_000
"""Of a message: a whole document at its longest, in any script."""
MOST_STATE = 2_000
"""Of what somebody says about where they are in the text, as JSON."""
LARGEST_NUMBER = 2**53


class Malformed(ValueError):
    """What came is not a message."""


@dataclass(frozen=True)
class AskedFor:
    """Step 1 of a sync: a browser says what it has (a state vector) and asks for the rest."""

    has: bytes


@dataclass(frozen=True)
class Change:
    """Step 2 of a sync, or an update: something that is to be kept."""

    update: bytes


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody is in the text, as their browser says it; None when they are gone from it."""

    clock: int
    cursor: Any


@dataclass(frozen=True)
class AreYouThere:
    """A browser looks whether the line still holds."""


@dataclass(frozen=True)
class Passed:
    """A message that needs no answer: who else is here is told anyway."""


Message = AskedFor | Change | Whereabouts | AreYouThere | Passed


def read(message: bytes) -> Message:
    """What a message says. Raises `Malformed`, and nothing else, for whatever is none."""
    if len(message) > MOST_BYTES:
        raise Malformed("too long")
    reader = _Reader(message)
    kind = reader.number()
    if kind == SYNC:
        step, words = reader.number(), reader.words()
        reader.end()
        if step == STEP_1:
            return AskedFor(words)
        if step in (STEP_2, UPDATE):
            return Change(words)
        raise Malformed("unknown step")
    if kind == AWARENESS:
        inner = reader.words()
        reader.end()
        return _whereabouts(inner)
    if kind in (QUERY_AWARENESS, ASKED):
        reader.end()
        return Passed() if kind == QUERY_AWARENESS else AreYouThere()
    raise Malformed("unknown kind")


def step_1(has: bytes) -> bytes:
    return bytes((SYNC, STEP_1)) + _words(has)


def step_2(update: bytes) -> bytes:
    return bytes((SYNC, STEP_2)) + _words(update)


def update(change: bytes) -> bytes:
    return bytes((SYNC, UPDATE)) + _words(change)


def kept(count: int) -> bytes:
    """So many of the updates that came on this connection are kept."""
    return bytes((KEPT,)) + _number(count)


def here() -> bytes:
    return bytes((ASKED,))


def called() -> bytes:
    return bytes((CALLED,))


def told(values: dict[str, Any]) -> bytes:
    """Something in words, as JSON."""
    return bytes((TOLD,)) + _words(json.dumps(values).encode())


def awareness(states: dict[int, tuple[int, dict[str, Any] | None]]) -> bytes:
    """Who is where in the text: by number, the clock and the state; None for those who are gone."""
    inner = _number(len(states))
    for number, (clock, state) in states.items():
        inner += _number(number) + _number(clock) + _words(json.dumps(state).encode())
    return bytes((AWARENESS,)) + _words(inner)


def _whereabouts(inner: bytes) -> Whereabouts:
    """Of what a browser claims only the place in the text is taken; who it is the server knows."""
    reader = _Reader(inner)
    if reader.number() != 1:
        raise Malformed("a browser speaks for itself alone")
    reader.number()
    clock, words = reader.number(), reader.words()
    reader.end()
    if len(words) > MOST_STATE:
        raise Malformed("too long")
    try:
        state = json.loads(words)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    cursor = state.get("cursor") if isinstance(state, dict) else None
    return Whereabouts(clock, cursor if isinstance(cursor, dict) else None)


def _number(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _words(words: bytes) -> bytes:
    return _number(len(words)) + words


class _Reader:
    """Reads a message from its beginning to its end."""

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.at = 0

    def number(self) -> int:
        number = shift = 0
        while True:
            if self.at >= len(self.message):
                raise Malformed("ends too early")
            byte = self.message[self.at]
            self.at += 1
            number |= (byte & 127) << shift
            if number > LARGEST_NUMBER:
                raise Malformed("a number too large")
            if byte < 128:
                return number
            shift += 7
            if shift > 56:
                raise Malformed("a number too long")

    def words(self) -> bytes:
        length = self.number()
        if length > len(self.message) - self.at:
            raise Malformed("ends too early")
        found = self.message[self.at : self.at + length]
        self.at += length
        return found

    def end(self) -> None:
        if self.at != len(self.message):
            raise Malformed("goes on after its end")
