"""On which days people nominate, answer, ask and withdraw. Pure; days are those of the election's zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]


@dataclass(frozen=True)
class CandidateDays:
    """First and last days, both belonging to it; None where an election has no such step, and nothing limits it."""

    nominate: Span | None = None
    answer: Span | None = None
    ask: Span | None = None

    def may_nominate(self, day: date) -> bool:
        return _within(self.nominate, day)

    def may_answer(self, day: date) -> bool:
        """Answer a nomination, change one's page, endorse."""
        return _within(self.answer, day)

    def is_over(self, day: date) -> bool:
        """Whether the days for answering have passed."""
        return self.answer is not None and day > self.answer[1]

    def may_ask(self, day: date) -> bool:
        return _within(self.ask, day)

    def is_day_before_last(self, day: date) -> bool:
        """Whether tomorrow is the last day for answering."""
        return self.answer is not None and day == self.answer[1] - timedelta(days=1)

    def reminder_due(self, day: date, since: date) -> str:
        """Of an answer that is due since a day: `last` on the day before answering ends, `halfway` from the middle on.

        Empty before that, and where the last day has come. Who was nominated so late that no half is left hears of the
        last day alone.
        """
        if self.answer is None:
            return ""
        last = self.answer[1]
        if self.is_day_before_last(day):
            return "last" if since < day else ""
        begins = max(since, self.answer[0])
        middle = begins + (last - begins) / 2
        return "halfway" if begins < middle <= day < last - timedelta(days=1) else ""


def candidate_days(stages: Mapping[str, Span]) -> CandidateDays:
    """From the steps of an election, by name.

    Nominations are made while nominations or the call run; they are answered from the first day of these until the last
    day for acceptance (or of nominations, where it has no step of its own). Questions are asked from their first day
    (or of nominations) until voting ends.
    """
    nominate = _together(stages.get("call"), stages.get("nominations"))
    answer = _together(nominate, stages.get("acceptance"))
    ask = stages.get("questions") or nominate
    voting = stages.get("voting")
    if ask is not None and voting is not None:
        ask = (ask[0], voting[1])
    return CandidateDays(nominate=nominate, answer=answer, ask=ask)


def _together(*spans: Span | None) -> Span | None:
    there = [span for span in spans if span is not None]
    return (min(first for first, _last in there), max(last for _first, last in there)) if there else None


def _within(span: Span | None, day: date) -> bool:
    return span is None or span[0] <= day <= span[1]
