"""Decisions, their corrections, periods of silence and objections."""

from folkmoot.decisions.models.decisions import UNSETTLED, Decision, DecisionRevision, Status, Way
from folkmoot.decisions.models.silence import Objection, Silence, SilenceEnd, Support

__all__ = [
    "UNSETTLED",
    "Decision",
    "DecisionRevision",
    "Objection",
    "Silence",
    "SilenceEnd",
    "Status",
    "Support",
    "Way",
]
