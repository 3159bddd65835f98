"""What somebody answered and corrected of one wording, as far as it still means something in the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from folkmoot.groups.domain.amending.meaning import matched_items, matched_meetings
from folkmoot.groups.domain.amending.pieces import plain
from folkmoot.groups.domain.charter import Charter, to_json
from folkmoot.groups.domain.confirming import CORRECTABLE

_STATED: Final = ("rrule", "first_date", "local_time", "zone", "zone_label", "interval_weeks", "weekdays")


def carried_answers(old: Charter, new: Charter, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers to `old` that hold for `new` as well, under the keys that they have there.

    A correction stays while the charter says the same there; an answer about a meeting while the charter states its
    days, time and zones as before. The name of a group is kept with the group and not carried.
    """
    before, after = to_json(old), to_json(new)
    kept: dict[str, str] = {}
    if "purpose" in answers and plain(before["purpose"] or "") == plain(after["purpose"] or ""):
        kept["purpose"] = answers["purpose"]
    for topic in CORRECTABLE:
        for i, j in matched_items(before[topic], after[topic]).items():
            if _same_words(before[topic][i], after[topic][j]):
                kept |= _moved(answers, f"{topic}.{i}", f"{topic}.{j}")
    for i, j in matched_meetings(before["meetings"], after["meetings"]).items():
        if _stated(before["meetings"][i]) == _stated(after["meetings"][j]):
            kept |= _moved(answers, f"meetings.{i}", f"meetings.{j}")
    return kept


def with_first_days(reading: dict[str, Any], old: Mapping[str, Any], charter: Charter) -> dict[str, Any]:
    """The reading with first days as before, where neither version states one and the days are the same.

    A rule such as "every Wednesday" begins on whatever day it is read first; being read again is no change.
    """
    olds = old.get("meetings") or []
    for i, j in matched_meetings(olds, reading["meetings"]).items():
        before, after = olds[i], reading["meetings"][j]
        stated = charter.meetings[j].first_date is not None
        if not stated and before.get("first_date") and before.get("rrule") == after.get("rrule"):
            after["first_date"] = before["first_date"]
    return reading


def _same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(plain(one.get(part) or "") == plain(other.get(part) or "") for part in ("name", "text"))


def _stated(meeting: Mapping[str, Any]) -> list[Any]:
    rows = [(plain(row["label"]), row["time"]) for row in meeting.get("table") or []]
    return [rows, *(meeting.get(field) for field in _STATED)]


def _moved(answers: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {
        new + key.removeprefix(old): value for key, value in answers.items() if key == old or key.startswith(f"{old}.")
    }
