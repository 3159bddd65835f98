"""A whole calendar, put together from components that were written before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from typing import Final

from folkmoot.kit.ical import lines

PRODUCT: Final = "-//Folkmoot//Folkmoot//EN"


def calendar(
    components: Iterable[str],
    timezones: Iterable[str],
    *,
    name: str = "",
    description: str = "",
    method: str | None = "PUBLISH",
    refresh: timedelta | None = timedelta(hours=4),
) -> bytes:
    """An iCalendar stream (RFC 5545, with the calendar properties of RFC 7986).

    `components` are texts of `component`, `timezones` of `vtimezone`; they are joined as they are, so a feed
    in which one event changed costs the writing of that one. `refresh` is how often to look for news. The
    calendar as a whole names no zone: each event has its own.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:" + PRODUCT, "CALSCALE:GREGORIAN"]
    if method is not None:
        head.append("METHOD:" + lines.text(method))
    if name:
        head.extend(f"{prop}:{lines.text(name)}" for prop in ("NAME", "X-WR-CALNAME"))
    if description:
        head.extend(f"{prop}:{lines.text(description)}" for prop in ("DESCRIPTION", "X-WR-CALDESC"))
    if refresh is not None:
        every = lines.duration(refresh)
        head += [f"REFRESH-INTERVAL;VALUE=DURATION:{every}", "X-PUBLISHED-TTL:" + every]
    body = [*map(lines.fold, head), *timezones, *components, "END:VCALENDAR\r\n"]
    return "".join(body).encode("utf-8")


def etag(*parts: bytes | str) -> str:
    """A strong entity tag (RFC 9110 section 8.8.3), quotation marks included, of these parts in this order.

    Hand over the calendar itself, or whatever changes whenever it does: that saves putting it together.
    """
    digest = blake2b(digest_size=16)
    for part in parts:
        octets = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(octets).to_bytes(8, "big"))
        digest.update(octets)
    return f'"{digest.hexdigest()}"'
