"""Invitations as they lie in the outbox, read by a parser that is not ours, and the answers of calendars."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from folkmoot.notices.models import Letter


def letters(address: str) -> list[Letter]:
    """All letters with something for calendars to one address, in the order in which they were written."""
    return list(Letter.objects.filter(recipient=address).exclude(calendar="").order_by("pk"))


def event_in(letter: Letter) -> Any:
    """The one event of an invitation."""
    calendar = Calendar.from_ical(letter.calendar)
    assert calendar["METHOD"] == letter.calendar_method
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    return event


def mailed(address: str) -> list[tuple[str, int, str]]:
    """Method, SEQUENCE and status of each."""
    return [(one.calendar_method, event_in(one)["SEQUENCE"], str(event_in(one)["STATUS"])) for one in letters(address)]


def reply_to(
    letter: Letter,
    says: str = "ACCEPTED",
    *,
    sender: str = "",
    attendee: str = "",
    at: dt.datetime | None = None,
    sequence: int | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    """What a calendar program answers to an invitation, made by the icalendar library."""
    asked = event_in(letter)
    answer = Event()
    answer.add("uid", asked["UID"])
    answer.add("sequence", asked["SEQUENCE"] if sequence is None else sequence)
    answer.add("dtstamp", at or dt.datetime.now(dt.UTC))
    answer.add("dtstart", asked["DTSTART"].dt)
    answer.add("organizer", asked["ORGANIZER"])
    who = vCalAddress(f"mailto:{attendee or letter.recipient}")
    who.params["PARTSTAT"] = vText(says)
    answer.add("attendee", who)
    calendar = Calendar()
    calendar.add("prodid", "-//Somebody//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    calendar.add_component(answer)
    message = EmailMessage()
    message["From"] = sender or letter.recipient
    message["To"] = str(asked["ORGANIZER"]).removeprefix("mailto:")
    message["Subject"] = "Accepted: a call"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content("Ben has answered.")
    message.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()
