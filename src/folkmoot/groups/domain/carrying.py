"""What somebody answered and corrected of one wording, as far as it still means something in the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from folkmoot.groups.domain.amending.meaning import matched_items, matched_meetings
from folkmoot.groups.domain.amending.pieces import plain
from folkmoot.groups.domain.charter import Charter, to_json
from folkmoot.groups.domain.charter.clock import find_clocks
from folkmoot.groups.domain.confirming import CORRECTABLE

_DAYS: Final = ("rrule", "first_date", "interval_weeks", "weekdays")
_TIMES: Final = ("local_time", "zone", "zone_label")
_RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "rrule": _DAYS,
    "first_date": _DAYS,
    "local_time": _TIMES,
}


def carried_answers(old: Charter, new: Charter, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers to `old` that hold for `new` as well, under the keys that they have there.

    A correction stays while the charter says the same there; an answer about the days of a meeting while the charter
    states them as before, one about its time likewise, and one about its zone while the charter names the same zones
    and may still mean this one. The name of a group is kept with the group and not carried.
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
        one, other = before["meetings"][i], after["meetings"][j]
        for kind in ("rrule", "first_date", "local_time"):
            if _stated(one, _RESTS_ON[kind], kind) == _stated(other, _RESTS_ON[kind], kind):
                kept |= _moved(answers, f"meetings.{i}.{kind}", f"meetings.{j}.{kind}")
        if _may_mean(other, answers.get(f"meetings.{i}.zone"), one):
            kept |= _moved(answers, f"meetings.{i}.zone", f"meetings.{j}.zone")
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


def _stated(meeting: Mapping[str, Any], fields: Sequence[str], kind: str) -> list[Any]:
    """What an answer of a kind rests on: the days in words (with other times), or the table of times."""
    if kind == "local_time":
        said: list[Any] = [(plain(row["label"]), row["time"]) for row in meeting.get("table") or []]
    else:
        said = [_without_times(plain(meeting.get("cadence") or "").casefold())]
    return [*said, *(meeting.get(field) for field in fields)]


def _without_times(text: str) -> str:
    kept, at = [], 0
    for clock in find_clocks(text):
        kept.append(text[at : clock.start])
        at = clock.end
    return "".join([*kept, text[at:]])


def _may_mean(meeting: Mapping[str, Any], zone: str | None, before: Mapping[str, Any]) -> bool:
    """Whether an answer about the zone is still one to what this meeting says: no other zones, no zone of its own."""
    if zone is None or meeting.get("zone") != before.get("zone") or meeting["zone_label"] != before["zone_label"]:
        return False
    labels = [{plain(row["label"]) for row in one.get("table") or []} for one in (before, meeting)]
    return labels[0] == labels[1] and meeting.get("zone_candidates") == before.get("zone_candidates")


def _moved(answers: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {
        new + key.removeprefix(old): value for key, value in answers.items() if key == old or key.startswith(f"{old}.")
    }
