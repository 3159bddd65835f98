"""Times of day as people write them, with the zones beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter.words import LANGUAGES
from folkmoot.kit import zones
from folkmoot.kit.zones.abbreviations import PHRASES, PLACES, READINGS

LONGEST_ZONE_WORDS: Final = 5

_NOON: Final = "|".join(words.times.noon for words in LANGUAGES)
_MIDNIGHT: Final = "|".join(words.times.midnight for words in LANGUAGES)
_TO: Final = "|".join(words.times.range_words for words in LANGUAGES)
_SUFFIX: Final = r"\s?(?:a\.m\.?|p\.m\.?|am|pm)(?![a-z])|[ap](?![a-z.])"
# A clock time: 8 am, 8:30pm, 17:00, 17h00, 0900 (before a zone), noon.
_CLOCK: Final = re.compile(
    rf"(?<![\w:.,/+-])(?:(?P<noon>{_NOON})\b|(?P<midnight>{_MIDNIGHT})\b"
    rf"|(?P<h>\d{{1,2}})(?:[:.h](?P<m>[0-5]\d))?(?P<s>{_SUFFIX})?(?:\s?(?P<hrs>hrs|hours|h|uhr)\b)?"
    rf"|(?P<hm>[0-2]\d[0-5]\d)(?=\s?(?:h\b|hrs\b|hours\b|utc|gmt|z\b|[a-z]{{2,4}}t\b)))(?:(?=z\b)|(?![\w/%]|:\d))"
)
_RANGE: Final = re.compile(
    rf"(?<![\w:.,/+-])(?P<h1>\d{{1,2}})(?:[:.](?P<m1>[0-5]\d))?(?P<s1>{_SUFFIX})?\s?(?:{_TO})\s?"
    rf"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>[0-5]\d))?(?P<s2>{_SUFFIX})?(?![\w/%-]|:\d)"
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)\s?[+\u2212\u2013-]\s?\d{1,2}(?::?[0-5]\d)?(?!\d)", re.IGNORECASE)
_IANA: Final = re.compile(r"[A-Z][A-Za-z]{2,12}(?:/[A-Z][A-Za-z_+-]{1,20}){1,2}")
_LETTERS: Final = re.compile(r"[A-Z]{1,5}(?:\s?/\s?[A-Z]{2,5}){0,3}(?![\w/])")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z’'-]{0,20}")
_OPENING: Final = re.compile(r"\s{0,2}[,(\[–—-]{0,2}\s{0,2}(?:in |of )?(?:the )?")
_US: Final = re.compile(r"(?:US|U\.S\.|USA)\s+", re.IGNORECASE)
_Z: Final = re.compile(r"Z(?!\w)")


class Zoned(NamedTuple):
    """Words for a zone, and the zones that they may mean; none when they are not understood."""

    label: str
    candidates: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text."""

    time: time
    minutes: int | None
    """How long, when an end is given as well."""
    zone: Zoned | None
    start: int
    end: int
    """Of the time with its zone."""


def find_clocks(text: str) -> list[Clock]:
    """All times of day in a text, in order; a bare number is none."""
    low = text.lower()
    found: list[Clock] = []
    at = 0
    while (hit := _CLOCK.search(low, at)) is not None:
        span = _RANGE.search(low, at)
        clock = None
        if span is not None and span.start() <= hit.start():
            clock = _range(span, text)
        clock = clock or _single(hit, text)
        if clock is not None:
            found.append(clock)
        at = clock.end if clock is not None else hit.end()
    return found


def whole_clock(text: str) -> Clock | None:
    """The time that is all of a text, such as a cell of a table: "8 am", "21:30 (next day)"."""
    bare = text.strip(" .*~")
    for clock in find_clocks(bare):
        rest = (bare[: clock.start] + bare[clock.end :]).strip(" .()[]")
        return clock if len(rest) <= 20 and not re.search(r"\d\d", rest) else None
    return None


def _hour(hour: int, minute: int, suffix: str) -> time | None:
    letter = suffix.strip()[:1]
    if letter:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if letter == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 else None


def _single(hit: re.Match[str], text: str) -> Clock | None:
    end = hit.end()
    if hit["noon"] or hit["midnight"]:
        when: time | None = time(12 if hit["noon"] else 0)
    elif hit["hm"]:
        when = _hour(int(hit["hm"][:2]), int(hit["hm"][2:]), "")
    else:
        when = _hour(int(hit["h"]), int(hit["m"] or 0), hit["s"] or "")
        if when is not None and not hit["m"] and not hit["s"] and hit["hrs"] != "uhr":
            # A bare hour is a time only beside a zone that is told by the 24-hour clock.
            zone = zone_after(text, hit.end("h"))
            if zone is None or not (zone.candidates[:1] == ("UTC",) or (when.hour > 12 and zone.candidates)):
                return None
            end = hit.end("h")
        elif when is not None and hit["m"] and not hit["s"] and "." in hit[0] and zone_after(text, end) is None:
            return None  # 2.15 is a section or a number
    if when is None:
        return None
    return _with_zone(text, when, None, hit.start(), end)


