"""Steward mode: in a browser a steward has the powers of an ordinary person until they switch it on, for an hour.

Whether it is on stands in the session, so it ends with it, and another device of the same person knows nothing of it.
For a request without it, the person who is signed in is marked as holding back; `rules.is_steward` says no to them, and
so does every rule that asks it. Nobody else is marked: jobs, the command line, and stewards of whom something is asked
while somebody else is signed in, are what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.people.facts import StewardModeOff, StewardModeOn
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session
from folkmoot.people.rules import may_use_steward_mode
from folkmoot.ui.redirects import is_local
from folkmoot.ui.refusals import WayPast

LASTS: Final = timedelta(minutes=60)
UNTIL: Final = "steward_mode_until"
"""Under this name the session holds the moment at which the mode ends, in seconds."""


class StewardMode:
    """Marks a steward whose mode is off as holding back, and says on every page when it is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request):
            signed_in = request.user
            request.user = SimpleLazyObject(lambda: as_the_mode_says(request, signed_in))  # type: ignore[assignment]
            request.frame_note = SimpleLazyObject(partial(note, request))  # type: ignore[attr-defined]
            request.way_past_refusal = partial(way_past, request)  # type: ignore[attr-defined]
        return self.get_response(request)


def as_the_mode_says(request: HttpRequest, signed_in: object) -> object:
    """The one who is signed in, marked if they are a steward and the mode is off."""
    if isinstance(signed_in, Person) and signed_in.is_steward and ends_at(request) is None:
        signed_in.holds_back = True
    return signed_in


def ends_at(request: HttpRequest) -> datetime | None:
    """When steward mode ends in this session; None while it is off."""
    until: float = request.session.get(UNTIL, 0)
    left = until - timezone.now().timestamp()
    return datetime.fromtimestamp(until, UTC) if 0 < left <= LASTS.total_seconds() else None


@transaction.atomic
def switch_on(request: HttpRequest) -> None:
    """Let the steward who is signed in act as one, in this session, from now on for `LASTS`.

    Refused `forbidden` to anybody else. Done twice, it is told once, and ends when it would have ended.
    """
    person = request.user
    require(may_use_steward_mode(person))
    assert isinstance(person, Person)
    if ends_at(request) is None:
        request.session[UNTIL] = (timezone.now() + LASTS).timestamp()
        person.holds_back = False
        record(StewardModeOn(minutes=int(LASTS.total_seconds() // 60)), by=person, about=person, on=person)


@transaction.atomic
def switch_off(request: HttpRequest) -> None:
    """End the mode before its time; where it is not on, nothing is told."""
    was_on = ends_at(request) is not None
    request.session.pop(UNTIL, None)
    person = request.user
    if was_on and isinstance(person, Person) and may_use_steward_mode(person):
        person.holds_back = True
        record(StewardModeOff(), by=person, about=person, on=person)


def note(request: HttpRequest) -> str:
    """The line above every page while the mode is on."""
    until = ends_at(request)
    if until is None or not may_use_steward_mode(request.user):
        return ""
    return render_to_string("people/steward_mode_note.html", {"until": until, "back": way_back(request)}, request)


def way_past(request: HttpRequest, status: int) -> WayPast | None:
    """What a page that says no offers to a steward whose mode is off.

    With 403 only where a rule would have let a steward pass; with 404 always, in the same words, so that they tell
    nothing about what is there.
    """
    if status not in (403, 404):
        return None
    person = request.user
    if not isinstance(person, Person) or not person.holds_back or (status == 403 and not person.was_held_back):
        return None
    return WayPast(
        words=_("You are a steward, and your steward mode is off. With it, you may go on.")
        if status == 403
        else _("Some pages are there for stewards alone, and your steward mode is off."),
        label=_("Switch steward mode on"),
        url=reverse("steward_mode_on"),
        back=way_back(request),
        is_likeliest=status == 403,
    )


def way_back(request: HttpRequest) -> str:
    """The page on which the reader is: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    there = sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")
    return there if sent_from.netloc == request.get_host() and is_local(there) else "/"
