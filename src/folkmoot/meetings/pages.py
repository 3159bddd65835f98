"""What a meeting's page shows, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.calendar.queries import single_event
from folkmoot.calendar.subscriptions import AddLinks, Subscription, add_links, group_subscription
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.meetings.agenda_page import AgendaInShort, agenda_in_short
from folkmoot.meetings.attendance_page import counted_words
from folkmoot.meetings.attendance_reading import counted
from folkmoot.meetings.domain.presence import EARLY
from folkmoot.meetings.domain.table import TableTruth, truth
from folkmoot.meetings.minutes_reading import minutes_of
from folkmoot.meetings.models import CallPlace, Meeting, Minutes, OpeningReading
from folkmoot.meetings.opening import readings_of
from folkmoot.meetings.plates import plate_of
from folkmoot.meetings.queries import for_calendar, meeting_numbered, neighbours
from folkmoot.meetings.where import place_of_call
from folkmoot.meetings.wording import duration_words, series_words
from folkmoot.people.reader import Reader
from folkmoot.ui import times
from folkmoot.ui.plate import TimePlate
from folkmoot.ui.tables import Column, DataTable


@dataclass(frozen=True)
class MeetingPage:
    """A meeting for one reader, with its neighbours."""

    meeting: Meeting
    reader: Reader
    now: datetime
    plate: TimePlate
    earlier: Meeting | None
    later: Meeting | None
    add: AddLinks | None
    place: CallPlace | None

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def together(self) -> bool:
        """Whether other groups join it; one query."""
        return bool(self.meeting.joined)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.meeting.starts_at > self.now and not self.meeting.is_dropped

    @property
    def there(self) -> str:
        """`16:00, Lisbon time`: the clock on the wall where people come together."""
        local = times.local(self.meeting.starts_at, self.meeting.zone)
        words = {"time": times.clock_words(local, self.reader.clock), "place": zones.place(self.meeting.zone)}
        if times.is_fixed(self.meeting.zone):
            return _("%(time)s %(place)s") % words
        return _("%(time)s, %(place)s time") % words

    @property
    def may_meet_anyway(self) -> bool:
        """Whether it was left out for a holiday or a break, and could still be held."""
        return bool(self.meeting.skipped_for) and self.meeting.starts_at > self.now

    @cached_property
    def day(self) -> str:
        """The day on which it begins by the clock of the plate: `Wednesday 25 November`."""
        return times.long_day(self.plate.here.date(), now=self.now.astimezone(self.plate.here.tzinfo).date())

    @cached_property
    def agenda(self) -> AgendaInShort:
        """What it is about, in short; one query."""
        return agenda_in_short(self.meeting)

    @property
    def series(self) -> str:
        """`Calls are every second Wednesday at 08:00, Los Angeles time.`; empty for a meeting called besides."""
        return series_words([self.meeting.slot], self.reader.clock) if self.meeting.slot else ""

    @property
    def stated(self) -> str:
        """What the charter says of it, in its own words."""
        return self.meeting.slot.series.cadence if self.meeting.slot else ""

    @property
    def duration(self) -> str:
        return duration_words(self.meeting.duration)

    @property
    def steady(self) -> str:
        """That the series keeps its time on the reader's clock; empty where it will not, or nobody can know."""
        plate, regular = self.plate, self.meeting.slot is not None and not self.meeting.is_moved
        if not (regular and self.add and plate.zone_known) or plate.drift is not None:
            return ""
        return _("It stays at %(time)s for you in the coming year.") % {
            "time": times.clock_words(plate.here, self.reader.clock)
        }

    @property
    def duration_stated(self) -> bool:
        return self.meeting.slot is None or self.meeting.slot.series.duration_stated

    @cached_property
    def attended(self) -> str:
        """How many were there, once it is over: `14 people and 2 guests`; empty when nobody noted it."""
        if not self.meeting.is_planned or self.meeting.ends_at > self.now:
            return ""
        return counted_words(counted(self.meeting))

    @cached_property
    def read_out(self) -> list[OpeningReading]:
        """Which texts were read when it opened."""
        return readings_of(self.meeting) if self.meeting.starts_at - EARLY <= self.now else []

    @cached_property
    def minutes(self) -> Minutes | None:
        """Its minutes, once it has begun; one query."""
        return minutes_of(self.meeting) if self.meeting.starts_at <= self.now else None

    @property
    def charter_url(self) -> str:
        """The charter, at the clause about meetings where that is known."""
        anchor = self.meeting.slot.series.clause_anchor if self.meeting.slot else ""
        url = reverse("charter", args=[self.group.slug])
        return f"{url}#{anchor}" if anchor else url

    @cached_property
    def table(self) -> TableTruth | None:
        """The charter's table of times on this day; None without one, and for what does not take place as it says."""
        slot = self.meeting.slot
        if slot is None or self.meeting.is_moved or not self.meeting.is_planned:
            return None
        return truth(slot.series.rows, slot.plan, self.meeting.starts_at)

    @property
    def table_shown(self) -> DataTable | None:
        """The table's rows beside what clocks show."""
        if self.table is None:
            return None
        return DataTable(
            caption=_("The charter’s table of times, and what clocks show at this call"),
            columns=(Column(_("Zone")), Column(_("The charter says")), Column(_("Clocks show")), Column(_("So it is"))),
            rows=tuple(
                (
                    f"{row.label} ({row.place})" if row.place and row.place != row.label else row.label,
                    times.clock_words(row.states, self.reader.clock),
                    self._shows(row.shows),
                    {True: _("right"), False: _("wrong"), None: _("not known")}[row.is_right],
                )
                for row in self.table.rows
            ),
        )

    def _shows(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        words = times.clock_words(moment, self.reader.clock)
        if moment.date() == self.meeting.starts.date():
            return words
        return _("%(time)s on %(weekday)s") % {"time": words, "weekday": times.weekday(moment.date())}

    @property
    def table_turns(self) -> datetime | None:
        """The first call from which the table is right that was wrong, or the other way round."""
        if self.table is None or self.table.next_change is None:
            return None
        return self.table.next_change.first_call

    @property
    def subscription(self) -> Subscription:
        return group_subscription(self.group)


def meeting_page(pk: int, reader: Reader, *, now: datetime) -> MeetingPage:
    """The page of a meeting, in at most four queries; 404 when there is none of this number."""
    meeting = meeting_numbered(pk)
    if meeting is None:
        raise Http404
    earlier, later = neighbours(meeting)
    place = place_of_call(meeting)
    add = None
    if meeting.is_planned and meeting.ends_at > now:
        event = single_event(for_calendar(meeting, place), uid=meeting.uid, link_in_text=False)
        add = add_links(event, reverse("meeting_file", args=[meeting.pk]))
    return MeetingPage(
        meeting=meeting,
        reader=reader,
        now=now,
        plate=plate_of(meeting, reader, now=now),
        earlier=earlier,
        later=later,
        add=add,
        place=place,
    )
