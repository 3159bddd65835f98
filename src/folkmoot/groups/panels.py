"""What groups show on the signed-in home: what waits for the reader's answer."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.groups.joining import to_read_by
from folkmoot.groups.models import AppointmentState
from folkmoot.ui.chrome import signed_in_person


def waits_for_you(request: HttpRequest) -> SafeString | None:
    """Offers to lead, and new versions of what one agreed to; five queries, however many groups there are."""
    person = signed_in_person(request)
    if person is None:
        return None
    offers = list(person.appointments.filter(state=AppointmentState.OFFERED).select_related("group"))
    to_read = to_read_by(person)
    if not offers and not to_read:
        return None
    return render_to_string("groups/waits_for_you.html", {"offers": offers, "to_read": to_read}, request)
