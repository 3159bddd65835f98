"""Notes in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from folkmoot.groups.domain.charter.model import Note
from folkmoot.kit import zones

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

Params = Mapping[str, Any]


def words(note: Note) -> tuple[str, str | None]:
    """(message, suggestion)."""
    return _WORDS[note.code](note.params)


def _listed(parts: Iterable[str], last: str = "and") -> str:
    *most, end = parts
    return f"{', '.join(most)} {last} {end}" if most else end


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _place(zone: str) -> str:
    return zone if zone.startswith("UTC") else f"wall time in {zones.place(zone)} ({zone})"


def _placeholder(params: Params) -> tuple[str, str | None]:
    return f"“{params['text']}” still has to be filled in.", "Write what is meant here, or take it out."


def _unnamed(params: Params) -> tuple[str, str | None]:
    return "This objective has no name, while others have one.", "Begin it with a name: “**Mentoring** – …”."


def _all_unnamed(params: Params) -> tuple[str, str | None]:
    count = params["count"]
    what = "The objective has no name" if count == 1 else f"None of the {count} objectives has a name"
    return f"{what}; pages will show the text.", "Begin each with a short name: “**Mentoring** – …”."


def _role_twice(params: Params) -> tuple[str, str | None]:
    lines = _listed(str(line) for line in params["lines"])
    return (
        f"The role “{params['name']}” is described more than once (lines {lines}).",
        "Describe each role in one place.",
    )


def _role_bare(params: Params) -> tuple[str, str | None]:
    return (
        f"The charter does not say what “{params['name']}” is there to do.",
        "Add what people in this role do.",
    )


def _pull_apart(params: Params) -> tuple[str, str | None]:
    return (
        f"Line {params['minutes_line']} asks for open minutes, line {params['rule_line']} for the Chatham House Rule:"
        " under it nobody may be told who said what.",
        "Say that minutes are public but name no speakers, or where the rule applies.",
    )


def _dead_link(params: Params) -> tuple[str, str | None]:
    return (
        f"The link to “#{params['fragment']}” leads nowhere in this charter.",
        "Correct it, or give the section that name.",
    )


def _quarter(params: Params) -> tuple[str, str | None]:
    return f"No activity is given for {params['quarter']}.", "Add one, or take the heading out."


def _weekday(params: Params) -> tuple[str, str | None]:
    said = _listed((_WEEKDAYS[day] for day in params["said"]), "or")
    return (
        f"{_day(params['date'])} is a {_WEEKDAYS[params['is']]}, not a {said}.",
        "Correct the date or the weekday.",
    )


def _no_anchor(params: Params) -> tuple[str, str | None]:
    return (
        f"“{params['cadence']}” does not say in which weeks the meetings are.",
        "Add the date of one meeting: “starting 22 January 2025”.",
    )


def _zone_open(params: Params) -> tuple[str, str | None]:
    label, at = params["label"], params["time"]
    possible: Sequence[str] = params["candidates"]
    if not label:
        return (
            f"The charter gives the time {at} without a time zone.",
            "Add the zone as a place, such as Europe/Berlin, or UTC.",
        )
    if not possible:
        return f"“{label}” is no time zone that we know.", "Write a place, such as Europe/Berlin, or UTC."
    return (
        f"“{at} {label}” can mean {_listed((_place(zone) for zone in possible), 'or')}.",
        f"Name the zone: for example “{at} {possible[0]}”.",
    )


def _abbreviation(params: Params) -> tuple[str, str | None]:
    told = [
        f"{_place(one['zone'])}: {one['january']} UTC in January, {one['july']} UTC in July"
        if one["january"] != one["july"]
        else f"{_place(one['zone'])}: {one['january']} UTC all year"
        for one in params["readings"]
    ]
    return f"{params['time']} {params['label']} can be read as " + "; ".join(told) + ".", None


def _wall_time(params: Params) -> tuple[str, str | None]:
    return f"“{params['label']}” is read as {_place(params['zone'])}.", None


def _row(row: Params) -> str:
    label, zone = row["label"], row["zone"]
    if zone is None or not label.isupper() or zone == label:
        return str(label)
    return f"{label} ({zones.place(zone)})"


def _changes(changes: Sequence[Params]) -> str:
    told = []
    for change in changes:
        if change["right"]:
            told.append(f"right again from {_day(change['date'])}")
        else:
            told.append(f"wrong for {_listed(map(_row, change['wrong']))} from {_day(change['date'])}")
    return ", ".join(told)


def _reading(one: Params) -> str:
    what = f"as fixed offsets ({one['time']} UTC)" if one["fixed"] else f"as {one['time']} {_place(one['anchor'])}"
    if one["always_right"]:
        return f"{what} it holds all year"
    told = f"{what} it is {_changes(one['changes'])}" if one["changes"] else f"{what} it is wrong on some dates"
    later = [change for change in one["upcoming"] if change not in one["changes"]]
    return f"{told}; next: {_changes(later)}" if later else told


def _two_readings(params: Params) -> tuple[str, str | None]:
    told = "; ".join(_reading(one) for one in params["readings"])
    return (
        f"This table of times can be read in more than one way: {told}.",
        "Name the one zone that the meeting follows; the other times follow from it.",
    )


def _breaks(params: Params) -> tuple[str, str | None]:
    return (
        f"The table does not hold all year: {_reading(params)}.",
        "Keep the meeting’s own zone and leave the other times to each reader’s clock.",
    )


def _never_right(params: Params) -> tuple[str, str | None]:
    told = _listed(f"{row['time']} {row['label']}" for row in params["rows"])
    return f"{told} are never the same moment, however they are read.", "Correct the times, or name one zone."


def _label_unknown(params: Params) -> tuple[str, str | None]:
    told = _listed(f"“{label}”" for label in params["labels"])
    return f"{told} in the table of times names no time zone that we know.", "Write a place, such as Europe/Berlin."


_WORDS: Final[dict[str, Callable[[Params], tuple[str, str | None]]]] = {
    "placeholder": _placeholder,
    "objective_without_name": _unnamed,
    "objectives_without_names": _all_unnamed,
    "role_twice": _role_twice,
    "role_without_responsibilities": _role_bare,
    "duties_pull_apart": _pull_apart,
    "dead_internal_link": _dead_link,
    "quarter_without_activities": _quarter,
    "start_weekday_mismatch": _weekday,
    "series_without_anchor": _no_anchor,
    "zone_open": _zone_open,
    "zone_abbreviation": _abbreviation,
    "zone_wall_time": _wall_time,
    "timetable_two_readings": _two_readings,
    "timetable_breaks": _breaks,
    "timetable_never_right": _never_right,
    "timetable_label_unknown": _label_unknown,
}

CODES: Final = frozenset(_WORDS)
