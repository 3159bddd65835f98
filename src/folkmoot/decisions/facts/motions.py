"""What is told of motions. Positions are named; what people wrote to them stays out of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class MotionPut(Fact):
    """A motion lies before the group, open for amendments; `origin` is the motion that was referred, or None."""

    kind = "decisions.motion_put"
    audience = Audience.PUBLIC
    sentence = _("{actor} put motion {label}: {title}.")

    motion_id: int
    label: str
    title: str
    origin: int | None = None


@dataclass(frozen=True)
class MotionSeconded(Fact):
    """Somebody else stands behind a motion as well."""

    kind = "decisions.motion_seconded"
    audience = Audience.GROUP
    sentence = _("{actor} seconded motion {label}.")

    motion_id: int
    label: str


@dataclass(frozen=True)
class MotionAmendmentMade(Fact):
    """Somebody wants one paragraph of a motion to be different."""

    kind = "decisions.motion_amendment_made"
    audience = Audience.GROUP
    sentence = _("{actor} proposed amendment {number} of motion {label}.")

    motion_id: int
    label: str
    number: int


@dataclass(frozen=True)
class MotionAmendmentAnswered(Fact):
    """An amendment was accepted, declined or withdrawn (`state`)."""

    kind = "decisions.motion_amendment_answered"
    audience = Audience.GROUP
    sentence = _("Amendment {number} of motion {label} was {state}.")
    personal = frozenset({"reason"})

    motion_id: int
    label: str
    number: int
    state: str
    reason: str


@dataclass(frozen=True)
class VoteOpened(Fact):
    """A vote on a motion was opened until an instant (ISO), with so many votes and voices on its roll."""

    kind = "decisions.vote_opened"
    audience = Audience.PUBLIC
    sentence = _("The vote on motion {label} was opened.")

    motion_id: int
    label: str
    round: int
    closes_at: str
    binding: int
    advisory: int


@dataclass(frozen=True)
class PositionTaken(Fact):
    """A person took a position on a motion, or changed it."""

    kind = "decisions.position_taken"
    audience = Audience.GROUP
    sentence = _("{actor} took a position on motion {label}.")

    motion_id: int
    label: str
    value: str
    was: str


@dataclass(frozen=True)
class BlockCleared(Fact):
    """Somebody took their block of a motion back."""

    kind = "decisions.block_cleared"
    audience = Audience.GROUP
    sentence = _("{actor} took back what stood in the way of motion {label}.")

    motion_id: int
    label: str
    now: str


@dataclass(frozen=True)
class MotionCounted(Fact):
    """A vote on a motion was counted (`result`: carried, failed, blocked, no_quorum)."""

    kind = "decisions.motion_counted"
    audience = Audience.PUBLIC
    sentence = _("The vote on motion {label} was counted.")

    motion_id: int
    label: str
    round: int
    result: str
    approve: int
    voters: int


@dataclass(frozen=True)
class VoteExtended(Fact):
    """A vote that found no quorum goes on until an instant (ISO); positions that were taken stand."""

    kind = "decisions.vote_extended"
    audience = Audience.PUBLIC
    sentence = _("The vote on motion {label} goes on for longer.")

    motion_id: int
    label: str
    closes_at: str


@dataclass(frozen=True)
class MotionReopened(Fact):
    """A motion that found no quorum is open for amendments again; there will be another vote."""

    kind = "decisions.motion_reopened"
    audience = Audience.PUBLIC
    sentence = _("Motion {label} is open for amendments again.")

    motion_id: int
    label: str
    round: int


@dataclass(frozen=True)
class MotionReferred(Fact):
    """A motion was handed to another group, where it is a motion of its own."""

    kind = "decisions.motion_referred"
    audience = Audience.PUBLIC
    sentence = _("Motion {label} was referred to {to}.")

    motion_id: int
    label: str
    to: str
    to_motion_id: int


@dataclass(frozen=True)
class ReferralSettled(Fact):
    """What became of a motion that was referred, told to the group it came from."""

    kind = "decisions.referral_settled"
    audience = Audience.PUBLIC
    sentence = _("Motion {label}, referred to {to}, is {state} there.")

    motion_id: int
    label: str
    to: str
    state: str
