"""Where invitations hang their parts on what other rooms show and ask."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from folkmoot.invitations import person_data
from folkmoot.invitations.events import KIND
from folkmoot.invitations.links import answer_shortcut
from folkmoot.invitations.replies import LASTS, take_reply
from folkmoot.invitations.wanting import is_guest
from folkmoot.meetings.attendance_rules import EXPECTED
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.offers import answer_links, call_links
from folkmoot.notices.inbound import INBOUND, Handler
from folkmoot.ui.slots import PERSON_MENU, Link, MenuLine


def fill() -> None:
    """Offer links for answering, take the answers of calendars, and say who is a guest of a call."""
    answer_links.register("invitations", answer_shortcut)
    call_links.register("guests", _guests)
    EXPECTED.register("guests", is_guest)
    INBOUND.register(KIND, Handler(_("Answers to invitations"), take_reply, LASTS, reads_calendars=True), by=__name__)
    PERSON_MENU.register("my_invitations", MenuLine(_("Invitations by mail"), "my_invitations"), order=21, by=__name__)
    person_data.offer_all()


def _guests(meeting: Meeting) -> Link:
    return Link(_now("Invite a guest by mail"), reverse("call_guests", args=[meeting.pk]))
