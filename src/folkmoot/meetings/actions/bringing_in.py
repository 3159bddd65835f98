"""Taking in minutes and resolutions that were written elsewhere: one at a time, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions import record_decision
from folkmoot.decisions.models import Decision
from folkmoot.decisions.models import Status as DecisionStatus
from folkmoot.decisions.wording import LONGEST_TEXT, Wording
from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.attendance import hold_call, record_attendance
from folkmoot.meetings.actions.guests import LONGEST_AFFILIATION, note_guest
from folkmoot.meetings.domain.minutes import MinutesRecord, ReadAction, ReadDecision, write_minutes
from folkmoot.meetings.domain.minutes.keeping import Kept, KeptName, cannot_be_kept, kept_of, kept_of_resolution
from folkmoot.meetings.domain.minutes.matching import PlannedRecord
from folkmoot.meetings.domain.minutes.matching_resolutions import PlannedResolution
from folkmoot.meetings.facts import MinutesBroughtIn, ResolutionBroughtIn
from folkmoot.meetings.minutes_reading import custom_of
from folkmoot.meetings.minutes_rules import may_bring_in
from folkmoot.meetings.models import (
    LONGEST_PATH,
    Attendance,
    BroughtIn,
    BroughtInName,
    Level,
    Meeting,
    Minutes,
    MinutesItem,
    MinutesState,
    Source,
)
from folkmoot.meetings.opening import under_chatham_house_rule
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.plan.actions import add_task
from folkmoot.plan.entered import LONGEST_TITLE
from folkmoot.plan.models import Task
from folkmoot.plan.who import author

OPEN_FOR: Final = timedelta(days=90)
"""So long after a call an action without a day is taken to be still open."""
USUAL_TIME: Final = time(12)
USUAL_LENGTH: Final = timedelta(hours=1)
FIRST_YEAR: Final = 1970
MOST_UNNAMED: Final = 300
STATUS_OF: Final[Mapping[str, DecisionStatus]] = {
    "carried": DecisionStatus.ADOPTED,
    "declined": DecisionStatus.DECLINED,
    "deferred": DecisionStatus.REFERRED,
}
VOTES: Final = ("approve", "decline", "abstain", "absent")


@transaction.atomic
def take_in_minutes(group: Group, planned: PlannedRecord, *, by: Actor) -> BroughtIn:
    """Take in the minutes of one meeting, by the plan: into its call, or into a past call that is made for them.

    What was taken in so before is given back as it is. Nothing is published by it, nobody is told, and calendars do
    not change. Refused `forbidden`; `changed` where it was taken in and says something else now; `not_clear` while it
    waits for an answer; `has_minutes`, `not_now`, `gone` where that has come up since; `invalid` for what cannot be
    kept.
    """
    require(may_bring_in(by, group))
    hold_group(group)
    if (before := _there(group, planned.key)) is not None:
        return _same(before, planned.digest)
    if not planned.is_clear:
        raise Refused(_("These minutes wait for an answer first."), code="not_clear")
    said = planned.record
    if cannot_be_kept(said):
        raise Refused(_("There are characters in it that cannot be kept."), code="invalid")
    made_call = planned.call is None
    call = _past_call(group, said) if made_call else _call_of(group, planned.call)
    minutes = _minutes_for(call, said, by)
    kept, people = kept_of(said), _people(planned)
    decisions = [_decide(group, call, one, by=by) for one in said.decisions]
    to_do = zip(said.actions, kept.values["actions"], strict=True)
    tasks = [_task(call, one, row, kept, people, by=by) for one, row in to_do]
    guests = _attendance(call, kept, people, by=by)
    _items(minutes, kept, by)
    for rows, key, made in ((kept.values["decisions"], "decision", decisions), (kept.values["actions"], "task", tasks)):
        for row, one in zip(rows, made, strict=True):
            row[key] = one.pk if one is not None else None
    found = _keep(group, planned, kept, people, guests, by=by, meeting=call)
    fact = MinutesBroughtIn(
        meeting_id=call.pk,
        made_call=made_call,
        decision_ids=[one.pk for one in decisions if one is not None],
        task_ids=[one.pk for one in tasks if one is not None],
    )
    record(fact, by=by, on=call, within=group)
    return found


@transaction.atomic
def take_in_resolution(group: Group, planned: PlannedResolution, *, by: Actor) -> BroughtIn:
    """Take in a resolution as a decision, for people of the group until it is shown; refused as minutes are."""
    require(may_bring_in(by, group))
    hold_group(group)
    if (before := _there(group, planned.key)) is not None:
        return _same(before, planned.digest)
    one = planned.resolution
    if not planned.is_clear or planned.does_nothing or one.decided is None:
        raise Refused(_("This resolution waits for an answer first."), code="not_clear")
    if cannot_be_kept(one):
        raise Refused(_("There are characters in it that cannot be kept."), code="invalid")
    status = STATUS_OF[one.outcome]
    made = record_decision(
        group,
        Wording(title_of(one.title, first_line(one.text)), _text(one.text), _counted(one.counts, one.names)),
        on_day=one.decided,
        status=status,
        reason="" if status == DecisionStatus.ADOPTED else _("As it was written down then."),
        number=one.number if one.year == one.decided.year else None,
        is_inside=True,
        by=by,
    )
    found = _keep(group, planned, kept_of_resolution(one), {}, {}, by=by, decision=made)
    record(ResolutionBroughtIn(decision_id=made.pk), by=by, on=made, within=group)
    return found


@transaction.atomic
def leave_as_it_is(group: Group, planned: PlannedRecord | PlannedResolution, *, by: Actor) -> BroughtIn:
    """Say of what was taken in and says something else now that what is here stays; it is not asked about again.

    Refused `forbidden`, `not_now` for what has not changed.
    """
    require(may_bring_in(by, group))
    hold_group(group)
    found = _there(group, planned.key)
    if found is None or planned.step != "changed":
        raise Refused(_("There is no such change."), code="not_now")
    found.digest = planned.digest
    found.save(update_fields=["digest"])
    return found


def _there(group: Group, key: str) -> BroughtIn | None:
    return BroughtIn.objects.filter(group=group, key=key).first()


def _same(before: BroughtIn, digest: str) -> BroughtIn:
    if before.digest != digest:
        raise Refused(
            _("This was taken in before, and the file says something else now. Nothing is overwritten."), code="changed"
        )
    return before


# The call and its minutes


def _call_of(group: Group, pk: int | None) -> Meeting:
    found = group.meetings.filter(pk=pk or 0).first()
    if found is None:
        raise Refused(_("This call is not there any more."), code="gone")
    held = hold_call(found)
    if not held.is_planned or held.starts_at > timezone.now():
        raise Refused(_("This call did not take place, or has not yet."), code="not_now")
    return held


def _past_call(group: Group, said: MinutesRecord) -> Meeting:
    """A call at the day and time of the minutes, as far as they say. It is in no calendar, and has no title."""
    if said.date is None or said.date.year < FIRST_YEAR:
        raise Refused(_("The day of these minutes cannot be right."), code="invalid")
    last = group.meetings.filter(slot__isnull=False).order_by("-starts_at").first()
    usual = last.zone if last is not None else group_zone(group)
    known = zones.candidates(said.zone)
    zone = usual if usual in known or len(known) != 1 else known[0]
    starts = datetime.combine(said.date, said.starts or USUAL_TIME).replace(second=0, microsecond=0)
    ends = datetime.combine(said.until or said.date, said.ends) if said.starts and said.ends else starts + USUAL_LENGTH
    length = ends - starts
    if length <= timedelta():
        length = length + timedelta(days=1) if length > timedelta(days=-1) else USUAL_LENGTH
    at = zones.local_to_utc(starts, zone).utc
    if at > timezone.now():
        raise Refused(_("This call did not take place, or has not yet."), code="not_now")
    made = Meeting.objects.create(
        group=group, starts=starts, zone=zone, duration=length, starts_at=at, ends_at=at + length
    )
    return hold_call(made)


def group_zone(group: Group) -> str:
    """The zone of a group without regular calls: the organisation's."""
    found = the_organisation()
    return found.zone if found is not None else "UTC"


