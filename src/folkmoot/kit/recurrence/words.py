"""Rules in words for people.

`parts` says what there is to say; a language turns the parts into its own sentence. To add a language, write
a function from `Parts` to words and enter it in `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from folkmoot.kit.recurrence.rule import Rule

Period = Literal["day", "week", "month", "year"]
Kind = Literal["days", "weeks", "nth_weekday", "month_days", "weekdays", "positions"]


@dataclass(frozen=True)
class Parts:
    """What a rule says, with what it takes from its first day filled in."""

    kind: Kind
    """What is named: every n days; weekdays of every n weeks; the n-th weekday; days of the month; all of
    some weekdays of a month or year; or the n-th of all matching days."""
    period: Period
    interval: int
    weekdays: tuple[int, ...]
    """0 = Monday."""
    nth: tuple[int, ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    """1 = January; empty for every month."""
    set_positions: tuple[int, ...]
    count: int | None
    until: date | None


def parts(rule: Rule, first: date) -> Parts:
    """What a rule with this first day says."""
    weekdays, month_days, months = rule.weekdays, rule.month_days, rule.months
    kind: Kind
    if rule.freq == "WEEKLY":
        kind, weekdays = "weeks", weekdays or (first.weekday(),)
    elif rule.freq == "DAILY":
        kind = "days"
    elif rule.set_positions:
        kind = "positions"
    elif month_days or not weekdays:
        kind = "month_days"
    else:
        kind = "nth_weekday" if rule.nth else "weekdays"
    if kind == "month_days" and not month_days:
        month_days = (first.day,)
        if rule.freq == "YEARLY":
            months = months or (first.month,)
    return Parts(
        kind=kind,
        period=_PERIODS[rule.freq],
        interval=rule.interval,
        weekdays=weekdays,
        nth=rule.nth,
        month_days=month_days,
        months=months,
        set_positions=rule.set_positions,
        count=rule.count,
        until=rule.until,
    )


def words(rule: Rule, first: date, language: str = "en") -> str:
    """The rule as words: “every second Wednesday”, “on the first Tuesday of each month”.

    Falls back from a regional language to its parent and from an unknown one to English.
    """
    for code in (language, language.partition("-")[0], "en"):
        if code in LANGUAGES:
            return LANGUAGES[code](parts(rule, first))
    raise AssertionError("English is always there")


_PERIODS: Final[dict[str, Period]] = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


def _english(said: Parts) -> str:
    return _english_days(said) + _english_end(said)


def _english_days(said: Parts) -> str:
    days = _and([_WEEKDAYS[day] for day in said.weekdays])
    match said.kind:
        case "weeks" if said.weekdays == (0, 1, 2, 3, 4) and said.interval == 1:
            return "every working day" + _in_months(said)
        case "weeks" if len(said.weekdays) > 1 and said.interval > 1:
            return f"on {days} of {_every(said.interval, 'week')}{_in_months(said)}"
        case "weeks":
            return _every(said.interval, days) + _in_months(said)
        case "days":
            on = ""
            if said.weekdays:
                on += f" that is a {_or([_WEEKDAYS[day] for day in said.weekdays])}"
            if said.month_days:
                on += f" that is the {_or([_day(n) for n in said.month_days])} of its month"
            return _every(said.interval, "day") + on + _in_months(said)
        case "nth_weekday":
            named = f"{_and([_nth(n) for n in _in_order(said.nth)])} {days}"
            return f"on the {named} of {_english_period(said)}"
        case "weekdays":
            return f"on every {days} of {_english_period(said)}"
        case "positions":
            named = days or _and([_day(n) for n in said.month_days])
            wanted = _and([_nth(n) for n in _in_order(said.set_positions)])
            if said.weekdays == (0, 1, 2, 3, 4) and not said.nth and not said.month_days:
                return f"on the {wanted} working day of {_english_period(said)}"
            return f"on the {wanted} of these days of {_english_period(said)}: {named}"
    on_days = _and([_day(n) for n in _in_order(said.month_days)])
    if said.weekdays:
        weekdays = _or([_WEEKDAYS[day] for day in said.weekdays])
        return f"on the {on_days} of {_english_period(said)} when it is a {weekdays}"
    return f"on the {on_days} of {_english_period(said)}"


def _english_period(said: Parts) -> str:
    named = _and([_MONTHS[month - 1] for month in said.months])
    if said.period == "year":
        each = "each year" if said.interval == 1 else _every(said.interval, "year")
        if named:
            return f"{named}, {each}" if said.interval > 1 else f"{named} {each}"
        return (
            f"each month of {_every(said.interval, 'year')}"
            if said.month_days and said.interval > 1
            else ("each month" if said.month_days else each)
        )
    each = "each month" if said.interval == 1 else _every(said.interval, "month")
    if not named:
        return each
    return named if said.interval == 1 else f"{each}, in {named} only"


def _english_end(said: Parts) -> str:
    if said.count is not None:
        return ", once" if said.count == 1 else f", {said.count} times"
    if said.until is not None:
        return f", until {said.until.day} {_MONTHS[said.until.month - 1]} {said.until.year}"
    return ""


def _in_months(said: Parts) -> str:
    return f" in {_and([_MONTHS[month - 1] for month in said.months])}" if said.months else ""


def _every(interval: int, what: str) -> str:
    if interval == 1:
        return f"every {what}"
    if interval <= len(_ORDINALS):
        return f"every {_ORDINALS[interval - 1]} {what}"
    return f"every {_numeral(interval)} {what}"


def _nth(number: int) -> str:
    if number == -1:
        return "last"
    if number < 0:
        return f"{_nth(-number)}-last"
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else _numeral(number)


def _day(number: int) -> str:
    if number > 0:
        return _numeral(number)
    return f"{_nth(number)} day"


def _numeral(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _in_order(numbers: tuple[int, ...]) -> list[int]:
    """From the start of the month to its end: the first, the third, the last."""
    return sorted(numbers, key=lambda number: (number < 0, number))


def _and(items: list[str]) -> str:
    return _joined(items, "and")


def _or(items: list[str]) -> str:
    return _joined(items, "or")


def _joined(items: list[str], word: str) -> str:
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


LANGUAGES: Final[dict[str, Callable[[Parts], str]]] = {"en": _english}
"""Language codes to the functions that put a rule's parts into words."""
