"""How goals stand: progress in words and numbers, now or on a day that is past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.progress import mean, percent, progress
from folkmoot.plan.measures import MEASURES
from folkmoot.plan.models import CheckIn, Confidence, Goal, KeyResult, Value
from folkmoot.plan.period_words import number_words, period_words

TONES = {Confidence.ON_TRACK: "moss", Confidence.AT_RISK: "gold", Confidence.OFF_TRACK: "rose"}
WORST_FIRST = {Confidence.OFF_TRACK.value: 0, Confidence.AT_RISK.value: 1, "": 2, Confidence.ON_TRACK.value: 3}


@dataclass(frozen=True)
class ResultStanding:
    """A key result, and how far it has come on a day (None: by the latest value)."""

    key_result: KeyResult
    values: Sequence[Value]
    on: date | None = None

    @cached_property
    def latest(self) -> Value | None:
        """The latest value up to the day."""
        return next((value for value in self.values if self.on is None or value.on <= self.on), None)

    @property
    def stands_at(self) -> Decimal | None:
        if self.on is not None:
            return self.latest.value if self.latest else None
        return self.key_result.current if self.key_result.final is None else self.key_result.final

    @cached_property
    def progress(self) -> Fraction | None:
        return progress(self.key_result.baseline, self.key_result.target, self.stands_at)

    @property
    def percent(self) -> int | None:
        return None if self.progress is None else percent(self.progress)

    @property
    def unit(self) -> str:
        return self.key_result.unit

    @property
    def now_words(self) -> str:
        return number_words(self.stands_at, self.unit)

    @property
    def way_words(self) -> str:
        """ "from 12 to 20 people"."""
        return _("from %(baseline)s to %(target)s") % {
            "baseline": number_words(self.key_result.baseline),
            "target": number_words(self.key_result.target, self.unit),
        }

    @property
    def direction_words(self) -> str:
        up = self.key_result.target > self.key_result.baseline
        return _("more is better") if up else _("less is better")

    @property
    def measured_as(self) -> str:
        """What the system measures, or nothing where people enter the values."""
        measure = MEASURES.get(self.key_result.measure)
        return str(measure.label) if measure else ""


@dataclass(frozen=True)
class GoalStanding:
    """A goal with its key results and its latest check-in, now or on a day that is past."""

    goal: Goal
    results: Sequence[ResultStanding]
    check_in: CheckIn | None

    @cached_property
    def progress(self) -> Fraction | None:
        return mean(result.progress for result in self.results)

    @property
    def percent(self) -> int | None:
        return None if self.progress is None else percent(self.progress)

    @property
    def percent_words(self) -> str:
        """ "64 per cent of the way", or that nobody can tell yet."""
        if self.percent is None:
            return _("not measured yet")
        return _("%(percent)d per cent of the way") % {"percent": self.percent}

    @property
    def confidence(self) -> str:
        return self.check_in.confidence if self.check_in else ""

    @property
    def confidence_words(self) -> str:
        return self.check_in.get_confidence_display() if self.check_in else _("nobody has checked in yet")

    @property
    def tone(self) -> str:
        return TONES.get(Confidence(self.confidence), "dusk") if self.confidence else "dusk"

    @property
    def period_words(self) -> str:
        return period_words(self.goal.period)

    @property
    def is_closed(self) -> bool:
        return self.goal.closed_at is not None

    @property
    def order(self) -> tuple[int, int, int]:
        """What is off track first, then what is at risk, then what nobody has said anything of."""
        return (WORST_FIRST[self.confidence], self.goal.year, self.goal.quarter)


def goals_standing(goals: models.QuerySet[Goal], *, on: date | None = None) -> list[GoalStanding]:
    """How these goals stand, in a fixed number of queries."""
    found = goals.select_related("owner", "group").prefetch_related(
        "check_ins__by", "key_results__owner", "key_results__values__by"
    )
    return [goal_standing(goal, on=on) for goal in found]


def goal_standing(goal: Goal, *, on: date | None = None) -> GoalStanding:
    """How one goal stands; its key results, values and check-ins should be prefetched."""
    return GoalStanding(
        goal,
        [ResultStanding(one, list(one.values.all()), on) for one in goal.key_results.all()],
        next((one for one in goal.check_ins.all() if on is None or one.on <= on), None),
    )


def goal_numbered(pk: int) -> Goal | None:
    """A goal with all that its page shows; None when there is none of this number."""
    return (
        Goal.objects.select_related("group__parent", "owner", "carried_from", "carried_to")
        .prefetch_related("check_ins__by", "key_results__owner", "key_results__values__by")
        .filter(pk=pk)
        .first()
    )


def goals_of(group: Group) -> models.QuerySet[Goal]:
    """A group's goals, the latest period first."""
    return Goal.objects.filter(group=group)
