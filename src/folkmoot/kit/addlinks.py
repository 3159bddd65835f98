"""Addresses that open someone's calendar with an event filled in, or subscribe it to a feed.

None of these services documents its address as a standard. Google's form takes a repetition rule but no
exceptions; Outlook's takes a single event. For a series a subscription is the better offer: it follows every
change, which a copied event never does.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from folkmoot.kit import zones
from folkmoot.kit.ical import Event, tzid
from folkmoot.kit.recurrence import to_rrule

LONGEST_TEXT: Final = 1_000
"""Characters of a description that fit into an address; browsers and servers cut longer ones."""


def google_link(event: Event) -> str:
    """The form of Google Calendar for a new event, with its rule if it is a series.

    Occurrences that are excluded or moved cannot be given.
    """
    zone = zones.canonical(event.zone)
    fields = {"action": "TEMPLATE", "text": event.summary}
    if isinstance(event.start, datetime):
        end = event.start + event.duration
        fields["dates"] = f"{event.start:%Y%m%dT%H%M%S}/{end:%Y%m%dT%H%M%S}"
        fields["ctz"] = tzid(zone)
    else:
        fields["dates"] = f"{event.start:%Y%m%d}/{event.start + event.duration:%Y%m%d}"
    if event.rule is not None:
        fields["recur"] = "RRULE:" + to_rrule(event.rule, at=event.at, zone_name=zone)
    fields |= {"details": _details(event), "location": event.location}
    return "https://calendar.google.com/calendar/render?" + _query(fields)


def outlook_link(event: Event, *, work: bool = False) -> str:
    """The form of Outlook on the web for a new event: of a private account, or of one at work or school.

    Only one occurrence can be given: the event's own start. For a series hand over the occurrence meant.
    """
    fields = {"path": "/calendar/action/compose", "rru": "addevent", "subject": event.summary}
    if isinstance(event.start, datetime):
        start = zones.local_to_utc(event.start, event.zone).utc
        fields["startdt"], fields["enddt"] = _instant(start), _instant(start + event.duration)
    else:
        fields |= {
            "startdt": event.start.isoformat(),
            "enddt": (datetime.combine(event.start, time()) + event.duration).date().isoformat(),
            "allday": "true",
        }
    fields |= {"body": _details(event), "location": event.location}
    host = "outlook.office.com" if work else "outlook.live.com"
    return f"https://{host}/calendar/0/deeplink/compose?" + _query(fields)


def webcal_link(feed: str) -> str:
    """A feed's address as calendar programs of phones and computers take it (Apple, Thunderbird, GNOME)."""
    split = urlsplit(feed)
    if split.scheme not in {"http", "https"}:
        raise ValueError("a feed has a web address")
    return split._replace(scheme="webcal").geturl()


def google_subscription(feed: str) -> str:
    """Google Calendar's page that subscribes to a feed; the feed has to be reachable from the Internet."""
    return "https://calendar.google.com/calendar/r?" + _query({"cid": webcal_link(feed)})


def outlook_subscription(feed: str, name: str, *, work: bool = False) -> str:
    """Outlook's page that subscribes to a feed under a name."""
    host = "outlook.office.com" if work else "outlook.live.com"
    return f"https://{host}/calendar/0/addfromweb?" + _query({"url": feed, "name": name})


def _details(event: Event) -> str:
    description = event.description.strip()
    room = LONGEST_TEXT - len(event.url) - 2
    if len(description) > room:
        description = description[: max(room - 1, 0)] + "…"
    return "\n\n".join(part for part in (description, event.url) if part)


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _query(fields: dict[str, str]) -> str:
    filled = {name: value.encode("utf-8", "replace") for name, value in fields.items() if value}
    return urlencode(filled, quote_via=quote)
