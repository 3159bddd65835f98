"""What the desk shows of one's notices."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.notices.queries import notices_of
from folkmoot.people.models import Person
from folkmoot.ui.chrome import signed_in_person

ON_THE_DESK = 4


def desk_panel(request: HttpRequest) -> SafeString | None:
    """The newest notices that were not read; nothing when all were. One query."""
    person = signed_in_person(request)
    if not isinstance(person, Person):
        return None
    unread = list(notices_of(person).filter(read_at=None)[: ON_THE_DESK + 1])
    if not unread:
        return None
    return render_to_string(
        "notices/desk.html", {"tellings": unread[:ON_THE_DESK], "more": len(unread) > ON_THE_DESK}, request
    )
