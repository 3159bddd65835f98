"""Who may invite a group to calls, answer for a group, and end it; and who is of the groups that hold a call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power, holds_anything
from folkmoot.groups.rules import leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.models import JointCall, Meeting
from folkmoot.people.models import Person

Who: TypeAlias = "Actor | AnonymousUser | None"


def may_ask_to_join(actor: Who, host: Group) -> Verdict:
    """Invite another group to calls: whoever leads the group that hosts them."""
    return may_manage(actor, host)


def may_answer_joining(actor: Who, joint: JointCall) -> Verdict:
    """Say yes or no to an invitation: whoever leads the group that is invited."""
    return may_manage(actor, joint.group)


def may_end_joining(actor: Who, joint: JointCall) -> Verdict:
    """Let calls be joint no longer: whoever leads either group. An invitation is taken back by the host alone."""
    if verdict := may_manage(actor, joint.host):
        return verdict
    return verdict if joint.is_asked else may_manage(actor, joint.group)


def may_see_joining(actor: Who, joint: JointCall) -> Verdict:
    """See what was asked and answered: whoever leads either group."""
    if leads(actor, joint.host) or leads(actor, joint.group):
        return YES
    return no(_("This is for those who lead one of the groups."))


def is_of_call(person: Person, meeting: Meeting) -> bool:
    """Whether somebody has any role or seat in a group whose call it is; one more query for groups that join it."""
    return person.is_active and any(holds_anything(person, group) for group in _one_by_one(meeting))


def has_power_at(person: object, meeting: Meeting, *powers: Power) -> bool:
    """Whether somebody takes part, with one of these powers (any if none is named), in a group whose call it is."""
    return any(has_power(person, group, *powers) for group in _one_by_one(meeting))


def group_at(person: object, meeting: Meeting) -> Group | None:
    """The group through which somebody is at a call: its own if they take part there, else one that joins it."""
    return next((group for group in _one_by_one(meeting) if has_power(person, group)), None)


def _one_by_one(meeting: Meeting) -> Iterator[Group]:
    # Who is of the hosting group, as most are, costs no look at those that join.
    yield meeting.group
    yield from meeting.joined