def _minutes_for(call: Meeting, said: MinutesRecord, by: Actor) -> Minutes:
    now = timezone.now()
    there = Minutes.objects.filter(meeting=call).first()
    if there is not None:
        if not there.is_draft or there.items.exclude(notes="").exists():
            raise Refused(_("This call has minutes that were written here."), code="has_minutes")
        there.items.all().delete()
    custom = custom_of(call.group)
    level = Level(custom.level)
    if level == Level.OPEN and (under_chatham_house_rule(call) or says_chatham(said)):
        level = Level.CHATHAM
    minutes = there or Minutes(meeting=call, way=custom.way, days=custom.days, began_by=author(by))
    minutes.state, minutes.level, minutes.brought_in_at = MinutesState.BROUGHT_IN, level, now
    minutes.save()
    return minutes


def says_chatham(said: MinutesRecord) -> bool:
    """Whether minutes speak of the Chatham House Rule themselves."""
    return "chatham house" in " ".join(write_minutes(said).casefold().split())


def _items(minutes: Minutes, kept: Kept, by: Actor) -> None:
    """An item for each topic. What the minutes say goes there; a title that does not fit is kept beside it."""
    for place, row in enumerate(kept.values["items"]):
        whole, notes = row.pop("title"), row.pop("notes")
        title = title_of(whole, _("Notes"))
        item = MinutesItem.objects.create(
            minutes=minutes, position=place, title=title, notes=notes, changed_by=author(by)
        )
        row["item"] = item.pk
        if title != whole:
            row |= {"shown": title, "title": whole}


# Who was there


def _people(planned: PlannedRecord) -> dict[str, Person]:
    """Who is meant by which name, by its key. Refused `gone` for a record that is nobody's any more."""
    wanted = {name.key: name.person for name in planned.names if name.person is not None}
    found = Person.objects.filter(erased_at=None, merged_into=None).in_bulk(set(wanted.values()))
    if set(wanted.values()) - set(found):
        raise Refused(_("This record is nobody’s any more."), code="gone")
    return {key: found[pk] for key, pk in wanted.items()}


