"""The days of an election: every step laid out from one day that was chosen, also when it is begun late. Pure.

A template says where each step lies from the chosen day, how many days it takes at least, and what it waits for.
`lay_out` keeps the wished days where they can be kept. Where they cannot, because days have passed or a step before
takes longer, a step first becomes shorter, down to its minimum, and only then moves. A day may be fixed, such as the
one on which terms begin: steps before it are shortened to make room, and where their minimums do not fit the `Problem`
says whose minimum breaks. Steps may overlap, as a call with its nominations does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from folkmoot.kit.errors import Refused

FURTHEST: Final = 1100
"""Nobody plans an election more than three years ahead: that is a slip of the keyboard."""
ONE_DAY: Final = timedelta(days=1)


class Step(StrEnum):
    """The steps of an election; the same words as `models.elections.Stage`."""

    ROLES = "roles"
    CALL = "call"
    NOMINATIONS = "nominations"
    ACCEPTANCE = "acceptance"
    QUESTIONS = "questions"
    FREEZE = "freeze"
    VOTING = "voting"
    GRACE = "grace"
    COUNT = "count"
    RESULT = "result"
    COMPLAINTS = "complaints"
    ONBOARDING = "onboarding"
    TERM = "term"
    RETRO = "retro"


@dataclass(frozen=True)
class Timing:
    """Where one step lies: `first` and `last` in days from the chosen day, both belonging to it.

    It takes `shortest` days at least; one of 0 is left out where its days have passed, or where it has none. It begins
    after the last day of all in `after`, and not before the first day of all in `since`; it ends no sooner than all in
    `until`.
    """

    step: Step
    first: int
    last: int
    shortest: int = 1
    after: tuple[Step, ...] = ()
    since: tuple[Step, ...] = ()
    until: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Template:
    """The steps of one kind of election, each after those that it waits for; counted from the first day of `anchor`."""

    timings: tuple[Timing, ...]
    anchor: Step = Step.VOTING

    def timing(self, step: Step) -> Timing:
        """Of one step; KeyError where there is none."""
        return {timing.step: timing for timing in self.timings}[step]

    def start_for(self, step: Step, day: date) -> date:
        """The day to choose so that a step begins on `day`; KeyError where there is no such step."""
        return day - (self.timing(step).first - self.timing(self.anchor).first) * ONE_DAY

    def __contains__(self, step: Step) -> bool:
        return any(timing.step == step for timing in self.timings)


@dataclass(frozen=True)
class Days:
    """The first and the last day of a step."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


class What(StrEnum):
    """What became of a step that is not where it should be."""

    LEFT_OUT = "left_out"
    SHORTENED = "shortened"
    MOVED = "moved"


@dataclass(frozen=True)
class Note:
    """One step that is not on the days of the template. `got` is None where it was left out."""

    step: Step
    what: What
    wanted: Days
    got: Days | None
    shortest: int

    @property
    def is_at_its_shortest(self) -> bool:
        return self.got is not None and self.got.count == self.shortest


@dataclass(frozen=True)
class Problem:
    """The step `fixed` should be on `day` and cannot: `breaks` needs its `shortest` days and, begun as early as can be,
    is over on `over_on` alone (`fixed` itself where its day has passed)."""

    fixed: Step
    day: date
    breaks: Step
    shortest: int
    over_on: date


@dataclass(frozen=True)
class Plan:
    """The days of all steps, what is not as it should be, and what cannot be."""

    days: Mapping[Step, Days]
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_possible(self) -> bool:
        return not self.problems


def lay_out(
    template: Template, start: date, today: date, *, fixed: Mapping[Step, date] | None = None, grace: int = 0
) -> Plan:
    """The days of every step, when the first day of the template's anchor is to be `start`.

    No step lies before `today`. `fixed` are first days that have to be kept. `grace` is how many days after voting
    ballots are still taken. Refused `too_far` for a day that is years away, `past` for one that has passed.
    """
    check_reach(start, today)
    if start < today:
        raise Refused(f"{start:%-d %B %Y} has passed.", code="past")
    wanted: dict[Step, Days] = {}
    for timing in template.timings:
        last = timing.first + grace - 1 if timing.step == Step.GRACE else timing.last
        if last >= timing.first:
            wanted[timing.step] = Days(start + timing.first * ONE_DAY, start + last * ONE_DAY)
    return settle(template, wanted, today, fixed=fixed or {})


