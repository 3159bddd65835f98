"""Everything that happens to a running checklist. Other rooms start theirs by `start_checklist`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.ledger.models import Entry
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import facts
from folkmoot.plan.actions.templates import template_for
from folkmoot.plan.actions.wording import LONGEST_WHY, checked_day, clean_text
from folkmoot.plan.domain.offsets import Schedule, Timing, schedule
from folkmoot.plan.models import (
    Checklist,
    ChecklistLine,
    ChecklistPart,
    ChecklistState,
    ChecklistTemplate,
    LineState,
)
from folkmoot.plan.models.checklists import Step
from folkmoot.plan.rules import (
    may_end_line,
    may_end_with_group,
    may_run_checklist,
    may_start_checklist,
    may_stop_checklist,
)

COPIED = ("position", "title", "words", "offset", "minimum", "who", "remind", "escalate", "check_name", "link")
FOR_WHOM = ("newcomer", "manager", "owner")


@transaction.atomic
def start_checklist(
    template_key: str,
    *,
    group: Group | None,
    anchor: date,
    people: Mapping[str, Person] | None = None,
    subject: models.Model | None = None,
    name: str = "",
    by: Actor,
) -> Checklist:
    """Start a list from the group's template of this key (or the organisation's), counted from `anchor`.

    `people` says who plays which part. `subject` is the person or the thing that the list is for; without one it is
    for whoever is its newcomer, manager or owner. A list of the same kind that runs for them already is given back.
    It is called as its template, or by `name` where many of its kind run side by side.
    Steps that would lie in the past are dated from today on, see `domain.offsets.schedule`.
    """
    require(may_start_checklist(by, group))
    checked_day(anchor)
    people = dict(people or {})
    template = template_for(template_key, group)
    if group is not None:
        hold_group(group)
    person, thing = _for(subject, people)
    present = _running(template_key, group, person, thing)
    if present is not None:
        return present
    try:
        with transaction.atomic():
            checklist = Checklist.objects.create(
                template=template,
                template_key=template.key,
                name=name[:120] or template.name,
                words=template.words,
                anchor_label=template.anchor_label,
                group=group,
                person=person,
                subject=thing,
                anchor_on=anchor,
                started_on=today_here(),
            )
    except IntegrityError:
        raise Refused(_("This checklist was just started by somebody else."), code="conflict") from None
    ChecklistPart.objects.bulk_create(
        ChecklistPart(checklist=checklist, who=who, person=one) for who, one in people.items()
    )
    _write_lines(checklist, template, people)
    record(
        facts.ChecklistStarted(checklist.pk, checklist.template_key, anchor.isoformat(), checklist.name),
        by=by,
        about=person,
        on=checklist,
        within=group,
    )
    return checklist


def preview(template: ChecklistTemplate, anchor: date, *, started_on: date) -> Schedule:
    """The days that a list would have, and what would not work out; nothing is written."""
    return schedule([_timing(line) for line in template.lines.all()], checked_day(anchor), started_on)


@transaction.atomic
def move_anchor(checklist: Checklist, to: date, *, name: str = "", by: Actor) -> Schedule:
    """Let a list count from another day: its open lines are dated again, none of them before today.

    With `name` it is called so from then on, for lists that have their day in their name.
    """
    hold_checklist(checklist)
    require(may_run_checklist(by, checklist))
    _require_running(checklist)
    checked_day(to)
    lines = list(checklist.lines.filter(state=LineState.OPEN).order_by("position", "pk"))
    dated = schedule([_timing(line) for line in lines], to, max(checklist.started_on, today_here()))
    if to != checklist.anchor_on:
        for line, day in zip(lines, dated.dates, strict=True):
            line.due_on = day
        ChecklistLine.objects.bulk_update(lines, ["due_on"])
        before, checklist.anchor_on = checklist.anchor_on, to
        checklist.name = name[:120] or checklist.name
        checklist.save(update_fields=["anchor_on", "name"])
        record(
            facts.ChecklistMoved(checklist.pk, checklist.name),
            by=by,
            about=checklist.person,
            on=checklist,
            within=checklist.group,
            changes={"anchor_on": [before.isoformat(), to.isoformat()]},
        )
    return dated


@transaction.atomic
def date_lines(checklist: Checklist, days: Mapping[int, date], *, anchor: date, by: Actor) -> None:
    """Give open lines (by their number) days that another room has worked out, and count from another anchor.

    Lines that are not named are dated from the anchor as ever, none of them before today. Told once, if any changes.
    """
    hold_checklist(checklist)
    require(may_run_checklist(by, checklist))
    _require_running(checklist)
    checked_day(anchor)
    today = today_here()
    changed = []
    for line in checklist.lines.filter(state=LineState.OPEN).order_by("position", "pk"):
        due = max(days.get(line.pk, anchor + timedelta(days=line.offset)), today)
        if due != line.due_on:
            line.due_on, line.offset = due, (due - anchor).days
            changed.append(line)
    if not changed and anchor == checklist.anchor_on:
        return
    ChecklistLine.objects.bulk_update(changed, ["due_on", "offset"])
    before, checklist.anchor_on = checklist.anchor_on, anchor
    checklist.save(update_fields=["anchor_on"])
    record(
        facts.ChecklistMoved(checklist.pk, checklist.name),
        by=by,
        about=checklist.person,
        on=checklist,
        within=checklist.group,
        changes={"anchor_on": [before.isoformat(), anchor.isoformat()]},
    )


@transaction.atomic
def finish_line(line: ChecklistLine, *, by: Actor) -> None:
    """Tick a line; the list is done with its last one. Done twice, it is told once."""
    hold_line(line)
    if line.is_done:
        return
    require(may_end_line(by, line))
    _require_running(line.checklist)
    _end_line(line, LineState.DONE, by)


@transaction.atomic
def tick_line(line: ChecklistLine, *, evidence: Entry | None = None) -> None:
    """Let a line tick itself, as a check says that it is done; `evidence` is the entry that it was seen by."""
    hold_line(line)
    if line.is_open and line.checklist.is_open:
        _end_line(line, LineState.DONE, system(), by_itself=True, evidence=evidence)


@transaction.atomic
def leave_out_line(line: ChecklistLine, why: str) -> None:
    """Let a line be left out by itself, as its check says that it has no sense here."""
    hold_line(line)
    if line.is_open and line.checklist.is_open:
        _end_line(line, LineState.SKIPPED, system(), why=why[:LONGEST_WHY], by_itself=True)


@transaction.atomic
def skip_line(line: ChecklistLine, reason: str, *, by: Actor) -> None:
    """Leave a line out, and say why; Refused `invalid` without a reason."""
    hold_line(line)
    if line.state == LineState.SKIPPED:
        return
    require(may_end_line(by, line))
    _require_running(line.checklist)
    why = clean_text(reason, LONGEST_WHY)
    if not why:
        raise Refused(_("Please say in a few words why it is left out."), code="invalid")
    _end_line(line, LineState.SKIPPED, by, why=why)


@transaction.atomic
def reopen_line(line: ChecklistLine, *, by: Actor) -> None:
    """Take back that a line was ticked or left out; a list that was done by it runs again."""
    hold_line(line)
    if line.is_open:
        return
    require(may_end_line(by, line))
    checklist = line.checklist
    if checklist.state == ChecklistState.STOPPED:
        raise Refused(_("This checklist was stopped."), code="ended")
    line.state, line.ended_at, line.ended_by, line.why = LineState.OPEN, None, None, ""
    line.by_itself, line.evidence = False, None
    line.save(update_fields=["state", "ended_at", "ended_by", "why", "by_itself", "evidence"])
    if checklist.state == ChecklistState.DONE:
        if _running(checklist.template_key, checklist.group, checklist.person, checklist.subject) is not None:
            raise Refused(_("Another checklist of this kind runs already."), code="ended")
        checklist.state, checklist.ended_at = ChecklistState.OPEN, None
        checklist.save(update_fields=["state", "ended_at"])
    record(
        facts.LineReopened(line.pk, line.title), by=by, about=line.owner or checklist.person, on=line,
        within=checklist.group,
    )  # fmt: skip


@transaction.atomic
def stop_checklist(checklist: Checklist, *, why: str = "", by: Actor) -> None:
    """End a list before it is done; done twice, it is told once."""
    hold_checklist(checklist)
    if not checklist.is_open:
        return
    require(may_stop_checklist(by, checklist))
    _end_checklist(checklist, ChecklistState.STOPPED, by, why=clean_text(why, LONGEST_WHY))


@transaction.atomic
def give_part(checklist: Checklist, who: str, person: Person, *, by: Actor) -> None:
    """Let somebody play a part in a list from now on: its open lines become theirs. Done twice, it is told once."""
    hold_checklist(checklist)
    require(may_run_checklist(by, checklist))
    _require_running(checklist)
    part = checklist.parts.filter(who=who).first()
    if part is not None and part.person_id == person.pk:
        return
    if part is not None:
        part.delete()
    ChecklistPart.objects.create(checklist=checklist, who=who, person=person)
    checklist.lines.filter(who=who, state=LineState.OPEN).update(owner=person)
    record(facts.PartGiven(checklist.pk, who), by=by, about=person, on=checklist, within=checklist.group)


@transaction.atomic
def free_part(checklist: Checklist, who: str, *, by: Actor) -> None:
    """Let nobody play a part in a list any more: its open lines wait for somebody. Done twice, it is told once."""
    hold_checklist(checklist)
    require(may_run_checklist(by, checklist))
    _require_running(checklist)
    part = checklist.parts.filter(who=who).select_related("person").first()
    if part is None:
        return
    checklist.lines.filter(who=who, state=LineState.OPEN, owner=part.person).update(owner=None)
    part.delete()
    record(facts.PartFreed(checklist.pk, who), by=by, about=part.person, on=checklist, within=checklist.group)


@transaction.atomic
def hand_over_line(line: ChecklistLine, to: Person, *, by: Actor) -> None:
    """Give one open line to somebody who has said yes to it; done twice, it is done once."""
    hold_line(line)
    if line.owner_id == to.pk or not line.is_open or not line.checklist.is_open:
        return
    if line.owner_id != getattr(by, "pk", None):
        require(may_run_checklist(by, line.checklist))
    line.owner = to
    line.save(update_fields=["owner"])
    record(facts.PartGiven(line.checklist_id, line.who), by=by, about=to, on=line, within=line.checklist.group)


@transaction.atomic
def stop_checklists_of(person: Person, group: Group, keys: Collection[str], *, why: str, by: Actor) -> None:
    """End all running lists of these kinds that are for a person in a group."""
    running = Checklist.objects.filter(
        person=person, group=group, template_key__in=keys, state=ChecklistState.OPEN
    ).order_by("pk")
    for checklist in running:
        stop_checklist(checklist, why=why, by=by)


@transaction.atomic
def stop_all(group: Group, *, why: str, by: Actor) -> int:
    """End every running list of a group, as when it closes, and return how many there were."""
    require(may_end_with_group(by, group))
    running = list(Checklist.objects.filter(group=group, state=ChecklistState.OPEN).order_by("pk"))
    for checklist in running:
        stop_checklist(checklist, why=why, by=by)
    return len(running)


def hold_checklist(checklist: Checklist) -> None:
    """Let nobody else change the list until this transaction ends, and see it as it is now."""
    Checklist.objects.select_for_update().get(pk=checklist.pk)
    checklist.refresh_from_db()


def hold_line(line: ChecklistLine) -> None:
    """Hold the whole list, since its last line ends it."""
    Checklist.objects.select_for_update().get(pk=line.checklist_id)
    line.refresh_from_db()


def _for(subject: models.Model | None, people: Mapping[str, Person]) -> tuple[Person | None, models.Model | None]:
    if isinstance(subject, Person):
        return subject, None
    if subject is not None:
        return None, subject
    return next((people[who] for who in FOR_WHOM if who in people), None), None


def _running(key: str, group: Group | None, person: Person | None, thing: models.Model | None) -> Checklist | None:
    found = Checklist.objects.filter(template_key=key, group=group, person=person, state=ChecklistState.OPEN)
    if thing is not None:
        kind = ContentType.objects.get_for_model(thing)
        return found.filter(subject_type=kind, subject_id=thing.pk).first()
    return found.filter(subject_id=None).first() if person is not None else None


def _write_lines(checklist: Checklist, template: ChecklistTemplate, people: Mapping[str, Person]) -> None:
    steps = list(template.lines.select_related("person"))
    dated = schedule([_timing(step) for step in steps], checklist.anchor_on, checklist.started_on)
    ChecklistLine.objects.bulk_create(
        ChecklistLine(
            checklist=checklist,
            owner=people.get(step.who) or step.person,
            due_on=day,
            **{name: getattr(step, name) for name in COPIED},
        )
        for step, day in zip(steps, dated.dates, strict=True)
    )


def _timing(step: Step) -> Timing:
    return Timing(step.offset, step.minimum)


def _end_line(
    line: ChecklistLine,
    state: LineState,
    by: Actor,
    *,
    why: str = "",
    by_itself: bool = False,
    evidence: Entry | None = None,
) -> None:
    line.state, line.ended_at, line.why = state, timezone.now(), why
    line.ended_by = by if isinstance(by, Person) else None
    line.by_itself, line.evidence = by_itself, evidence
    line.save(update_fields=["state", "ended_at", "ended_by", "why", "by_itself", "evidence"])
    checklist = line.checklist
    record(
        facts.LineEnded(line.pk, str(state), by_itself, line.title),
        by=by,
        about=line.owner or checklist.person,
        on=line,
        within=checklist.group,
    )
    if checklist.is_open and not checklist.lines.filter(state=LineState.OPEN).exists():
        _end_checklist(checklist, ChecklistState.DONE, by)


def _end_checklist(checklist: Checklist, state: ChecklistState, by: Actor, *, why: str = "") -> None:
    checklist.state, checklist.ended_at, checklist.why = state, timezone.now(), why
    checklist.save(update_fields=["state", "ended_at", "why"])
    record(
        facts.ChecklistEnded(checklist.pk, str(state), checklist.name, why),
        by=by,
        about=checklist.person,
        on=checklist,
        within=checklist.group,
    )


def _require_running(checklist: Checklist) -> None:
    if not checklist.is_open:
        raise Refused(_("This checklist has come to its end."), code="ended")
