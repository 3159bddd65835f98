"""Checks: how a line of a checklist finds out that it is done, so that lists tick themselves.

A room offers a `Check` in its `apps.ready()`: a question that it can answer about a line, and the facts after which
the answer may be another one. When such a fact is told, the lines that it may be about are asked again, and ticked
with that entry as evidence. Every night all open lines are asked, for what no fact tells. A line that has no sense
where it stands is left out, with the reason.

    offer_check(Check("meetings.was_there", _("has been at a call"), (AttendanceNoted,), was_there))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from folkmoot.groups.agreements import agreements_of, codes_of_conduct, not_agreed, organisation_agreements
from folkmoot.groups.models import Agreement, Group, Participation
from folkmoot.groups.queries import charter_in_force, managers_of
from folkmoot.kit.registry import Registry
from folkmoot.ledger.facts import Fact
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.people.models import Person, Profile
from folkmoot.plan.actions.checklists import leave_out_line, tick_line
from folkmoot.plan.models import ChecklistLine, ChecklistState, LineState, Task, TaskState
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Check:
    """`name` is "<room>.<what>" and stands in the database. `label` ends the sentence "Ticks itself once …".

    `is_done` answers for one line, with its `checklist`, that list's `person` and `group` at hand: True, False, or
    None when it cannot be told. `needless` says why a line has no sense where it stands (empty when it has); such a
    line is left out by itself, and its list does not show it.
    """

    name: str
    label: Label
    facts: tuple[type[Fact], ...]
    is_done: Callable[[ChecklistLine], bool | None]
    needless: Callable[[ChecklistLine], str] = lambda line: ""


CHECKS: Registry[Check] = Registry("check")


def offer_check(check: Check) -> Check:
    """Enter a check, and have its lines asked again after each of its facts."""
    CHECKS.register(check.name, check, by=check.is_done.__module__)
    reacts_to(*check.facts)(reconsider)
    return check


def reconsider(entry: Entry) -> None:
    """Ask the open lines that a fact may be about; a line is ticked once however often this runs."""
    names = [check.name for check in CHECKS if any(fact.kind == entry.kind for fact in check.facts)]
    concerned = Q()
    if entry.about_id is not None:
        concerned |= Q(checklist__person=entry.about_id) | Q(owner=entry.about_id)
    group = _group_of(entry)
    if group is not None:
        concerned |= Q(checklist__group=group)
    tick(open_lines(names).filter(concerned), evidence=entry)


def reconsider_list(checklist_id: int) -> None:
    """Ask all open lines of one list: what was done before it began counts."""
    tick(open_lines().filter(checklist=checklist_id))


def reconsider_all() -> int:
    """Ask every open line that has a check, and return how many were ticked."""
    return tick(open_lines())


def open_lines(names: Iterable[str] | None = None) -> QuerySet[ChecklistLine]:
    """The open lines of running lists that have a check, or one of these."""
    found = ChecklistLine.objects.filter(state=LineState.OPEN, checklist__state=ChecklistState.OPEN)
    found = found.exclude(check_name="") if names is None else found.filter(check_name__in=list(names))
    return found.select_related("checklist", "checklist__person", "checklist__group", "owner").order_by("pk")


def tick(lines: Iterable[ChecklistLine], *, evidence: Entry | None = None) -> int:
    """Tick those of the lines whose check says that they are done, and leave out those that have no sense here.

    Returns how many were ticked.
    """
    ticked = 0
    for line in lines:
        check = CHECKS.get(line.check_name)
        if check is None:
            continue
        if why := check.needless(line):
            leave_out_line(line, why)
        elif check.is_done(line):
            tick_line(line, evidence=evidence)
            ticked += 1
    return ticked


def _group_of(entry: Entry) -> int | None:
    kind = entry.within_type
    return entry.within_id if kind is not None and kind.model_class() is Group else None


def whom(line: ChecklistLine) -> Person | None:
    """Whom a line asks about: who is to do it, else whom its list is for."""
    return line.owner or line.checklist.person


def has_signed_in(line: ChecklistLine) -> bool | None:
    person = whom(line)
    return None if person is None else person.last_login is not None


def has_zone(line: ChecklistLine) -> bool | None:
    person = whom(line)
    return None if person is None else bool(person.zone)


def has_profile(line: ChecklistLine) -> bool | None:
    """A time zone and a few words about oneself: what helps others to meet somebody. Nothing else is asked for."""
    person = whom(line)
    if person is None:
        return None
    return bool(person.zone) and Profile.objects.filter(person=person).exclude(about="").exists()


def has_agreed_to_conduct(line: ChecklistLine) -> bool | None:
    person, codes = whom(line), _codes_at(line)
    return None if person is None or not codes else not not_agreed(person, codes)


def no_code_of_conduct(line: ChecklistLine) -> str:
    return "" if _codes_at(line) else _("There is no code of conduct here.")


def _codes_at(line: ChecklistLine) -> list[Agreement]:
    group = line.checklist.group
    return codes_of_conduct(agreements_of(group, charter_in_force(group)) if group else organisation_agreements())


def has_joined(line: ChecklistLine) -> bool | None:
    person, group = whom(line), line.checklist.group
    if person is None or group is None:
        return None
    return Participation.objects.filter(person=person, group=group, ended_at=None).exists()


def has_manager(line: ChecklistLine) -> bool | None:
    group = line.checklist.group
    if group is None:
        return None
    return bool(managers_of(group))


def has_finished_a_task(line: ChecklistLine) -> bool | None:
    person, group = whom(line), line.checklist.group
    if person is None or group is None:
        return None
    return Task.objects.filter(group=group, owner=person, state=TaskState.DONE).exists()