def move(
    template: Template,
    days: Mapping[Step, Days],
    step: Step,
    to: Days,
    today: date,
    *,
    fixed: Mapping[Step, date] | None = None,
) -> Plan:
    """The days of all steps once `step` was moved: those that wait for it follow, by as many days as it moved.

    What has begun keeps its first day, what is over its days. Refused `too_short` below the step's minimum, `no_step`
    for one that the election does not have, `too_early` where it would begin before what it waits for is over,
    `past` where it would begin before today.
    """
    if step not in days or step not in template:
        raise Refused("This election has no such step.", code="no_step")
    timing, was = template.timing(step), days[step]
    check_reach(to.first, today)
    check_reach(to.last, today)
    if to.last < to.first:
        raise Refused("It cannot end before it begins.", code="wrong_order")
    if to.count < timing.shortest:
        raise Refused(
            f"It takes {timing.shortest} days at least, and this would be {to.count}.",
            code="too_short",
            step=step,
            shortest=timing.shortest,
        )
    if to.last < today or (to.first < today and to.first != was.first):
        raise Refused("That day has passed.", code="past")
    wanted = {step: to}
    shifts = {step: (to.first - was.first, to.last - was.last)}
    for other in template.timings:
        if other.step == step or other.step not in days:
            continue
        by = _follows(other, shifts)
        if by is not None:
            shifts[other.step] = (by, by)
        shift = by or timedelta()
        wanted[other.step] = Days(days[other.step].first + shift, days[other.step].last + shift)
    begun = {one: span for one, span in days.items() if span.first < today and one != step}
    plan = settle(template, wanted, today, fixed=fixed or {}, begun=begun, held={step: to})
    if plan.days[step] != to:
        earliest = plan.days[step].first
        raise Refused(
            f"What comes before it is over only then: it can begin on {earliest:%-d %B %Y} at the earliest.",
            code="too_early",
            step=step,
            earliest=earliest,
        )
    return plan


def _follows(timing: Timing, shifts: Mapping[Step, tuple[timedelta, timedelta]]) -> timedelta | None:
    """By how much a step follows those that moved: the ends of those it waits for, the beginnings of the others."""
    moved = [shifts[one][1] for one in timing.after if one in shifts]
    moved += [shifts[one][0] for one in timing.since if one in shifts]
    return max(moved) if moved else None


def settle(
    template: Template,
    wanted: Mapping[Step, Days],
    today: date,
    *,
    fixed: Mapping[Step, date],
    begun: Mapping[Step, Days] | None = None,
    held: Mapping[Step, Days] | None = None,
) -> Plan:
    """As many of the wanted days as can be kept; see the top of this module."""
    begun, held = begun or {}, held or {}
    limits = _latest(template, wanted, fixed)
    days: dict[Step, Days] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    chosen = [timing.step for timing in template.timings].index(template.anchor)
    for place, timing in enumerate(template.timings):
        step = timing.step
        if step not in wanted:
            continue
        wish = wanted[step]
        if step in fixed:
            wish = Days(fixed[step], fixed[step] + (wish.last - wish.first))
        if step in begun and begun[step].last < today:
            days[step] = begun[step]
            continue
        earliest, because = _earliest(timing, days, today)
        if step in begun:
            earliest = begun[step].first
        latest = limits.get(step)
        got = _placed(timing, wish, earliest, latest, is_held=step in held, may_come_sooner=place > chosen)
        if step in begun and got is not None and got.last < today:
            got = Days(got.first, today)
        if got is not None and step not in held:
            got = Days(got.first, max([got.last, *(days[one].last for one in timing.until if one in days)]))
        if got is None:
            notes.append(Note(step, What.LEFT_OUT, wish, None, timing.shortest))
            continue
        if step in fixed and got.first > fixed[step]:
            problems.append(_problem(template, step, fixed[step], because, days))
        days[step] = got
        if got != wish:
            what = What.SHORTENED if got.count < wish.count else What.MOVED
            notes.append(Note(step, what, wish, got, timing.shortest))
    return Plan(days, tuple(notes), tuple(problems))


