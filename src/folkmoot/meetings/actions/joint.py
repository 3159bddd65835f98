"""Calls held together: inviting a group, its answer, and the end of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.joined import keep_joined
from folkmoot.meetings.actions.publishing import publish_meeting, publish_slot, stands_alone
from folkmoot.meetings.actions.telling import tell_groups
from folkmoot.meetings.actions.turns import release_turns_of_strangers
from folkmoot.meetings.facts import (
    JoiningAgreed,
    JoiningAsked,
    JoiningDeclined,
    JoiningEnded,
    JoiningTakenBack,
)
from folkmoot.meetings.joint_reading import joins
from folkmoot.meetings.joint_rules import may_answer_joining, may_ask_to_join, may_end_joining
from folkmoot.meetings.models import JointCall, JointState, Meeting, Status
from folkmoot.meetings.notices import CallsAreJoint, CallsNoLongerJoint, JoiningWaits, JoiningWasDeclined
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import others

NAMED = 4


@transaction.atomic
def ask_to_join(
    host: Group,
    group: Group,
    *,
    position: int | None = None,
    meeting: Meeting | None = None,
    from_day: date | None = None,
    by: Actor,
) -> JointCall:
    """Invite a group to the calls of a series from a day on (today when none is named), or to one meeting.

    Whoever leads it is told, and answers on a page. Refused `forbidden`, `invalid` (the same group), `closed`,
    `past`, `not_found` (no such series), `meeting_over`, and `already_joint` when it was invited or joins already.
    """
    require(may_ask_to_join(by, host))
    if host.pk == group.pk:
        raise Refused(_("It is the group’s own call already."), code="invalid")
    hold_groups(host, group)
    _require_open(host, group)
    today = today_here()
    joint = JointCall(host=host, group=group, first_day=from_day or today)
    if meeting is not None:
        meeting = _meeting_to_come(meeting, host)
        joint.meeting, joint.first_day = meeting, meeting.starts.date()
    else:
        if joint.first_day < today:
            raise Refused(_("Calls that were held stay as they were; name today or a later day."), code="past")
        if position is None or not _running(host, position, joint.first_day):
            raise Refused(_("There are no such regular calls."), code="not_found")
        joint.position = position
    _require_not_joint(joint)
    joint.save()
    record(
        JoiningAsked(
            joint_id=joint.pk,
            group_id=group.pk,
            group=group.name,
            position=joint.position,
            meeting_id=joint.meeting_id,
            first_day=joint.first_day.isoformat(),
        ),
        by=by,
        on=joint,
        within=host,
    )
    asker = by.name if isinstance(by, Person) else host.name
    tell(others(managers_of(group), by), JoiningWaits(joint, _next_calls(joint), asker))
    return joint


@transaction.atomic
def answer_joining(joint: JointCall, *, agrees: bool, by: Actor) -> JointCall:
    """Say for the invited group whether it joins; said twice, it is told once.

    Both groups and their lists are told of a yes, who leads the host of a no. Refused `forbidden`, `closed`,
    `answered` when something else was said or the invitation was taken back, and `meeting_over`.
    """
    require(may_answer_joining(by, joint))
    joint = _held(joint)
    wanted = JointState.AGREED if agrees else JointState.DECLINED
    if joint.state == wanted and joint.last_day is None:
        return joint
    if not joint.is_asked:
        raise Refused(_("This invitation does not wait for an answer any more."), code="answered")
    joint.answered_at = timezone.now()
    if not agrees:
        joint.state = JointState.DECLINED
        joint.save(update_fields=["state", "answered_at"])
        record(
            JoiningDeclined(joint.pk, joint.host_id, joint.host.name, joint.group.name),
            by=by,
            on=joint,
            within=joint.group,
        )
        tell(others(managers_of(joint.host), by), JoiningWasDeclined(joint, ()))
        return joint
    _require_open(joint.host, joint.group)
    if joint.meeting is not None:
        _meeting_to_come(joint.meeting, joint.host)
    joint.first_day = joint.first_day if joint.meeting_id else max(joint.first_day, today_here())
    joint.state = JointState.AGREED
    joint.save(update_fields=["state", "answered_at", "first_day"])
    record(
        JoiningAgreed(joint.pk, joint.host_id, joint.host.name, joint.group.name, joint.first_day.isoformat()),
        by=by,
        on=joint,
        within=joint.group,
    )
    _settle(joint)
    tell_groups([joint.host, joint.group], CallsAreJoint(joint, _next_calls(joint)), by=by)
    return joint


@transaction.atomic
def end_joining(joint: JointCall, *, from_day: date | None = None, by: Actor) -> JointCall:
    """Let calls be joint no longer from a day on (today when none is named), or take an unanswered invitation back.

    Calls that have begun stay joint. Ended twice, it is told once. Refused `forbidden`, `past`, `meeting_over`.
    """
    joint, today = _held(joint), today_here()
    require(may_end_joining(by, joint))
    if from_day is not None and from_day < today:
        raise Refused(_("Calls that were held stay as they were; name today or a later day."), code="past")
    if joint.is_agreed and joint.meeting is not None:
        _meeting_to_come(joint.meeting, joint.host)
    _end(joint, from_day or today, by=by)
    return joint


@transaction.atomic
def end_joint_calls_of(group: Group, *, closed_on: date, by: Actor) -> None:
    """End all that a closed group holds together with others, and what waits for an answer; twice is once."""
    found = JointCall.objects.filter(
        Q(host=group) | Q(group=group), state__in=[JointState.ASKED, JointState.AGREED], last_day=None
    )
    over = Q(meeting__starts_at__lte=timezone.now())
    for joint in found.exclude(over).select_related("host", "group").order_by("pk"):
        held = _held(joint)
        if held.host.is_closed or held.group.is_closed:
            _end(held, closed_on + timedelta(days=1), by=by)


def hold_groups(*groups: Group) -> None:
    """Let one transaction at a time change what these groups hold together, locked in order."""
    keys = [group.pk for group in groups]
    list(Group.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _held(joint: JointCall) -> JointCall:
    """What was agreed as it stands now, with nobody else changing it."""
    hold_groups(joint.host, joint.group)
    locked = JointCall.objects.select_for_update(of=("self",))
    return locked.select_related("host", "group", "meeting__group", "meeting__slot__series").get(pk=joint.pk)


def _end(joint: JointCall, from_day: date, *, by: Actor) -> None:
    if joint.is_asked:
        joint.state = JointState.CALLED_OFF
        joint.save(update_fields=["state"])
        fact = JoiningTakenBack(joint.pk, joint.group_id, joint.group.name)
        record(fact, by=by, on=joint, within=joint.host)
        return
    span = joint.span.ended_before(from_day)
    if not joint.is_agreed or span == joint.span:
        return
    calls = _next_calls(joint, since=from_day)
    if joint.meeting is not None or span is None:
        joint.state, joint.last_day = JointState.CALLED_OFF, None
    else:
        joint.last_day = span.last
    joint.save(update_fields=["state", "last_day"])
    record(
        JoiningEnded(joint.pk, joint.host_id, joint.host.name, joint.group.name, from_day.isoformat()),
        by=by,
        on=joint,
        within=joint.group,
    )
    _settle(joint)
    release_turns_of_strangers(joint.host, by=by)
    day = joint.meeting.starts.date() if joint.meeting is not None else from_day
    open_ones = [group for group in (joint.host, joint.group) if not group.is_closed]
    tell_groups(open_ones, CallsNoLongerJoint(joint, calls, day), by=by)


def _settle(joint: JointCall) -> None:
    """Bring meetings and calendars in order with what is agreed now."""
    now = timezone.now()
    keep_joined(joint.host_id, now=now)
    coming = joint.host.meetings.filter(starts_at__gt=now).exclude(status=Status.DROPPED)
    coming = coming.select_related("group", "slot__series__group").order_by("pk")
    if joint.meeting_id is not None:
        # From now on it says something of its own, so that calendars have it by itself.
        for meeting in coming.filter(pk=joint.meeting_id):
            publish_meeting(meeting)
        return
    assert joint.position is not None
    running = joint.host.series.filter(position=joint.position).exclude(ends_on__lt=now.date() - timedelta(days=1))
    for series in running.prefetch_related("slots").order_by("pk"):
        series.group = joint.host
        for slot in series.slots.all():
            slot.series = series
            publish_slot(slot)
    for meeting in coming.filter(slot__series__position=joint.position):
        if stands_alone(meeting):
            publish_meeting(meeting)


def _next_calls(joint: JointCall, *, since: date | None = None) -> tuple[datetime, ...]:
    """When the next calls are that this is about, from a day on."""
    coming = Meeting.objects.filter(group=joint.host_id, starts_at__gt=timezone.now(), status=Status.PLANNED)
    found: Iterable[Meeting] = coming.select_related("slot__series").order_by("starts_at", "pk")
    due = (one for one in found if joins(joint, one) and (since is None or one.starts.date() >= since))
    return tuple(one.starts_at for one in due)[:NAMED]


def _meeting_to_come(meeting: Meeting, host: Group) -> Meeting:
    found = Meeting.objects.select_related("group", "slot__series").get(pk=meeting.pk)
    if found.group_id != host.pk:
        raise Refused(_("This is a call of another group."), code="invalid")
    if not found.is_planned or found.starts_at <= timezone.now():
        raise Refused(_("This call has begun, is over or does not take place."), code="meeting_over")
    return found


def _running(host: Group, position: int, day: date) -> bool:
    return host.series.filter(Q(ends_on=None) | Q(ends_on__gte=day), position=position).exists()


def _require_open(*groups: Group) -> None:
    for group in groups:
        group.refresh_from_db(fields=["state"])
        if not (verdict := is_open_for_work(group)):
            raise Refused(verdict.reason, code="closed")


def _require_not_joint(wanted: JointCall) -> None:
    """Refused when the group was invited to some of these calls already, or joins them."""
    there = JointCall.objects.filter(
        host=wanted.host, group=wanted.group, state__in=[JointState.ASKED, JointState.AGREED]
    )
    for one in there.select_related("meeting__slot__series"):
        if wanted.meeting is not None:
            clash = joins(one, wanted.meeting)
        else:
            clash = one.position == wanted.position and one.span.overlaps(wanted.span)
        if clash:
            words = {"group": wanted.group.name}
            if one.is_asked:
                raise Refused(_("%(group)s was invited already and has not answered.") % words, code="already_joint")
            raise Refused(_("%(group)s joins these calls already.") % words, code="already_joint")
