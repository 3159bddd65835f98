"""Whose turn it is: taken by one's own wish, proposed by the rota, or asked for by a manager; and handed back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.actions.call_lists import bring_call_list_in_order
from folkmoot.meetings.actions.call_roles import role_keyed
from folkmoot.meetings.call_role_rules import (
    is_to_come,
    may_answer_turn,
    may_hand_back,
    may_set_call_roles,
    may_take_turn_at,
)
from folkmoot.meetings.call_roles_reading import LIVE, are_in_use, rota_for, willing_in
from folkmoot.meetings.facts import TurnDeclined, TurnHandedBack, TurnProposed, TurnTaken
from folkmoot.meetings.joint_rules import has_power_at
from folkmoot.meetings.models import CallRole, How, Meeting, Status, Turn, TurnState
from folkmoot.meetings.notices import TurnWaits, TurnWasDeclined, TurnWasHandedBack
from folkmoot.meetings.rota_words import reason_words
from folkmoot.notices.actions import tell, untell
from folkmoot.people.models import Person
from folkmoot.plan.who import author, others

NEAR = timedelta(days=7)
"""Whoever leads is told when a turn at a call this near is handed back."""
PROPOSED_AHEAD = timedelta(days=28)
ANSWER_WITHIN = timedelta(days=7)
"""A proposal of the rota that nobody answers goes to the next one after this time."""


@transaction.atomic
def take_turn(meeting: Meeting, key: str, *, by: Person) -> Turn:
    """Take a call role at a call by one's own wish, or say yes to having been asked; done twice, it is done once.

    Refused `taken` when somebody else has it or was asked, `not_found` for a role that calls here do not have,
    `forbidden` for a call that is over or does not take place.
    """
    require(may_take_turn_at(by, meeting))
    meeting = _held(meeting)
    role = role_keyed(meeting.group, key)
    present = live_turn(meeting, role)
    if present is not None and present.person_id == by.pk:
        return _take(present, by=by) if present.waits else present
    if present is not None:
        raise _is_taken(role, present)
    turn = _write(meeting, role, by, How.VOLUNTEERED, TurnState.TAKEN)
    _has_it(turn, by=by)
    return turn


@transaction.atomic
def ask_for_turn(meeting: Meeting, key: str, person: Person, *, by: Actor) -> Turn:
    """Ask somebody of the group to have a role at a call; they answer on a page. Done twice, they are asked once.

    Whom the rota had proposed is not asked any more. Refused as `take_turn`, and `invalid` for somebody who does not
    take part in a group whose call it is.
    """
    require(may_set_call_roles(by, meeting.group))
    meeting = _held(meeting)
    if not person.is_active or not has_power_at(person, meeting):
        raise Refused(_("They do not take part in this group."), code="invalid")
    role = role_keyed(meeting.group, key)
    present = live_turn(meeting, role)
    if present is not None and present.person_id == person.pk:
        return present
    if present is not None:
        if present.is_taken:
            raise _is_taken(role, present)
        _end(present, by=by)
    if person == by:
        turn = _write(meeting, role, person, How.VOLUNTEERED, TurnState.TAKEN)
        _has_it(turn, by=by)
        return turn
    turn = _write(meeting, role, person, How.ASKED, TurnState.PROPOSED, asked_by=author(by))
    _ask(turn, by=by)
    return turn


@transaction.atomic
def accept_turn(turn: Turn, *, by: Person) -> Turn:
    """Say yes to a turn; done twice, it is done once. Refused `no_longer` when it is not asked any more."""
    require(may_answer_turn(by, turn))
    turn = _current(turn)
    if turn.is_taken:
        return turn
    if not turn.waits:
        raise Refused(_("This is not asked any more: somebody else has it, or was asked instead."), code="no_longer")
    require(is_to_come(turn.meeting))
    return _take(turn, by=by)


@transaction.atomic
def decline_turn(turn: Turn, *, by: Person) -> None:
    """Pass: the rota proposes the next one, and a manager who had asked is told. Done twice, it is done once."""
    require(may_answer_turn(by, turn))
    turn = _current(turn)
    if not turn.waits:
        if turn.is_taken:
            raise Refused(_("You have taken this already. You can hand it back."), code="no_longer")
        return
    _answer(turn, TurnState.DECLINED)
    record(TurnDeclined(*_said(turn)), by=by, about=by, on=turn, within=turn.meeting.group)
    if turn.asked_by is not None:
        notice = TurnWasDeclined(turn.meeting, turn.pk, turn.role.name, by.name)
        tell(others([turn.asked_by], by), notice)
    else:
        _propose(turn.meeting.group, [turn.meeting], now=timezone.now())


@transaction.atomic
def hand_back(turn: Turn, *, by: Actor) -> None:
    """Give a turn back, or no longer ask for it; whoever leads is told when the call is near. Twice is once.

    The rota proposes somebody else, if anybody is willing. Refused `forbidden` once the call has begun.
    """
    require(may_hand_back(by, turn))
    turn = _current(turn)
    if turn.state not in LIVE:
        return
    require(is_to_come(turn.meeting))
    if turn.waits:
        _end(turn, by=by)
        return
    _release(turn, by=by)
    _propose(turn.meeting.group, [turn.meeting], now=timezone.now())


@transaction.atomic
def give_turn(turn: Turn, to: Person, *, by: Actor) -> None:
    """Let somebody else have a turn who has said yes to it, as in a handover; done twice, it is done once."""
    require(may_hand_back(by, turn))
    turn = _current(turn)
    if turn.person_id == to.pk or not turn.is_taken:
        return
    _answer(turn, TurnState.HANDED_BACK)
    fresh = _write(turn.meeting, turn.role, to, How.ASKED, TurnState.TAKEN, asked_by=author(by))
    _has_it(fresh, by=by)


@transaction.atomic
def release_turns(person: Person, group: Group, *, by: Actor) -> int:
    """Free what somebody has at the coming calls of a group that they have left; returns how much it was."""
    hold_group(group)
    coming = Turn.objects.filter(
        person=person, meeting__group=group, state__in=LIVE, meeting__starts_at__gt=timezone.now()
    ).select_related("meeting__group", "role", "person")
    turns = list(coming.order_by("meeting__starts_at", "pk"))
    for turn in turns:
        if turn.waits:
            _end(turn, by=by)
        else:
            _release(turn, by=by)
    return len(turns)


@transaction.atomic
def release_turns_of_strangers(host: Group, *, by: Actor) -> int:
    """Free what people have at coming calls of a group who are in no group whose call it is; returns how much it was.

    So it is when a group joins these calls no longer, or somebody has left it. Nothing is freed in a closed group.
    """
    held = Group.objects.select_for_update(no_key=True).get(pk=host.pk)
    if held.is_closed:
        return 0
    coming = Turn.objects.filter(meeting__group=held, state__in=LIVE, meeting__starts_at__gt=timezone.now())
    turns = coming.select_related("meeting__group", "role", "person").order_by("meeting__starts_at", "pk")
    strangers = [turn for turn in turns if not has_power_at(turn.person, turn.meeting)]
    for turn in strangers:
        if turn.waits:
            _end(turn, by=by)
        else:
            _release(turn, by=by)
    return len(strangers)


@transaction.atomic
def propose_turns(group: Group, *, now: datetime) -> list[Turn]:
    """Let the rota propose somebody for what is open at the calls of the coming weeks, and ask them.

    What was proposed and not answered in time goes to the next one, where there is one. May run as often as one likes.
    """
    if group.is_closed or not are_in_use(group):
        return []
    hold_group(group)
    if not willing_in(group).exists():
        return []
    coming = group.meetings.filter(status=Status.PLANNED, starts_at__gt=now, starts_at__lte=now + PROPOSED_AHEAD)
    meetings = list(coming.select_related("group").order_by("starts_at", "pk"))
    _let_lapse(meetings, now=now)
    return _propose(group, meetings, now=now)


def _propose(group: Group, meetings: list[Meeting], *, now: datetime) -> list[Turn]:
    ahead = [one for one in meetings if now < one.starts_at <= now + PROPOSED_AHEAD and one.is_planned]
    rota = rota_for(group, ahead)
    made = []
    for meeting in ahead:
        for one in rota.of(meeting):
            if one.proposal is None or one.person is None:
                continue
            reason = reason_words(one.proposal, one.role, today=timezone.localdate(now))
            turn = _write(meeting, one.role, one.person, How.ROTA, TurnState.PROPOSED, reason=reason)
            _ask(turn, by=system())
            made.append(turn)
    return made


def _let_lapse(meetings: list[Meeting], *, now: datetime) -> None:
    stale = Turn.objects.filter(
        meeting__in=meetings, how=How.ROTA, state=TurnState.PROPOSED, made_at__lte=now - ANSWER_WITHIN
    ).select_related("meeting__group", "role", "person")
    for turn in stale.order_by("pk"):
        asked = Turn.objects.filter(meeting=turn.meeting, role=turn.role).values("person")
        if willing_in(turn.meeting.group, [turn.role]).exclude(person__in=asked).exists():
            _end(turn, by=system())


def live_turn(meeting: Meeting, role: CallRole) -> Turn | None:
    """Who has a role at a call, or is asked for it."""
    found = Turn.objects.filter(meeting=meeting, role=role, state__in=LIVE)
    return found.select_related("person", "role", "meeting__group").first()


def _write(
    meeting: Meeting,
    role: CallRole,
    person: Person,
    how: How,
    state: TurnState,
    *,
    asked_by: Person | None = None,
    reason: str = "",
) -> Turn:
    now = timezone.now()
    try:
        with transaction.atomic():
            return Turn.objects.create(
                meeting=meeting,
                role=role,
                person=person,
                how=how,
                state=state,
                asked_by=asked_by,
                reason=reason[:300],
                made_at=now,
                answered_at=None if state == TurnState.PROPOSED else now,
            )
    except IntegrityError:
        raise _is_taken(role, None) from None


def _ask(turn: Turn, *, by: Actor) -> None:
    record(TurnProposed(*_said(turn), str(turn.how)), by=by, about=turn.person, on=turn, within=turn.meeting.group)
    asked_by = turn.asked_by.name if turn.asked_by else ""
    tell([turn.person], TurnWaits(turn.meeting, turn.pk, turn.role.name, turn.role.duties, asked_by, turn.reason))


def _take(turn: Turn, *, by: Actor) -> Turn:
    _answer(turn, TurnState.TAKEN)
    _has_it(turn, by=by)
    return turn


def _has_it(turn: Turn, *, by: Actor) -> None:
    record(TurnTaken(*_said(turn)), by=by, about=turn.person, on=turn, within=turn.meeting.group)
    bring_call_list_in_order(turn.meeting, by=system())


def _release(turn: Turn, *, by: Actor) -> None:
    _answer(turn, TurnState.HANDED_BACK)
    record(TurnHandedBack(*_said(turn)), by=by, about=turn.person, on=turn, within=turn.meeting.group)
    bring_call_list_in_order(turn.meeting, by=system())
    if turn.meeting.is_planned and turn.meeting.starts_at - timezone.now() < NEAR:
        notice = TurnWasHandedBack(turn.meeting, turn.pk, turn.role.name, turn.person.name)
        tell(others(managers_of(turn.meeting.group), by), notice)


def _end(turn: Turn, *, by: Actor) -> None:
    """No longer ask somebody who has not answered; what they have not read is taken back."""
    _answer(turn, TurnState.ENDED)
    untell(TurnWaits.kind, f"turn:{turn.pk}")
    record(TurnHandedBack(*_said(turn)), by=by, about=turn.person, on=turn, within=turn.meeting.group)


def _answer(turn: Turn, state: TurnState) -> None:
    turn.state, turn.answered_at = state, timezone.now()
    turn.save(update_fields=["state", "answered_at"])


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, with nobody else changing whose turn it is; refused when it is over or cancelled."""
    hold_group(meeting.group)
    fresh = Meeting.objects.select_related("group").get(pk=meeting.pk)
    require(is_to_come(fresh))
    return fresh


def _current(turn: Turn) -> Turn:
    hold_group(turn.meeting.group)
    return Turn.objects.select_related("meeting__group", "role", "person", "asked_by").get(pk=turn.pk)


def _said(turn: Turn) -> tuple[int, int, str, str]:
    """What the facts about a turn begin with."""
    return turn.pk, turn.meeting_id, turn.role.name, turn.meeting.starts.date().isoformat()


def _is_taken(role: CallRole, turn: Turn | None) -> Refused:
    if turn is None:
        return Refused(_("Somebody else was quicker: this call has its %(role)s.") % {"role": role.name}, code="taken")
    words = {"role": role.name, "name": turn.person.name}
    if turn.is_taken:
        return Refused(_("%(name)s is %(role)s at this call.") % words, code="taken")
    return Refused(_("%(name)s was asked to be %(role)s at this call, and has not answered yet.") % words, code="taken")
