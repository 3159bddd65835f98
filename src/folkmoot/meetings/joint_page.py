"""What the pages of joint calls show: which calls there are to join, and what each agreement is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, GroupState
from folkmoot.groups.queries import charter_in_force
from folkmoot.meetings.following import own_settings, settings_of
from folkmoot.meetings.joint_reading import joins
from folkmoot.meetings.joint_rules import may_answer_joining, may_end_joining
from folkmoot.meetings.models import JointCall, Meeting, Slot, Status
from folkmoot.meetings.wording import calls_words, when_words
from folkmoot.people.models import Person

CALLS_NAMED = 8
NEXT_NAMED = 4
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class JointPage:
    """One agreement or invitation for one reader who leads a side of it."""

    joint: JointCall
    calls: str
    coming: list[Meeting]
    may_answer: bool
    may_end: bool


def joint_page(joint: JointCall, reader: Person, *, zone: str, now: datetime) -> JointPage:
    """The page; in a fixed number of queries."""
    ahead = Meeting.objects.filter(group=joint.host_id, starts_at__gt=now, status=Status.PLANNED)
    ahead = ahead.select_related("group", "slot__series").order_by("starts_at", "pk")
    coming = [meeting for meeting in ahead if joins(joint, meeting)][:NEXT_NAMED]
    return JointPage(
        joint=joint,
        calls=calls_in_words([joint], zone)[joint.pk],
        coming=coming,
        may_answer=joint.is_asked and bool(may_answer_joining(reader, joint)),
        may_end=(joint.is_asked or (joint.is_agreed and bool(coming) and joint.last_day is None))
        and bool(may_end_joining(reader, joint)),
    )


def calls_in_words(joints: Iterable[JointCall], zone: str) -> dict[int, str]:
    """Which calls each is about, by its key: `Every second Wednesday at 08:00, Los Angeles time`, or one call's time.

    One query for all of them.
    """
    joints = list(joints)
    of_series: dict[tuple[int, int], list[Slot]] = {}
    hosts = {one.host_id for one in joints if one.meeting_id is None}
    slots = Slot.objects.filter(series__group__in=hosts).select_related("series")
    for slot in slots.order_by("series__pk", "position"):
        together = of_series.setdefault((slot.series.group_id, slot.series.position), [])
        if together and together[0].series_id != slot.series_id:
            # Of several wordings of a charter the last one counts.
            together.clear()
        together.append(slot)
    found = {}
    for one in joints:
        if one.meeting is not None:
            found[one.pk] = when_words(one.meeting.starts_at, zone)
            continue
        latest = of_series.get((one.host_id, one.position or 0), [])
        found[one.pk] = capfirst(calls_words(latest)) if latest else _("Regular calls")
    return found


def calls_to_join(host: Group, *, zone: str, now: datetime, wanted: str = "") -> list[tuple[str, str]]:
    """The calls of a group to which others can be invited, as the choices of a form: regular ones, then single ones.

    Of single ones the next are among them, and the one that is `wanted` (`call:12`), if it is still to come.
    """
    charter = charter_in_force(host)
    settings = [*(settings_of(host, charter) if charter is not None else []), *own_settings(host)]
    choices = []
    for setting in settings:
        words = capfirst(setting.words)
        title = f"{setting.series.title}: {words}" if setting.series.title else words
        choices.append((f"series:{setting.series.position}", _("All calls: %(words)s") % {"words": title}))
    coming = host.meetings.filter(starts_at__gt=now, status=Status.PLANNED).order_by("starts_at", "pk")
    named = list(coming[:CALLS_NAMED])
    number = wanted.removeprefix("call:")
    if number != wanted and number.isdecimal() and len(number) < LONGEST_NUMBER:
        named += [one for one in coming.filter(pk=number) if one not in named]
    for meeting in named:
        words = when_words(meeting.starts_at, zone)
        words = f"{meeting.title}, {words}" if meeting.title else words
        choices.append((f"call:{meeting.pk}", _("One call: %(words)s") % {"words": words}))
    return choices


def groups_to_invite(host: Group) -> list[Group]:
    """The other groups that are not closed."""
    return list(Group.objects.exclude(pk=host.pk).exclude(state=GroupState.CLOSED).order_by("name"))
