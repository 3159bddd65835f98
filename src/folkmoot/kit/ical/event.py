"""One event of a calendar, as a typed value and as a VEVENT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.ical import lines
from folkmoot.kit.ical.vtimezone import tzid
from folkmoot.kit.recurrence import MOST_REPEATS, Rule, dates, to_rrule

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Participation = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
"""What somebody answered, as PARTSTAT has it."""


@dataclass(frozen=True)
class Organizer:
    name: str
    email: str


@dataclass(frozen=True)
class Attendee:
    """Somebody who is invited: what they have answered so far, and whether an answer is asked for."""

    name: str
    email: str
    answer: Participation = "NEEDS-ACTION"
    is_asked: bool = True


@dataclass(frozen=True)
class Event:
    """A meeting, a series of them, or one changed occurrence of a series (RFC 5545 section 3.6.1).

    Texts may hold anything that people type; what a calendar cannot carry is taken out when the event is
    written. Times that contradict each other are programming errors and raise `ValueError`.
    """

    uid: str
    """Stable for the life of the event; a series and its changed occurrences share one."""
    summary: str
    changed: datetime
    """When the event was last changed, aware; becomes DTSTAMP and LAST-MODIFIED."""
    start: datetime | date
    """Naive wall time in `zone`, or a date for something that takes whole days."""
    zone: str = "UTC"
    """A name that `kit.zones.canonical` takes."""
    duration: timedelta = timedelta(hours=1)
    sequence: int = 0
    """Raised with every change of time, rule or status (RFC 5546 section 2.1.4)."""
    created: datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    status: Status = "CONFIRMED"
    categories: tuple[str, ...] = ()
    organizer: Organizer | None = None
    attendees: tuple[Attendee, ...] = ()
    rule: Rule | None = None
    excluded: tuple[datetime | date, ...] = ()
    """Planned starts of the series which do not take place; of the same kind as `start`."""
    recurrence_id: datetime | date | None = None
    """For a changed occurrence: its start as the series planned it, of the same kind as the series' start."""
    recurrence_zone: str = ""
    """The series' zone where the changed occurrence has another one."""

    def __post_init__(self) -> None:
        if not self.uid.strip():
            raise ValueError("an event needs a UID")
        if self.rule is not None and self.recurrence_id is not None:
            raise ValueError("a changed occurrence carries no rule of its own")
        for moment in (self.start, self.recurrence_id, *self.excluded):
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                raise ValueError("wall times of an event are naive; its zone stands beside them")
        if any(isinstance(moment, datetime) != self.is_timed for moment in self.excluded):
            raise ValueError("excluded starts have to be of the same kind as the start")
        if self.is_timed is False and self.duration % timedelta(days=1):
            raise ValueError("an event of whole days lasts whole days")

    @property
    def is_timed(self) -> bool:
        """Whether the event has a time of day."""
        return isinstance(self.start, datetime)

    @property
    def first(self) -> date:
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def at(self) -> time | None:
        return self.start.time() if isinstance(self.start, datetime) else None

    @property
    def last(self) -> date | None:
        """The day of the last occurrence; None when a series has no end."""
        if self.rule is None:
            return self.first
        if self.rule.count is None:
            return self.rule.until
        return dates(self.rule, self.first, self.first, date.max, limit=MOST_REPEATS)[-1]


def component(event: Event) -> str:
    """The VEVENT of an event: folded content lines, each ended by CRLF.

    Raises `Refused` with code `first_not_in_rule` when a series' start is not itself one of its days, for
    calendars disagree on what that means.
    """
    zone = zones.canonical(event.zone)
    if event.rule is not None and not dates(event.rule, event.first, event.first, event.first):
        raise Refused(
            f"{event.first.isoformat()} is not a day of this series.",
            code="first_not_in_rule",
            first=event.first,
        )
    found = [
        "BEGIN:VEVENT",
        "UID:" + lines.text(event.uid),
        "DTSTAMP:" + lines.instant(event.changed),
        "SEQUENCE:" + str(event.sequence),
    ]
    if event.recurrence_id is not None:
        series = zones.canonical(event.recurrence_zone) if event.recurrence_zone else zone
        found.append(_moments("RECURRENCE-ID", (event.recurrence_id,), series))
    found.append(_moments("DTSTART", (event.start,), zone))
    found.append("DURATION:" + lines.duration(event.duration))
    if event.rule is not None:
        found.append("RRULE:" + to_rrule(event.rule, at=event.at, zone_name=zone))
    if event.excluded:
        found.append(_moments("EXDATE", event.excluded, zone))
    found.append("SUMMARY:" + lines.text(event.summary))
    found.extend(
        f"{name}:{lines.text(value)}"
        for name, value in (("DESCRIPTION", event.description), ("LOCATION", event.location))
        if value.strip()
    )
    if event.url and (address := lines.uri(event.url)):
        found.append("URL:" + address)
    if event.categories:
        found.append("CATEGORIES:" + ",".join(lines.text(word) for word in event.categories))
    if event.organizer is not None and (mail := lines.email(event.organizer.email)):
        found.append(f"ORGANIZER;CN={lines.parameter(event.organizer.name)}:mailto:{mail}")
    found.extend(_attendee(one) for one in event.attendees if lines.email(one.email))
    found.append("STATUS:" + event.status)
    if event.created is not None:
        found.append("CREATED:" + lines.instant(event.created))
    found.append("LAST-MODIFIED:" + lines.instant(event.changed))
    found.append("END:VEVENT")
    return "".join(map(lines.fold, found))


def _attendee(one: Attendee) -> str:
    asked = "TRUE" if one.is_asked else "FALSE"
    return (
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={one.answer};RSVP={asked}"
        f";CN={lines.parameter(one.name)}:mailto:{one.email}"
    )


def _moments(name: str, moments: tuple[datetime | date, ...], zone: str) -> str:
    """A property of wall times in a zone, or of dates; all of one kind."""
    if not isinstance(moments[0], datetime):
        return f"{name};VALUE=DATE:" + ",".join(map(lines.day, moments))
    walls = ",".join(
        lines.wall(moment) + ("Z" if zone == "UTC" else "") for moment in moments if isinstance(moment, datetime)
    )
    return f"{name}:{walls}" if zone == "UTC" else f"{name};TZID={tzid(zone)}:{walls}"
