"""Goals: set, measured, checked in on, and closed with their period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.domain.progress import mean, progress
from folkmoot.plan.goal_facts import GoalChanged, GoalCheckedIn, GoalSet, KeyResultMoved, PeriodClosed
from folkmoot.plan.goal_notices import GoalInDoubt
from folkmoot.plan.goal_rules import may_check_in, may_note_value, may_set_goals
from folkmoot.plan.measures import MEASURES
from folkmoot.plan.models import CheckIn, Confidence, Goal, KeyResult, Value
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.who import author, others

LARGEST = Decimal(10) ** 12
FINEST = Decimal("0.0001")


@transaction.atomic
def set_goal(
    group: Group,
    *,
    title: str,
    period: Period,
    words: str = "",
    objective: str = "",
    owner: Person | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Goal:
    """Set a goal for a year or a quarter."""
    require(may_set_goals(by, group))
    name, anchor = Objectives(group).named(objective)
    goal = Goal.objects.create(
        group=group,
        title=entered.title(title),
        words=entered.words(words),
        year=period.year,
        quarter=period.quarter,
        objective=name,
        objective_anchor=anchor,
        owner=entered.of_group(owner, group),
    )
    record(GoalSet(goal_id=goal.pk, title=goal.title, period=period.key), by=by, on=goal, within=group, at=at)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, *, title: str, words: str, objective: str, owner: Person | None, period: Period, by: Actor
) -> Goal:
    """Change a goal that is still open."""
    goal = hold_goal(goal)
    require(may_set_goals(by, goal.group))
    _refuse_closed(goal)
    if objective != goal.objective:
        goal.objective, goal.objective_anchor = Objectives(goal.group).named(objective)
    if owner is None or owner.pk != goal.owner_id:
        goal.owner = entered.of_group(owner, goal.group)
    goal.title, goal.words = entered.title(title), entered.words(words)
    goal.year, goal.quarter = period.year, period.quarter
    goal.save()
    _tell_changed(goal, by)
    return goal


@transaction.atomic
def set_key_result(
    goal: Goal,
    *,
    words: str,
    baseline: Decimal,
    target: Decimal,
    unit: str = "",
    measure: str = "",
    owner: Person | None = None,
    key_result: KeyResult | None = None,
    by: Actor,
) -> KeyResult:
    """Give a goal a key result, or change one of its own. What the system measures is measured at once."""
    goal = hold_goal(goal)
    require(may_set_goals(by, goal.group))
    _refuse_closed(goal)
    if number(target) == number(baseline):
        raise Refused(_("Baseline and target are the same; then there is no way to go."), code="no_way_to_go")
    if measure and measure not in MEASURES:
        raise Refused(_("Nothing measures that by itself."), code="no_such_measure")
    if key_result is None:
        key_result = KeyResult(goal=goal, position=goal.key_results.count())
    else:
        key_result = goal.key_results.select_for_update().get(pk=key_result.pk)
    if owner is None or owner.pk != key_result.owner_id:
        key_result.owner = entered.of_group(owner, goal.group)
    if key_result.pk and key_result.measure != measure:
        key_result.current = None
    key_result.words, key_result.measure = entered.title(words, 300), measure
    key_result.unit = str(MEASURES[measure].unit) if measure and not unit.strip() else entered.words(unit, 40)
    key_result.baseline, key_result.target = number(baseline), number(target)
    key_result.save()
    _tell_changed(goal, by)
    if measure:
        measure_now(key_result, on=today_here())
    return key_result


@transaction.atomic
def note_value(
    key_result: KeyResult,
    *,
    value: Decimal,
    on: date | None = None,
    words: str = "",
    link: str = "",
    by: Actor,
    at: datetime | None = None,
) -> Value:
    """Enter what a key result stands at, with its evidence: a few words or a link."""
    key_result = hold_key_result(key_result)
    require(may_note_value(by, key_result))
    if key_result.measure:
        raise Refused(_("The system measures this by itself."), code="measured_by_itself")
    day = on or today_here()
    if day > today_here():
        raise Refused(_("That day is still to come."), code="invalid")
    said, where = entered.words(words, 500), entered.link(link)
    if not said and not where:
        raise Refused(_("How do you know? A few words or a link, please."), code="evidence_needed")
    noted = Value.objects.create(
        key_result=key_result, on=day, value=number(value), words=said, link=where, by=author(by)
    )
    _take_over(key_result, by=by, at=at)
    return noted


@transaction.atomic
def measure_now(key_result: KeyResult, *, on: date, by: Actor | None = None) -> Value | None:
    """Measure a key result as it stands on a day; measured again on the same day, the later value counts.

    None when there is nothing to measure, or it cannot be told.
    """
    key_result = hold_key_result(key_result)
    measure = MEASURES.get(key_result.measure)
    if measure is None or key_result.goal.closed_at is not None or key_result.goal.group.is_closed:
        return None
    value = measure.value(key_result.goal.group, on)
    if value is None:
        return None
    noted, _new = Value.objects.update_or_create(
        key_result=key_result, on=on, is_measured=True, defaults={"value": number(value)}
    )
    _take_over(key_result, by=by or system())
    return noted


@transaction.atomic
def check_in(
    goal: Goal, *, confidence: Confidence, words: str, by: Actor, on: date | None = None, at: datetime | None = None
) -> CheckIn:
    """Say how a goal goes and how sure one is. Managers are told when it is in doubt and was not before."""
    goal = hold_goal(goal)
    require(may_check_in(by, goal))
    said = entered.words(words)
    if not said:
        raise Refused(_("Please write a few words."), code="invalid")
    day = on or (at.date() if at else today_here())
    if day > today_here():
        raise Refused(_("That day is still to come."), code="invalid")
    before = goal.check_ins.first()
    made = CheckIn.objects.create(goal=goal, on=day, confidence=confidence, words=said, by=author(by))
    record(
        GoalCheckedIn(goal_id=goal.pk, title=goal.title, confidence=Confidence(confidence).value),
        by=by,
        on=goal,
        within=goal.group,
        at=at,
    )
    if confidence != Confidence.ON_TRACK and (before is None or before.confidence != confidence):
        tell(others(managers_of(goal.group), by), GoalInDoubt(made))
    return made


@dataclass(frozen=True)
class Closed:
    """How many goals of a period were closed, and the new ones into which some were carried over."""

    goals: int
    carried: tuple[Goal, ...]


@transaction.atomic
def close_period(group: Group, period: Period, *, carry: bool = True, by: Actor, at: datetime | None = None) -> Closed:
    """Freeze the values of a period's open goals; with `carry`, what was not reached goes on in the next period.

    Refused `not_begun` before the period has begun, `nothing_to_close` when no goal of it is open.
    """
    require(may_set_goals(by, group))
    hold_group(group)
    if period.first > today_here():
        raise Refused(_("That period has not begun yet."), code="not_begun")
    open_goals = list(
        group.goals.select_for_update()
        .filter(year=period.year, quarter=period.quarter, closed_at=None)
        .prefetch_related("key_results")
    )
    if not open_goals:
        raise Refused(_("No goal of that period is open."), code="nothing_to_close")
    moment, carried = at or timezone.now(), []
    for goal in open_goals:
        results = list(goal.key_results.all())
        for key_result in results:
            key_result.final = key_result.current
        KeyResult.objects.bulk_update(results, ["final"])
        goal.closed_at = moment
        goal.save(update_fields=["closed_at"])
        if carry and mean(progress(one.baseline, one.target, one.final) for one in results) != 1:
            carried.append(_carried_over(goal, results, period.next))
    record(PeriodClosed(period=period.key, goals=len(open_goals), carried=len(carried)), by=by, within=group, at=moment)
    for goal in carried:
        record(
            GoalSet(goal_id=goal.pk, title=goal.title, period=period.next.key), by=by, on=goal, within=group, at=moment
        )
    return Closed(len(open_goals), tuple(carried))


@transaction.atomic
def hand_goal(goal: Goal, *, to: Person, by: Actor) -> None:
    """Let somebody else look after a goal; done twice, it is done once."""
    goal = hold_goal(goal)
    require(may_set_goals(by, goal.group))
    if goal.owner_id == to.pk:
        return
    goal.owner = entered.of_group(to, goal.group)
    goal.save(update_fields=["owner"])
    _tell_changed(goal, by)


@transaction.atomic
def hand_key_result(key_result: KeyResult, *, to: Person, by: Actor) -> None:
    """Let somebody else look after a key result; done twice, it is done once."""
    key_result = hold_key_result(key_result)
    require(may_set_goals(by, key_result.goal.group))
    if key_result.owner_id == to.pk:
        return
    key_result.owner = entered.of_group(to, key_result.goal.group)
    key_result.save(update_fields=["owner"])
    _tell_changed(key_result.goal, by)


def hold_goal(goal: Goal) -> Goal:
    """The goal as it is now; nobody else changes it until this transaction ends."""
    return Goal.objects.select_for_update(of=("self",)).select_related("group").get(pk=goal.pk)


def hold_key_result(key_result: KeyResult) -> KeyResult:
    """The key result as it is now, with its goal; nobody else changes it until this transaction ends."""
    return KeyResult.objects.select_for_update(of=("self",)).select_related("goal__group").get(pk=key_result.pk)


def number(value: Decimal) -> Decimal:
    """A number as it is kept: four decimals. Refused `invalid_number` when it is none, or beyond a million millions."""
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused(_("That number cannot be kept."), code="invalid_number")
    return value.quantize(FINEST)


def _refuse_closed(goal: Goal) -> None:
    if goal.closed_at is not None:
        raise Refused(_("This goal is closed, with its final values."), code="goal_closed")


def _take_over(key_result: KeyResult, *, by: Actor, at: datetime | None = None) -> None:
    """Let the latest value be the current one, and tell it if it is another."""
    latest = key_result.values.first()
    was, now = key_result.current, latest.value if latest else None
    if was == now:
        return
    key_result.current = now
    key_result.save(update_fields=["current"])
    record(
        KeyResultMoved(
            key_result_id=key_result.pk,
            goal_id=key_result.goal_id,
            words=key_result.words,
            was="" if was is None else f"{was.normalize():f}",
            now="" if now is None else f"{now.normalize():f}",
        ),
        by=by,
        on=key_result.goal,
        within=key_result.goal.group,
        at=at,
    )


def _carried_over(goal: Goal, results: list[KeyResult], into: Period) -> Goal:
    copy = Goal.objects.create(
        group=goal.group,
        title=goal.title,
        words=goal.words,
        year=into.year,
        quarter=into.quarter,
        objective=goal.objective,
        objective_anchor=goal.objective_anchor,
        owner_id=goal.owner_id,
        carried_from=goal,
    )
    for one in results:
        begun = KeyResult.objects.create(
            goal=copy,
            position=one.position,
            words=one.words,
            unit=one.unit,
            measure=one.measure,
            baseline=one.baseline,
            target=one.target,
            current=one.final,
            owner_id=one.owner_id,
        )
        last = one.values.first()
        if last is not None:
            # The history begins with where it stood, so that later values on earlier days do not hide it.
            Value.objects.create(
                key_result=begun, on=last.on, value=last.value, words=last.words, link=last.link, by=last.by
            )
    return copy


def _tell_changed(goal: Goal, by: Actor) -> None:
    record(GoalChanged(goal_id=goal.pk, title=goal.title), by=by, on=goal, within=goal.group)
