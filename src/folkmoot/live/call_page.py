"""What the page of a call that runs shows to one reader, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Group
from folkmoot.kit.verdict import Verdict
from folkmoot.live.call_reading import (
    Lot,
    Queue,
    custom_of_speaking,
    lot_after,
    lot_of,
    lots_in,
    names_are_kept_back,
    outlook_of,
    planned,
    queue_of,
    running_call,
)
from folkmoot.live.call_rules import CLOSES_BY_ITSELF_AFTER, may_moderate, may_open, may_set_speaking_custom, may_speak
from folkmoot.live.domain.running import Expected, Outlook, Planned, whole_minutes
from folkmoot.live.domain.speaking import Kind
from folkmoot.live.models import Hand, RunningCall, SpeakingCustom
from folkmoot.live.queries import people_here
from folkmoot.meetings.agenda_reading import items_on, with_readings
from folkmoot.meetings.attendance_reading import Present, attendance_of
from folkmoot.meetings.attendance_rules import may_say_present
from folkmoot.meetings.call_roles_reading import RoleAtCall, roles_at
from folkmoot.meetings.minutes_reading import actions_by_item, minutes_of
from folkmoot.meetings.minutes_rules import may_write_minutes
from folkmoot.meetings.models import Material, Meeting, Minutes, MinutesItem
from folkmoot.meetings.rules import may_see_join_link
from folkmoot.meetings.where import Where, place_of_call
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from folkmoot.plan.rendering import rendered
from folkmoot.ui import times

SOON = timedelta(minutes=2)
"""So long before the time of an item is over it is said once."""


@dataclass(frozen=True)
class Clock:
    """The time of what is talked about: `left` is below nothing once it has run over."""

    plan: Planned
    is_running: bool

    @property
    def has_length(self) -> bool:
        return bool(self.plan.length)

    @property
    def left(self) -> timedelta:
        return self.plan.left

    @property
    def seconds(self) -> int:
        """What is left in seconds, for the script that counts; without a length, what it has taken, below nothing."""
        shown = self.left if self.has_length else -self.plan.spent
        return round(shown.total_seconds())

    @property
    def is_over(self) -> bool:
        return self.has_length and self.left < timedelta()

    @property
    def is_soon(self) -> bool:
        return self.has_length and timedelta() <= self.left <= SOON

    @property
    def figures(self) -> str:
        """`12:40`, as the script writes it too."""
        minutes, seconds = divmod(abs(self.seconds), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def words(self) -> str:
        """What the figures are: `left of 15 minutes`."""
        if not self.has_length:
            return _("so far; no time was set aside")
        length = times.minutes_words(whole_minutes(self.plan.length))
        return (_("over, of %(length)s") if self.is_over else _("left of %(length)s")) % {"length": length}

    @property
    def over_words(self) -> str:
        """What stands there once it has run over."""
        return _("over, of %(length)s") % {"length": times.minutes_words(whole_minutes(self.plan.length))}

    @property
    def soon(self) -> int:
        return round(SOON.total_seconds())


@dataclass(frozen=True)
class AgendaLine:
    """One lot of the agenda, with when it begins and what it took."""

    lot: Lot
    number: int
    expected: Expected | None
    plan: Planned
    is_now: bool

    @property
    def go_id(self) -> str:
        """By which the button that goes there keeps the focus."""
        return f"go-{self.lot.key}"

    @property
    def late_words(self) -> str:
        """`would end 12 minutes late`; empty for what fits."""
        if self.expected is None or self.expected.fits:
            return ""
        minutes = whole_minutes(self.expected.late)
        return ngettext("would end %(minutes)d minute late", "would end %(minutes)d minutes late", minutes) % {
            "minutes": minutes
        }

    @property
    def took_words(self) -> str:
        """What it took, where that is known: `took 12 of 15 min`."""
        if not self.plan.spent:
            return ""
        took = whole_minutes(self.plan.spent)
        if not self.plan.length:
            return _("took %(took)d min") % {"took": took}
        return _("took %(took)d of %(planned)d min") % {"took": took, "planned": whole_minutes(self.plan.length)}


@dataclass(frozen=True)
class QueueLine:
    """A hand in the queue as it is shown to one reader."""

    hand: Hand
    is_mine: bool
    is_new_voice: bool

    @property
    def lower_id(self) -> str:
        """By which the button that takes it down keeps the focus."""
        return f"lower-{self.hand.pk}"

    @property
    def kind_words(self) -> str:
        """What a hand is besides one in the queue."""
        return "" if self.hand.kind == Kind.QUEUE else str(self.hand.get_kind_display())


@dataclass(frozen=True)
class Noted:
    """What the minutes hold of an item beside its notes."""

    decisions: list[Decision]
    actions: list[Task]


@dataclass(frozen=True)
class CallPage:
    """A call for one reader; `call` is None while nobody has opened it."""

    meeting: Meeting
    reader: Person
    call: RunningCall | None
    now: datetime

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def day(self) -> str:
        return times.long_day(self.meeting.starts.date(), now=self.now.date())

    @property
    def is_on(self) -> bool:
        return self.call is not None and self.call.is_on

    @property
    def is_closed(self) -> bool:
        return self.call is not None and not self.call.is_on

    @property
    def is_over(self) -> bool:
        """Whether nobody can open it any more."""
        return self.now >= self.meeting.ends_at + CLOSES_BY_ITSELF_AFTER

    # The agenda

    @cached_property
    def lots(self) -> list[Lot]:
        return lots_in(with_readings(items_on(self.meeting)))

    @cached_property
    def lot(self) -> Lot | None:
        """What is talked about now."""
        return lot_of(self.lots, self.call.item_id) if self.call is not None and self.is_on else None

    @property
    def step(self) -> int:
        return self.call.step if self.call is not None else 0

    @property
    def minutes_added(self) -> int:
        """How many minutes the item that is talked about was given on the call."""
        return self.call.minutes_added_to(self.call.item_id) if self.call is not None and self.call.item_id else 0

    @property
    def number(self) -> int:
        return self.lots.index(self.lot) + 1 if self.lot is not None else 0

    @cached_property
    def after(self) -> Lot | None:
        """What comes next."""
        return lot_after(self.lots, self.lot)

    @property
    def has_begun(self) -> bool:
        return self.step > 0

    @property
    def closes_below(self) -> bool:
        """Whether closing stands at the foot of the page; once the agenda is dealt with, it is what comes next."""
        return self.after is not None or not self.has_begun

    @property
    def readings(self) -> list[Material]:
        """What everybody may read for what is talked about."""
        return [one for item in self.lot.items for one in item.materials.all()] if self.lot is not None else []

    @cached_property
    def clock(self) -> Clock | None:
        if self.lot is None or self.call is None:
            return None
        return Clock(planned(self.lot, self.call, now=self.now), self.call.began_at is not None)

    @cached_property
    def outlook(self) -> Outlook:
        assert self.call is not None
        return outlook_of(self.call, self.lots, now=self.now)

    @cached_property
    def lines(self) -> list[AgendaLine]:
        call = self.call or RunningCall(meeting=self.meeting)
        outlook = outlook_of(call, self.lots, now=max(self.now, self.meeting.starts_at))
        expected = {one.key: one for one in outlook.coming} if not self.is_closed else {}
        return [
            AgendaLine(lot, number, expected.get(lot.key), planned(lot, call, now=self.now), lot is self.lot)
            for number, lot in enumerate(self.lots, 1)
        ]

    @property
    def until_end_words(self) -> str:
        """How long until the call is to end: `24 minutes until the end`."""
        left = self.meeting.ends_at - self.now
        minutes = whole_minutes(left)
        if left < timedelta():
            return ngettext("%(count)d minute past the end", "%(count)d minutes past the end", minutes) % {
                "count": minutes
            }
        return ngettext("%(count)d minute until the end", "%(count)d minutes until the end", minutes) % {
            "count": minutes
        }

    @property
    def outlook_words(self) -> str:
        """What would run over, in a sentence; empty where all of it fits."""
        unfit = self.outlook.unfit
        if not unfit:
            return ""
        late = whole_minutes(self.outlook.late)
        titles = {lot.key: lot.title for lot in self.lots}
        if len(unfit) == 1:
            words = ngettext(
                "“%(title)s” would end %(late)d minute after the call.",
                "“%(title)s” would end %(late)d minutes after the call.",
                late,
            )
            return words % {"title": titles[unfit[0].key], "late": late}
        words = ngettext(
            "%(count)d items do not fit any more; the call would end %(late)d minute late.",
            "%(count)d items do not fit any more; the call would end %(late)d minutes late.",
            late,
        )
        return words % {"count": len(unfit), "late": late}

    # Speaking

    @cached_property
    def custom(self) -> SpeakingCustom:
        return custom_of_speaking(self.group)

    @cached_property
    def queue(self) -> Queue:
        assert self.call is not None
        return queue_of(self.call)

    @property
    def speaking(self) -> Hand | None:
        return self.queue.speaking

    @cached_property
    def waiting(self) -> list[QueueLine]:
        shows_new = self.custom.new_voices_first
        return [
            QueueLine(hand, hand.person_id == self.reader.pk, shows_new and self.queue.is_new_voice(hand))
            for hand in self.queue.waiting
        ]

    @property
    def seen(self) -> str:
        """The hand that speaks, as a form carries it."""
        return str(self.queue.speaking.pk) if self.queue.speaking else ""

    @cached_property
    def my_hands(self) -> dict[str, Hand]:
        """The reader's waiting hands by their kind."""
        return {str(hand.kind): hand for hand in self.queue.of(self.reader.pk)}

    @property
    def i_speak(self) -> bool:
        return self.speaking is not None and self.speaking.person_id == self.reader.pk

    @property
    def i_am_next(self) -> bool:
        return self.queue.first is not None and self.queue.first.person_id == self.reader.pk

    @property
    def may_reply(self) -> bool:
        return self.speaking is not None and not self.i_speak

    # Who may do what

    @cached_property
    def moderates(self) -> bool:
        return bool(may_moderate(self.reader, self.meeting))

    @cached_property
    def may_open(self) -> Verdict:
        return may_open(self.reader, self.meeting, now=self.now)

    @cached_property
    def may_speak(self) -> Verdict:
        return may_speak(self.reader, self.meeting, self.custom)

    @cached_property
    def may_set_custom(self) -> bool:
        return bool(may_set_speaking_custom(self.reader, self.group))

    @cached_property
    def writes(self) -> bool:
        return bool(may_write_minutes(self.reader, self.meeting))

    # People and places

    @cached_property
    def present(self) -> Present:
        return attendance_of(self.meeting)

    @cached_property
    def also_here(self) -> list[Person]:
        """Who has this page open and does not stand on the list."""
        there = {row.person_id for row in self.present.people}
        return [person for person in people_here(self.meeting, self.now) if person.pk not in there]

    @property
    def am_there(self) -> bool:
        return any(row.person_id == self.reader.pk for row in self.present.people)

    @property
    def may_say_present(self) -> bool:
        return not self.am_there and bool(may_say_present(self.reader, self.meeting, self.now))

    @cached_property
    def roles(self) -> list[RoleAtCall]:
        """The roles of the call that somebody has."""
        return [one for one in roles_at(self.meeting) if one.turn is not None and one.turn.is_taken]

    @cached_property
    def where(self) -> Where | None:
        place = place_of_call(self.meeting)
        if place is None:
            return None
        return Where(place, may_join=bool(may_see_join_link(self.reader, self.meeting.groups)))

    # Minutes

    @cached_property
    def minutes(self) -> Minutes | None:
        return minutes_of(self.meeting)

    @property
    def may_write_here(self) -> bool:
        """Whether the reader may write in the minutes as they are now."""
        return self.minutes is not None and self.minutes.is_draft and self.writes

    @cached_property
    def notes(self) -> MinutesItem | None:
        """The notes on what is talked about; None where that is several items, or the minutes know nothing of it."""
        if self.minutes is None or self.lot is None or self.lot.is_together:
            return None
        found = (
            MinutesItem.objects.prefetch_related("decisions")
            .filter(minutes=self.minutes, agenda_item=self.lot.items[0])
            .first()
        )
        if found is not None:
            found.minutes = self.minutes
        return found

    @cached_property
    def noted(self) -> Noted:
        """What was decided, and is to be done, because of what is talked about."""
        if self.notes is None:
            return Noted([], [])
        return Noted(list(self.notes.decisions.all()), actions_by_item([self.notes]).get(self.notes.pk, []))

    @property
    def notes_html(self) -> SafeString:
        return rendered(self.notes.notes, first_heading=4) if self.notes is not None else SafeString("")

    @cached_property
    def keeps_names_back(self) -> bool:
        """Whether what everybody sees on a screen names nobody."""
        return names_are_kept_back(self.meeting, self.lot.items if self.lot is not None else ())


def call_page(meeting: Meeting, reader: Person, *, now: datetime) -> CallPage:
    """The page for a reader who may see it."""
    return CallPage(meeting, reader, running_call(meeting), now)
