"""Reading tasks and checklists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.queries import Shown, public_between
from folkmoot.groups.models import Group, Participation
from folkmoot.groups.queries import charter_in_force, managers_of
from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person
from folkmoot.plan.domain.buddies import Candidate
from folkmoot.plan.errands import Errand
from folkmoot.plan.models import (
    BuddyOffer,
    Checklist,
    ChecklistLine,
    ChecklistPart,
    ChecklistState,
    ChecklistTemplate,
    LineState,
    Task,
    TaskState,
)
from folkmoot.plan.models.welcome import MOST_AT_ONCE
from folkmoot.plan.starters import starter, starter_keys
from folkmoot.plan.welcoming import kept_from

WELCOME = "welcome"
WELCOME_OBSERVER = "welcome-observer"
ONBOARDING = "new-manager"
WELCOMES = (WELCOME, WELCOME_OBSERVER)
BUDDY = "buddy"
ORDERS = ("due", "newest", "title")
NEEDLESS = Q(state=LineState.SKIPPED, by_itself=True)
"""Steps that have no sense where their list runs, see `checks.Check.needless`; they are kept, and shown nowhere."""
SHOWN_OF_LIST = Q(lines__by_itself=False) | Q(lines__state__in=(LineState.OPEN, LineState.DONE))
FILTERS = ("open", "mine", "unowned", "first", "overdue", "done", "dropped")


def in_order(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What is due first comes first; what has no day comes last."""
    return tasks.order_by(F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "position", "pk")


def tasks_in(group: Group, which: str, *, person: Person | None, today: date, order: str = "due") -> QuerySet[Task]:
    """A group's tasks by one of `FILTERS`, in one of `ORDERS`; anything else means those that are open, by their day.

    What has ended comes by when it ended, the latest first, in the order that goes by days.
    """
    found = _tasks_in(group, which, person=person, today=today)
    match order:
        case "newest":
            return found.order_by("-made_at", "-pk")
        case "title":
            return found.order_by(Lower("title"), "pk")
    return found


def _tasks_in(group: Group, which: str, *, person: Person | None, today: date) -> QuerySet[Task]:
    found = group.tasks.select_related("owner", "offered_to", "group")
    open_ones = found.filter(state=TaskState.OPEN)
    match which:
        case "mine":
            return in_order(open_ones.filter(Q(owner=person) | Q(offered_to=person)))
        case "unowned":
            return in_order(open_ones.filter(owner=None))
        case "first":
            return in_order(open_ones.filter(is_first_task=True))
        case "overdue":
            return in_order(open_ones.filter(due_on__lt=today))
        case "done":
            return found.filter(state=TaskState.DONE).order_by("-ended_at", "-pk")
        case "dropped":
            return found.filter(state=TaskState.DROPPED).order_by("-ended_at", "-pk")
    return in_order(open_ones)


def open_tasks_of(person: Person) -> QuerySet[Task]:
    """What a person has taken on, in all groups and for themselves, the most pressing first."""
    return in_order(Task.objects.filter(owner=person, state=TaskState.OPEN).select_related("group", "owner"))


def tasks_offered_to(person: Person) -> QuerySet[Task]:
    """What a person was asked to take, and has not answered."""
    return in_order(
        Task.objects.filter(offered_to=person, state=TaskState.OPEN).select_related("group", "owner", "asked_by")
    )


def errand_of(errand: Errand) -> tuple[Task | ChecklistLine, Person]:
    """What an errand names and whose it is; Refused `taken` where either is gone."""
    person = Person.objects.filter(pk=errand.person_id, is_active=True).first()
    thing = (
        Task.objects.select_related("group").filter(pk=errand.thing_id).first()
        if errand.sort == "task"
        else ChecklistLine.objects.select_related("checklist__group").filter(pk=errand.thing_id).first()
    )
    if thing is None or person is None:
        raise Refused(_("What it was about is in other hands now."), code="taken")
    return thing, person


def tasks_from(source_type_id: int, source_id: int) -> QuerySet[Task]:
    """The tasks that came from one thing."""
    return Task.objects.filter(source_type_id=source_type_id, source_id=source_id).select_related("owner", "group")


