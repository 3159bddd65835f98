"""What the pages of the room have in common: who reads, which call, and a form shown again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.people.reader import Reader, person_of, signed_in

__all__ = ["form_page", "meeting_or_404", "person_of", "reader_of", "signed_in"]


def form_page(request: HttpRequest, template: str, form: object, **context: object) -> HttpResponse:
    """A page with a form; answers 400 where something in it was not accepted."""
    errors = getattr(form, "errors", None)
    return render(request, template, {"form": form, **context}, status=400 if errors else 200)


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
