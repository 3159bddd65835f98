"""What the page of a call's attendance shows to one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_manage
from folkmoot.kit.verdict import Verdict
from folkmoot.meetings.answers_page import AnswersPage
from folkmoot.meetings.attendance_reading import (
    Counted,
    Present,
    attendance_of,
    closed_on,
    counted,
    own_attendance,
    regrets_of,
    times_of_call,
)
from folkmoot.meetings.attendance_rules import (
    may_look_after_call,
    may_note_attendance,
    may_say_present,
    may_see_who_was_there,
)
from folkmoot.meetings.domain.presence import Times
from folkmoot.meetings.models import Answer, Attendance, Meeting, OpeningReading
from folkmoot.meetings.opening import Opening, opening_of, readings_of, unread
from folkmoot.people.models import Person
from folkmoot.ui import times as time_words


@dataclass(frozen=True)
class ReadTogether:
    """Opening texts that somebody noted as read at once."""

    read_by: Person | None
    read_at: datetime
    titles: str


@dataclass(frozen=True)
class AttendancePage:
    """A call's attendance for one reader; None for a reader who is not signed in."""

    meeting: Meeting
    person: Person | None
    now: datetime

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def times(self) -> Times:
        return times_of_call(self.meeting)

    @property
    def day(self) -> str:
        return time_words.long_day(self.meeting.starts.date(), now=self.now.date())

    @property
    def has_opened(self) -> bool:
        return self.meeting.is_planned and self.times.has_opened(self.now)

    @property
    def is_under_way(self) -> bool:
        return self.has_opened and self.meeting.ends_at > self.now

    @property
    def is_over(self) -> bool:
        return self.meeting.is_planned and self.meeting.ends_at <= self.now

    @property
    def takes_codes(self) -> bool:
        return self.meeting.is_planned and self.closed_on is None and self.times.takes_taps(self.now)

    @cached_property
    def closed_on(self) -> datetime | None:
        return closed_on(self.meeting, now=self.now)

    @cached_property
    def looks_after(self) -> bool:
        return bool(may_look_after_call(self.person, self.meeting))

    @cached_property
    def leads(self) -> bool:
        return bool(may_manage(self.person, self.group))

    @cached_property
    def may_note(self) -> bool:
        return self.has_opened and bool(may_note_attendance(self.person, self.meeting, self.now))

    @cached_property
    def sees_names(self) -> bool:
        return bool(may_see_who_was_there(self.person, self.meeting))

    @cached_property
    def mine(self) -> Attendance | None:
        return own_attendance(self.meeting, self.person) if self.person is not None else None

    @property
    def am_there(self) -> bool:
        return self.mine is not None and self.mine.is_present

    @cached_property
    def may_tap(self) -> Verdict:
        return may_say_present(self.person, self.meeting, self.now)

    @property
    def may_take_back(self) -> bool:
        return self.am_there and self.closed_on is None

    @cached_property
    def answers(self) -> AnswersPage | None:
        """Whether people come, for whoever is signed in."""
        return AnswersPage(self.meeting, self.person, self.now) if self.person is not None else None

    @cached_property
    def regrets(self) -> list[Answer]:
        """Who cannot come, for those who see names."""
        return regrets_of(self.meeting) if self.sees_names else []

    @cached_property
    def present(self) -> Present | None:
        """The names, for those who see them."""
        return attendance_of(self.meeting) if self.sees_names and self.has_opened else None

    @cached_property
    def counted(self) -> Counted:
        """How many were there; for everybody once the call is over."""
        if self.present is not None:
            return self.present.counted
        return counted(self.meeting) if self.is_over else Counted()

    @property
    def counted_words(self) -> str:
        return counted_words(self.counted)

    @cached_property
    def opening(self) -> Opening:
        return opening_of(self.group)

    @cached_property
    def readings(self) -> list[OpeningReading]:
        return readings_of(self.meeting)

    @property
    def read_together(self) -> list[ReadTogether]:
        """What was read out, in one line for what somebody noted at once."""
        lines: dict[tuple[int | None, datetime], list[OpeningReading]] = {}
        for one in self.readings:
            lines.setdefault((one.read_by_id, one.read_at), []).append(one)
        return [
            ReadTogether(ones[0].read_by, ones[0].read_at, ", ".join(one.document.title for one in ones))
            for ones in lines.values()
        ]

    @property
    def waits_to_be_read(self) -> bool:
        return self.has_opened and self.looks_after and bool(unread(self.opening.chosen, self.readings))


def attendance_page(pk: int, person: Person | None, *, now: datetime) -> AttendancePage:
    """The page of a call's attendance; 404 when there is no such call."""
    meeting = (
        Meeting.objects.filter(pk=pk).select_related("group", "slot__series", "attendance_closing", "code").first()
    )
    if meeting is None:
        raise Http404
    return AttendancePage(meeting, person, now)


def counted_words(counts: Counted) -> str:
    """`14 people and 2 guests`; empty when nobody is known to have been there."""
    people = ngettext("%(count)d person", "%(count)d people", counts.people) % {"count": counts.people}
    guests = ngettext("%(count)d guest", "%(count)d guests", counts.guests) % {"count": counts.guests}
    if counts.people and counts.guests:
        return _("%(people)s and %(guests)s") % {"people": people, "guests": guests}
    if counts.guests:
        return guests
    return people if counts.people else ""
