"""What a monthly report is drafted from: each part says in Markdown what the record knows of a month.

Rooms above register a `ReportPart` in their `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.ledger.queries import entries_within
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import Month, quarter_of
from folkmoot.plan.domain.progress import percent
from folkmoot.plan.domain.report_text import bullets, plain_words
from folkmoot.plan.goal_facts import ActivityMoved, InitiativeMoved
from folkmoot.plan.measures import end_of, newcomers, taking_part
from folkmoot.plan.models import ActivityState, ChecklistState, InitiativeUpdate, RiskState, TaskState
from folkmoot.plan.period_words import month_words, number_words
from folkmoot.plan.rendering import without_markup
from folkmoot.plan.standing import GoalStanding, goals_of, goals_standing
from folkmoot.plan.words_for_states import activity_state_words, stage_words
from folkmoot.ui.slots import Label


class ReportPart(Protocol):
    """One part of a monthly report."""

    @property
    def title(self) -> Label:
        """Its heading."""

    def draft(self, group: Group, month: Month) -> str:
        """What the record says of the month, as Markdown without headings; empty when there is nothing to say."""


REPORT_PARTS: Registry[ReportPart] = Registry("part of the monthly report")


@dataclass(frozen=True)
class Part:
    """A part made of a title and a function."""

    title: Label
    says: Callable[[Group, Month], str]

    def draft(self, group: Group, month: Month) -> str:
        return self.says(group, month)


def within(month: Month) -> Q:
    """Entries of the ledger that happened in a month, by the organisation's clock."""
    return Q(happened_at__gte=end_of(month.before.last), happened_at__lt=end_of(month.last))


def people(group: Group, month: Month) -> str:
    """Who came and went, as numbers: a report may be public, and names are for people to give."""
    came = newcomers(group, month.first, month.last)
    left = (
        group.participations.filter(ended_at__gte=end_of(month.before.last), ended_at__lt=end_of(month.last))
        .exclude(person__in=taking_part(group, month.last).values("person"))
        .values("person")
        .distinct()
        .count()
    )
    here = taking_part(group, month.last).count()
    lines = []
    if came:
        lines.append(ngettext("%(count)d person joined.", "%(count)d people joined.", came) % {"count": came})
    if left:
        lines.append(ngettext("%(count)d person left.", "%(count)d people left.", left) % {"count": left})
    lines.append(
        ngettext(
            "At the end of the month %(count)d person was in the group.",
            "At the end of the month %(count)d people were in the group.",
            here,
        )
        % {"count": here}
    )
    return bullets(lines)


def goals(group: Group, month: Month) -> str:
    """Each goal that the month belongs to: where it stands at the end of it, and what has changed."""
    quarter = quarter_of(month.first)
    concerned = goals_of(group).filter(year=month.year, quarter__in=(0, quarter.quarter)).order_by("-quarter", "pk")
    ends = goals_standing(concerned, on=month.last)
    begins = {one.goal.pk: one for one in goals_standing(concerned, on=month.before.last)}
    return "\n".join(line for end in ends for line in _goal_lines(end, begins[end.goal.pk]))


def _goal_lines(end: GoalStanding, begin: GoalStanding) -> Iterator[str]:
    state = f", {end.confidence_words}" if end.check_in else ""
    way = _percent_words(begin.progress, end.progress)
    yield f"- **{plain_words(end.goal.title)}** ({end.period_words}): {way}{state}"
    for before, result in zip(begin.results, end.results, strict=True):
        line = f"  - {plain_words(result.key_result.words)}: {number_words(result.stands_at, plain_words(result.unit))}"
        if before.stands_at != result.stands_at and before.stands_at is not None:
            line += _(", before %(was)s") % {"was": number_words(before.stands_at)}
        line += _("; wanted: %(target)s") % {"target": number_words(result.key_result.target)}
        yield line
    if end.check_in and (begin.check_in is None or begin.check_in.pk != end.check_in.pk):
        yield f"  - {plain_words(without_markup(end.check_in.words))}"


def _percent_words(was: Fraction | None, now: Fraction | None) -> str:
    if now is None:
        return _("not measured yet")
    words = _("%(percent)d per cent of the way") % {"percent": percent(now)}
    if was is not None and percent(was) != percent(now):
        words += _(" (%(percent)d a month ago)") % {"percent": percent(was)}
    return words


