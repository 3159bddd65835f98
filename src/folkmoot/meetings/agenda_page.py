"""What a call's agenda shows to one reader, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from folkmoot.groups.models import Group
from folkmoot.kit.verdict import Verdict
from folkmoot.meetings.agenda_reading import actions_of, agenda_of, items_on, known_items, open_actions, with_readings
from folkmoot.meetings.agenda_rules import (
    is_open_for_items,
    may_add_action,
    may_ask_for_item,
    may_change_item,
    may_lead_agenda,
    may_take_out,
    stands_at,
    stands_in,
)
from folkmoot.meetings.agenda_wording import carried_words, rest_words, sum_of, sum_words
from folkmoot.meetings.domain.agenda import Sum
from folkmoot.meetings.models import Agenda, AgendaItem, ItemState, Material, Meeting
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from folkmoot.plan.rendering import rendered
from folkmoot.plan.rules import Standing, may_finish_task


@dataclass(frozen=True)
class Line:
    """One item, with what this reader may do there."""

    item: AgendaItem
    number: int
    actions: list[Task]
    may_change: bool = False
    may_finish: bool = False
    may_take_out: bool = False
    may_add_action: bool = False

    @property
    def text(self) -> SafeString:
        return rendered(self.item.text, first_heading=4) if self.item.text else SafeString("")

    @property
    def carried(self) -> str:
        return carried_words(self.item)

    @property
    def readings(self) -> list[Material]:
        """What everybody may read."""
        return [one for one in self.item.materials.all() if one.is_accepted]

    @property
    def waiting(self) -> int:
        """How many proposals to read wait for an answer."""
        return sum(not one.is_accepted for one in self.item.materials.all())


@dataclass(frozen=True)
class AgendaPage:
    """An agenda for one reader (None: somebody unknown)."""

    meeting: Meeting
    agenda: Agenda
    person: Person | None
    standing: Standing
    now: datetime
    items: list[AgendaItem]
    actions: dict[int, list[Task]] = field(default_factory=dict)
    open_actions: list[tuple[Task, bool]] = field(default_factory=list)

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def is_in(self) -> bool:
        return self.standing.is_in

    @cached_property
    def is_open(self) -> Verdict:
        return is_open_for_items(self.meeting, now=self.now)

    @property
    def has_begun(self) -> bool:
        return self.meeting.starts_at <= self.now and self.meeting.is_planned

    @property
    def is_over(self) -> bool:
        return self.meeting.ends_at <= self.now

    @cached_property
    def leads(self) -> bool:
        return bool(may_lead_agenda(self.person, self.meeting, self.standing))

    @cached_property
    def may_add(self) -> bool:
        return bool(self.is_open) and self.leads

    @cached_property
    def may_ask(self) -> bool:
        return bool(self.is_open) and bool(may_ask_for_item(self.person, self.meeting, self.standing))

    @property
    def may_order(self) -> bool:
        return self.may_add and len(self.others) > 1

    @property
    def may_fill(self) -> bool:
        return self.may_add and not self.agenda.is_filled and not self.has_begun

    @cached_property
    def standing_items(self) -> list[AgendaItem]:
        """What stands on the agenda, without what is only asked for."""
        return [item for item in self.items if item.state != ItemState.REQUESTED]

    @cached_property
    def requests(self) -> list[Line]:
        return [self._line(item, 0) for item in self.items if item.is_requested]

    @cached_property
    def together(self) -> list[Line]:
        """What passes together, or has passed so."""
        return [self._line(item, 0) for item in self.standing_items if item.is_consent]

    @cached_property
    def others(self) -> list[Line]:
        one_by_one = [item for item in self.standing_items if not item.is_consent]
        return [self._line(item, number) for number, item in enumerate(one_by_one, 1)]

    @cached_property
    def total(self) -> Sum:
        return sum_of(self.standing_items, self.meeting)

    @property
    def total_words(self) -> str:
        """How many of the call's minutes are left, as the words of a bar: `5 minutes are left`."""
        return capfirst(rest_words(self.total))

    @property
    def order(self) -> str:
        """The keys of what is talked about one by one, as the form of the order has them."""
        return ",".join(str(line.item.pk) for line in self.others if not line.item.is_carried)

    @property
    def together_order(self) -> str:
        return ",".join(str(line.item.pk) for line in self.together if not line.item.is_carried)

    def _line(self, item: AgendaItem, number: int) -> Line:
        item.meeting = self.meeting
        person, standing = self.person, self.standing
        return Line(
            item=item,
            number=number,
            actions=self.actions.get(item.pk, []),
            may_change=bool(self.is_open)
            and not item.is_done
            and not item.is_carried
            and bool(may_change_item(person, item, standing)),
            may_finish=self.leads and self.has_begun and not item.is_requested,
            may_take_out=item.is_consent
            and bool(self.is_open)
            and not item.is_done
            and bool(may_take_out(person, item, now=self.now, standing=standing)),
            may_add_action=not item.is_requested and bool(may_add_action(person, item, standing)),
        )


def agenda_page(meeting: Meeting, person: Person | None, *, now: datetime) -> AgendaPage:
    """The agenda of a call: for strangers in three queries beside the call, for people of the group in some more."""
    home = stands_in(person, meeting.group) if person is not None else Standing(None, None, False)
    standing = home if home.is_in or person is None else stands_at(person, meeting)
    agenda = agenda_of(meeting)
    if not standing.is_in:
        items = list(with_readings(items_on(meeting)))
        return AgendaPage(meeting, agenda, person, standing, now, items)
    items = list(known_items(meeting))
    # Tasks are for people of the group that hosts the call.
    pending = [] if meeting.ends_at <= now or not home.is_in else list(open_actions(meeting.group))
    for task in pending:
        task.group = meeting.group
    return AgendaPage(
        meeting,
        agenda,
        person,
        standing,
        now,
        items,
        actions_of(items) if home.is_in else {},
        [(task, bool(may_finish_task(person, task, standing))) for task in pending],
    )


@dataclass(frozen=True)
class AgendaInShort:
    """What a call's own page says of its agenda."""

    meeting: Meeting
    items: list[AgendaItem]

    @property
    def lines(self) -> list[tuple[str, int | None]]:
        """Titles and minutes; None for what takes no time of its own."""
        return [(item.title, item.minutes or None) for item in self.items]

    @property
    def total_words(self) -> str:
        return sum_words(sum_of(self.items, self.meeting))

    def __bool__(self) -> bool:
        return bool(self.items)


def agenda_in_short(meeting: Meeting) -> AgendaInShort:
    """The items that everybody sees, in one query: what passes together first."""
    return AgendaInShort(meeting, sorted(items_on(meeting), key=lambda item: not item.is_consent))
