"""Reading minutes: what is written, who could be recognised in it, and what everybody would read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import QuerySet

from folkmoot.decisions.models import Decision, Status, Way
from folkmoot.groups.models import Group
from folkmoot.groups.queries import participations_now
from folkmoot.meetings.agenda_reading import actions_of, items_on
from folkmoot.meetings.attendance_reading import counted
from folkmoot.meetings.domain.attribution import Known, find_mentions, proposed_public
from folkmoot.meetings.domain.published import PublicItem, PublicMinutes, from_json
from folkmoot.meetings.models import (
    AgendaItem,
    Answer,
    Attendance,
    Level,
    Meeting,
    Minutes,
    MinutesCustom,
    MinutesItem,
    MinutesState,
    Says,
    Turn,
)
from folkmoot.meetings.opening import readings_of
from folkmoot.people.models import Affiliation, Person, Profile
from folkmoot.plan.models import Task
from folkmoot.ui import times

REACHED = (Status.ADOPTED, Status.DECLINED, Status.REFERRED)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a call; None while nobody has begun them."""
    found = Minutes.objects.filter(meeting=meeting).select_related("approved_on").first()
    if found is not None:
        found.meeting = meeting
    return found


def minutes_items(minutes: Minutes) -> list[MinutesItem]:
    """The items in their order, each with its minutes at hand."""
    found = list(minutes.items.select_related("changed_by", "public_by"))
    for item in found:
        item.minutes = minutes
    return found


def minutes_item_numbered(pk: int) -> MinutesItem | None:
    """An item with its minutes, call and group."""
    return (
        MinutesItem.objects.select_related("minutes__meeting__group", "minutes__meeting__slot__series", "changed_by")
        .filter(pk=pk)
        .first()
    )


def custom_of(group: Group) -> MinutesCustom:
    """How a group does its minutes; what it has not said is made up and not kept."""
    return MinutesCustom.objects.filter(group=group).first() or MinutesCustom(group=group)


def published_of(group: Group) -> QuerySet[Minutes]:
    """The published minutes of a group, the latest call first."""
    return (
        Minutes.objects.filter(meeting__group=group, state=MinutesState.PUBLISHED)
        .select_related("meeting__group")
        .order_by("-meeting__starts_at", "-pk")
    )


def decided_on_call(meeting: Meeting) -> list[Decision]:
    """What the group settled on a call: on its day, by the clock of the call."""
    return list(
        Decision.objects.filter(
            group=meeting.group, way=Way.CALL, status__in=REACHED, decided_on=meeting.starts.date()
        ).order_by("year", "number")
    )


def agreed_actions(items: Iterable[MinutesItem]) -> list[Task]:
    """The tasks that came from the items of the agenda among these, in their order."""
    on_agenda = [AgendaItem(pk=item.agenda_item_id) for item in items if item.agenda_item_id is not None]
    found = actions_of(on_agenda)
    return [task for item in on_agenda for task in found.get(item.pk, [])]


@dataclass
class _Signs:
    """What somebody could be recognised by, as it is gathered."""

    names: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    employers: list[str] = field(default_factory=list)

    def known(self, key: str) -> Known:
        lists = (self.names, self.handles, self.addresses, self.employers)
        names, handles, addresses, employers = (tuple(dict.fromkeys(filter(None, one))) for one in lists)
        return Known(key, names, handles, addresses, employers)


