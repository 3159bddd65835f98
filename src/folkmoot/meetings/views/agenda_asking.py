"""What all pages of agendas ask first: which item it is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from folkmoot.meetings.agenda_reading import item_numbered
from folkmoot.meetings.agenda_rules import may_see_requests
from folkmoot.meetings.models import AgendaItem, ItemState
from folkmoot.meetings.views.answering import person_of


def item_for(request: HttpRequest, pk: int) -> AgendaItem:
    """An item that the reader may know of; else there is nothing here."""
    found = item_numbered(pk)
    if found is None:
        raise Http404
    if found.state in (ItemState.REQUESTED, ItemState.DECLINED, ItemState.REMOVED) and not may_see_requests(
        person_of(request), found.meeting
    ):
        raise Http404
    return found