def _placed(
    timing: Timing, wish: Days, earliest: date, latest: Days | None, *, is_held: bool, may_come_sooner: bool
) -> Days | None:
    """Where a step comes to lie between the earliest day and the `latest` days (both) that leave room for a fixed one.

    Only what comes after the chosen day begins sooner than wished to make room. None where it may be left out and its
    days have passed, or there is no room.
    """
    may_go = timing.shortest == 0
    if may_go and wish.last < earliest:
        return None
    first = max(wish.first, earliest)
    last = wish.last
    if latest is not None and not is_held:
        first = max(earliest, min(first, latest.first)) if may_come_sooner else first
        last = min(last, latest.last)
    if may_go and last < first:
        return None
    return Days(first, max(last, first + (max(timing.shortest, 1) - 1) * ONE_DAY))


def _earliest(timing: Timing, days: Mapping[Step, Days], today: date) -> tuple[date, Step | None]:
    """The first day on which a step may begin, and the step that it has to wait for (None: only for today)."""
    waits = [(days[one].last + ONE_DAY, one) for one in timing.after if one in days]
    waits += [(days[one].first, one) for one in timing.since if one in days]
    day, because = max(waits, key=lambda wait: wait[0], default=(today, None))
    return (day, because) if day > today else (today, None)


def _latest(template: Template, wanted: Mapping[Step, Days], fixed: Mapping[Step, date]) -> dict[Step, Days]:
    """The latest first and last day of every step before a fixed one, counted backwards by the minimums."""
    limits: dict[Step, Days] = {}
    for timing in reversed(template.timings):
        step = timing.step
        if step in fixed and step in wanted:
            length = wanted[step].count - 1
            limits[step] = Days(fixed[step], fixed[step] + length * ONE_DAY)
        if step not in limits:
            continue
        begins = limits[step].first
        for one in timing.after:
            _lower(template, limits, one, first=None, last=begins - ONE_DAY)
        for one in timing.since:
            _lower(template, limits, one, first=begins, last=None)
        for one in timing.until:
            _lower(template, limits, one, first=None, last=limits[step].last)
    return limits


def _lower(template: Template, limits: dict[Step, Days], step: Step, *, first: date | None, last: date | None) -> None:
    """Let a step begin (or end) no later than this."""
    if step not in template:
        return
    room = (max(template.timing(step).shortest, 1) - 1) * ONE_DAY
    known = limits.get(step)
    ends = last if known is None else min(known.last, last or date.max)
    ends = ends or date.max
    begins = min(first or date.max, ends - room if ends != date.max else date.max)
    if known is not None:
        begins = min(begins, known.first)
    limits[step] = Days(begins, ends)


def _problem(template: Template, step: Step, day: date, because: Step | None, days: Mapping[Step, Days]) -> Problem:
    if because is None:
        return Problem(step, day, step, template.timing(step).shortest, day)
    return Problem(step, day, because, template.timing(because).shortest, days[because].last)


def check_reach(day: date, today: date) -> None:
    """Refused `too_far` for a day more than three years away."""
    if abs((day - today).days) > FURTHEST:
        raise Refused(f"{day:%-d %B %Y} is more than three years away.", code="too_far")


def steps_now(days: Mapping[Step, Days], today: date) -> Sequence[Step]:
    """The steps that are under way on a day, in the order of their days."""
    running = [step for step, span in days.items() if span.first <= today <= span.last]
    return sorted(running, key=lambda step: (days[step].last, list(Step).index(step)))


def step_next(days: Mapping[Step, Days], today: date) -> Step | None:
    """The step that begins next after a day."""
    coming = [step for step, span in days.items() if span.first > today]
    return min(coming, key=lambda step: (days[step].first, list(Step).index(step)), default=None)
