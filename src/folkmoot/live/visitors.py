"""Who asks for something below `/live/`: the same person whom the middleware of pages would find in the session.

All of this reads the database, so it is called through `threads.in_thread`, and anew each time that something is told:
between two events somebody may have signed out, lost a role or left steward mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import timezone

from folkmoot.people.models import Person
from folkmoot.people.sessions import is_over
from folkmoot.people.steward_mode import as_the_mode_says


def person_asking(cookies: Mapping[str, str]) -> Person | None:
    """Whoever is signed in with these cookies, held back if they are a steward whose mode is off; None for strangers.

    As on pages: a changed password ends the session, and so do its age and a record that is held or erased.
    """
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = get_user(request)
    if not isinstance(person, Person) or is_over(request.session, timezone.now().timestamp()):
        return None
    as_the_mode_says(request, person)
    return person
