"""All minutes and resolutions of a group as Markdown files in our own form; what was brought in comes out as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Status, Way
from folkmoot.decisions.queries import decisions_of, seen_by_all
from folkmoot.groups.models import Group
from folkmoot.meetings.attendance_reading import attendance_of, regrets_of
from folkmoot.meetings.domain.minutes import (
    MinutesRecord,
    OpeningText,
    ReadAction,
    ReadItem,
    ReadPerson,
    Resolution,
    write_series,
)
from folkmoot.meetings.domain.minutes.keeping import KeptName, record_of, resolution_of
from folkmoot.meetings.domain.published import as_record, from_json
from folkmoot.meetings.domain.role_words import MODERATOR, SCRIBE
from folkmoot.meetings.minutes_reading import agreed_actions, minutes_items, published_of
from folkmoot.meetings.models import (
    Attendance,
    BroughtIn,
    BroughtInName,
    Meeting,
    Minutes,
    MinutesItem,
    Turn,
    TurnState,
)
from folkmoot.meetings.opening import readings_of
from folkmoot.plan.models import Task, TaskState
from folkmoot.ui import times

OUTCOMES: Mapping[str, str] = {
    Status.ADOPTED: "carried",
    Status.DECLINED: "declined",
    Status.REFERRED: "deferred",
}
WAYS: Mapping[str, str] = {Way.SILENCE: "lazy_consensus", Way.MOTION: "motion"}


def all_files(group: Group) -> dict[str, str]:
    """Everything, with names, for those who may read it: files by their paths, with an index."""
    kept = {one.meeting_id: one for one in BroughtIn.objects.filter(group=group).prefetch_related("names")}
    found = Minutes.objects.filter(meeting__group=group).select_related("meeting__group", "meeting__slot__series")
    records = [brought_in_record(one, kept[one.pk]) if one.pk in kept else own_record(one) for one in found]
    return write_series(sorted(records, key=_place), list(_resolutions(group)))


def public_files(group: Group) -> dict[str, str]:
    """Published minutes as everybody reads them, and the decisions that everybody may read."""
    heading = _("Corrections")
    records = [as_record(from_json(one.published), corrections=heading) for one in published_of(group)]
    shown = decisions_of(group).filter(seen_by_all(), status__in=OUTCOMES)
    return write_series(sorted(records, key=_place), [_own_resolution(one) for one in _in_order(shown)])


def brought_in_record(minutes: Minutes, kept: BroughtIn) -> MinutesRecord:
    """Minutes that were brought in, with what was corrected here since."""
    rows = list(kept.names.all())
    names = kept_names(kept)
    values = dict(kept.values)
    items = {item.pk: item for item in minutes_items(minutes)}
    values["items"] = [_item_values(row, items.pop(row["item"], None)) for row in values["items"]]
    there = list(Attendance.objects.filter(meeting=minutes.pk).select_related("person"))
    values["present"] = [one for one in values["present"] if _is_there(rows[one["who"]], there)]
    done = set(
        Task.objects.filter(
            pk__in=[one["task"] for one in values["actions"] if one["task"]], state=TaskState.DONE
        ).values_list("pk", flat=True)
    )
    values["actions"] = [{**one, "done": one["done"] or one["task"] in done} for one in values["actions"]]
    record = record_of(values, names)
    return replace(
        record,
        items=(*record.items, *(ReadItem(item.title, notes=item.notes) for item in items.values())),
        present=(*record.present, *_came_since(rows, there)),
    )


def own_record(minutes: Minutes) -> MinutesRecord:
    """Minutes that were written here. What was decided comes as resolutions, which keep their numbers."""
    call, items = minutes.meeting, minutes_items(minutes)
    present = attendance_of(call)
    ends = times.local(call.ends_at, call.zone)
    return MinutesRecord(
        title=call.title,
        group=call.group.name,
        status=minutes.state,
        date=call.starts.date(),
        until=ends.date() if ends.date() != call.starts.date() else None,
        starts=call.starts.time(),
        ends=ends.time(),
        zone=call.zone,
        present=tuple(
            [ReadPerson(row.person.name) for row in present.people if row.person is not None and row.person.name]
            + [ReadPerson(row.guest_name, affiliation=row.affiliation, guest=True) for row in present.guests]
        ),
        regrets=tuple(ReadPerson(one.person.name) for one in regrets_of(call) if one.person.name),
        unnamed=present.nameless_people + present.nameless_guests,
        moderator=_with_turn(call, MODERATOR),
        scribe=_with_turn(call, SCRIBE),
        texts=tuple(OpeningText(one.document.title, one.document.text) for one in readings_of(call)),
        items=tuple(_own_item(item) for item in _with_agenda(items)),
        actions=tuple(
            ReadAction(task.title, task.owner.name if task.owner else "", task.due_on, task.state == TaskState.DONE)
            for task in agreed_actions(items)
        ),
        approved=minutes.approved_at.date().isoformat() if minutes.approved_at else "",
    )


def _with_turn(call: Meeting, role: str) -> str:
    turns = Turn.objects.filter(meeting=call, role__key=role, state=TurnState.TAKEN).select_related("person")
    return ", ".join(turn.person.name for turn in turns if turn.person is not None)


def _with_agenda(items: Sequence[MinutesItem]) -> list[MinutesItem]:
    wanted = {item.pk: item for item in items}
    found = MinutesItem.objects.filter(pk__in=wanted).select_related("agenda_item__owner")
    return sorted(found, key=lambda item: (item.position, item.pk))


def _own_item(item: MinutesItem) -> ReadItem:
    on_agenda = item.agenda_item
    if on_agenda is None:
        return ReadItem(item.title, notes=item.notes)
    owner = on_agenda.owner.name if on_agenda.owner else on_agenda.owner_name
    return ReadItem(item.title, on_agenda.minutes, on_agenda.kind, owner, item.notes)


def _place(record: MinutesRecord) -> tuple[str, str, str]:
    day = record.date.isoformat() if record.date else ""
    return day, record.starts.isoformat() if record.starts else "", record.title


# What was brought in


def kept_names(one: BroughtIn) -> list[KeptName]:
    """The names in what was brought in, in the order of their numbers."""
    return [KeptName(row.name, row.handle, row.affiliation, row.initials) for row in one.names.all()]


def _item_values(row: Mapping[str, Any], item: MinutesItem | None) -> dict[str, Any]:
    if item is None:
        return {**row, "title": row.get("title", ""), "notes": ""}
    as_it_was = "shown" in row and item.title == row["shown"]
    return {**row, "title": row["title"] if as_it_was else item.title, "notes": item.notes}


def _is_there(row: BroughtInName, there: Sequence[Attendance]) -> bool:
    """Whether somebody is still on the list of the call; whose words were taken out is only counted."""
    if not (row.name or row.handle):
        return True
    if row.person_id is not None:
        return any(one.is_present and one.person_id == row.person_id for one in there)
    return row.attendance_id is None or any(one.is_present and one.pk == row.attendance_id for one in there)


def _came_since(rows: Sequence[BroughtInName], there: Sequence[Attendance]) -> Iterator[ReadPerson]:
    people, guests = {row.person_id for row in rows}, {row.attendance_id for row in rows}
    for one in there:
        if not one.is_present or one.pk in guests:
            continue
        if one.person is not None and one.person.name and one.person_id not in people:
            yield ReadPerson(one.person.name)
        elif one.is_guest:
            yield ReadPerson(one.guest_name, affiliation=one.affiliation, guest=True)


# Resolutions


def _resolutions(group: Group) -> Iterator[Resolution]:
    """Decisions that were reached, but those that minutes tell of already."""
    told, kept = set(), {}
    for one in BroughtIn.objects.filter(group=group).prefetch_related("names"):
        told |= {row["decision"] for row in one.values.get("decisions", ())}
        kept[one.decision_id] = one
    for decision in _in_order(decisions_of(group).filter(status__in=OUTCOMES)):
        if decision.pk in told:
            continue
        if decision.pk in kept:
            yield resolution_of(kept[decision.pk].values, kept_names(kept[decision.pk]))
        else:
            yield _own_resolution(decision)


def _in_order(found: Any) -> list[Decision]:
    return list(found.order_by("year", "number"))


def _own_resolution(one: Decision) -> Resolution:
    why = f"\n\n## {_('Why')}\n\n{one.rationale}" if one.rationale else ""
    return Resolution(
        number=one.number,
        year=one.year,
        title=one.title,
        text=f"{one.text}{why}",
        status="superseded" if getattr(one, "is_superseded", False) else str(one.status),
        way=WAYS.get(one.way, ""),
        outcome=OUTCOMES[one.status],
        decided=one.decided_on,
    )
