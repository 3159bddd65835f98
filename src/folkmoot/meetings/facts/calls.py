"""What meetings tells. Times in facts are wall times of the place named beside them, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class SeriesBegan(Fact):
    """A regular meeting, as the charter in force has it, was entered into the calendar."""

    kind = "meetings.series_began"
    audience = Audience.PUBLIC
    sentence = _("Calls are {cadence} at {time}, {place} time.")

    series_id: int
    cadence: str
    time: str
    place: str


@dataclass(frozen=True)
class SeriesEnded(Fact):
    """A regular meeting ends with a day (ISO date), since an amended charter has other times or none."""

    kind = "meetings.series_ended"
    audience = Audience.PUBLIC
    sentence = _("Calls {cadence} at {time}, {place} time, end with {ends_on}.")

    series_id: int
    cadence: str
    time: str
    place: str
    ends_on: str


@dataclass(frozen=True)
class MeetingMoved(Fact):
    """A meeting is to be at another time than it was."""

    kind = "meetings.moved"
    audience = Audience.PUBLIC
    sentence = _("{actor} moved the call of {was} to {now}, {place} time.")
    personal = frozenset({"why"})

    meeting_id: int
    was: str
    now: str
    place: str
    why: str


@dataclass(frozen=True)
class MeetingCancelled(Fact):
    """A meeting does not take place."""

    kind = "meetings.cancelled"
    audience = Audience.PUBLIC
    sentence = _("{actor} cancelled the call of {was}, {place} time.")
    personal = frozenset({"why"})

    meeting_id: int
    was: str
    place: str
    why: str


@dataclass(frozen=True)
class MeetingRestored(Fact):
    """A meeting that had been cancelled takes place after all."""

    kind = "meetings.restored"
    audience = Audience.PUBLIC
    sentence = _("The call of {now}, {place} time, takes place after all, says {actor}.")

    meeting_id: int
    now: str
    place: str


@dataclass(frozen=True)
class MeetingAdded(Fact):
    """A meeting was called besides the regular ones."""

    kind = "meetings.added"
    audience = Audience.PUBLIC
    sentence = _("{actor} added a call on {now}, {place} time.")
    personal = frozenset({"title"})

    meeting_id: int
    now: str
    place: str
    title: str


@dataclass(frozen=True)
class MeetingShifted(Fact):
    """A country changed its laws: the wall time of a meeting stays, and its instant (ISO, UTC) is another one."""

    kind = "meetings.shifted"
    audience = Audience.PUBLIC
    sentence = _("The call of {wall} stays at that time in {place}, which is now {now} instead of {was}.")

    meeting_id: int
    wall: str
    place: str
    was: str
    now: str


@dataclass(frozen=True)
class SeriesChanged(Fact):
    """All calls of a series were set otherwise from a day (ISO date) on; what is empty is as the charter says."""

    kind = "meetings.series_changed"
    audience = Audience.PUBLIC
    sentence = _("{actor} changed all calls from {from_day} on.")

    position: int
    from_day: str
    local_time: str
    zone: str
    minutes: int | None
    cadence: str = ""


@dataclass(frozen=True)
class SeriesFollowsCharter(Fact):
    """A series that had been set otherwise goes back to what the charter says, from a day (ISO date) on."""

    kind = "meetings.series_follows_charter"
    audience = Audience.PUBLIC
    sentence = _("From {from_day} on, calls are as the charter says again.")

    position: int
    from_day: str


@dataclass(frozen=True)
class OwnSeriesEnded(Fact):
    """Somebody ended a series that the group had besides its charter, with a day (ISO date)."""

    kind = "meetings.own_series_ended"
    audience = Audience.PUBLIC
    sentence = _("{actor} ended a series of calls with {last_day}.")

    position: int
    last_day: str


@dataclass(frozen=True)
class CallsPaused(Fact):
    """There are no calls of a series on some days (ISO dates, both included); with `meets_anyway` there are."""

    kind = "meetings.calls_paused"
    audience = Audience.PUBLIC
    sentence = _("{actor} settled the calls from {first_day} to {last_day}.")
    personal = frozenset({"reason"})

    position: int
    first_day: str
    last_day: str
    reason: str
    meets_anyway: bool


@dataclass(frozen=True)
class PauseEnded(Fact):
    """A break is taken back, as far as it lies ahead."""

    kind = "meetings.pause_ended"
    audience = Audience.PUBLIC
    sentence = _("{actor} took the break from {first_day} to {last_day} back.")

    position: int
    first_day: str
    last_day: str


@dataclass(frozen=True)
class HolidaysKept(Fact):
    """There are no calls of a series on the public holidays of a country, or of a part of it."""

    kind = "meetings.holidays_kept"
    audience = Audience.PUBLIC
    sentence = _("{actor} keeps the public holidays of {place} free of calls.")

    position: int
    place: str


@dataclass(frozen=True)
class HolidaysLetGo(Fact):
    """Calls of a series take place on the public holidays of a country again."""

    kind = "meetings.holidays_let_go"
    audience = Audience.PUBLIC
    sentence = _("{actor} lets calls take place on the public holidays of {place} again.")

    position: int
    place: str


@dataclass(frozen=True)
class PlaceSettled(Fact):
    """Where a series (`position`) or one call is held was said anew; what was said is in no fact."""

    kind = "meetings.place_settled"
    audience = Audience.PUBLIC
    sentence = _("{actor} settled where people meet.")

    position: int | None
    meeting_id: int | None
    has_link: bool
    has_venue: bool
