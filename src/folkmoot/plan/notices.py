"""What plan tells people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.notices.kinds import Notice, Shortcut
from folkmoot.people.models import Person
from folkmoot.plan.errands import Errand, errand_path


class LeadsToTask:
    """For notices about one task."""

    task_id: int

    def path(self) -> str:
        return reverse("task", args=[self.task_id])


class LeadsToChecklist:
    """For notices about one checklist."""

    checklist_id: int

    def path(self) -> str:
        return reverse("checklist", args=[self.checklist_id])


@dataclass(frozen=True)
class TaskWasOffered(LeadsToTask, Notice):
    """Somebody asks you to take a task."""

    kind = "plan.task_offered"
    topic = "tasks"

    task_id: int
    title: str
    group: str
    by: str
    due_on: date | None
    words: str

    def subject(self) -> str:
        return _("Would you take this on? %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Say yes or no")


@dataclass(frozen=True)
class TaskWasDeclined(LeadsToTask, Notice):
    """Whom you asked cannot take a task."""

    kind = "plan.task_declined"
    topic = "tasks"

    task_id: int
    title: str
    by: str

    def subject(self) -> str:
        return _("%(name)s cannot take “%(title)s”") % {"name": self.by, "title": self.title}


@dataclass(frozen=True)
class TaskIsDue(LeadsToTask, Notice):
    """A task of yours is due in some days, or today; told once for each task, day and distance."""

    kind = "plan.task_due"
    topic = "tasks"

    task_id: int
    title: str
    group: str
    due_on: date
    days: int
    slot: int

    def subject(self) -> str:
        return _due_words(self.title, self.days)

    def shortcut(self, person: Person) -> Shortcut:
        return Shortcut(errand_path(Errand("task", self.task_id, person.pk)), _("Done already? Mark it as done"))

    def once(self) -> str:
        return f"task:{self.task_id}:{self.due_on.isoformat()}:{self.slot}"


@dataclass(frozen=True)
class TaskIsOverdue(LeadsToTask, Notice):
    """A task of your group has not been done in time."""

    kind = "plan.task_overdue"
    topic = "tasks"

    task_id: int
    title: str
    group: str
    owner: str
    due_on: date
    days: int
    away_until: date | None = None

    def subject(self) -> str:
        return _("“%(title)s” was due on %(day)s") % {"title": self.title, "day": date_format(self.due_on, "j F")}

    def once(self) -> str:
        return f"task:{self.task_id}:{self.due_on.isoformat()}:overdue"


@dataclass(frozen=True)
class LineIsDue(LeadsToChecklist, Notice):
    """A line of a checklist that is yours is due in some days, or today."""

    kind = "plan.line_due"
    topic = "tasks"

    line_id: int
    checklist_id: int
    title: str
    checklist: str
    due_on: date
    days: int
    slot: int

    def subject(self) -> str:
        return _due_words(self.title, self.days)

    def shortcut(self, person: Person) -> Shortcut:
        return Shortcut(errand_path(Errand("step", self.line_id, person.pk)), _("Done already? Mark it as done"))

    def once(self) -> str:
        return f"line:{self.line_id}:{self.due_on.isoformat()}:{self.slot}"


@dataclass(frozen=True)
class LineIsOverdue(LeadsToChecklist, Notice):
    """A line of one of your group's checklists has not been done in time."""

    kind = "plan.line_overdue"
    topic = "tasks"

    line_id: int
    checklist_id: int
    title: str
    checklist: str
    person: str
    owner: str
    due_on: date
    days: int
    away_until: date | None = None

    def subject(self) -> str:
        return _("Still open: %(title)s") % {"title": self.title}

    def once(self) -> str:
        return f"line:{self.line_id}:{self.due_on.isoformat()}:overdue"


@dataclass(frozen=True)
class WelcomeBegan(Notice):
    """You have come to a group; here is where to begin."""

    kind = "plan.welcome"
    topic = "groups"

    checklist_id: int
    group: str
    slug: str
    buddy: str

    def subject(self) -> str:
        return _("Welcome to %(group)s") % {"group": self.group}

    def path(self) -> str:
        return reverse("group_welcome", args=[self.slug])

    def action(self) -> str:
        return _("Where to begin")

    def once(self) -> str:
        return f"welcome:{self.checklist_id}"


@dataclass(frozen=True)
class BuddyWasChosen(LeadsToChecklist, Notice):
    """Somebody has come to your group, and you are asked to say hello."""

    kind = "plan.buddy"
    topic = "groups"

    checklist_id: int
    group: str
    newcomer: str

    def subject(self) -> str:
        return _("%(name)s has come to %(group)s. Would you say hello?") % {
            "name": self.newcomer,
            "group": self.group,
        }

    def action(self) -> str:
        return _("See their first steps")

    def once(self) -> str:
        return f"buddy:{self.checklist_id}"


def _due_words(title: str, days: int) -> str:
    if days < 0:
        return _("While you were away: %(title)s") % {"title": title}
    if days == 0:
        return _("Today: %(title)s") % {"title": title}
    if days == 1:
        return _("Tomorrow: %(title)s") % {"title": title}
    return _("In %(days)d days: %(title)s") % {"days": days, "title": title}
