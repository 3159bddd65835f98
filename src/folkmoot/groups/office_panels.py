"""What offices show on the signed-in home: handovers that wait for the reader's answer or signature."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.groups.models import Handover, HandoverState
from folkmoot.ui.chrome import signed_in_person


def handovers_for_you(request: HttpRequest) -> SafeString | None:
    """Offered handovers in which somebody hands over or takes and has not signed yet, in one query."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = (
        Handover.objects.filter(Q(leaver=person) | Q(lines__taker=person), state=HandoverState.OFFERED)
        .exclude(signatures__person=person)
        .select_related("leaver", "group")
        .distinct()
    )
    found = list(waiting)
    return render_to_string("groups/handovers_for_you.html", {"handovers": found}, request) if found else None
