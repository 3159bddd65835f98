"""Rules as RFC 5545 writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence.rule import Freq, Rule
from folkmoot.kit.zones import local_to_utc, zone

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_RRULE: Final = 1_000

_FREQS: Final[dict[str, Freq]] = {
    "DAILY": "DAILY",
    "WEEKLY": "WEEKLY",
    "MONTHLY": "MONTHLY",
    "YEARLY": "YEARLY",
}
_SUB_DAILY: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_TIMES_OF_DAY: Final = frozenset({"BYSECOND", "BYMINUTE", "BYHOUR"})
_NOT_READ: Final = {"BYYEARDAY": "days of the year", "BYWEEKNO": "numbers of weeks"}
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")


def to_rrule(rule: Rule, *, at: time | None = None, zone_name: str | None = None) -> str:
    """The value of an RRULE property, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=WE`.

    An end by date is a date for all-day series. For a series with a time of day give `at` and `zone_name`:
    RFC 5545 then wants the last start as an instant in UTC.
    """
    parts = [f"FREQ={rule.freq}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.months:
        parts.append("BYMONTH=" + _listed(rule.months))
    if rule.month_days:
        parts.append("BYMONTHDAY=" + _listed(rule.month_days))
    if rule.weekdays:
        ordinals = [str(n) for n in rule.nth] or [""]
        parts.append("BYDAY=" + ",".join(f"{n}{DAYS[day]}" for n in ordinals for day in rule.weekdays))
    if rule.set_positions:
        parts.append("BYSETPOS=" + _listed(rule.set_positions))
    if rule.week_start != 0:
        parts.append(f"WKST={DAYS[rule.week_start]}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append("UNTIL=" + _until(rule.until, at, zone_name))
    return ";".join(parts)


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _until(last: date, at: time | None, zone_name: str | None) -> str:
    day = f"{last.year:04}{last.month:02}{last.day:02}"
    if at is None:
        return day
    if zone_name is None:
        return f"{day}T{at:%H%M%S}"
    utc = local_to_utc(datetime.combine(last, at), zone_name).utc
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"


def parse_rrule(text: str, *, at: time | None = None, zone_name: str | None = None) -> Rule:
    """Read the value of an RRULE property, with or without the leading `RRULE:`.

    With the series' own wall time `at` and `zone_name`, an end given as an instant becomes the last day on
    which the series starts; without them its date is taken as it stands.

    Raises `Refused` with code `rule_too_dense` for anything that repeats within a day or too many times,
    `rule_unsupported` for what is right but not read here, and `rule_invalid` for the rest.
    """
    if len(text) > LONGEST_RRULE:
        raise Refused("This rule is too long to be one of a calendar.", code="rule_invalid")
    parts: dict[str, str] = {}
    for piece in text.strip().removeprefix("RRULE:").rstrip(";").split(";"):
        name, found, value = piece.strip().upper().partition("=")
        if not found or not value:
            raise _invalid(f"“{_shown(piece)}” is not a part of a rule: write NAME=VALUE.")
        if name in parts:
            raise _invalid(f"The rule says {_shown(name)} twice.")
        parts[name] = value
    _refuse_dense(parts)
    for name, value in parts.items():
        if name in _NOT_READ:
            raise Refused(
                f"Rules by {_NOT_READ[name]} ({name}) are not read here; use weekdays or days of the month.",
                code="rule_unsupported",
                part=name,
            )
        if name not in _READERS:
            raise _invalid(f"{_shown(name)}={_shown(value)} is not a part of a rule that we know.")
    if parts.get("FREQ") not in _FREQS:
        raise _invalid("The rule does not say how often: FREQ has to be DAILY, WEEKLY, MONTHLY or YEARLY.")
    nth, weekdays = _by_day(parts.get("BYDAY", ""))
    return Rule(
        freq=_FREQS[parts["FREQ"]],
        interval=_number("INTERVAL", parts.get("INTERVAL", "1")),
        weekdays=weekdays,
        nth=nth,
        month_days=_numbers("BYMONTHDAY", parts),
        months=_numbers("BYMONTH", parts),
        set_positions=_numbers("BYSETPOS", parts),
        count=_number("COUNT", parts["COUNT"]) if "COUNT" in parts else None,
        until=_last_day(parts["UNTIL"], at, zone_name) if "UNTIL" in parts else None,
        week_start=_week_start(parts.get("WKST", "MO")),
    )


_READERS: Final = frozenset(
    {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "UNTIL", "WKST"}
)


def _refuse_dense(parts: dict[str, str]) -> None:
    freq = parts.get("FREQ", "")
    if freq in _SUB_DAILY or _TIMES_OF_DAY & parts.keys():
        named = freq if freq in _SUB_DAILY else sorted(_TIMES_OF_DAY & parts.keys())[0]
        raise Refused(
            f"This rule repeats within a day ({named}). Here a series takes place at most once a day;"
            " make one series for each time of day.",
            code="rule_too_dense",
            part=named,
        )


def _invalid(words: str) -> Refused:
    return Refused(words, code="rule_invalid")


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:40])


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", value):
        raise _invalid(f"{name}={_shown(value)} is not a number that a rule can have.")
    return int(value)


def _numbers(name: str, parts: dict[str, str]) -> tuple[int, ...]:
    return tuple(_number(name, value) for value in parts[name].split(",")) if name in parts else ()


def _week_start(value: str) -> int:
    if value not in DAYS:
        raise _invalid(f"WKST={_shown(value)} is not a weekday: MO, TU, WE, TH, FR, SA or SU.")
    return DAYS.index(value)


def _by_day(value: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The positions and the weekdays of BYDAY; they have to be all of the one with all of the other."""
    if not value:
        return (), ()
    pairs: set[tuple[int | None, int]] = set()
    for piece in value.split(","):
        found = _WEEKDAY.fullmatch(piece)
        if found is None:
            raise _invalid(f"“{_shown(piece)}” is not a weekday of a rule: write MO, 1MO or -1FR.")
        pairs.add((int(found[1]) if found[1] else None, DAYS.index(found[2])))
    numbers = {n for n, _ in pairs}
    weekdays = {day for _, day in pairs}
    if len(pairs) != len(numbers) * len(weekdays) or (None in numbers and len(numbers) > 1):
        raise Refused(
            "This rule takes different positions for different weekdays; make one series for each.",
            code="rule_unsupported",
            part="BYDAY",
        )
    return tuple(n for n in numbers if n is not None), tuple(weekdays)


def _last_day(value: str, at: time | None, zone_name: str | None) -> date:
    found = _UNTIL.fullmatch(value)
    try:
        if found is None:
            raise ValueError(value)
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return day
        moment = datetime.combine(day, time(int(found[4]), int(found[5]), min(int(found[6]), 59)))
        if found[7] and zone_name is not None:
            moment = moment.replace(tzinfo=UTC).astimezone(zone(zone_name)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _invalid(f"UNTIL={_shown(value)} is not a date of a calendar.") from None
    if at is not None and moment.time() < at and moment.date() > date.min:
        # The end falls before that day's start, so the day before is the last one.
        return moment.date() - timedelta(days=1)
    return moment.date()
