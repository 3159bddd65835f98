"""What the page of a pair shows to one of the two."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from folkmoot.connections.domain.mentoring_terms import Moment
from folkmoot.connections.domain.shared_hours import SharedTime, shared_times
from folkmoot.connections.mentoring_words import MOMENTS
from folkmoot.connections.models.mentoring import (
    ClosingReflection,
    MentorPair,
    PairCheckIn,
    PairMeeting,
    PairState,
    SharedWith,
)
from folkmoot.connections.models.mentoring_programmes import Side
from folkmoot.connections.queries.mentoring_matching import rhythm_of, week_from
from folkmoot.connections.rules.mentoring import PAIRS_ARE_MADE
from folkmoot.kit import ical, zones
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import spans_of
from folkmoot.people.reader import Reader
from folkmoot.ui import times

PROPOSED = 6
WALL = "%Y-%m-%dT%H:%M"
HALF_AN_HOUR = timedelta(minutes=30)


class PairPage:
    """One pair, as one of the two sees it. Times are by the reader's clock; the other one's zone is not told."""

    def __init__(self, pair: MentorPair, reader: Reader, side: Side, *, now: datetime) -> None:
        self.pair, self.reader, self.side, self.now = pair, reader, side, now
        self.me, self.other = pair.application_of(side).person, pair.other(side)

    @property
    def is_asked(self) -> bool:
        return self.pair.state == PairState.ASKED

    @property
    def is_running(self) -> bool:
        return self.pair.state == PairState.RUNNING

    @property
    def has_ended(self) -> bool:
        return self.pair.state == PairState.ENDED

    @property
    def i_agreed(self) -> bool:
        return self.pair.agreed_at(self.side) is not None

    @property
    def may_look_again(self) -> bool:
        """Whether the programme still brings people together, for who has ended a pair."""
        return self.has_ended and self.pair.programme.phase(today_here()) in PAIRS_ARE_MADE

    @property
    def looks_again(self) -> bool:
        return self.pair.application_of(self.side).in_pool

    @property
    def meetings(self) -> list[PairMeeting]:
        return list(self.pair.meetings.prefetch_related("notes__person"))

    @property
    def check_in(self) -> PairCheckIn | None:
        """The last question how it goes, answered or not."""
        return self.pair.check_ins.filter(person=self.me).order_by("-asked_at", "-pk").first()

    @property
    def check_in_moment(self) -> str:
        found = self.check_in
        return str(MOMENTS[Moment(found.moment)]) if found is not None else ""

    @property
    def mine(self) -> ClosingReflection | None:
        return self.pair.reflections.filter(person=self.me).first()

    @property
    def of_other(self) -> ClosingReflection | None:
        """What the other one takes with them, where they let their pair read it."""
        return self.pair.reflections.filter(person=self.other, shared=SharedWith.PAIR).first()

    def proposals(self) -> list[tuple[str, str]]:
        """The next times that suit both, as a form's choices: wall times by the reader's clock, and in words."""
        found = []
        for number, shared in enumerate(self._shared()):
            # Now at the beginning of a stretch, now in its middle: something for early people and for late ones.
            start = shared.start if number % 2 == 0 else shared.start + (shared.end - shared.start) / 2
            if start + timedelta(minutes=self.pair.next_minutes + 30) > shared.end:
                start = shared.start
            local = times.local(_rounded_up(start), self.reader.zone)
            words = (
                f"{times.long_day(local.date(), now=self.now.date())}, {times.clock_words(local, self.reader.clock)}"
            )
            found.append((local.strftime(WALL), words))
        return found

    def _shared(self) -> tuple[SharedTime, ...]:
        both = (self.me, self.other)
        rhythms = [rhythm_of(person) for person in both]
        window = week_from(self.now)
        away = spans_of([person.pk for person in both], since=window.start.date() - timedelta(days=1))
        busy = [
            [_midnights(span.first, span.last, rhythm.zone) for span in away.get(person.pk, ())]
            for person, rhythm in zip(both, rhythms, strict=True)
        ]
        least = self.pair.next_minutes + 30
        return shared_times(rhythms, window, least=least, most=PROPOSED, busy=busy)


def _rounded_up(at: datetime) -> datetime:
    """The next half hour on the clock."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour + -(-(at - hour) // HALF_AN_HOUR) * HALF_AN_HOUR


def _midnights(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """From the beginning of one day to the end of another."""
    from_, until = (datetime.combine(day, time()) for day in (first, last + timedelta(days=1)))
    return zones.local_to_utc(from_, zone).utc, zones.local_to_utc(until, zone).utc


def next_meeting_file(pair: MentorPair, reader: Reader, *, summary: str, address: str) -> bytes | None:
    """The next meeting for any calendar, by the reader's clock; None without one."""
    at = pair.next_at
    if at is None or pair.next_set_at is None:
        return None
    event = ical.Event(
        uid=f"mentor-pair-{pair.pk}@folkmoot",
        summary=summary,
        changed=pair.next_set_at,
        start=times.local(at, reader.zone).replace(tzinfo=None),
        zone=reader.zone,
        duration=timedelta(minutes=pair.next_minutes),
        sequence=pair.next_number,
        url=address,
    )
    used = ical.timezones([(event.zone, event.first, event.first)])
    return ical.calendar([ical.component(event)], used, name=summary, method=None, refresh=None)
