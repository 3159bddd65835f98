"""One who writes notes through an open connection: what they are to be sent, and how their writing ends."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

from folkmoot.kit.errors import Refused
from folkmoot.live.domain import wire
from folkmoot.people.models import Person

MOST_WAITING = 400
"""Messages that wait to be sent; whoever is slower begins again."""

CLOSED_WITH = {
    "malformed": 4400,
    "signed_out": 4401,
    "forbidden": 4403,
    "closed": 4403,
    "begun_anew": 4409,
    "frozen": 4410,
    "too_large": 4413,
    "too_many": 4429,
    "again": 4503,
}
"""By why it ends, the code with which a connection is closed; the browser tells from it whether to come back."""


@dataclass(eq=False)
class Writer:
    """`number` stands for the connection while it is open, `colour` is from 1 on; `kept` counts what was kept."""

    person: Person
    colour: int = 1
    number: int = field(default_factory=lambda: 1 + secrets.randbelow(2**31))
    kept: int = 0
    clock: int = 0
    cursor: dict[str, Any] | None = None
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    ended: asyncio.Future[Refused] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def tell(self, message: bytes) -> None:
        """Send it when its turn comes."""
        if self.ended.done():
            return
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.end(Refused("", code="again"))

    def end(self, why: Refused) -> None:
        """Let the connection be closed, with the reason in words."""
        if not self.ended.done():
            self.ended.set_result(why)

    def state(self) -> dict[str, Any]:
        """What others see of them. The name is that of the session; where they are, they say themselves."""
        return {"user": {"name": self.person.name, "colour": self.colour}, "cursor": self.cursor}

    def presence(self) -> bytes:
        """The same as a message, newer than the one before."""
        self.clock += 1
        return wire.awareness({self.number: (self.clock, self.state())})

    def absence(self) -> bytes:
        return wire.awareness({self.number: (self.clock + 1, None)})
