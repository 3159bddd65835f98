"""Tasks and checklists; who welcomes whom."""

from folkmoot.plan.models.checklists import (
    Checklist,
    ChecklistLine,
    ChecklistPart,
    ChecklistState,
    ChecklistTemplate,
    LineState,
    TemplateLine,
)
from folkmoot.plan.models.tasks import Task, TaskState
from folkmoot.plan.models.welcome import BuddyOffer

__all__ = [
    "BuddyOffer",
    "Checklist",
    "ChecklistLine",
    "ChecklistPart",
    "ChecklistState",
    "ChecklistTemplate",
    "LineState",
    "Task",
    "TaskState",
    "TemplateLine",
]
