"""Who asks for something below `/live/`: the same person whom the middleware of pages would find in the session.

All of this reads the database, so it is called through `threads.in_thread`, and anew each time that something is told:
between two events somebody may have signed out, lost a role or left steward mode.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from importlib import import_module
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from folkmoot.people.models import Person
from folkmoot.people.sessions import is_over
from folkmoot.people.steward_mode import as_the_mode_says


def session_key(cookies: Mapping[str, str]) -> str:
    """The key of the session that a browser has; empty for strangers."""
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def person_asking(key: str) -> Person | None:
    """Whoever is signed in in this session, held back if they are a steward whose mode is off; None for strangers.

    As on pages: a changed password ends the session, and so do its age and a record that is held or erased.
    """
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = get_user(request)
    if not isinstance(person, Person) or is_over(request.session, timezone.now().timestamp()):
        return None
    as_the_mode_says(request, person)
    return person


def people_asking(keys: Collection[str]) -> dict[str, Person]:
    """The same for many sessions at once, in two queries; strangers are left out.

    What is as usual is seen here; a session about which anything is odd goes the long way, which alone may end it.
    """
    now = timezone.now()
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    sessions: dict[str, dict[str, Any]] = {row.session_key: row.get_decoded() for row in rows}
    known = Person.objects.in_bulk({int(held[SESSION_KEY]) for held in sessions.values() if SESSION_KEY in held})
    found = {}
    for key in keys:
        held = sessions.get(key, {})
        person = known.get(int(held.get(SESSION_KEY, 0)))
        if person is None or not _is_as_usual(held, person) or is_over(held, now.timestamp()):
            person = person_asking(key)
        else:
            person = _with_the_mode(held, copy(person))
        if person is not None:
            found[key] = person
    return found


def _is_as_usual(held: Mapping[str, Any], person: Person) -> bool:
    return (
        person.is_active
        and held.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(held.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    )


def _with_the_mode(held: dict[str, Any], person: Person) -> Person:
    request = HttpRequest()
    request.session = cast(SessionBase, held)  # only its `get` is asked
    as_the_mode_says(request, person)
    return person
