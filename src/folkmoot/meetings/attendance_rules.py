"""Who may say, note and see who was at a call.

Other modules and rooms may know somebody who looks after one call without leading its group, such as its moderator:
they enter a question in `CALL_HELPERS`; and in `EXPECTED` one about who was asked to a call of other groups.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import holds_anything
from folkmoot.groups.rules import is_open_for_work, may_manage
from folkmoot.kit.registry import Registry
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.attendance_reading import closed_on, times_of_call
from folkmoot.meetings.joint_rules import is_of_call
from folkmoot.meetings.models import Attendance, Meeting
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward

Who: TypeAlias = "Actor | AnonymousUser | None"

CALL_HELPERS: Registry[Callable[[Person, Meeting], bool]] = Registry("way of looking after one call")
"""Whether somebody looks after this call: shows its code, notes who is there, reads the opening texts."""
EXPECTED: Registry[Callable[[Person, Meeting], bool]] = Registry("way of being expected at one call")
"""Whether somebody who is of no group of this call is asked whether they come, such as a guest who was invited."""


def may_look_after_call(actor: Who, meeting: Meeting) -> Verdict:
    """Show the code, note who is there, read the opening texts: who leads the group, the steward, and helpers."""
    verdict = may_manage(actor, meeting.group)
    if verdict:
        return YES
    if isinstance(actor, Person) and actor.is_active and any(helps(actor, meeting) for helps in CALL_HELPERS):
        return is_open_for_work(meeting.group)
    return verdict


def may_note_attendance(actor: Who, meeting: Meeting, now: datetime) -> Verdict:
    """Say who was there and who was not: once the list is closed, only who leads."""
    if closed_on(meeting, now=now) is None:
        return may_look_after_call(actor, meeting)
    if may_manage(actor, meeting.group):
        return YES
    return no(_("This list is closed. Only who leads %(group)s corrects it.") % {"group": meeting.group.name})


def may_say_present(actor: Who, meeting: Meeting, now: datetime) -> Verdict:
    """Say that one is there: whoever takes part in the group, from shortly before the call until the next day ends.

    Who took it back, or was taken off the list, may say so again until the list closes.
    """
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to say that you are there."))
    if (verdict := takes_attendance(meeting, now)).allowed is False:
        return verdict
    if closed_on(meeting, now=now) is not None:
        return no(_("The list of this call is closed. Whoever leads the group can correct it."))
    if not is_of_call(actor, meeting):
        return no(
            _("Please use the code that is shown on the call, since you take no part in %(group)s.") % _of(meeting)
        )
    times = times_of_call(meeting)
    if times.takes_taps(now) or Attendance.objects.filter(meeting=meeting, person=actor).exists():
        return YES
    return no(_("This call is over for a while. Whoever leads the group can still note that you were there."))


def takes_attendance(meeting: Meeting, now: datetime) -> Verdict:
    """Whether a call has begun, or is about to, and is not called off; and its group is not closed."""
    if not meeting.is_planned:
        return no(_("This call does not take place."))
    if not times_of_call(meeting).has_opened(now):
        return no(_("This call has not begun. The list opens a quarter of an hour before it."))
    return is_open_for_work(meeting.group)


def may_answer_call(actor: Who, meeting: Meeting, now: datetime) -> Verdict:
    """Say whether one comes, until the call begins: whoever is expected."""
    if not isinstance(actor, Person) or not is_expected(actor, meeting):
        return no(_("Only those who take part in %(group)s are expected.") % _of(meeting))
    if not meeting.is_planned or meeting.starts_at <= now:
        return no(_("This call has begun, or does not take place."))
    return is_open_for_work(meeting.group)


def is_expected(person: Person, meeting: Meeting) -> bool:
    """Whether somebody takes part in a group whose call it is, or was asked to come to this one."""
    return is_of_call(person, meeting) or (person.is_active and any(asked(person, meeting) for asked in EXPECTED))


def may_see_who_was_there(actor: Who, meeting: Meeting) -> Verdict:
    """Read the names of people and guests: who takes part in a group whose call it is, who helps, and the steward."""
    if is_steward(actor):
        return YES
    if isinstance(actor, Person) and (
        is_of_call(actor, meeting) or any(helps(actor, meeting) for helps in CALL_HELPERS)
    ):
        return YES
    return no(_("Who was there is known to those who take part in %(group)s.") % _of(meeting))


def may_choose_opening(actor: Who, group: Group) -> Verdict:
    """Choose and word the texts that open the calls of a group: who leads it."""
    return may_manage(actor, group)


def takes_part(person: Person, group: Group) -> bool:
    """Whether somebody has any role or seat in the group."""
    return person.is_active and holds_anything(person, group)


def _of(meeting: Meeting) -> dict[str, str]:
    return {"group": meeting.group.name}