def recognisable(meeting: Meeting) -> list[Known]:
    """Everybody who could be recognised in the minutes of a call, with names, handles, addresses and employers.

    These are who was there or sent regrets, also when that was taken back; who has a role, leads or asked for an item,
    or has a task that came from it; whoever takes part in the group; and guests of the call.
    """
    signs: dict[str, _Signs] = {}
    people = Person.objects.in_bulk(_people_around(meeting))
    for person in people.values():
        one = signs.setdefault(f"person:{person.pk}", _Signs())
        one.names.append(person.name)
        one.addresses.append(person.email or "")
    for affiliation in Affiliation.objects.filter(person__in=people):
        signs[f"person:{affiliation.person_id}"].employers.append(affiliation.organisation)
    for profile in Profile.objects.filter(person__in=people):
        signs[f"person:{profile.person_id}"].handles += _handles(profile)
    for row in Attendance.objects.filter(meeting=meeting):
        key = f"person:{row.person_id}" if row.person_id else f"guest:{row.pk}"
        one = signs.setdefault(key, _Signs())
        one.names.append(row.guest_name)
        one.addresses.append(row.guest_email)
        one.employers.append(row.affiliation)
    for item in AgendaItem.objects.filter(meeting=meeting):
        signs[f"owner:{item.pk}"] = _Signs([item.owner_name])
        signs[f"asker:{item.pk}"] = _Signs([item.asker_name], addresses=[item.asker_mail])
    known = (one.known(key) for key, one in signs.items())
    return [one for one in known if one.names or one.handles or one.addresses or one.employers]


def proposed_wording(item: MinutesItem, known: list[Known]) -> tuple[str, str]:
    """Title and text that the product proposes for everybody: speakers are taken out, the rest is left to a person."""
    found = find_mentions(known, {"title": item.title, "text": item.notes})
    title = proposed_public(item.title, [hit for hit in found if hit.channel == "title"])
    return title, proposed_public(item.notes, [hit for hit in found if hit.channel == "text"])


def public_of(minutes: Minutes) -> PublicMinutes:
    """What everybody reads: what was published, else what would be published now."""
    return from_json(minutes.published) if minutes.is_published else would_be_public(minutes)


def would_be_public(minutes: Minutes) -> PublicMinutes:
    """What would be published of minutes as they are now. An item without a confirmed wording has no words in it."""
    meeting, items = minutes.meeting, minutes_items(minutes)
    shown = [item for item in items if not item.is_private]
    there = counted(meeting)
    ends = times.local(meeting.ends_at, meeting.zone)
    return PublicMinutes(
        title=meeting.title,
        group=meeting.group.name,
        day=meeting.starts.date().isoformat(),
        starts=meeting.starts.time().isoformat("minutes"),
        ends=ends.time().isoformat("minutes"),
        zone=meeting.zone,
        people=there.people,
        guests=there.guests,
        items=tuple(map(public_item, shown)),
        held_back=len(items) - len(shown),
        decisions=tuple((one.label, one.title) for one in decided_on_call(meeting)),
        actions=tuple(task.title for task in agreed_actions(shown)),
        opening=tuple(one.document.title for one in readings_of(meeting)),
        approved=minutes.approved_at.date().isoformat() if minutes.approved_at else "",
    )


def public_item(item: MinutesItem) -> PublicItem:
    """One item as everybody reads it."""
    if item.level_now == Level.OPEN:
        return PublicItem(item.pk, item.title, item.notes)
    if not item.is_confirmed:
        return PublicItem(item.pk, "…", "", under_rule=True)
    return PublicItem(item.pk, item.public_title, item.public_text, under_rule=True)


def _people_around(meeting: Meeting) -> set[int]:
    agenda = AgendaItem.objects.filter(meeting=meeting)
    found: set[int | None] = set(participations_now(meeting.group).values_list("person", flat=True))
    found |= set(Attendance.objects.filter(meeting=meeting).values_list("person", flat=True))
    found |= set(Answer.objects.filter(meeting=meeting, says=Says.REGRET).values_list("person", flat=True))
    found |= set(Turn.objects.filter(meeting=meeting).values_list("person", flat=True))
    for pair in agenda.values_list("owner", "asked_by"):
        found |= set(pair)
    for tasks in actions_of(list(items_on(meeting))).values():
        found |= {task.owner_id for task in tasks} | {task.offered_to_id for task in tasks}
    return {pk for pk in found if pk is not None}


def _handles(profile: Profile) -> Iterator[str]:
    """Names by which somebody is known elsewhere: the last part of each link of their profile."""
    for link in profile.links:
        path = urlsplit(str(link.get("url") or "")).path.rstrip("/")
        handle = path.rpartition("/")[2].lstrip("@~")
        if len(handle) > 1:
            yield handle
