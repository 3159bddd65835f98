"""Reading a calendar that somebody else keeps: from the bytes of an ICS file to what takes place in a window.

Plain Python with the `icalendar` and `recurring-ical-events` libraries. A foreign file may be broken or meant to harm:
a rule that comes every second, one that excludes all it names, a text of a megabyte. What can be seen beforehand is
left out with a note; for the rest, `folkmoot.calendar.foreign_process` runs this in a process that can be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import recurring_ical_events
from icalendar import Calendar
from icalendar.cal import Component

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused

MOST_COMPONENTS: Final = 5_000
MOST_OCCURRENCES: Final = 2_000
MOST_OF_A_TEXT: Final = 400
MOST_NOTES: Final = 20
_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_MOST_BY_PARTS: Final = 100
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Occurrence:
    """One thing that takes place, as JSON could hold it.

    With `all_day`, `first_day` to `last_day` (both included) count and the instants are None; otherwise `starts_at`
    and `ends_at` are aware, and `zone` is the IANA zone in which it was planned ("UTC" where the file names none).
    `key` tells it from every other occurrence of the file.
    """

    key: str
    summary: str
    all_day: bool
    starts_at: datetime | None
    ends_at: datetime | None
    first_day: date | None
    last_day: date | None
    zone: str
    location: str = ""
    url: str = ""
    is_cancelled: bool = False


@dataclass
class Reading:
    """What was found; `notes` say in words what was left out."""

    name: str = ""
    occurrences: list[Occurrence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        if words not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(words)


def read(content: bytes, *, start: date, end: date, zone: str) -> Reading:
    """What takes place from `start` (included) to `end` (excluded); `zone` is for times that name none.

    Refused `no_calendar` for bytes that are no iCalendar file.
    """
    reading = Reading()
    calendar = _parsed(content)
    reading.name = _words(calendar.get("X-WR-CALNAME") or calendar.get("NAME"))
    _leave_out_bombs(calendar, reading)
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    found: dict[str, Occurrence] = {}
    for component in query.between(start, end):
        occurrence = _occurrence(component, zone)
        if occurrence is None:
            reading.note("An event without a start was left out.")
            continue
        found[occurrence.key] = occurrence
        if len(found) >= MOST_OCCURRENCES:
            reading.note(f"Only the first {MOST_OCCURRENCES} events are shown.")
            break
    reading.occurrences = sorted(found.values(), key=_order)
    return reading


def _parsed(content: bytes) -> Calendar:
    text = content.decode("utf-8-sig", "replace").replace("\x00", "")
    begin = text.upper().find("BEGIN:VCALENDAR")
    if begin < 0 or begin > 1_000:
        raise Refused("The document at this address is no calendar file (iCalendar, .ics).", code="no_calendar")
    try:
        return Calendar.from_ical(text[begin:])
    except (ValueError, IndexError, KeyError) as problem:
        raise Refused(f"The calendar file cannot be read: {str(problem)[:200]}", code="no_calendar") from None


def _leave_out_bombs(calendar: Calendar, reading: Reading) -> None:
    kept: list[Component] = []
    for component in calendar.subcomponents:
        if component.name == "VEVENT":
            if len(kept) >= MOST_COMPONENTS:
                reading.note(f"Only the first {MOST_COMPONENTS} entries of the file are read.")
                break
            if _comes_too_often(component):
                reading.note("An event that repeats within the day was left out.")
                continue
        if component.name in ("VEVENT", "VTIMEZONE"):
            kept.append(component)
    calendar.subcomponents = kept


def _comes_too_often(component: Component) -> bool:
    rules = component.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        if _TOO_OFTEN & {str(value).upper() for value in rule.get("FREQ", [])}:
            return True
        within = ("BYHOUR", "BYMINUTE", "BYSECOND")
        if any(len(rule.get(part, [])) > 1 for part in within):
            return True
        if any(len(values) > _MOST_BY_PARTS for values in rule.values() if isinstance(values, list)):
            return True
    return False


def _occurrence(component: Component, zone: str) -> Occurrence | None:
    start = getattr(component.get("DTSTART"), "dt", None)
    if start is None:
        return None
    end = getattr(component.get("DTEND"), "dt", None)
    key = sha256(f"{component.get('UID')}/{start.isoformat()}".encode("utf-8", "replace")).hexdigest()
    said: dict[str, Any] = {
        "key": key,
        "summary": _words(component.get("SUMMARY")) or "…",
        "location": _words(component.get("LOCATION")),
        "url": _web_address(component.get("URL")),
        "is_cancelled": str(component.get("STATUS", "")).upper() == "CANCELLED",
    }
    if not isinstance(start, datetime):
        last = end - timedelta(days=1) if isinstance(end, date) and not isinstance(end, datetime) else start
        return Occurrence(
            all_day=True, starts_at=None, ends_at=None, first_day=start, last_day=max(start, last), zone="", **said
        )
    name = _zone_name(start) or zone
    starts_at = _instant(start, zone)
    ends_at = _instant(end, zone) if isinstance(end, datetime) else starts_at
    return Occurrence(
        all_day=False,
        starts_at=starts_at,
        ends_at=max(starts_at, ends_at),
        first_day=None,
        last_day=None,
        zone=name,
        **said,
    )


def _instant(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        return zones.local_to_utc(moment, zone).utc
    return moment.astimezone(UTC)


def _zone_name(moment: datetime) -> str:
    """The IANA zone of an aware time; "UTC" for an offset that is no zone of ours, "" for a floating time."""
    if moment.tzinfo is None:
        return ""
    for name in (getattr(moment.tzinfo, "key", None), getattr(moment.tzinfo, "zone", None)):
        if name:
            try:
                return zones.canonical(str(name))
            except Refused:
                break
    return "UTC"


def _words(value: object) -> str:
    return " ".join(_CONTROLS.sub(" ", str(value or "")).split())[:MOST_OF_A_TEXT]


def _web_address(value: object) -> str:
    text = str(value or "").strip()
    return text if text.startswith(("https://", "http://")) and text.isprintable() and len(text) <= 1_000 else ""


def _order(one: Occurrence) -> tuple[date, bool, datetime, str]:
    if one.starts_at is not None:
        return one.starts_at.date(), True, one.starts_at, one.key
    assert one.first_day is not None
    return one.first_day, False, datetime.min.replace(tzinfo=UTC), one.key


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values, instants as ISO text in UTC; `from_json` reads it back."""
    return {
        "name": reading.name,
        "notes": reading.notes,
        "occurrences": [
            {key: value.isoformat() if isinstance(value, date) else value for key, value in vars(occurrence).items()}
            for occurrence in reading.occurrences
        ],
    }


def from_json(values: dict[str, Any]) -> Reading:
    """What `as_json` wrote."""
    return Reading(values["name"], list(_occurrences(values["occurrences"])), values["notes"])


def _occurrences(rows: list[dict[str, Any]]) -> Iterator[Occurrence]:
    for row in rows:
        made = dict(row)
        for name in ("starts_at", "ends_at"):
            made[name] = datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("first_day", "last_day"):
            made[name] = date.fromisoformat(row[name]) if row[name] else None
        yield Occurrence(**made)
