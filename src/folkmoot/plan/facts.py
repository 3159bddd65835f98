"""What plan tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact

WORDS = frozenset({"title", "words", "why"})


@dataclass(frozen=True)
class TaskAdded(Fact):
    """A task began to exist in a group."""

    kind = "plan.task_added"
    audience = Audience.GROUP
    sentence = _("{actor} added the task “{title}”.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskChanged(Fact):
    """Words, day or clause of a task changed; the entry's changes say how."""

    kind = "plan.task_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the task “{title}”.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskOffered(Fact):
    """The person whom the entry is about was asked to take a task; they have not answered yet."""

    kind = "plan.task_offered"
    audience = Audience.GROUP
    sentence = _("{actor} asked somebody to take “{title}”.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskTaken(Fact):
    """The person whom the entry is about owns a task from now on."""

    kind = "plan.task_taken"
    audience = Audience.GROUP
    sentence = _("{actor} took on “{title}”.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskDeclined(Fact):
    """The person whom the entry is about was asked to take a task, and said no."""

    kind = "plan.task_declined"
    audience = Audience.PERSON
    sentence = _("{actor} cannot take “{title}”.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskReleased(Fact):
    """A task has no owner any more, and waits for somebody to take it."""

    kind = "plan.task_released"
    audience = Audience.GROUP
    sentence = _("“{title}” waits for somebody to take it.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskFinished(Fact):
    """A task was done."""

    kind = "plan.task_finished"
    audience = Audience.GROUP
    sentence = _("“{title}” is done.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskReopened(Fact):
    """A task that was done or dropped is open again."""

    kind = "plan.task_reopened"
    audience = Audience.GROUP
    sentence = _("“{title}” is open again.")
    personal = WORDS

    task_id: int
    title: str


@dataclass(frozen=True)
class TaskDropped(Fact):
    """A task will not be done."""

    kind = "plan.task_dropped"
    audience = Audience.GROUP
    sentence = _("“{title}” was dropped.")
    personal = WORDS

    task_id: int
    title: str
    why: str


@dataclass(frozen=True)
class OwnTaskChanged(Fact):
    """Something happened to a task that a person keeps for themselves; `change` is the name of the action."""

    kind = "plan.own_task_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed a task of their own.")

    task_id: int
    change: str


@dataclass(frozen=True)
class ChecklistStarted(Fact):
    """A checklist began, counted from a day (ISO date)."""

    kind = "plan.checklist_started"
    audience = Audience.GROUP
    sentence = _("The checklist “{name}” began.")
    personal = frozenset({"name"})

    checklist_id: int
    key: str
    anchor_on: str
    name: str


@dataclass(frozen=True)
class ChecklistMoved(Fact):
    """A checklist counts from another day; the entry's changes say from which to which."""

    kind = "plan.checklist_moved"
    audience = Audience.GROUP
    sentence = _("The checklist “{name}” counts from another day.")
    personal = frozenset({"name"})

    checklist_id: int
    name: str


@dataclass(frozen=True)
class ChecklistEnded(Fact):
    """A checklist is done, or was stopped; `state` says which."""

    kind = "plan.checklist_ended"
    audience = Audience.GROUP
    sentence = _("The checklist “{name}” has come to its end.")
    personal = frozenset({"name", "why"})

    checklist_id: int
    state: str
    name: str
    why: str


@dataclass(frozen=True)
class LineEnded(Fact):
    """A line of a checklist was ticked (by a person or by itself) or left out; `state` says which."""

    kind = "plan.line_ended"
    audience = Audience.PERSON
    sentence = _("“{title}” is off the list.")
    personal = WORDS

    line_id: int
    state: str
    by_itself: bool
    title: str


@dataclass(frozen=True)
class LineReopened(Fact):
    """A line that was ticked or left out is open again."""

    kind = "plan.line_reopened"
    audience = Audience.PERSON
    sentence = _("“{title}” is open again.")
    personal = WORDS

    line_id: int
    title: str


@dataclass(frozen=True)
class PartGiven(Fact):
    """The person whom the entry is about plays a part in a checklist from now on, such as the buddy's."""

    kind = "plan.part_given"
    audience = Audience.PERSON
    sentence = _("{actor} gave somebody a part in a checklist.")

    checklist_id: int
    who: str


@dataclass(frozen=True)
class PartFreed(Fact):
    """The person whom the entry is about no longer plays a part in a checklist; nobody does so far."""

    kind = "plan.part_freed"
    audience = Audience.PERSON
    sentence = _("{actor} took back a part in a checklist.")

    checklist_id: int
    who: str


@dataclass(frozen=True)
class BuddyOfferChanged(Fact):
    """Somebody offers to welcome newcomers of a group, at most this many at a time; 0 when they no longer do."""

    kind = "plan.buddy_offer_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed whom they can welcome.")

    most: int


@dataclass(frozen=True)
class TemplateChanged(Fact):
    """A checklist's template was made or changed; `change` says how."""

    kind = "plan.template_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the checklist template “{name}”.")

    template_id: int
    change: str
    name: str
