"""Decisions, their corrections, periods of silence and objections."""

from folkmoot.decisions.models.decisions import UNSETTLED, Decision, DecisionRevision, Status, Way
from folkmoot.decisions.models.motions import SETTLED, Motion, MotionAmendment, MotionState, Position, Voter
from folkmoot.decisions.models.silence import Objection, Silence, SilenceEnd, Support

__all__ = [
    "SETTLED",
    "UNSETTLED",
    "Decision",
    "DecisionRevision",
    "Motion",
    "MotionAmendment",
    "MotionState",
    "Objection",
    "Position",
    "Silence",
    "SilenceEnd",
    "Status",
    "Support",
    "Voter",
    "Way",
]
