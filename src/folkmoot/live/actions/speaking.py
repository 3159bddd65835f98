"""Raising hands and calling on people, one after the other."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.live.actions.holding import hold_running
from folkmoot.live.actions.pulses import pulse
from folkmoot.live.call_reading import Queue, as_waiting, custom_of_speaking, queue_of
from folkmoot.live.call_rules import may_call_on, may_lower, may_set_speaking_custom, may_speak
from folkmoot.live.domain.speaking import Kind, moved, settled
from folkmoot.live.facts import QueueReordered, SpeakingCustomSet
from folkmoot.live.models import Hand, HandState, RunningCall, SpeakingCustom
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

LONGEST_NAME = 120
LONGEST_WHY = 200
MOST_WAITING = 200


@transaction.atomic
def raise_hand(
    meeting: Meeting, kind: str = Kind.QUEUE, *, by: Actor, person: Person | None = None, guest: str = ""
) -> Hand:
    """Raise one's own hand; with `person` or `guest` (a name) whoever moderates raises it for somebody else.

    A hand that is up already stays where it is. Refused `forbidden`, `not_open`, `invalid`, `nobody_speaks` for a reply
    to nobody, `too_many`.
    """
    if kind not in list(Kind):
        raise Refused(_("Please use one of the buttons of the page."), code="invalid")
    call = hold_running(meeting)
    guest = one_line(guest, most=LONGEST_NAME)
    if person is None and not guest:
        require(may_speak(by, call.meeting))
        if not isinstance(by, Person):
            raise Refused(_("Please say who wants to speak."), code="invalid")
        person = by
    else:
        require(may_call_on(by, call.meeting))
        guest = "" if person is not None else guest
    queue = queue_of(call)
    for hand in queue.waiting:
        if hand.whose == (person.pk if person else None, guest) and hand.kind == kind:
            return hand
    if kind == Kind.REPLY and queue.speaking is None:
        raise Refused(_("Nobody speaks at the moment, so there is nobody to reply to."), code="nobody_speaks")
    if len(queue.waiting) >= MOST_WAITING:
        raise Refused(_("The queue is very long already."), code="too_many")
    place = queue.waiting[-1].place + 1 if queue.waiting else 0
    made = Hand.objects.create(
        call=call, person=person, guest_name=guest, kind=kind, place=place, raised_at=timezone.now()
    )
    _settle(call)
    return made


@transaction.atomic
def lower_hand(hand: Hand, *, by: Actor) -> None:
    """Take a waiting hand down, one's own or as the moderator; one that is down stays so."""
    meeting = _meeting_of(hand)
    require(may_lower(by, hand, meeting))
    call = hold_running(meeting)
    if call.hands.filter(pk=hand.pk, state=HandState.WAITING).update(state=HandState.LOWERED):
        pulse(meeting, "queue")


@transaction.atomic
def call_on(hand: Hand, *, seen: int | None, by: Actor) -> Hand:
    """Give the floor to whoever is first in the queue; who spoke until now has spoken.

    `seen` is the key of the hand that spoke as the moderator saw it, None for none. Refused `stale` when somebody else
    was called on meanwhile, `lowered`, `not_first` (change the order then, and say why), `forbidden`, `not_open`.
    """
    meeting = _meeting_of(hand)
    require(may_call_on(by, meeting))
    call = hold_running(meeting)
    queue = queue_of(call)
    if (queue.speaking.pk if queue.speaking else None) != seen:
        raise Refused(_("Somebody else was called on meanwhile."), code="stale")
    if all(one.pk != hand.pk for one in queue.waiting):
        raise Refused(_("This hand is down again."), code="lowered")
    first = queue.waiting[0]
    if first.pk != hand.pk:
        raise Refused(
            _("%(name)s comes first. To hear somebody else before, change the order and say why.")
            % {"name": first.name},
            code="not_first",
        )
    _finish(call, queue)
    first.state = HandState.SPEAKING
    first.save(update_fields=["state"])
    _settle(call)
    return first


@transaction.atomic
def finish_speaking(hand: Hand, *, by: Actor) -> None:
    """Say that somebody has spoken: themselves, or the moderator; done twice, nothing happens."""
    meeting = _meeting_of(hand)
    require(may_lower(by, hand, meeting))
    call = hold_running(meeting)
    queue = queue_of(call)
    if queue.speaking is not None and queue.speaking.pk == hand.pk:
        _finish(call, queue)
        _settle(call)


@transaction.atomic
def put_before(hand: Hand, before: Hand | None, *, why: str, by: Actor) -> None:
    """Put a hand before another of its kind, or behind all of its kind (None), for a reason that all see.

    Refused `why_missing`, `invalid` for hands that are down or of two kinds, `forbidden`, `not_open`.
    """
    meeting = _meeting_of(hand)
    require(may_call_on(by, meeting))
    call = hold_running(meeting)
    why = one_line(why, most=LONGEST_WHY)
    if not why:
        raise Refused(_("Please say why, so that everybody understands."), code="why_missing")
    queue = queue_of(call)
    try:
        wanted = moved(as_waiting(queue), hand.pk, before.pk if before is not None else None)
    except ValueError:
        raise Refused(
            _("Only hands that are up change places, and only with those of their kind."), code="invalid"
        ) from None
    by_key = {one.pk: one for one in queue.waiting}
    by_key[hand.pk].moved_why = why
    by_key[hand.pk].save(update_fields=["moved_why"])
    _keep_order([by_key[key] for key in wanted])
    pulse(meeting, "queue")
    record(QueueReordered(meeting_id=call.pk), by=by, on=call.meeting, within=call.meeting.group)


@transaction.atomic
def set_speaking_custom(group: Group, *, new_voices_first: bool, observers_speak: bool, by: Actor) -> SpeakingCustom:
    """Say how people speak on the calls of a group; one that runs follows at once with the next hand."""
    hold_group(group)
    require(may_set_speaking_custom(by, group))
    custom = custom_of_speaking(group)
    if custom.pk and (custom.new_voices_first, custom.observers_speak) == (new_voices_first, observers_speak):
        return custom
    custom.new_voices_first, custom.observers_speak = new_voices_first, observers_speak
    custom.save()
    record(
        SpeakingCustomSet(new_voices_first=new_voices_first, observers_speak=observers_speak),
        by=by,
        on=group,
        within=group,
    )
    return custom


def _meeting_of(hand: Hand) -> Meeting:
    return Meeting.objects.select_related("group").get(pk=hand.call_id)


def _finish(call: RunningCall, queue: Queue) -> None:
    if queue.speaking is not None:
        call.hands.filter(pk=queue.speaking.pk).update(state=HandState.DONE)


def _settle(call: RunningCall) -> None:
    """Bring the waiting hands in order, after one more was raised or somebody has spoken, and let all see it."""
    queue = queue_of(call)
    custom = custom_of_speaking(call.meeting.group)
    by_key = {hand.pk: hand for hand in queue.waiting}
    order = settled(as_waiting(queue), new_voices_first=custom.new_voices_first)
    _keep_order([by_key[one.key] for one in order])
    pulse(call.meeting, "queue")


def _keep_order(hands: list[Hand]) -> None:
    changed = []
    for place, hand in enumerate(hands):
        if hand.place != place:
            hand.place = place
            changed.append(hand)
    Hand.objects.bulk_update(changed, ["place"])
