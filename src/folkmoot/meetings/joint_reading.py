"""Reading which groups join which calls, and what of that calendars are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from folkmoot.calendar.planned import AlsoIn
from folkmoot.groups.models import Group
from folkmoot.kit.recurrence import to_rrule
from folkmoot.meetings.models import JoinedMeeting, JointCall, JointState, Meeting, Slot
from folkmoot.ui import times


def calls_of(groups: Iterable[Group] | QuerySet[Group]) -> Q:
    """The meetings that any of these groups hosts or joins."""
    groups = groups if isinstance(groups, QuerySet) else list(groups)
    return Q(group__in=groups) | Q(pk__in=JoinedMeeting.objects.filter(group__in=groups).values("meeting"))


def joint_calls(group: Group, *, today: date) -> QuerySet[JointCall]:
    """What a group hosts or joins together with others, or is asked about: what waits or is not over."""
    open_ones = Q(state=JointState.ASKED) | Q(state=JointState.AGREED, last_day=None)
    still = Q(state=JointState.AGREED, last_day__gte=today)
    past = Q(meeting__ends_at__date__lt=today)
    return (
        JointCall.objects.filter(open_ones | still, Q(host=group) | Q(group=group))
        .exclude(past)
        .select_related("host", "group", "meeting__slot__series")
        .order_by("first_day", "pk")
    )


def joint_call_numbered(pk: int) -> JointCall | None:
    """One with its groups and its meeting."""
    return JointCall.objects.select_related("host", "group", "meeting__slot__series").filter(pk=pk).first()


def agreed_on(host_id: int, position: int) -> list[JointCall]:
    """What was ever agreed of a series, in order of its days; one query."""
    found = JointCall.objects.filter(host=host_id, position=position, state=JointState.AGREED)
    return list(found.select_related("group").order_by("first_day", "pk"))


def groups_at(group: Group, position: int, *, today: date) -> list[Group]:
    """A group and those that join a series of it from now on, or will; each once."""
    joined = {one.group_id: one.group for one in agreed_on(group.pk, position) if _goes_on(one, today)}
    return [group, *joined.values()]


def parts_of_slot(slot: Slot, agreed: Iterable[JointCall]) -> tuple[AlsoIn, ...]:
    """What of a slot each group joins; where it has joined twice, the later part."""
    found: dict[int, AlsoIn] = {}
    for one in agreed:
        part = one.span.of(slot.plan)
        if not part.is_empty:
            rule = to_rrule(part.rule, at=part.at, zone_name=part.zone)
            found[one.group_id] = AlsoIn(one.group, part.starts, rule)
    return tuple(found.values())


def joins(one: JointCall, meeting: Meeting) -> bool:
    """Whether what was agreed says that its group joins a meeting; needs slot and series at hand."""
    if one.meeting_id is not None:
        return one.meeting_id == meeting.pk
    if meeting.slot is None or meeting.original is None or meeting.slot.series.position != one.position:
        return False
    return one.span.covers(meeting.original.date())


def together_words(groups: Iterable[Group]) -> str:
    """`Together with Oak and Elm.`; empty without any."""
    names = [group.name for group in groups]
    if not names:
        return ""
    return _("Together with %(names)s.") % {"names": names_in_line(names)}


def together_with(meeting: Meeting, group: Group) -> str:
    """The same for a call as it stands on the page of one of its groups: the others, its host first."""
    return together_words(one for one in meeting.groups if one.pk != group.pk)


def spans_words(agreed: Iterable[JointCall], *, today: date) -> str:
    """Who joins a series from when until when, for calendars; what is over is left out."""
    lines = []
    for one in agreed:
        if not _goes_on(one, today):
            continue
        words = {"name": one.group.name, "first": times.plain_date(one.first_day)}
        if one.last_day is None:
            lines.append(_("Together with %(name)s from %(first)s on.") % words)
        else:
            words["last"] = times.plain_date(one.last_day)
            lines.append(_("Together with %(name)s from %(first)s to %(last)s.") % words)
    return "\n".join(lines)


def names_in_line(names: list[str]) -> str:
    """`Oak`, `Oak and Elm`, `Oak, Elm and Ash`."""
    before, last = ", ".join(names[:-1]), names[-1]
    words = {"before": before, "last": last}
    return _("%(before)s and %(last)s") % words if before else last


def _goes_on(one: JointCall, today: date) -> bool:
    return one.last_day is None or one.last_day >= today
