"""What the page of a call's minutes shows, for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Decision
from folkmoot.kit.verdict import Verdict
from folkmoot.meetings.attendance_reading import Present, attendance_of
from folkmoot.meetings.bringing_in_page import also_said
from folkmoot.meetings.minutes_reading import (
    actions_by_item,
    decided_on_call,
    decisions_by_item,
    minutes_items,
    minutes_of,
)
from folkmoot.meetings.minutes_rules import may_ask_for_change, may_lead_minutes, may_write_minutes, takes_minutes
from folkmoot.meetings.models import (
    ApprovalWay,
    Level,
    Meeting,
    Minutes,
    MinutesApproval,
    MinutesCorrection,
    MinutesItem,
    MinutesState,
    OpeningReading,
    Status,
    WantedChange,
)
from folkmoot.meetings.opening import readings_of
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from folkmoot.plan.rendering import rendered
from folkmoot.ui.slots import Label

LEVEL_WORDS: dict[Level, Label] = {
    Level.OPEN: _("open"),
    Level.CHATHAM: _("Chatham House Rule"),
    Level.PRIVATE: _("private"),
}
STEPS = (MinutesState.DRAFT, MinutesState.PROPOSED, MinutesState.APPROVED, MinutesState.PUBLISHED)


@dataclass(frozen=True)
class Correction:
    """A correction with what the item said until then as HTML."""

    made: MinutesCorrection
    before: SafeString


@dataclass(frozen=True)
class Line:
    """One item with its notes as HTML, what was decided and is to be done, and what was corrected in it."""

    item: MinutesItem
    html: SafeString
    corrections: list[Correction]
    decisions: list[Decision]
    actions: list[Task]

    @property
    def under_rule(self) -> bool:
        return self.item.level_now == Level.CHATHAM

    @property
    def level_words(self) -> str:
        """What everybody may read of it, in few words."""
        return str(LEVEL_WORDS[Level(self.item.level_now)])


@dataclass(frozen=True)
class MinutesPage:
    """The minutes of a call for a reader who may read them; `minutes` is None while nobody has begun them."""

    meeting: Meeting
    reader: Person
    minutes: Minutes | None
    lines: list[Line]
    present: Present
    readings: list[OpeningReading]
    decisions: list[Decision]
    approvals: list[MinutesApproval]
    wanted: list[WantedChange]
    later: list[Meeting]
    also_said: list[tuple[str, str]]
    now: datetime

    @property
    def step(self) -> int:
        """How far they are on the way from draft to published, from 1; beyond it once they are published."""
        return step_of(self.minutes) if self.minutes is not None else 0

    @property
    def level(self) -> str:
        return str(LEVEL_WORDS[Level(self.minutes.level)]) if self.minutes is not None else ""

    @property
    def levels(self) -> list[tuple[str, Label]]:
        """What can be chosen, with its few words."""
        return [(str(level), words) for level, words in LEVEL_WORDS.items()]

    @property
    def besides(self) -> list[Decision]:
        """What was decided on the day of the call and written down elsewhere."""
        noted = {one.pk for line in self.lines for one in line.decisions}
        return [one for one in self.decisions if one.pk not in noted]

    @cached_property
    def writes(self) -> bool:
        return bool(may_write_minutes(self.reader, self.meeting))

    @cached_property
    def leads(self) -> bool:
        return bool(may_lead_minutes(self.reader, self.meeting))

    @property
    def may_begin(self) -> Verdict:
        return takes_minutes(self.meeting, now=self.now)

    @property
    def may_edit(self) -> bool:
        return self.writes and self.minutes is not None and self.minutes.is_draft

    @property
    def may_correct(self) -> bool:
        return self.leads and self.minutes is not None and self.minutes.is_frozen

    @property
    def may_want_change(self) -> bool:
        return self.minutes is not None and bool(may_ask_for_change(self.reader, self.minutes))

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader was asked to approve, and has not yet."""
        return any(one.person_id == self.reader.pk and one.answered_at is None for one in self.approvals)

    @property
    def waits_for_call(self) -> bool:
        found = self.minutes
        return self.leads and found is not None and found.is_proposed and found.way == ApprovalWay.NEXT_CALL

    @property
    def needs_wording(self) -> int:
        """How many items wait for somebody to confirm what everybody reads of them."""
        return sum(line.under_rule and not line.item.is_confirmed for line in self.lines)


def step_of(minutes: Minutes) -> int:
    """How far minutes are, from 1 for a draft; beyond the last step once they are published.

    What is brought in from elsewhere stands where others are approved.
    """
    if minutes.state == MinutesState.BROUGHT_IN:
        return STEPS.index(MinutesState.APPROVED) + 1
    return STEPS.index(MinutesState(minutes.state)) + 1 + minutes.is_published


def minutes_page(meeting: Meeting, reader: Person, *, now: datetime) -> MinutesPage:
    """The page; the same number of queries however many items there are."""
    minutes = minutes_of(meeting)
    items = minutes_items(minutes) if minutes is not None else []
    corrections: dict[int, list[Correction]] = {}
    for one in MinutesCorrection.objects.filter(item__in=items).select_related("corrected_by"):
        corrections.setdefault(one.item_id, []).append(Correction(one, rendered(one.notes_before, first_heading=4)))
    decisions = decided_on_call(meeting, inside=True)
    noted = decisions_by_item(minutes) if minutes is not None else {}
    actions = actions_by_item(items)
    lines = [
        Line(
            item,
            rendered(item.notes, first_heading=4),
            corrections.get(item.pk, []),
            [one for one in decisions if one.pk in noted.get(item.pk, [])],
            actions.get(item.pk, []),
        )
        for item in items
    ]
    later = Meeting.objects.filter(
        group=meeting.group, status=Status.PLANNED, starts_at__gt=meeting.starts_at, starts_at__lte=now
    ).order_by("starts_at")
    return MinutesPage(
        meeting=meeting,
        reader=reader,
        minutes=minutes,
        lines=lines,
        present=attendance_of(meeting),
        readings=readings_of(meeting),
        decisions=decisions,
        approvals=list(minutes.approvals.select_related("person")) if minutes is not None else [],
        wanted=list(minutes.wanted.select_related("asked_by", "answered_by")) if minutes is not None else [],
        later=list(later[:6]),
        also_said=also_said(minutes) if minutes is not None and minutes.brought_in_at else [],
        now=now,
    )