def initiatives(group: Group, month: Month) -> str:
    """What moved from one stage to another, and the news."""
    moved = [
        _("**%(title)s** went from %(was)s to %(now)s")
        % {
            "title": plain_words(entry.payload["title"]),
            "was": stage_words(entry.payload["was"]),
            "now": stage_words(entry.payload["now"]),
        }
        + _reason((entry.detail.words if hasattr(entry, "detail") else {}).get("why", ""))
        for entry in entries_within(group)
        .filter(within(month), kind=InitiativeMoved.kind)
        .select_related("detail")
        .order_by("pk")
    ]
    told = [
        f"**{plain_words(update.initiative.title)}**, {formats.date_format(update.on, 'j F')}: "
        + plain_words(without_markup(update.words))
        for update in InitiativeUpdate.objects.filter(initiative__group=group, on__range=(month.first, month.last))
        .exclude(initiative__stage=Stage.PROPOSED)
        .select_related("initiative")
        .order_by("on", "pk")
    ]
    return bullets(moved + told)


def _reason(why: str) -> str:
    return f": {plain_words(why)}" if why else ""


def activities(group: Group, month: Month) -> str:
    """What the charter asks for every year, as far as something happened with it."""
    return bullets(
        _("**%(name)s** is now %(state)s")
        % {"name": plain_words(entry.payload["name"]), "state": activity_state_words(entry.payload["now"])}
        + _reason((entry.detail.words if hasattr(entry, "detail") else {}).get("why", ""))
        for entry in entries_within(group)
        .filter(within(month), kind=ActivityMoved.kind)
        .select_related("detail")
        .order_by("pk")
    )


def tasks(group: Group, month: Month) -> str:
    """How many tasks and checklists of the group were done, without names."""
    finished = group.tasks.filter(_ended_within(month), state=TaskState.DONE).count()
    lists = group.checklists.filter(_ended_within(month), state=ChecklistState.DONE).count()
    lines = []
    if finished:
        lines.append(ngettext("%(count)d task was done.", "%(count)d tasks were done.", finished) % {"count": finished})
    if lists:
        lines.append(
            ngettext("%(count)d checklist was done to its end.", "%(count)d checklists were done to their end.", lists)
            % {"count": lists}
        )
    return bullets(lines)


def _ended_within(month: Month) -> Q:
    return Q(ended_at__gte=end_of(month.before.last), ended_at__lt=end_of(month.last))


def risks(group: Group, month: Month) -> str:
    """Titles of the risks that a manager has marked as shareable, the gravest first."""
    shared = group.risks.filter(is_shareable=True, created_at__lt=end_of(month.last)).exclude(state=RiskState.CLOSED)
    return bullets(plain_words(risk.title) for risk in sorted(shared, key=lambda risk: (-risk.score, risk.pk)))


def asks(group: Group, month: Month) -> str:
    """What the group asks of the committee: nobody but people knows."""
    return ""


def next_month(group: Group, month: Month) -> str:
    """What falls into the month that follows: activities still to do, and initiatives that end."""
    coming = month.next
    lines = [
        plain_words(activity.name)
        for activity in group.year_activities.filter(year=coming.year, retired_on=None).exclude(
            state__in=(ActivityState.DONE, ActivityState.DROPPED)
        )
        if (activity.quarter or activity.starts_on or activity.ends_on)
        and activity.months[0] <= coming.month <= activity.months[1]
    ]
    lines += [
        _("%(title)s ends on %(day)s") % {"title": plain_words(one.title), "day": f"{one.ends_on:%d}".lstrip("0")}
        for one in group.initiatives.filter(ends_on__range=(coming.first, coming.last)).exclude(
            stage__in=(Stage.PROPOSED, Stage.ARCHIVED)
        )
    ]
    return bullets(lines) and f"{month_words(coming)}:\n\n{bullets(lines)}"


def fill() -> None:
    """Enter our own parts."""
    own = (
        ("people", 10, Part(gettext_lazy("Who is here"), people)),
        ("goals", 30, Part(gettext_lazy("How our goals go"), goals)),
        ("initiatives", 40, Part(gettext_lazy("Initiatives"), initiatives)),
        ("activities", 50, Part(gettext_lazy("What the charter asks for each year"), activities)),
        ("tasks", 60, Part(gettext_lazy("Tasks done"), tasks)),
        ("risks", 70, Part(gettext_lazy("What might go wrong"), risks)),
        ("asks", 80, Part(gettext_lazy("What we ask of the committee"), asks)),
        ("next", 90, Part(gettext_lazy("Next month"), next_month)),
    )
    for name, order, part in own:
        REPORT_PARTS.register(name, part, order=order, by=__name__)
