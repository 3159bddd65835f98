"""Ways into people's own calendars: a feed to subscribe to, and one meeting to add."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.calendar.rendering import web_address
from folkmoot.groups.models import Group
from folkmoot.kit import addlinks
from folkmoot.kit.ical import Event

_ONLY_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Subscription:
    """The addresses at which different calendars subscribe to one feed.

    `reachable` is False when our address leads nowhere from outside this machine: then the services of Google
    and Microsoft, which fetch a feed themselves, cannot have it.
    """

    name: str
    ics: str
    webcal: str
    google: str
    outlook: str
    outlook_work: str
    reachable: bool


def group_subscription(group: Group) -> Subscription:
    """The feed of one group."""
    return _subscription(group.name, reverse("group_feed", args=[group.slug]))


def organisation_subscription(name: str) -> Subscription:
    """The feed of all groups."""
    return _subscription(name or _("Calendar"), reverse("organisation_feed"))


def own_subscription(path: str) -> Subscription:
    """Somebody's own feed, by the path that only they know."""
    return _subscription(_("My calls"), path)


def _subscription(name: str, path: str) -> Subscription:
    feed = web_address(path)
    return Subscription(
        name=name,
        ics=feed,
        webcal=addlinks.webcal_link(feed),
        google=addlinks.google_subscription(feed),
        outlook=addlinks.outlook_subscription(feed, name),
        outlook_work=addlinks.outlook_subscription(feed, name, work=True),
        reachable=urlsplit(feed).hostname not in _ONLY_HERE,
    )


@dataclass(frozen=True)
class AddLinks:
    """The addresses at which one meeting is put into different calendars."""

    google: str
    outlook: str
    outlook_work: str
    ics: str


def add_links(event: Event, ics: str) -> AddLinks:
    """`event` has no link in its text (these forms put it there themselves); `ics` is the path of its file."""
    return AddLinks(
        google=addlinks.google_link(event),
        outlook=addlinks.outlook_link(event),
        outlook_work=addlinks.outlook_link(event, work=True),
        ics=ics,
    )