def first_tasks(group: Group) -> QuerySet[Task]:
    """Small tasks that wait for somebody who has just come."""
    return in_order(group.tasks.filter(state=TaskState.OPEN, owner=None, offered_to=None, is_first_task=True))


def open_lines_of(person: Person) -> QuerySet[ChecklistLine]:
    """The open lines of running checklists that a person is to do, the most pressing first."""
    return (
        ChecklistLine.objects.filter(owner=person, state=LineState.OPEN, checklist__state=ChecklistState.OPEN)
        .select_related("checklist", "checklist__group", "checklist__person", "owner")
        .order_by("due_on", "position", "pk")
    )


def checklists_in(group: Group) -> QuerySet[Checklist]:
    """A group's checklists, the newest first, with how many lines they have and how many of these are open."""
    return (
        group.checklists.select_related("person")
        .annotate(
            count=Count("lines", filter=SHOWN_OF_LIST),
            open_count=Count("lines", filter=Q(lines__state=LineState.OPEN)),
        )
        .order_by("-started_on", "-pk")
    )


def lines_of(checklist: Checklist) -> QuerySet[ChecklistLine]:
    """The lines of a list in their order, with who does them, but those that have no sense where it runs."""
    lines = checklist.lines.exclude(NEEDLESS)
    return lines.select_related("owner", "ended_by", "checklist", "checklist__group", "checklist__person")


def template_named(key: str, group: Group | None) -> ChecklistTemplate | None:
    """The group's own template of this key, else the organisation's; None when there is neither."""
    found = ChecklistTemplate.objects.filter(Q(group=group) | Q(group=None), key=key)
    return found.order_by(F("group").asc(nulls_last=True)).first()


def templates_for(group: Group | None) -> list[ChecklistTemplate]:
    """The templates that a group would start from: its own, and the organisation's where it has none of that key.

    First wordings that nobody has changed or started yet are among them, unsaved. Each has `count`, its steps.
    """
    found = ChecklistTemplate.objects.filter(Q(group=group) | Q(group=None)).annotate(count=Count("lines"))
    kept: dict[str, ChecklistTemplate] = {}
    for template in found.order_by(F("group").asc(nulls_last=True), "name", "pk"):
        kept.setdefault(template.key, template)
    for first in map(unwritten, starter_keys()):
        if first is not None:
            kept.setdefault(first.key, first)
    return sorted(kept.values(), key=lambda template: template.name.casefold())


def unwritten(key: str) -> ChecklistTemplate | None:
    """A template of the organisation as it is first worded, unsaved; None for a key that has no first wording."""
    first = starter(key)
    if first is None:
        return None
    template = ChecklistTemplate(key=key, name=first.name, words=first.words, anchor_label=first.anchor_label)
    template.count = len(first.lines)  # type: ignore[attr-defined]
    return template


def part_of(template: ChecklistTemplate) -> str:
    """The part that whoever a list of this template is for plays in it."""
    used = set(template.lines.values_list("who", flat=True))
    return next((who for who in ("newcomer", "owner", "manager") if who in used), "owner")


def objectives_of(group: Group) -> list[tuple[str, str]]:
    """Anchor and heading of the clauses that a task may serve, from the charter in force."""
    charter = charter_in_force(group)
    if charter is None:
        return []
    return [
        (anchor, f"§ {number} {heading}" if number else heading)
        for anchor, number, heading in charter.clauses.filter(kind__in=("objective", "activity"))
        .order_by("position")
        .values_list("anchor", "number", "heading")
    ]


