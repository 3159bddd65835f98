"""What the pages of the room have in common: who reads, which call, and a form shown again."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.people.reader import Reader, person_of, signed_in
from folkmoot.ui.form_pages import form_page

__all__ = ["form_page", "meeting_or_404", "person_of", "reader_of", "signed_in"]


def meeting_or_404(pk: int) -> Meeting:
    """The meeting of this number with its group, slot and series."""
    found = meeting_numbered(pk)
    if found is None:
        raise Http404
    return found


def reader_of(request: HttpRequest) -> Reader:
    """Zone and clock of whoever reads."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader
