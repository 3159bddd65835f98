"""The reader of a page: the zone, clock and appearance in which it is shown to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Clock, Person, Theme


@dataclass(frozen=True)
class Reader:
    """`zone` is an IANA name; `zone_known` is False when it is only the organisation's, for want of better."""

    zone: str
    zone_known: bool
    clock: str
    theme: str
    shortcuts: bool = False


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session; without one nobody is signed in and no query is needed to know it."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in; None for a stranger, for whom no session is looked up."""
    return request.user if has_session(request) and isinstance(request.user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, on pages that let nobody else pass."""
    assert isinstance(request.user, Person)
    return request.user


def reader_of(request: HttpRequest) -> Reader:
    """From the person if signed in, else from the browser's cookies `zone`, `clock`, `theme` and `shortcuts`."""
    person = request.user if has_session(request) else None
    if isinstance(person, Person):
        zone = person.zone or _zone_from_cookie(request)
        clock, theme, shortcuts = person.clock, person.theme, person.shortcuts
    else:
        zone = _zone_from_cookie(request)
        clock = request.COOKIES.get("clock", "")
        theme = request.COOKIES.get("theme", "")
        shortcuts = request.COOKIES.get("shortcuts") == "on"
    if zone:
        known = True
    else:
        organisation = the_organisation()
        zone, known = organisation.zone if organisation else "UTC", False
    return Reader(
        zone=zone,
        zone_known=known,
        clock=clock if clock in Clock.values else Clock.H24,
        theme=theme if theme in Theme.values else Theme.SYSTEM,
        shortcuts=shortcuts,
    )


def _zone_from_cookie(request: HttpRequest) -> str:
    wish = request.COOKIES.get("zone", "").replace("%2F", "/")
    if not wish or len(wish) > 64:
        return ""
    try:
        return zones.canonical(wish)
    except Refused:
        return ""
