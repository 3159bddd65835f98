"""Who takes mails that arrive at one of our signed addresses. Rooms above enter their handlers into `INBOUND`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Inbound:
    """A reply that somebody wrote, to an address made by `return_path.address_for(kind, reference)`.

    The address proves which of our mails it answers, not who wrote it: `sender` can be forged. `text` and `calendars`
    (iCalendar texts) are bounded and otherwise as they came. `text` is empty where a machine wrote the mail, and of
    those only calendars' answers come in.
    """

    kind: str
    reference: int
    sender: str
    subject: str
    text: str
    calendars: tuple[str, ...]


@dataclass(frozen=True)
class Handler:
    """What is done with replies of a kind: called in a transaction, at most once for the same mail.

    It may raise `Refused`, which is kept with the arrival and undoes what it did. `lasts` is how old an address may be.
    One that `reads_calendars` is also given the answer of a calendar (iTIP REPLY) in a mail that a machine sent,
    as some servers say of all answers that people give in them; other mails of machines are left out.
    """

    what: Label
    handle: Callable[[Inbound], None]
    lasts: timedelta = timedelta(days=180)
    reads_calendars: bool = False


INBOUND: Registry[Handler] = Registry("handler of incoming mail")