def buddy_candidates(group: Group, newcomer: Person) -> tuple[list[Candidate], list[Candidate]]:
    """Who is willing to welcome people into a group, and its managers as the fallback.

    Never the newcomer, nor anybody who is kept apart from them.
    """
    apart = kept_from(newcomer.pk)
    load = {
        row["person"]: (row["now"], row["last"])
        for row in ChecklistPart.objects.filter(who=BUDDY, checklist__group=group)
        .values("person")
        .annotate(now=Count("pk", filter=Q(checklist__state=ChecklistState.OPEN)), last=Max("since"))
    }

    def candidate(key: int, most: int) -> Candidate:
        now, last = load.get(key, (0, None))
        return Candidate(key, most, now, last)

    taking_part = Participation.objects.filter(group=group, ended_at=None, person__is_active=True)
    willing = (
        BuddyOffer.objects.filter(group=group, person__in=taking_part.values("person"))
        .exclude(person__in={newcomer.pk, *apart})
        .values_list("person", "most")
    )
    leading = [person.pk for person in managers_of(group) if person != newcomer and person.pk not in apart]
    return [candidate(key, most) for key, most in willing], [candidate(key, MOST_AT_ONCE) for key in leading]


@dataclass(frozen=True)
class Waiting:
    """Somebody who has come and was not greeted yet: since when, and who was asked to."""

    checklist: Checklist
    line: ChecklistLine
    days: int

    @property
    def person(self) -> Person | None:
        return self.checklist.person

    @property
    def buddy(self) -> Person | None:
        return self.line.owner


def waiting_for_hello(group: Group, *, today: date) -> list[Waiting]:
    """Newcomers of a group whose buddy has not said hello yet, the longest waiting first."""
    found = (
        ChecklistLine.objects.filter(
            checklist__group=group,
            checklist__state=ChecklistState.OPEN,
            checklist__template_key__in=WELCOMES,
            who=BUDDY,
        )
        .select_related("checklist", "checklist__person", "owner")
        .order_by("checklist__anchor_on", "checklist", "position")
    )
    # A buddy's first step is the hello; later ones may well be open.
    first: dict[int, ChecklistLine] = {}
    for line in found:
        first.setdefault(line.checklist_id, line)
    return [
        Waiting(line.checklist, line, max(0, (today - line.checklist.anchor_on).days))
        for line in first.values()
        if line.is_open
    ]


def welcome_of(person: Person, group: Group) -> Checklist | None:
    """The latest welcome path of a person in a group."""
    return (
        Checklist.objects.filter(person=person, group=group, template_key__in=WELCOMES)
        .select_related("group", "person")
        .order_by("-started_on", "-pk")
        .first()
    )


def welcomes_by(buddy: Person, group: Group) -> list[Checklist]:
    """The running welcome paths in which somebody is the buddy."""
    return list(
        Checklist.objects.filter(
            group=group, state=ChecklistState.OPEN, parts__who=BUDDY, parts__person=buddy
        ).select_related("person", "group")
    )


def next_call(group: Group) -> Shown | None:
    """What the calendar has next for a group, unless it is cancelled; None when nothing is planned for two months."""
    now = timezone.now()
    coming = public_between(now, now + timedelta(days=60), groups=[group])
    return next((one for one in coming if not one.is_cancelled), None)


@dataclass(frozen=True)
class Week:
    """What a person has to do, parted by when: `later` also holds what has no day."""

    overdue: Sequence[Task | ChecklistLine]
    this_week: Sequence[Task | ChecklistLine]
    later: Sequence[Task | ChecklistLine]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.this_week or self.later)


def week_of(person: Person, *, today: date) -> Week:
    """Everything that a person has taken on or is to do, tasks and lines together, in two queries."""
    everything: list[Task | ChecklistLine] = [*open_tasks_of(person), *open_lines_of(person)]
    everything.sort(key=lambda one: (one.due_on or date.max, isinstance(one, ChecklistLine), one.position, one.pk))
    end = today + timedelta(days=7)
    parted: Mapping[str, list[Task | ChecklistLine]] = {"overdue": [], "week": [], "later": []}
    for one in everything:
        if one.due_on is None or one.due_on >= end:
            parted["later"].append(one)
        else:
            parted["overdue" if one.due_on < today else "week"].append(one)
    return Week(parted["overdue"], parted["week"], parted["later"])


def running_welcomes_of(person: Person) -> list[Checklist]:
    """The welcome paths on which a person is, in all groups."""
    return list(
        Checklist.objects.filter(
            person=person, template_key__in=WELCOMES, state=ChecklistState.OPEN, group__isnull=False
        ).select_related("group")
    )
