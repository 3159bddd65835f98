"""What minutes tell. No fact holds their words, and none that strangers read names who acted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class MinutesBegun(Fact):
    """The draft of a call's minutes was laid out."""

    kind = "meetings.minutes_begun"
    audience = Audience.GROUP
    sentence = _("{actor} began the minutes of a call.")

    meeting_id: int


@dataclass(frozen=True)
class MinutesBroughtIn(Fact):
    """Minutes that were written elsewhere were brought in; `made_call` says that a past call was made for them."""

    kind = "meetings.minutes_brought_in"
    audience = Audience.GROUP
    sentence = _("{actor} brought in older minutes of a call.")

    meeting_id: int
    made_call: bool
    decision_ids: list[int]
    task_ids: list[int]


@dataclass(frozen=True)
class ResolutionBroughtIn(Fact):
    """A resolution that was written down elsewhere became a decision."""

    kind = "meetings.resolution_brought_in"
    audience = Audience.GROUP
    sentence = _("{actor} brought in an older resolution.")

    decision_id: int


@dataclass(frozen=True)
class MinutesItemChanged(Fact):
    """The notes on an item were changed, or added; `version` is the new one."""

    kind = "meetings.minutes_item_changed"
    audience = Audience.GROUP
    sentence = _("{actor} wrote in the minutes of a call.")

    meeting_id: int
    minutes_item_id: int
    version: int


@dataclass(frozen=True)
class MinutesLevelSet(Fact):
    """What everybody may read of minutes (`minutes_item_id` None) or of one item of them."""

    kind = "meetings.minutes_level_set"
    audience = Audience.GROUP
    sentence = _("{actor} said what everybody may read of the minutes of a call.")

    meeting_id: int
    minutes_item_id: int | None
    level: str


@dataclass(frozen=True)
class MinutesProposed(Fact):
    """Minutes lie open for approval, in this way (a value of `ApprovalWay`), by these people."""

    kind = "meetings.minutes_proposed"
    audience = Audience.GROUP
    sentence = _("{actor} laid the minutes of a call open for approval.")

    meeting_id: int
    way: str
    person_ids: list[int]


@dataclass(frozen=True)
class MinutesTakenBack(Fact):
    """Minutes are a draft again: somebody asked for a change, which `why` says."""

    kind = "meetings.minutes_taken_back"
    audience = Audience.GROUP
    sentence = _("{actor} asked for a change of the minutes of a call: {why}")
    personal = frozenset({"why"})

    meeting_id: int
    why: str


@dataclass(frozen=True)
class MinutesChangeAnswered(Fact):
    """Those who write the minutes answered what was asked for; the answer is kept with them."""

    kind = "meetings.minutes_change_answered"
    audience = Audience.GROUP
    sentence = _("{actor} answered the change of the minutes of a call that was asked for.")

    meeting_id: int
    wanted_change_id: int


@dataclass(frozen=True)
class MinutesApprovedBy(Fact):
    """One of those who were asked approved."""

    kind = "meetings.minutes_approved_by"
    audience = Audience.GROUP
    sentence = _("{actor} approved the minutes of a call.")

    meeting_id: int


@dataclass(frozen=True)
class MinutesApproved(Fact):
    """Minutes are approved, and frozen with that; `on_meeting_id` is the call that approved them."""

    kind = "meetings.minutes_approved"
    audience = Audience.GROUP
    sentence = _("The minutes of a call are approved.")

    meeting_id: int
    way: str
    on_meeting_id: int | None


@dataclass(frozen=True)
class PublicWordingConfirmed(Fact):
    """Somebody confirmed what everybody reads of one item."""

    kind = "meetings.minutes_public_confirmed"
    audience = Audience.GROUP
    sentence = _("{actor} confirmed the public wording of an item in the minutes of a call.")

    meeting_id: int
    minutes_item_id: int
    version: int


@dataclass(frozen=True)
class HitsCleared(Fact):
    """Somebody looked at what the check found in these channels, and lets it stand; the reason is kept with each."""

    kind = "meetings.minutes_hits_cleared"
    audience = Audience.GROUP
    sentence = _("{actor} cleared what the check found in the minutes of a call.")

    meeting_id: int
    channels: list[str]


@dataclass(frozen=True)
class MinutesPublished(Fact):
    """Minutes are published."""

    kind = "meetings.minutes_published"
    audience = Audience.GROUP
    sentence = _("The minutes of a call are published.")

    meeting_id: int


@dataclass(frozen=True)
class MinutesCorrected(Fact):
    """An item of frozen minutes was corrected; what it said before stays in sight."""

    kind = "meetings.minutes_corrected"
    audience = Audience.GROUP
    sentence = _("The minutes of a call were corrected.")

    meeting_id: int
    minutes_item_id: int
    correction_id: int


@dataclass(frozen=True)
class MinutesCustomSet(Fact):
    """How a group does its minutes from now on."""

    kind = "meetings.minutes_custom_set"
    audience = Audience.GROUP
    sentence = _("{actor} set how the minutes of calls are done.")

    level: str
    way: str
    days: int
