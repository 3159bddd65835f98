"""What all pages of agendas ask first: who reads, which call or item it is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from folkmoot.meetings.agenda_reading import item_numbered
from folkmoot.meetings.agenda_rules import may_see_requests
from folkmoot.meetings.models import AgendaItem, ItemState, Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session


def call_for(pk: int) -> Meeting:
    """The call of this number; 404 when there is none."""
    found = meeting_numbered(pk)
    if found is None:
        raise Http404
    return found


def item_for(request: HttpRequest, pk: int) -> AgendaItem:
    """An item that the reader may know of; else there is nothing here."""
    found = item_numbered(pk)
    if found is None:
        raise Http404
    if found.state in (ItemState.REQUESTED, ItemState.DECLINED, ItemState.REMOVED) and not may_see_requests(
        person(request), found.meeting
    ):
        raise Http404
    return found


def person(request: HttpRequest) -> Person | None:
    """Who reads; None for a stranger, for whom no session is looked up."""
    return request.user if has_session(request) and isinstance(request.user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who reads, on pages for people who are signed in."""
    assert isinstance(request.user, Person)
    return request.user
