"""Who reads a page of a group, and what the page is about."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session


def reader_of(request: HttpRequest) -> Person | None:
    """Who is signed in; asks no session of a browser that sent none."""
    return request.user if has_session(request) and isinstance(request.user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, on pages that let nobody else pass."""
    assert isinstance(request.user, Person)
    return request.user


def group_called(slug: str) -> Group:
    """The group of an address; 404 when there is none."""
    return get_object_or_404(Group, slug=slug)
