"""Who reads a page of a call, and which call it is."""

from __future__ import annotations

from django.http import HttpRequest

from folkmoot.people.models import Person
from folkmoot.people.reader import has_session


def reader_or_none(request: HttpRequest) -> Person | None:
    """Who is signed in, without looking for a session that the browser did not send."""
    return request.user if has_session(request) and isinstance(request.user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user
