"""What the two of a pair do on their own page; nobody else can, whoever they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.mentoring import hold_programme
from folkmoot.connections.actions.mentoring_matching import hold_pair
from folkmoot.connections.facts.mentoring import MentorPairEnded
from folkmoot.connections.models.mentoring import (
    LONGEST_GOALS,
    LONGEST_NOTE,
    ClosingReflection,
    EndedBy,
    HowItGoes,
    MentorPair,
    PairCheckIn,
    PairMeeting,
    PairNote,
    PairState,
    SharedWith,
)
from folkmoot.connections.models.mentoring_programmes import MOST_WEEKS, MentoringApplication, Side
from folkmoot.connections.notices.mentoring import AttentionWanted, NextMeetingSet, PairEnded
from folkmoot.connections.queries.mentoring import who_runs
from folkmoot.connections.rules.mentoring import PAIRS_ARE_MADE
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards

FURTHEST_MEETING = timedelta(days=183)
MOST_MEETINGS = 300
SHORTEST_MEETING, LONGEST_MEETING = 15, 240


@dataclass(frozen=True)
class NextMeeting:
    """When the two meet next: a wall time in a zone, and for how many minutes."""

    day: date
    at: time
    zone: str
    minutes: int = 45


@transaction.atomic
def agree_on_goals(pair: MentorPair, *, goals: str, weeks: int, was: str | None = None, by: Person) -> MentorPair:
    """Write down what the two want to reach and every how many weeks they meet.

    `was` is the text that was looked at: refused `stale` where the other one has changed it meanwhile.
    """
    held = _running(pair, by)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused(_("Two meet every one to eight weeks."), code="invalid", field="weeks")
    if was is not None and _plain(was) != _plain(held.goals):
        raise Refused(
            _("The other one of you has changed this meanwhile. Please look at it and put both together."), code="stale"
        )
    held.goals, held.weeks, held.goals_by = goals.strip()[:LONGEST_GOALS], weeks, by
    held.save(update_fields=["goals", "weeks", "goals_by"])
    return held


@transaction.atomic
def set_next_meeting(pair: MentorPair, when: NextMeeting | None, *, by: Person) -> MentorPair:
    """Choose the time of the next meeting, or take it away; the other one is told of a new time.

    Refused `past`, and `invalid` for a time that does not exist on that day, is too far away or of no length.
    """
    held = _running(pair, by)
    if when is None:
        held.next_day = held.next_time = None
    else:
        zone = _checked(when)
        present = (held.next_day, held.next_time, held.next_zone, held.next_minutes)
        if present == (when.day, when.at, zone, when.minutes):
            return held
        held.next_day, held.next_time, held.next_zone = when.day, when.at, zone
        held.next_minutes = when.minutes
    held.next_number += 1
    held.next_set_at = timezone.now()
    held.save()
    side = held.side_of(by)
    if when is not None and side is not None:
        tell([held.other(side)], NextMeetingSet(held, by.name))
    return held


@transaction.atomic
def note_meeting(pair: MentorPair, held_on: date, *, words: str = "", by: Person) -> PairMeeting:
    """Write down that the two met on a day, with a note for both; the same day again changes one's own note.

    Refused `invalid` for a day to come or before they were a pair.
    """
    held = _of(pair, by, PairState.RUNNING, PairState.ENDED)
    first = min(one.date() for one in (held.mentor_agreed_at, held.mentee_agreed_at) if one is not None)
    if held_on > today_here() or held_on < first - timedelta(days=1):
        raise Refused(
            _("Please choose a day since you became a pair, and not one to come."), code="invalid", field="held_on"
        )
    if held.meetings.count() >= MOST_MEETINGS:
        raise Refused(_("There are so many meetings already that no more can be kept."), code="too_many")
    meeting, _is_new = PairMeeting.objects.get_or_create(pair=held, held_on=held_on)
    said = words.strip()[:LONGEST_NOTE]
    if said:
        PairNote.objects.update_or_create(meeting=meeting, person=by, defaults={"words": said})
    return meeting


@transaction.atomic
def forget_meeting(meeting: PairMeeting, *, by: Person) -> None:
    """Take a day out that was written down by mistake. Refused `has_notes` where the other one wrote a note to it."""
    _of(meeting.pair, by, PairState.RUNNING, PairState.ENDED)
    if meeting.notes.exclude(person=by).exists():
        raise Refused(_("The other one of you wrote a note to this day, so it stays."), code="has_notes")
    meeting.delete()


@transaction.atomic
def answer_check_in(check_in: PairCheckIn, answer: HowItGoes, *, by: Person) -> PairCheckIn:
    """Say how it goes, or say it otherwise. Only `attention` is told to anybody: to those who run the programme."""
    held = _of(check_in.pair, by, PairState.RUNNING, PairState.ENDED)
    mine = PairCheckIn.objects.filter(pk=check_in.pk, person=by).first()
    if mine is None:
        raise _nothing()
    mine.answer, mine.answered_at = answer, timezone.now()
    mine.save(update_fields=["answer", "answered_at"])
    if answer == HowItGoes.ATTENTION:
        both = held.people
        runs = [one for one in who_runs(held.programme) if one not in both]
        # Where nobody but the two runs it, a steward does so in their stead.
        tell(runs or [one for one in stewards() if one not in both], AttentionWanted(mine, held.programme, by.name))
    return mine


@transaction.atomic
def end_pair(pair: MentorPair, *, looks_again: bool, by: Person) -> MentorPair:
    """End it here, without a reason; the other one is told kindly. Ending twice is once.

    With `looks_again` whoever ends it is suggested to somebody else; the other one says so for themselves.
    """
    held = _of(pair, by, PairState.RUNNING, PairState.ENDED)
    if held.state == PairState.ENDED:
        return held
    end_held(held, EndedBy.EARLY)
    side = held.side_of(by)
    if side is not None:
        mine, other = held.application_of(side), held.application_of(_other(side))
        _into_pool(mine, looks_again)
        _into_pool(other, False)
        tell([other.person], PairEnded(held, by.name))
    return held


def end_held(pair: MentorPair, how: EndedBy) -> None:
    """End a pair that is held; nobody is told."""
    pair.state, pair.ended_by = PairState.ENDED, how
    pair.ended_on = min(today_here(), pair.programme.ends_on)
    pair.began_on = min(pair.began_on or pair.ended_on, pair.ended_on)  # it may end before the first day
    pair.next_day = pair.next_time = None
    pair.save()
    record(MentorPairEnded(pair.programme_id, pair.pk, how.value), by=system(), on=pair, within=pair.programme.group)


@transaction.atomic
def look_again(application: MentoringApplication, wants: bool, *, by: Person) -> None:
    """Be suggested to somebody (else), or not any more: one's own to say, while pairs are made.

    Refused `not_found` for anybody else, and `ended` when no pairs are made any more.
    """
    held = hold_programme(application.programme)
    mine = MentoringApplication.objects.filter(pk=application.pk, programme=held, person=by).first()
    if mine is None:
        raise _nothing()
    if wants and held.phase(today_here()) not in PAIRS_ARE_MADE:
        raise Refused(_("The programme brings nobody together any more."), code="ended")
    _into_pool(mine, wants)


@transaction.atomic
def reflect(pair: MentorPair, words: str, shared: SharedWith, *, by: Person) -> ClosingReflection:
    """Write down what one takes with one, for whoever one chooses; again changes it. Refused `invalid`, `running`."""
    held = _of(pair, by, PairState.ENDED)
    said = words.strip()[:LONGEST_NOTE]
    if not said:
        raise Refused(_("Please write a few words, or leave it for later."), code="invalid", field="words")
    written, _is_new = ClosingReflection.objects.update_or_create(
        pair=held, person=by, defaults={"words": said, "shared": shared, "written_at": timezone.now()}
    )
    return written


@transaction.atomic
def take_reflection_back(pair: MentorPair, *, by: Person) -> None:
    """Delete what one wrote; without anything nothing happens."""
    _of(pair, by, PairState.ENDED).reflections.filter(person=by).delete()


def _running(pair: MentorPair, by: Person) -> MentorPair:
    return _of(pair, by, PairState.RUNNING)


def _of(pair: MentorPair, by: Person, *states: PairState) -> MentorPair:
    """The held pair of somebody who is one of the two; Refused `not_found` for everybody else, else `not_now`."""
    held = hold_pair(pair)
    if held.side_of(by) is None:
        raise _nothing()
    if held.state not in states:
        raise Refused(
            _("The two of you are not a pair any more, so this stays as it is.")
            if held.state == PairState.ENDED
            else _("This is for later: the two of you are a pair until the end, or not yet one."),
            code="not_now",
        )
    return held


def _checked(when: NextMeeting) -> str:
    """The zone by its name of today, for a time that can be."""
    zone = zones.canonical(when.zone)
    if not SHORTEST_MEETING <= when.minutes <= LONGEST_MEETING:
        raise Refused(_("A meeting takes from 15 minutes to 4 hours."), code="invalid", field="minutes")
    if abs(when.day - today_here()) > FURTHEST_MEETING + timedelta(days=2):
        raise Refused(_("Please choose a day within the next half year."), code="invalid", field="day")
    resolved = zones.local_to_utc(datetime.combine(when.day, when.at), zone)
    if resolved.kind == "gap":
        raise Refused(_("On that day the clocks jump over this time. Please choose another one."), code="invalid")
    now = timezone.now()
    if resolved.utc <= now:
        raise Refused(_("That time is over already."), code="past", field="day")
    if resolved.utc > now + FURTHEST_MEETING:
        raise Refused(_("Please choose a day within the next half year."), code="invalid", field="day")
    return zone


def _into_pool(application: MentoringApplication, wants: bool) -> None:
    MentoringApplication.objects.filter(pk=application.pk).update(in_pool=wants)


def _other(side: Side) -> Side:
    return Side.MENTEE if side == Side.MENTOR else Side.MENTOR


def _plain(text: str) -> str:
    """As browsers send it back."""
    return text.replace("\r\n", "\n").strip()


def _nothing() -> Refused:
    return Refused(_("There is nothing here."), code="not_found")
