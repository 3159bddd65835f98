"""Initiatives, goals with key results, the year's activities, registers and reports."""

from folkmoot.plan.models.activities import ActivityState, YearActivity
from folkmoot.plan.models.goals import CheckIn, Confidence, Goal, KeyResult, Value
from folkmoot.plan.models.initiatives import Initiative, InitiativeHelper, InitiativeUpdate
from folkmoot.plan.models.registers import Level, Risk, RiskState, Stakeholder
from folkmoot.plan.models.reports import Report, ReportPiece, ReportRevision

__all__ = [
    "ActivityState",
    "CheckIn",
    "Confidence",
    "Goal",
    "Initiative",
    "InitiativeHelper",
    "InitiativeUpdate",
    "KeyResult",
    "Level",
    "Report",
    "ReportPiece",
    "ReportRevision",
    "Risk",
    "RiskState",
    "Stakeholder",
    "Value",
    "YearActivity",
]
