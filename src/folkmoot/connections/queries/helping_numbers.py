"""How a desk did: numbers for those who lead it, from five requests on, so that they tell of nobody alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from folkmoot.connections.models.helping import Face, HelpDesk, HelpFeedback, HelpRequest, Urgency

FEWEST: Final = 5
PERIOD: Final = timedelta(days=365)


@dataclass(frozen=True)
class Number:
    """One urgency (None: all). `first_reply` is the median of the time that counted, `within` whole per cent; both
    None where fewer than `FEWEST` were answered."""

    urgency: Urgency | None
    asked: int
    answered: int
    first_reply: timedelta | None
    within: int | None


@dataclass(frozen=True)
class Numbers:
    """The rows, all requests first, and how many said how well they were helped: None below `FEWEST`."""

    rows: tuple[Number, ...]
    faces: dict[Face, int] | None


def numbers_of(desk: HelpDesk, *, now: datetime) -> Numbers:
    """What was asked within a year; two queries."""
    by: dict[Urgency | None, list[tuple[int | None, int]]] = defaultdict(list)
    rows = HelpRequest.objects.filter(desk=desk, asked_at__gt=now - PERIOD).order_by()
    for urgency, took, promise in rows.values_list("urgency", "answer_took", "promise"):
        one = (took, int(promise["limit"]) * 60)
        by[None].append(one)
        by[Urgency(urgency)].append(one)
    feedback = HelpFeedback.objects.filter(request__desk=desk, given_at__gt=now - PERIOD).order_by()
    faces = list(feedback.values_list("face", flat=True))
    return Numbers(
        tuple(_number(urgency, by[urgency]) for urgency in (None, *Urgency)),
        {face: faces.count(face) for face in Face} if len(faces) >= FEWEST else None,
    )


def _number(urgency: Urgency | None, given: list[tuple[int | None, int]]) -> Number:
    answered = [(took, limit) for took, limit in given if took is not None]
    if len(answered) < FEWEST:
        return Number(urgency, len(given), len(answered), None, None)
    within = sum(took <= limit for took, limit in answered)
    return Number(
        urgency,
        len(given),
        len(answered),
        timedelta(seconds=median(took for took, _limit in answered)),
        round(100 * within / len(answered)),
    )
