"""Reading a call that runs: its agenda in lots, and the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import ngettext

from folkmoot.groups.models import Group
from folkmoot.live.domain.running import Outlook, Planned, outlook
from folkmoot.live.domain.speaking import Kind, Waiting
from folkmoot.live.models import Hand, HandState, RunningCall, SpeakingCustom
from folkmoot.meetings.agenda_reading import items_on
from folkmoot.meetings.joint_reading import calls_of
from folkmoot.meetings.minutes_reading import custom_of
from folkmoot.meetings.models import AgendaItem, Level, Meeting, MinutesItem, Status
from folkmoot.meetings.opening import under_chatham_house_rule


@dataclass(frozen=True)
class Lot:
    """What a call deals with at once: one item, or all that pass together."""

    items: tuple[AgendaItem, ...]

    @property
    def key(self) -> int:
        return self.items[0].pk

    @property
    def is_together(self) -> bool:
        return len(self.items) > 1

    @property
    def title(self) -> str:
        if not self.is_together:
            return self.items[0].title
        count = len(self.items)
        return ngettext("%(count)d item passes together", "%(count)d items pass together", count) % {"count": count}

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def is_done(self) -> bool:
        return all(item.is_done for item in self.items)

    def has(self, key: int | None) -> bool:
        return any(item.pk == key for item in self.items)


def lots_in(items: Iterable[AgendaItem]) -> list[Lot]:
    """The items as a call deals with them, without what was carried over: what passes together, then one by one."""
    ours = [item for item in items if not item.is_carried]
    together = tuple(item for item in ours if item.is_consent)
    rest = [Lot((item,)) for item in ours if not item.is_consent]
    return [Lot(together), *rest] if together else rest


def lots_of(meeting: Meeting) -> list[Lot]:
    """The same for a call, in one query."""
    return lots_in(items_on(meeting))


def lot_of(lots: Iterable[Lot], item_id: int | None) -> Lot | None:
    """The lot with this item; None without one, or where it was taken off the agenda."""
    return next((lot for lot in lots if lot.has(item_id)), None)


def lot_after(lots: Sequence[Lot], current: Lot | None) -> Lot | None:
    """What comes next: the first behind the current one that is not done, else one that was passed over."""
    behind = lots[lots.index(current) + 1 :] if current is not None else lots
    waiting = [lot for lot in (*behind, *lots) if not lot.is_done and lot is not current]
    return waiting[0] if waiting else None


def planned(lot: Lot, call: RunningCall, *, now: datetime) -> Planned:
    """What a lot was given and has taken."""
    length = timedelta(minutes=lot.minutes)
    spent = timedelta()
    for item in lot.items:
        length += call.added_to(item.pk)
        spent += call.spent_on(item.pk, now=now)
    return Planned(lot.key, length, spent, lot.is_done)


def outlook_of(call: RunningCall, lots: Sequence[Lot], *, now: datetime) -> Outlook:
    """When what is still to come begins and ends."""
    current = lot_of(lots, call.item_id)
    items = [planned(lot, call, now=now) for lot in lots]
    return outlook(items, current.key if current else None, now=now, ends_at=call.meeting.ends_at)


def running_call(meeting: Meeting) -> RunningCall | None:
    """The call as it runs or ran; None while nobody has opened it."""
    found = RunningCall.objects.filter(meeting=meeting).first()
    if found is not None:
        found.meeting = meeting
    return found


def is_running(meeting: Meeting) -> bool:
    """Whether a call was opened, is not closed, and takes place; one query."""
    return meeting.is_planned and RunningCall.objects.filter(meeting=meeting, closed_at=None).exists()


def calls_on(groups: Iterable[Group] | QuerySet[Group]) -> list[RunningCall]:
    """The calls of these groups that are on now, the first opened first; one query."""
    ours = Meeting.objects.filter(calls_of(groups), status=Status.PLANNED)
    return list(
        RunningCall.objects.filter(closed_at=None, meeting__in=ours)
        .select_related("meeting__group", "item")
        .order_by("opened_at")
    )


def custom_of_speaking(group: Group) -> SpeakingCustom:
    """How people speak on the calls of a group; what it has not said is made up and not kept."""
    return SpeakingCustom.objects.filter(group=group).first() or SpeakingCustom(group=group)


@dataclass(frozen=True)
class Queue:
    """Who speaks, and who waits in their order. `spoken` is whose hands were called on before."""

    speaking: Hand | None
    waiting: tuple[Hand, ...]
    spoken: frozenset[tuple[int | None, str]]

    def is_new_voice(self, hand: Hand) -> bool:
        return hand.whose not in self.spoken

    @property
    def first(self) -> Hand | None:
        return self.waiting[0] if self.waiting else None

    def of(self, person_id: int) -> list[Hand]:
        """The waiting hands of one person."""
        return [hand for hand in self.waiting if hand.person_id == person_id]


def queue_of(call: RunningCall) -> Queue:
    """The queue as it stands; one query."""
    hands = list(call.hands.exclude(state=HandState.LOWERED).select_related("person").order_by("place", "pk"))
    spoken = frozenset(hand.whose for hand in hands if not hand.is_waiting and hand.kind != Kind.POINT_OF_ORDER)
    return Queue(
        speaking=next((hand for hand in hands if hand.is_speaking), None),
        waiting=tuple(hand for hand in hands if hand.is_waiting),
        spoken=spoken,
    )


def as_waiting(queue: Queue) -> list[Waiting]:
    """The waiting hands as the rule of the order sees them."""
    return [
        Waiting(hand.pk, Kind(hand.kind), not queue.is_new_voice(hand), bool(hand.moved_why)) for hand in queue.waiting
    ]


def names_are_kept_back(meeting: Meeting, items: Sequence[AgendaItem]) -> bool:
    """Whether what is shown to everybody on a screen names nobody.

    Under the Chatham House Rule, or by the level of one of the items, else of the minutes, else of what the group
    usually does.
    """
    if under_chatham_house_rule(meeting):
        return True
    noted = MinutesItem.objects.select_related("minutes").filter(minutes=meeting.pk, agenda_item__in=items)
    levels = {one.level_now for one in noted} if items else set()
    if not levels:
        begun = getattr(meeting, "minutes", None)
        levels = {begun.level if begun is not None else custom_of(meeting.group).level}
    return levels != {Level.OPEN}
