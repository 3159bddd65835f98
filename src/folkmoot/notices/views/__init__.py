"""Pages about notices: one's own list and choices, stopping without signing in, mailing lists, the outbox."""

from __future__ import annotations

from django.http import HttpRequest

from folkmoot.people.models import Person


def signed_in(request: HttpRequest) -> Person:
    """The person of a page that nobody else reaches."""
    assert isinstance(request.user, Person)
    return request.user
