"""Signed addresses at which somebody gives back one slot of office hours without signing in."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.connections.models.office_hours import OfficeBooking
from folkmoot.kit.errors import Refused
from folkmoot.notices.kinds import Shortcut

SALT = "folkmoot.connections.office_hours.give_back"


def give_back_path(booking: OfficeBooking) -> str:
    """The local address; opening it changes nothing."""
    return reverse("give_office_hour_back_by_link", args=[Signer(salt=SALT).sign(f"{booking.pk}.{booking.person_id}")])


def give_back_shortcut(booking: OfficeBooking) -> Shortcut:
    """The same as it stands in mails about a booking."""
    return Shortcut(give_back_path(booking), _("You cannot come? Give it back without signing in"))


def read_give_back_link(token: str) -> OfficeBooking:
    """The booking that an address names; Refused `not_found` for one that was not signed here, or is nobody's now."""
    try:
        booking_id, _dot, person_id = Signer(salt=SALT).unsign(token).partition(".")
        wanted = {"pk": int(booking_id), "person": int(person_id)}
    except (BadSignature, ValueError):
        raise Refused(_("It may have been cut in two on its way."), code="not_found") from None
    booking = OfficeBooking.objects.select_related("person", "hours__host", "hours__group").filter(**wanted).first()
    if booking is None or not booking.person.is_active:
        raise Refused(_("There is no such booking any more."), code="not_found")
    return booking
