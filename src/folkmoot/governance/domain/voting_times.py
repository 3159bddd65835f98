"""When voting begins and ends, as instants, from days that are counted in a zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused


@dataclass(frozen=True)
class VotingTimes:
    """Ballots count from `opens_at` until before `accepts_until`; `closes_at` is the end without days of grace."""

    opens_at: datetime
    closes_at: datetime
    accepts_until: datetime


def voting_times(first: date, last: date, zone: str, *, grace_until: date | None = None, now: datetime) -> VotingTimes:
    """From the first moment of the first day to the last one of the last day, both as clocks show it in a zone.

    Voting never begins before `now`. All are whole seconds in UTC. Refused `over` where the last day has ended.
    """
    begins, closes = midnight(first, zone), midnight(last + timedelta(days=1), zone)
    at_once = now.astimezone(UTC).replace(microsecond=0)
    if closes <= at_once:
        raise Refused("The last day of voting has passed.", code="over")
    until = closes if grace_until is None else max(closes, midnight(grace_until + timedelta(days=1), zone))
    return VotingTimes(max(begins, at_once), closes, until)


def midnight(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone, in UTC."""
    return zones.local_to_utc(datetime.combine(day, time()), zone).utc
