"""Content lines of RFC 5545: values that cannot break out of their line, folded at 75 octets."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlsplit

LIMIT: Final = 75
"""Octets of a line without its end (RFC 5545 section 3.1)."""
LONGEST_TEXT: Final = 30_000
"""Characters kept of one value; a calendar entry is no place for a book."""
LONGEST_URL: Final = 2_000

# A text value may hold tabs and, escaped, line ends, but no other control character (section 3.3.11). The
# Unicode line separators are ends of lines to some readers, so they are written as escaped ones too.
_ENDS: Final = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_URI_SAFE: Final = ":/?#[]@!$&'()*+,;=%~-._"
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def fold(line: str) -> str:
    """One content line with its end, folded so that no piece is longer than 75 octets.

    Breaks fall between characters, never inside the UTF-8 form of one.
    """
    octets = line.encode("utf-8", "replace")
    if len(octets) <= LIMIT:
        return octets.decode() + "\r\n"
    pieces, start, room = [], 0, LIMIT
    while start < len(octets):
        end = min(start + room, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end].decode())
        start, room = end, LIMIT - 1  # the blank that leads a continued line counts
    return "\r\n ".join(pieces) + "\r\n"


def text(value: str) -> str:
    """A TEXT value: escaped, without control characters, in one line whatever is in it."""
    clean = _CONTROLS.sub("", _ENDS.sub("\n", value[:LONGEST_TEXT]))
    clean = clean.encode("utf-8", "replace").decode()
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").strip(" ")


def parameter(value: str) -> str:
    """A quoted parameter value; a quotation mark within is written as RFC 6868 has it."""
    clean = _CONTROLS.sub("", _ENDS.sub(" ", value[:500])).replace("\t", " ")
    clean = clean.encode("utf-8", "replace").decode()
    return '"' + clean.replace("^", "^^").replace('"', "^'") + '"'


def uri(value: str) -> str | None:
    """A web address fit for a URI value, or None for anything that is not one."""
    if len(value) > LONGEST_URL or _CONTROLS.search(value) or _ENDS.search(value):
        return None
    try:
        octets = value.strip().encode("utf-8")
        split = urlsplit(value.strip())
    except ValueError:
        return None
    if split.scheme.lower() not in {"http", "https"} or not split.netloc:
        return None
    return quote(octets, safe=_URI_SAFE)


def email(value: str) -> str | None:
    """A plain address, or None for anything that is not one."""
    return value if len(value) <= 254 and _EMAIL.fullmatch(value) else None


def calendar_email(value: str) -> str | None:
    """An address as calendars can carry it, its domain as DNS has it; None where there is no such way."""
    local, _at, domain = value.rpartition("@")
    try:
        return email(f"{local}@{domain.encode('idna').decode()}")
    except UnicodeError:
        return None


def day(value: date) -> str:
    return f"{value.year:04}{value.month:02}{value.day:02}"


def wall(value: datetime) -> str:
    """A DATE-TIME without a zone."""
    return f"{day(value)}T{value.hour:02}{value.minute:02}{value.second:02}"


def instant(value: datetime) -> str:
    """A DATE-TIME in UTC, from an aware one."""
    return wall(value.astimezone(UTC)) + "Z"


def duration(value: timedelta) -> str:
    """A DURATION of no less than nothing: `PT1H30M`, `P1D`."""
    seconds = round(value.total_seconds())
    if seconds < 0:
        raise ValueError("a duration runs forward")
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    days_part = f"{days}D" if days else ""
    pieces = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    times = "".join(f"{many}{unit}" for many, unit in pieces if many)
    if not days_part and not times:
        return "PT0S"
    return f"P{days_part}{'T' + times if times else ''}"


def offset(value: timedelta) -> str:
    """A UTC-OFFSET: `+0545`, `-0800`, with seconds only where there are some."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3_600)
    minutes, rest = divmod(rest, 60)
    # "-0000" is forbidden (section 3.3.14), so nothing counts as forward.
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}"
