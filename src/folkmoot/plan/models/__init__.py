"""Initiatives, goals, the year's activities, registers and reports; tasks, checklists and who welcomes whom."""

from folkmoot.plan.models.activities import ActivityState, YearActivity
from folkmoot.plan.models.checklists import (
    Checklist,
    ChecklistLine,
    ChecklistPart,
    ChecklistState,
    ChecklistTemplate,
    LineState,
    TemplateLine,
)
from folkmoot.plan.models.goals import CheckIn, Confidence, Goal, KeyResult, Value
from folkmoot.plan.models.initiatives import Initiative, InitiativeHelper, InitiativeUpdate
from folkmoot.plan.models.registers import Level, Risk, RiskState, Stakeholder
from folkmoot.plan.models.reports import Report, ReportPiece, ReportRevision
from folkmoot.plan.models.tasks import Task, TaskState
from folkmoot.plan.models.welcome import BuddyOffer

__all__ = [
    "ActivityState",
    "BuddyOffer",
    "CheckIn",
    "Checklist",
    "ChecklistLine",
    "ChecklistPart",
    "ChecklistState",
    "ChecklistTemplate",
    "Confidence",
    "Goal",
    "Initiative",
    "InitiativeHelper",
    "InitiativeUpdate",
    "KeyResult",
    "Level",
    "LineState",
    "Report",
    "ReportPiece",
    "ReportRevision",
    "Risk",
    "RiskState",
    "Stakeholder",
    "Task",
    "TaskState",
    "TemplateLine",
    "Value",
    "YearActivity",
]