def _range(span: re.Match[str], text: str) -> Clock | None:
    first, second = span["s1"] or "", span["s2"] or ""
    if not second and not (span["m1"] and span["m2"]):
        return None
    hour, minute = int(span["h1"]), int(span["m1"] or 0)
    till = _hour(int(span["h2"]), int(span["m2"] or 0), second)
    since = _hour(hour, minute, first or second)
    if since is None or till is None:
        return None
    if second and not first and since >= till:
        # "11-12pm" begins in the morning.
        since = _hour(hour, minute, "am" if second.strip()[:1] == "p" else "pm") or since
    minutes = ((till.hour - since.hour) * 60 + till.minute - since.minute) % (24 * 60)
    return _with_zone(text, since, minutes or None, span.start(), span.end())


def _with_zone(text: str, when: time, minutes: int | None, start: int, end: int) -> Clock:
    zone = zone_after(text, end)
    if zone is None:
        before = zone_before(text, start)
        return Clock(when, minutes, before, before.start if before else start, end)
    return Clock(when, minutes, zone, start, zone.end)


def zone_after(text: str, at: int) -> Zoned | None:
    """The zone that is named right after a time, made clearer by one in brackets: "PT (Pacific Time)"."""
    opening = _OPENING.match(text, at)
    start = opening.end() if opening else at
    zone = _zone_at(text, start)
    if zone is None and start != at and not text[at:start].strip():
        zone = _zone_at(text, at)
    if zone is None:
        return None
    following = re.compile(r"\s?[(\[]\s?").match(text, zone.end)
    if following is not None:
        inner = _zone_at(text, following.end())
        if inner is not None and inner.candidates:
            both = tuple(one for one in zone.candidates if one in inner.candidates) or inner.candidates
            closing = re.compile(r"\s?[)\]]").match(text, inner.end)
            return Zoned(zone.label, both, zone.start, closing.end() if closing else inner.end)
    closing = re.compile(r"\s?[)\]]").match(text, zone.end)
    return zone._replace(end=closing.end()) if closing and text[at:start].strip().startswith(("(", "[")) else zone


def zone_before(text: str, at: int) -> Zoned | None:
    """The zone right before a time: "UTC 16:00"."""
    found = re.search(
        r"(?:^|[\s(])([A-Z]{2,5}|UTC[+-]\d{1,2}|[A-Z][a-z]+/[A-Z][A-Za-z_]+)\)?:?\s{1,2}$", text[max(0, at - 40) : at]
    )
    if found is None:
        return None
    label = found[1]
    possible = candidates(label)
    start = max(0, at - 40) + found.start(1)
    return Zoned(label, possible, start, start + len(label)) if possible else None


def _zone_at(text: str, at: int) -> Zoned | None:
    for pattern in (_OFFSET, _IANA):
        found = pattern.match(text, at)
        if found and (possible := candidates(found[0])):
            return Zoned(found[0], possible, at, found.end())
    if _Z.match(text, at):
        return Zoned("Z", ("UTC",), at, at + 1)
    words = list(_words_at(text, at))
    for count in range(len(words), 0, -1):
        end = words[count - 1][1]
        label = text[at:end]
        possible = _named_zone(label)
        if possible:
            return Zoned(label, possible, at, end)
    letters = _LETTERS.match(text, at)
    if letters is not None:
        label = letters[0]
        possible = candidates(label)
        if possible:
            return Zoned(label, possible, at, letters.end())
    return None


def _words_at(text: str, at: int) -> Iterator[tuple[int, int]]:
    for _ in range(LONGEST_ZONE_WORDS):
        found = _WORD.match(text, at)
        if found is None:
            return
        yield found.start(), found.end()
        at = found.end()
        if text[at : at + 1] != " ":
            return
        at += 1


def _named_zone(label: str) -> tuple[str, ...]:
    """Zones of words such as "Pacific Time", "US Eastern", "Berlin time" or "Los Angeles"."""
    bare = _US.sub("", label, count=1)
    if bare.isupper() or not bare:
        return ()
    if bare[0].islower() and bare.split()[0] not in _LOWER_NAMES:
        return ()
    for form in (bare, f"{bare} time"):
        possible = candidates(form)
        if possible:
            return possible
    return ()


_LOWER_NAMES: Final = frozenset(
    ["pacific", "mountain", "central", "eastern", "atlantic", "india", "uk", "london", "berlin", "paris", "utc"]
)


@lru_cache(maxsize=2_048)
def candidates(label: str) -> tuple[str, ...]:
    """The zones that a label may mean; "CET/CEST" and "PST/PDT" mean wall time where both are used."""
    text = " ".join(label.split()).strip(" :.")
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 1 and all(
        (part.isupper() and zones.is_abbreviation(part)) or part in ("UTC", "Z") for part in parts
    ):
        each = [zones.candidates(part) for part in parts]
        common = tuple(one for one in each[0] if all(one in other for other in each[1:]))
        wall = tuple(one for one in common if "/" in one)
        return wall[:1] or common or tuple(dict.fromkeys(one for other in each for one in other))
    if zones.is_abbreviation(text) and not text.isupper():
        return ()  # "ist" and "met" are words
    return zones.candidates(text) if _may_be_zone(text) else ()


def _may_be_zone(text: str) -> bool:
    """Whether looking a label up is worth the time: for words that are no zone the look-up seeks near ones."""
    first = text.lower().split(None, 1)[:1]
    return bool(first) and ("/" in text or first[0][:3] in ("utc", "gmt") or first[0] in _first_words())


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The first words of everything that a zone may be called."""
    called = [zones.place(name) for name in zones.choices()]
    called.extend((*READINGS, *PHRASES, *PLACES, "anywhere on earth", "aoe"))
    return frozenset(name.lower().split()[0] for name in called)
