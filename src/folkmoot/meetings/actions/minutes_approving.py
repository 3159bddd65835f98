"""Approving minutes: by people who are named, on a later call, or by silence. With that they are frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.domain.silence import period
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.ledger.facts import Fact
from folkmoot.meetings.actions.minutes import hold_draft, hold_minutes
from folkmoot.meetings.actions.telling import tell_group
from folkmoot.meetings.being_written import put_down_first
from folkmoot.meetings.domain.role_words import SCRIBE
from folkmoot.meetings.facts import (
    MinutesApproved,
    MinutesApprovedBy,
    MinutesChangeAnswered,
    MinutesProposed,
    MinutesTakenBack,
)
from folkmoot.meetings.minutes_rules import may_ask_for_change, may_lead_minutes
from folkmoot.meetings.models import (
    ApprovalWay,
    Meeting,
    Minutes,
    MinutesApproval,
    MinutesState,
    Turn,
    TurnState,
    WantedChange,
)
from folkmoot.meetings.notices import MinutesAreApproved, MinutesLieOpen, MinutesNeedChange, MinutesWait
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.who import author, others

MOST_APPROVERS = 12


@transaction.atomic
def propose_minutes(minutes: Minutes, *, way: str = "", people: Sequence[Person] = (), by: Actor) -> Minutes:
    """Lay the draft open for approval, in this way (else in the group's); those who are to do something are told.

    Refused `forbidden`, `frozen`, `invalid`; `nobody_named` for approval by people without any, `not_in_group` for
    somebody who takes no part in the group.
    """
    held, now = hold_draft(minutes, by=by), timezone.now()
    put_down_first(held)
    way = way or held.way
    if way not in ApprovalWay.values:
        raise Refused(_("Minutes are approved by people, on a later call, or by silence."), code="invalid")
    named = _named(held, people) if way == ApprovalWay.PEOPLE else []
    if way == ApprovalWay.PEOPLE and not named:
        raise Refused(_("Please name at least one person who approves."), code="nobody_named")
    held.way, held.state, held.proposed_at = way, MinutesState.PROPOSED, now
    held.silence_ends_at = period(now, held.days, skips_weekends=True).ends_at if way == ApprovalWay.SILENCE else None
    held.save(update_fields=["way", "state", "proposed_at", "silence_ends_at"])
    held.approvals.all().delete()
    MinutesApproval.objects.bulk_create(MinutesApproval(minutes=held, person=person, asked_at=now) for person in named)
    _record(MinutesProposed(meeting_id=held.pk, way=way, person_ids=[one.pk for one in named]), held, by)
    tell(others(named, by), MinutesWait(held.meeting))
    if held.silence_ends_at is not None:
        tell_group(held.meeting.group, MinutesLieOpen(held.meeting, held.silence_ends_at), by=by)
    return held


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: Person) -> Minutes:
    """Approve minutes as one of those who are named; with the last of them they are approved. Twice is told once.

    Refused `forbidden` for whoever was not asked, `not_open`.
    """
    held = hold_minutes(minutes)
    mine = held.approvals.filter(person=by).first() if by.is_active else None
    if mine is None:
        raise Refused(_("Only those who were asked approve these minutes."), code="forbidden")
    if mine.answered_at is not None:
        return held
    _require_open(held, ApprovalWay.PEOPLE)
    mine.answered_at = timezone.now()
    mine.save(update_fields=["answered_at"])
    _record(MinutesApprovedBy(meeting_id=held.pk), held, by)
    if not held.approvals.filter(answered_at=None).exists():
        _freeze(held, by)
    return held


@transaction.atomic
def approve_on_call(minutes: Minutes, later: Meeting, *, by: Actor) -> Minutes:
    """Note that a later call of the group approved minutes. Refused `forbidden`, `not_open`, `invalid` for another."""
    held = hold_minutes(minutes)
    require(may_lead_minutes(by, held.meeting))
    _require_open(held, ApprovalWay.NEXT_CALL)
    now = timezone.now()
    fits = later.group_id == held.meeting.group_id and held.meeting.starts_at < later.starts_at <= now
    if not fits or not later.is_planned:
        raise Refused(_("Please choose a later call of the group that has begun."), code="invalid")
    held.approved_on = later
    _freeze(held, by)
    return held


@transaction.atomic
def ask_for_change(minutes: Minutes, why: str, *, by: Actor) -> Minutes:
    """Ask that minutes which lie open be changed: they are a draft again, and those who write are told.

    Refused `forbidden`, `reason_needed`.
    """
    held = hold_minutes(minutes)
    require(may_ask_for_change(by, held))
    why = entered.reason(why)
    held.state, held.proposed_at, held.silence_ends_at = MinutesState.DRAFT, None, None
    held.save(update_fields=["state", "proposed_at", "silence_ends_at"])
    held.approvals.all().delete()
    WantedChange.objects.create(minutes=held, why=why, asked_at=timezone.now(), asked_by=author(by))
    _record(MinutesTakenBack(meeting_id=held.pk, why=why), held, by)
    tell(others(_writers(held), by), MinutesNeedChange(held.meeting))
    return held


@transaction.atomic
def answer_change(wanted: WantedChange, answer: str, *, by: Actor) -> WantedChange:
    """Say what became of a change that somebody asked for; a later answer takes the place of an earlier one.

    Refused `forbidden` to all but those who write the minutes, `frozen` unless they are a draft, `reason_needed`.
    """
    held = hold_draft(wanted.minutes, by=by)
    found = WantedChange.objects.get(pk=wanted.pk, minutes=held)
    words = entered.reason(answer)
    if found.answer == words:
        return found
    found.answer, found.answered_at, found.answered_by = words, timezone.now(), author(by)
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    _record(MinutesChangeAnswered(meeting_id=held.pk, wanted_change_id=found.pk), held, by)
    return found


def approve_by_silence(*, now: datetime) -> int:
    """Approve the minutes whose silence is over, each by itself; how many those are. Done twice, it is told once."""
    due = Minutes.objects.filter(
        state=MinutesState.PROPOSED, way=ApprovalWay.SILENCE, silence_ends_at__lte=now
    ).select_related("meeting__group")
    return sum(_end_silence(minutes, now) for minutes in due.order_by("silence_ends_at", "pk"))


@transaction.atomic
def _end_silence(minutes: Minutes, now: datetime) -> bool:
    try:
        held = hold_minutes(minutes)
    except Refused:
        # A closed group writes nothing; its minutes stay as they are until it is opened again.
        return False
    is_over = held.silence_ends_at is not None and held.silence_ends_at <= now
    if not (held.is_proposed and held.way == ApprovalWay.SILENCE and is_over):
        return False
    _freeze(held, system())
    return True


def _freeze(held: Minutes, by: Actor) -> None:
    held.state, held.approved_at = MinutesState.APPROVED, timezone.now()
    held.save(update_fields=["state", "approved_at", "approved_on"])
    _record(
        MinutesApproved(meeting_id=held.pk, way=held.way, on_meeting_id=held.approved_on_id),
        held,
        by,
    )
    tell(others(managers_of(held.meeting.group), by), MinutesAreApproved(held.meeting))


def _require_open(held: Minutes, way: ApprovalWay) -> None:
    if not held.is_proposed or held.way != way:
        raise Refused(_("These minutes do not wait to be approved in this way."), code="not_open")


def _named(held: Minutes, people: Sequence[Person]) -> list[Person]:
    named = list({person.pk: person for person in people}.values())
    if len(named) > MOST_APPROVERS:
        raise Refused(_("At most %(most)d people, please.") % {"most": MOST_APPROVERS}, code="invalid")
    for person in named:
        entered.of_group(person, held.meeting.group)
    return named


def _writers(held: Minutes) -> list[Person]:
    """Who leads the group, and the scribe of the call."""
    turns = Turn.objects.filter(meeting=held.meeting, role__key=SCRIBE, state=TurnState.TAKEN).select_related("person")
    found = [*managers_of(held.meeting.group), *(turn.person for turn in turns)]
    return list({person.pk: person for person in found}.values())


def _record(fact: Fact, held: Minutes, by: Actor) -> None:
    record(fact, by=by, on=held.meeting, within=held.meeting.group)
