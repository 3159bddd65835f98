"""How calls repeat, as a person says it: "every two weeks on Tuesday, in turns at 08:00 and at 17:00". Pure.

Times that take turns become as many plans as there are turns, each with the interval of the whole round and its own
first day, so that every calendar program can read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final, Literal

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned, dates
from folkmoot.meetings.domain.plan import Plan

Kind = Literal["weeks", "nth", "month_day"]

MOST_TURNS: Final = 4
_SEARCHED: Final = timedelta(days=366 * 30)


@dataclass(frozen=True)
class Turn:
    """A time of day, and for a weekly pattern the weekdays if they are not those of the pattern (0 = Monday)."""

    at: time
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """`kind` says which of the other parts count: weekdays of every n weeks (`weeks`), the n-th weekdays of every n
    months (`nth`, -1 the last), or days of the month (`month_day`, -1 the last). `turns` follow each other from one
    such week or month to the next. `until` is the last day on which there may be a call.
    """

    kind: Kind
    turns: tuple[Turn, ...]
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    until: date | None = None

    @property
    def rule(self) -> Rule:
        """The days of all turns together, as far as turns have no weekdays of their own."""
        match self.kind:
            case "weeks":
                return Rule("WEEKLY", interval=self.every, weekdays=self.weekdays, until=self.until)
            case "nth":
                return Rule("MONTHLY", interval=self.every, weekdays=self.weekdays, nth=self.nth, until=self.until)
        return Rule("MONTHLY", interval=self.every, month_days=self.month_days, until=self.until)


def plans_of(pattern: Pattern, start: date, zone: str, *, first: date | None = None) -> tuple[Plan, ...]:
    """The plans of a pattern from `start` on, one for each turn that has a day; the first turn begins.

    `first` names the first call where it matters which week or month begins; it has to be a day of the first turn.
    Raises `Refused`: `invalid` (no turn, too many, or days missing), `rule_empty` (no day matches),
    `first_not_in_rule`, and what `Rule` refuses.
    """
    if not 1 <= len(pattern.turns) <= MOST_TURNS:
        raise Refused(f"Calls take turns between one and {MOST_TURNS} times.", code="invalid")
    if not (pattern.month_days if pattern.kind == "month_day" else pattern.weekdays):
        raise Refused("Please say on which days there are calls.", code="invalid")
    if pattern.kind == "nth" and not pattern.nth:
        raise Refused("Please say which of these weekdays of the month: the first, the last or others.", code="invalid")
    rules = [_rule_of(pattern, turn) for turn in pattern.turns]
    anchor = aligned(rules[0], start)
    if first is not None:
        dates(rules[0], first, first, first)  # refuses a day on which there is no call
        anchor = first
    step = len(rules) * pattern.every
    found = []
    for number, (turn, rule) in enumerate(zip(pattern.turns, rules, strict=True)):
        own = next(_days_of_turn(rule, anchor, number * pattern.every, step), None)
        if own is not None:
            found.append(Plan(replace(rule, interval=step), own, turn.at, zone))
    if not found:
        raise Refused("No day matches this series.", code="rule_empty", first=start)
    return tuple(found)


def _rule_of(pattern: Pattern, turn: Turn) -> Rule:
    rule = pattern.rule
    if turn.weekdays and pattern.kind == "weeks":
        rule = replace(rule, weekdays=turn.weekdays)
    return rule


def _days_of_turn(rule: Rule, anchor: date, offset: int, step: int) -> Iterator[date]:
    """The days, from `anchor` on, of those weeks or months whose number counted from the anchor's is this turn's."""
    each = replace(rule, interval=1, until=None)
    end = min(rule.until or date.max, anchor + _SEARCHED if anchor < date.max - _SEARCHED else date.max)
    for day in dates(each, aligned(each, anchor), anchor, end):
        if (_period(rule, day) - _period(rule, anchor)) % step == offset:
            yield day


def _period(rule: Rule, day: date) -> int:
    if rule.freq == "WEEKLY":
        return (day.toordinal() - 1 - rule.week_start) // 7
    return day.year * 12 + day.month


def pattern_of(plans: Sequence[Plan]) -> Pattern | None:
    """The pattern that such plans follow, for a form to begin with; None for what no form can say."""
    rules = [plan.rule for plan in plans]
    count = len(rules)
    if not rules or count > MOST_TURNS or any(_is_special(rule, rules[0]) for rule in rules):
        return None
    every, rest = divmod(rules[0].interval, count)
    ordered = sorted(plans, key=lambda plan: plan.first)
    step = [_period(plan.rule, plan.first) - _period(ordered[0].rule, ordered[0].first) for plan in ordered]
    if rest or step != [number * every for number in range(count)]:
        return None
    lead = ordered[0].rule
    kind: Kind = "weeks" if lead.freq == "WEEKLY" else "nth" if lead.nth else "month_day"
    weekdays = lead.weekdays or ((ordered[0].first.weekday(),) if kind == "weeks" else ())
    turns = tuple(Turn(plan.at, () if plan.rule.weekdays == lead.weekdays else plan.rule.weekdays) for plan in ordered)
    days = lead.month_days or ((ordered[0].first.day,) if kind == "month_day" else ())
    return Pattern(kind, turns, every, weekdays, lead.nth, days, lead.until)


def in_step(plans: Sequence[Plan], pattern: Pattern, start: date, zone: str) -> tuple[Plan, ...]:
    """The plans of a pattern from `start` on that leave the days of present plans alone where the pattern does.

    So "the same days at another time" does not move a fortnight by a week, and turns stay with whose turn it is. Raises
    what `plans_of` does.
    """
    present = pattern_of(plans)
    if present is None or _days_said(present) != _days_said(pattern):
        return plans_of(pattern, start, zone)
    ordered = sorted(plans, key=lambda plan: plan.first)
    found = []
    for plan, turn in zip(ordered, pattern.turns, strict=True):
        days = dates(replace(plan.rule, until=pattern.until), plan.first, start, pattern.until or date.max, limit=1)
        if days:
            found.append(Plan(replace(plan.rule, until=pattern.until), days[0], turn.at, zone))
    if not found:
        raise Refused("No day matches this series.", code="rule_empty", first=start)
    return tuple(found)


def _days_said(pattern: Pattern) -> tuple[object, ...]:
    own = tuple(turn.weekdays or pattern.weekdays for turn in pattern.turns)
    return pattern.kind, pattern.every, pattern.weekdays, pattern.nth, pattern.month_days, own


def _is_special(rule: Rule, lead: Rule) -> bool:
    """Whether a rule says more than a pattern can, or other things than the first of its plans."""
    alike = (rule.freq, rule.interval, rule.nth, rule.month_days) == (
        lead.freq,
        lead.interval,
        lead.nth,
        lead.month_days,
    )
    other_days = rule.freq == "MONTHLY" and rule.weekdays != lead.weekdays
    beyond = rule.freq not in ("WEEKLY", "MONTHLY") or bool(rule.months or rule.set_positions or rule.count)
    every_weekday = rule.freq == "MONTHLY" and bool(rule.weekdays) and not rule.nth
    return beyond or other_days or every_weekday or not alike or bool(rule.week_start)
