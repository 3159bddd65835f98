"""Reading what calendar programs answer to an invitation: the REPLY of RFC 5546, as it may come from anybody.

A reader of our own, within bounds: it knows the few properties that an answer has, passes over all others, and makes
nothing of what is broken. It never raises, whatever a stranger sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, cast

from folkmoot.kit.ical import lines
from folkmoot.kit.ical.event import Participation

MOST_CHARACTERS: Final = 100_000
MOST_LINES: Final = 2_000
MOST_EVENTS: Final = 20
MOST_DEPTH: Final = 8
LONGEST_UID: Final = 255
LONGEST_COMMENT: Final = 500
_ANSWERS: Final = frozenset({"ACCEPTED", "TENTATIVE", "DECLINED"})
_FOLDED: Final = re.compile(r"\r?\n[ \t]|\r[ \t]")
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,60}")
_PARAMETER: Final = re.compile(r';([A-Za-z0-9-]{1,60})=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Reply:
    """What one person answered about one event, or about one occurrence of a series.

    `attendee` is an address in lower case, or empty where the answer names none; anybody can write any address there.
    `occurrence` is the RECURRENCE-ID as it stands, `occurrence_zone` its TZID, "UTC", or empty for a floating time.
    `written_at` is DTSTAMP in UTC; of two answers to the same SEQUENCE the later one counts (RFC 5546 section 2.1.5).
    """

    uid: str
    attendee: str
    answer: Participation
    sequence: int
    written_at: datetime | None
    occurrence: datetime | date | None = None
    occurrence_zone: str = ""
    comment: str = ""


@dataclass
class _Found:
    """The properties of one VEVENT, each with its parameters, as far as an answer needs them."""

    first: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    attendees: list[tuple[dict[str, str], str]] = field(default_factory=list)


def replies(text: str) -> list[Reply]:
    """The answers in an iCalendar text; empty for all that is no REPLY. Of what is broken, that one answer is left out.

    An event with several attendees is no answer of one of them, and is left out as well.
    """
    events: list[_Found] = []
    within: list[str] = []
    is_reply = False
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            within.append(value.strip().upper())
            if len(within) > MOST_DEPTH:
                break
            if within == ["VCALENDAR", "VEVENT"]:
                if len(events) == MOST_EVENTS:
                    break
                events.append(_Found())
        elif name == "END":
            if not within or within.pop() != value.strip().upper():
                break
        elif within == ["VCALENDAR"] and name == "METHOD":
            is_reply = value.strip().upper() == "REPLY"
        elif within == ["VCALENDAR", "VEVENT"]:
            if name == "ATTENDEE":
                events[-1].attendees.append((parameters, value))
            else:
                events[-1].first.setdefault(name, (parameters, value))
    if not is_reply:
        return []
    return [reply for found in events if (reply := _reply(found)) is not None]


def _lines(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Content lines as name, parameters and value; what is none is passed over."""
    unfolded = _FOLDED.sub("", text[:MOST_CHARACTERS].removeprefix("\ufeff"))
    for line in re.split(r"[\r\n]+", unfolded, maxsplit=MOST_LINES)[:MOST_LINES]:
        named = _NAME.match(line)
        if named is None:
            continue
        parameters: dict[str, str] = {}
        at = named.end()
        while (one := _PARAMETER.match(line, at)) is not None:
            parameters.setdefault(one[1].upper(), one[2].strip('"'))
            at = one.end()
        if line[at : at + 1] == ":":
            yield named[0].upper(), parameters, line[at + 1 :]


def _reply(found: _Found) -> Reply | None:
    uid = _plain(found.first.get("UID", ({}, ""))[1])
    if not uid or len(uid) > LONGEST_UID or len(found.attendees) != 1:
        return None
    ((parameters, address),) = found.attendees
    answer = parameters.get("PARTSTAT", "").upper()
    if answer not in _ANSWERS:
        return None
    occurrence, zone = None, ""
    if "RECURRENCE-ID" in found.first:
        given, value = found.first["RECURRENCE-ID"]
        occurrence, is_utc = _moment(value)
        if occurrence is None or given.get("RANGE"):
            return None
        zone = "UTC" if is_utc else given.get("TZID", "")[:100]
    stamp, stamp_is_utc = _moment(found.first.get("DTSTAMP", ({}, ""))[1])
    return Reply(
        uid=uid,
        attendee=_address(address),
        answer=cast(Participation, answer),
        sequence=_number(found.first.get("SEQUENCE", ({}, "0"))[1]),
        written_at=stamp.replace(tzinfo=UTC) if isinstance(stamp, datetime) and stamp_is_utc else None,
        occurrence=occurrence,
        occurrence_zone=zone,
        comment=_plain(found.first.get("COMMENT", ({}, ""))[1])[:LONGEST_COMMENT],
    )


def _address(value: str) -> str:
    scheme, _colon, address = value.strip().partition(":")
    return (lines.email(address) or "").lower() if scheme.lower() == "mailto" else ""


def _number(value: str) -> int:
    """A SEQUENCE; what is none counts as the first."""
    digits = value.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


def _moment(value: str) -> tuple[datetime | date | None, bool]:
    """A DATE or DATE-TIME, naive, and whether it is in UTC."""
    given = _MOMENT.fullmatch(value.strip())
    if given is None:
        return None, False
    year, month, day, hour, minute, second, utc = given.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day)), False
        # 60 is a leap second, which Python does not know.
        clock = int(hour), int(minute), min(int(second), 59)
        return datetime(int(year), int(month), int(day), *clock), bool(utc)  # noqa: DTZ001 -- a wall time
    except ValueError:
        return None, False


def _plain(value: str) -> str:
    """A TEXT value on one line, fit to be kept."""
    text = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    whole = text.encode("utf-8", "replace").decode()
    return " ".join(_UNFIT.sub(" ", whole).split())
