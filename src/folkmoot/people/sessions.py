"""Sessions: how long they last, on which devices they are, and how they end.

A session ends 30 days after the sign-in, and after 14 days without use, whatever the browser's cookie says. The times
stand in the session itself, so that keeping them costs no query; they are noted once an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.people.guards import client_address
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session

ABSOLUTE = timedelta(days=30)
IDLE = timedelta(days=14)
NOTED_EVERY = timedelta(hours=1)
PROOF_LASTS = timedelta(minutes=15)
# Set on a response that its reader's own browser may keep, as it has to ask again each time.
ASKED_ANEW = "_folkmoot_asked_anew"
SIGNED_IN_AT, SEEN_AT, PROVED_AT = "signed_in_at", "seen_at", "proved_at"


class SessionLimits:
    """Ends sessions that are too old, notes that others are in use, and keeps what a person sees out of stores."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and SESSION_KEY in request.session:
            keep_or_end(request)
        response = self.get_response(request)
        is_private = has_session(request) and SESSION_KEY in request.session
        if is_private and "public" not in response.get("Cache-Control", "") and not hasattr(response, ASKED_ANEW):
            patch_cache_control(response, private=True, no_store=True)
        return response


def keep_or_end(request: HttpRequest) -> None:
    """End a session that is past its time; note that another one is in use."""
    session, now = request.session, timezone.now().timestamp()
    session.setdefault(SIGNED_IN_AT, now)
    seen = session.setdefault(SEEN_AT, now)
    if is_over(session, now):
        logout(request)
    elif now - seen > NOTED_EVERY.total_seconds():
        session[SEEN_AT] = now
        if isinstance(request.user, Person):
            note_device(request, request.user)


def is_over(session: SessionBase | Mapping[str, Any], now: float) -> bool:
    """Whether a session is past its time; `now` in seconds, as the session notes it."""
    signed_in, seen = session.get(SIGNED_IN_AT, now), session.get(SEEN_AT, now)
    return bool(now - signed_in > ABSOLUTE.total_seconds() or now - seen > IDLE.total_seconds())


def begin(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """A person has signed in, in whatever way."""
    now = timezone.now().timestamp()
    for name in (SIGNED_IN_AT, SEEN_AT, PROVED_AT):
        request.session[name] = now
    note_device(request, user)


def note_device(request: HttpRequest, person: Person) -> None:
    """Write down the device of a session, and that it was in use now."""
    key = request.session.session_key
    try:
        address = client_address(request)
    except PermissionDenied:  # not a request from a network
        return
    if key:
        UserSession.objects.update_or_create(
            session_key=key,
            defaults={
                "user": person,
                "ip": address,
                "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
                "last_seen_at": timezone.now(),
            },
        )


def forget_device(sender: object, request: HttpRequest | None, **more: Any) -> None:
    """A person signs out; Django deletes the session itself."""
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key:
        UserSession.objects.filter(session_key=key).delete()


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """End all sessions of a person except the one with the key `but`, and return how many there were."""
    ended = 0
    for session in UserSession.objects.filter(user=person).exclude(session_key=but or ""):
        session.end()
        ended += 1
    return ended


def end_every_session(person: Person) -> int:
    """End all sessions of a person, also those of which no device was noted; looks through every session there is."""
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
    UserSession.objects.filter(user=person).delete()
    return len(mine)


def end_session_of(person: Person, session_id: int, *, but: str) -> None:
    """End one session of a person that is not the one with the key `but`; Refused `not_found` when it is none."""
    session = UserSession.objects.filter(user=person, pk=session_id).exclude(session_key=but).first()
    if session is None:
        raise Refused(_("That device is signed out already."), code="not_found")
    session.end()


def end_others(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """A second step or passkey was added, removed or made anew: whoever else is signed in must show it."""
    end_sessions(user, but=request.session.session_key)


def note_new_key(sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **more: Any) -> None:
    """Whoever has just shown a new app or key need not show it again to see the recovery codes that follow."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)
        note_proof(request)


def note_proof(request: HttpRequest) -> None:
    """The person has just shown once more that it is them."""
    request.session[PROVED_AT] = timezone.now().timestamp()


def proved_lately(request: HttpRequest) -> bool:
    """Whether the person of this session signed in, or showed that it is them, in the last quarter of an hour."""
    proved: float = request.session.get(PROVED_AT, 0)
    return timezone.now().timestamp() - proved <= PROOF_LASTS.total_seconds()
