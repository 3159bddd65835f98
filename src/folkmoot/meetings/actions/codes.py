"""The code that is shown on a call, and using it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.actions.attendance import hold_call, record_attendance
from folkmoot.meetings.actions.guests import note_guest_by_code
from folkmoot.meetings.attendance_reading import LOOKED_BACK, times_of_call
from folkmoot.meetings.attendance_rules import may_look_after_call
from folkmoot.meetings.domain.presence import CODE_LENGTH, EARLY, new_code, typed_code
from folkmoot.meetings.facts import CallCodeShown
from folkmoot.meetings.models import Attendance, CallCode, Meeting, Source, Status
from folkmoot.people.models import Person

PREPARED = timedelta(days=1)
"""How long before a call its code may be made, for slides."""


@transaction.atomic
def make_code(meeting: Meeting, *, by: Actor) -> CallCode:
    """Make a code for a call, or another one in the place of the last, which holds no more.

    Refused `forbidden`, and `not_now` for a call that is far off, over, or called off.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_look_after_call(by, held))
    times = times_of_call(held)
    if not held.is_planned or now < times.opens - PREPARED or now >= times.ends:
        raise Refused(_("A code can be made from the day before a call until the day after it."), code="not_now")
    code = new_code(secrets.choice)
    while CallCode.objects.filter(code=code).exists():
        code = new_code(secrets.choice)
    made, _is_new = CallCode.objects.update_or_create(meeting=held, defaults={"code": code, "made_at": now})
    record(CallCodeShown(meeting_id=held.pk), by=by, on=held, within=held.group)
    return made


def call_of_code(typed: str) -> Meeting:
    """The call whose code this is, at present. Refused `not_found`, in the same words whatever is wrong with it.

    Every code that holds is compared, each in a time that says nothing of how much of it was right.
    """
    given, now = typed_code(typed).encode("utf-8", "replace"), timezone.now()
    found = None
    codes = CallCode.objects.filter(
        meeting__status=Status.PLANNED,
        meeting__starts_at__lte=now + EARLY,
        meeting__ends_at__gt=now - LOOKED_BACK,
        meeting__attendance_closing=None,
    ).select_related("meeting__group")
    for one in codes:
        if secrets.compare_digest(one.code.encode(), given) and times_of_call(one.meeting).takes_taps(now):
            found = one.meeting
    if found is None or len(given) != CODE_LENGTH:
        raise Refused(
            _("This code holds for no call at present. Please look at it once more; there may be a new one."),
            code="not_found",
        )
    return found


@transaction.atomic
def use_code(typed: str, *, by: Person) -> Attendance:
    """Say by the code that one is at a call, whether one takes part in its group or not."""
    return record_attendance(call_of_code(typed), by, by=by, source=Source.CODE)


@transaction.atomic
def use_code_as_guest(typed: str, *, name: str, affiliation: str = "", email: str = "") -> Attendance:
    """Say by the code and a name that one is at a call, without an account."""
    return note_guest_by_code(call_of_code(typed), name=name, affiliation=affiliation, email=email, by=system())