def _attendance(call: Meeting, kept: Kept, people: Mapping[str, Person], *, by: Actor) -> dict[int, Attendance]:
    """Note who was there: people by their records, others by their names or as a number. Guests by number of name."""
    guests: dict[int, Attendance] = {}
    nameless = int(kept.values["unnamed"])
    for row in kept.values["present"]:
        name: KeptName = kept.names[row["who"]]
        if (person := people.get(name.key)) is not None:
            record_attendance(call, person, by=by, source=Source.IMPORT)
            continue
        try:
            guests[row["who"]] = note_guest(
                call,
                name=name.name or f"@{name.handle}",
                affiliation=name.affiliation[:LONGEST_AFFILIATION],
                by=by,
                source=Source.IMPORT,
            )
        except Refused as refused:
            if refused.code != "invalid":
                raise
            nameless += 1
    now = timezone.now()
    Attendance.objects.bulk_create(
        Attendance(meeting=call, guest_key=f"unnamed {number}", source=Source.IMPORT, noted_at=now, noted_by=author(by))
        for number in range(1, min(nameless, MOST_UNNAMED) + 1)
    )
    return guests


# What was decided, and what was to be done


def _decide(group: Group, call: Meeting, one: ReadDecision, *, by: Actor) -> Decision | None:
    """The decision in the record, for people of the group alone; None for what was not decided, or is not said."""
    status = STATUS_OF.get(one.outcome)
    if status is None or shows_nothing(plain_name(one.text)):
        return None
    return record_decision(
        group,
        Wording(title_of(first_line(one.text), _("Decision")), _text(one.text), _counted(one.counts, one.names)),
        on_day=call.starts.date(),
        status=status,
        reason="" if status == DecisionStatus.ADOPTED else _("So the minutes of that day say."),
        is_inside=True,
        by=by,
    )


def _task(
    call: Meeting, one: ReadAction, row: Mapping[str, Any], kept: Kept, people: Mapping[str, Person], *, by: Actor
) -> Task | None:
    """A task for what is still open; None for what was done, or lies too far back to be still meant."""
    until = one.due or (call.starts + OPEN_FOR).date()
    if one.done or until < timezone.now().date() or shows_nothing(plain_name(one.text)):
        return None
    named = [people.get(kept.names[piece].key) for piece in row["owner"] if isinstance(piece, int)]
    owner = named[0] if len(named) == 1 else None
    title = title_of(one.text, "")
    return add_task(
        title=title,
        words=one.text if title != one.text and len(one.text) > LONGEST_TITLE else "",
        group=call.group,
        owner=owner if owner is not None and has_power(owner, call.group) else None,
        agreed=True,
        due_on=one.due,
        source=call,
        by=by,
    )


def _counted(counts: Any, names: Any) -> str:
    """Votes in figures. Who voted how stays with the minutes: a decision may be shown to everybody."""
    words = {"approve": _("In favour"), "decline": _("Against"), "abstain": _("Abstained"), "absent": _("Absent")}
    told = []
    for side in VOTES:
        count = getattr(counts, side)
        number = count if count is not None else len(getattr(names, side))
        if number or count is not None:
            told.append(f"{words[side]}: {number}")
    return ", ".join(told)


def first_line(text: str) -> str:
    """The first line that says something."""
    return next((line for line in text.splitlines() if not shows_nothing(plain_name(line.strip(" #*>-")))), "").strip(
        " #*>-"
    )


def title_of(text: str, instead: str) -> str:
    """A text as a title: on one line, and cut where it is too long."""
    name = plain_name(text)
    if shows_nothing(name):
        return instead
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1].rstrip()}…"


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("A decision in it is longer than %(most)d characters.") % {"most": LONGEST_TEXT}, code="invalid"
        )
    return text


def _keep(
    group: Group,
    planned: PlannedRecord | PlannedResolution,
    kept: Kept,
    people: Mapping[str, Person],
    guests: Mapping[int, Attendance],
    *,
    by: Actor,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
) -> BroughtIn:
    values = dict(kept.values)
    if isinstance(planned, PlannedRecord):
        values["under_rule"] = says_chatham(planned.record)
    found = BroughtIn.objects.create(
        group=group,
        key=planned.key,
        digest=planned.digest,
        file=planned.file[:LONGEST_PATH].replace("\x00", ""),
        meeting=meeting,
        decision=decision,
        values=values,
        taken_in_at=timezone.now(),
        taken_in_by=author(by),
    )
    BroughtInName.objects.bulk_create(
        BroughtInName(
            brought_in=found,
            number=number,
            name=one.name,
            handle=one.handle,
            affiliation=one.affiliation,
            initials=one.initials,
            by_itself=one.by_itself,
            person=people.get(one.key),
            attendance=guests.get(number),
        )
        for number, one in enumerate(kept.names)
    )
    return found
