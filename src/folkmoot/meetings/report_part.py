"""What a monthly report says of a group's calls."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import Group
from folkmoot.meetings.attendance_page import counted_words
from folkmoot.meetings.attendance_reading import counts_of
from folkmoot.meetings.models import Meeting, Status
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.domain.report_text import bullets, plain_words
from folkmoot.plan.measures import end_of
from folkmoot.ui import times


def calls(group: Group, month: Month) -> str:
    """How many calls a month had, which of them were moved or called off, and why; Markdown."""
    found = list(
        Meeting.objects.filter(group=group, starts_at__gte=end_of(month.before.last), starts_at__lt=end_of(month.last))
        .exclude(status=Status.DROPPED)
        .select_related("slot__series")
        .order_by("starts_at", "pk")
    )
    if not found:
        return ""
    held = [one for one in found if one.is_planned]
    lines = [
        ngettext("%(count)d call was on the calendar.", "%(count)d calls were on the calendar.", len(held))
        % {"count": len(held)}
    ]
    lines += _who_was_there(held)
    lines += [
        _("The call of %(day)s was called off") % {"day": times.plain_date(one.starts.date())} + _reason(one.why)
        for one in found
        if one.is_cancelled
    ]
    lines += [
        _("A call was moved to %(day)s") % {"day": times.plain_date(one.starts.date())} + _reason(one.why)
        for one in held
        if one.is_moved
    ]
    lines += [
        _("Besides the regular ones: %(title)s on %(day)s.")
        % {"title": plain_words(one.title) or _("a call"), "day": times.plain_date(one.starts.date())}
        for one in held
        if one.is_extra
    ]
    return bullets(lines)


def _who_was_there(held: Sequence[Meeting]) -> list[str]:
    counts = counts_of(held)
    return [
        _("On the call of %(day)s: %(there)s.")
        % {"day": times.plain_date(one.starts.date()), "there": counted_words(counts[one.pk])}
        for one in held
        if one.pk in counts
    ]


def _reason(why: str) -> str:
    return f": {plain_words(why)}" if why else "."
