"""Signed addresses at which somebody answers one call without signing in.

An address names a call and a person, and works until the call begins, for as long as that person is expected there.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.meetings.attendance_rules import is_expected
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.notices.kinds import Shortcut
from folkmoot.people.models import Person
from folkmoot.people.queries import present_record

SALT = "folkmoot.invitations.answer"


def answer_path(meeting: Meeting, person: Person) -> str:
    """The local address; opening it changes nothing."""
    return reverse("answer_by_link", args=[Signer(salt=SALT).sign(f"{meeting.pk}.{person.pk}")])


def answer_shortcut(meeting: Meeting, person: Person, /) -> Shortcut:
    """The same as it stands in mails about the call."""
    return Shortcut(answer_path(meeting, person), _("Are you coming? Answer without signing in"))


def read_link(token: str) -> tuple[Meeting, Person]:
    """The call and the person that an address names.

    Refused `not_found` for one that was not signed here, and once its person is not expected at the call any more.
    Of a record that was merged into another one, the other one answers.
    """
    try:
        meeting_id, _dot, person_id = Signer(salt=SALT).unsign(token).partition(".")
        meeting = meeting_numbered(int(meeting_id))
        person = Person.objects.select_related("merged_into").filter(pk=int(person_id)).first()
    except (BadSignature, ValueError):
        raise Refused(_("It may have been cut in two on its way."), code="not_found") from None
    person = present_record(person) if person is not None else None
    if meeting is None or person is None or not is_expected(person, meeting):
        raise Refused(_("It was for somebody who is not expected at this call any more."), code="not_found")
    return meeting, person
