"""What the frame of a page needs to know of its request, without touching the session of someone unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from folkmoot.kit import zones
from folkmoot.ui.slots import FOOTER, MAIN_MENU, PERSON_MENU, Link, Waiting, links

THEMES = ("system", "light", "dark")


def signed_in_person(request: HttpRequest | None) -> Any | None:
    """The person who is signed in, or None.

    A browser that sent no session is nobody's; its session is left alone, so that the page may be kept for
    everyone. Safe on error pages, where no middleware may have run.
    """
    user = getattr(request, "user", None)
    if request is None or user is None:
        return None
    if isinstance(user, SimpleLazyObject) and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return user if user.is_authenticated else None


def address_of(name: str, fallback: str) -> str:
    """The address of a page of a room above this one; the fallback where that room is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


@dataclass(frozen=True)
class ReaderSettings:
    """How times and colours are shown on this page."""

    zone: str = "UTC"
    zone_known: bool = False
    clock: str = "24"
    theme: str = "system"
    font: str = ""
    shortcuts: bool = False

    @property
    def place(self) -> str:
        return zones.place(self.zone)


def reader_settings(request: HttpRequest | None) -> ReaderSettings:
    """From `request.reader`; where none was set (early errors) the device's look and UTC."""
    reader = getattr(request, "reader", None)
    if reader is None:
        return ReaderSettings()
    theme = str(reader.theme)
    return ReaderSettings(
        zone=reader.zone,
        zone_known=reader.zone_known,
        clock="12" if str(reader.clock) == "12" else "24",
        theme=theme if theme in THEMES else "system",
        font=str(getattr(reader, "font", "")),
        shortcuts=bool(getattr(reader, "shortcuts", False)),
    )


@dataclass(frozen=True)
class Chrome:
    """Everything that `ui/base.html` draws around the content."""

    person: Any | None
    reader: ReaderSettings
    menu: list[Link] = field(default_factory=list)
    person_menu: list[Link] = field(default_factory=list)
    footer: list[Link] = field(default_factory=list)
    home_url: str = "/"
    sign_in_url: str = ""
    sign_out_url: str = ""
    preferences_url: str = ""
    request_id: str = ""

    @property
    def waiting(self) -> Waiting | None:
        """What waits for the person behind a line of their menu, so that the closed menu can say so."""
        return next((line.waiting for line in self.person_menu if line.waiting), None)

    @property
    def themes(self) -> list[tuple[str, str]]:
        """Each appearance with the address at which it can be chosen without scripts."""
        joint = "&" if "?" in self.preferences_url else "?"
        return [(theme, f"{self.preferences_url}{joint}theme={theme}") for theme in THEMES]


def chrome_of(request: HttpRequest | None) -> Chrome:
    """What stands around the page that this request asked for."""
    person = signed_in_person(request)
    here = request.get_full_path() if request is not None else "/"
    back = "?" + urlencode({"next": here}) if here != "/" else ""
    entrance = address_of("account_login", "/accounts/login/")
    # A page of the entrance itself is nothing to come back to after signing in.
    sign_in_back = "" if request is None or request.path.startswith(entrance.removesuffix("login/")) else back
    return Chrome(
        person=person,
        reader=reader_settings(request),
        menu=links(MAIN_MENU, request),
        person_menu=links(PERSON_MENU, request) if person is not None else [],
        footer=links(FOOTER, request),
        sign_in_url=entrance + sign_in_back,
        sign_out_url=address_of("account_logout", "/accounts/logout/"),
        preferences_url=address_of("preferences", "/preferences/") + back,
        request_id=str(getattr(request, "request_id", "")),
    )
