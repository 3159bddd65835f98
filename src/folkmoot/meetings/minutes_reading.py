"""Reading minutes: what is written, who could be recognised in it, and what everybody would read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from folkmoot.decisions.domain.stated import Stated
from folkmoot.decisions.models import Decision, Status, Way
from folkmoot.decisions.queries import seen_by_all, usual_period
from folkmoot.groups.models import Group
from folkmoot.groups.queries import participations_now
from folkmoot.meetings.agenda_reading import actions_of, items_on
from folkmoot.meetings.attendance_reading import counted
from folkmoot.meetings.domain.attribution import Known, find_mentions, proposed_public
from folkmoot.meetings.domain.published import PublicItem, PublicMinutes, PublicRevision, from_json
from folkmoot.meetings.models import (
    AgendaItem,
    Answer,
    Attendance,
    BroughtIn,
    BroughtInName,
    Level,
    Meeting,
    Minutes,
    MinutesCorrection,
    MinutesCustom,
    MinutesItem,
    MinutesState,
    Says,
    Turn,
)
from folkmoot.meetings.opening import readings_of, under_chatham_house_rule
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
    """How a group does its minutes; what it has not said is made up and not kept. Silence lasts as the charter says."""
    found = MinutesCustom.objects.filter(group=group).first()
    return found or MinutesCustom(group=group, days=working_days(usual_period(group)))


def working_days(stated: Stated) -> int:
    """A length of time in working days, which are what silence on minutes counts: seven days are five of them."""
    return stated.days if stated.working else max(1, ceil(stated.days * 5 / 7))


def is_under_rule(minutes: Minutes) -> bool:
    """Whether minutes are of a call under the Chatham House Rule, by the call or by their own words."""
    if under_chatham_house_rule(minutes.meeting):
        return True
    mine = BroughtIn.objects.filter(meeting=minutes.pk, values__under_rule=True)
    return minutes.brought_in_at is not None and mine.exists()


def published_of(group: Group) -> QuerySet[Minutes]:
    """The published minutes of a group, the latest call first."""
    return (
        Minutes.objects.filter(meeting__group=group, state=MinutesState.PUBLISHED)
        .select_related("meeting__group")
        .order_by("-meeting__starts_at", "-pk")
    )


def published_among(meetings: Iterable[Meeting]) -> set[int]:
    """Of which of these calls the minutes are published, by their keys; one query."""
    keys = [meeting.pk for meeting in meetings]
    return set(Minutes.objects.filter(pk__in=keys, state=MinutesState.PUBLISHED).values_list("pk", flat=True))


def decided_on_call(meeting: Meeting, *, inside: bool = False) -> list[Decision]:
    """What the group settled on a call: on its day, by the clock of the call, and what its minutes wrote down.

    `inside` with what is not for all.
    """
    seen = Q() if inside else seen_by_all()
    on_day = Q(way=Way.CALL, decided_on=meeting.starts.date())
    written = Q(pk__in=MinutesItem.decisions.through.objects.filter(minutesitem__minutes=meeting.pk).values("decision"))
    return list(
        Decision.objects.filter(on_day | written, seen, group=meeting.group, status__in=REACHED).order_by(
            "year", "number"
        )
    )


def decisions_by_item(minutes: Minutes) -> dict[int, list[int]]:
    """The keys of the decisions that were written down with each item, by the item's key; one query."""
    found: dict[int, list[int]] = {}
    for item, decision in (
        MinutesItem.decisions.through.objects.filter(minutesitem__minutes=minutes)
        .order_by("pk")
        .values_list("minutesitem", "decision")
    ):
        found.setdefault(item, []).append(decision)
    return found


def actions_by_item(items: Iterable[MinutesItem]) -> dict[int, list[Task]]:
    """The tasks that came from each of these, or from what it is about on the agenda, by its key; one query."""
    items = list(items)
    of_agenda = {item.agenda_item_id: item.pk for item in items if item.agenda_item_id is not None}
    kinds = ContentType.objects.get_for_models(AgendaItem, MinutesItem)
    wanted = Task.objects.filter(
        Q(source_type=kinds[AgendaItem], source_id__in=of_agenda)
        | Q(source_type=kinds[MinutesItem], source_id__in=[item.pk for item in items])
    )
    found: dict[int, list[Task]] = {}
    for task in wanted.select_related("owner", "offered_to").order_by("position", "pk"):
        source = task.source_id or 0
        found.setdefault(of_agenda[source] if task.source_type_id == kinds[AgendaItem].pk else source, []).append(task)
    return found


def agreed_actions(items: Iterable[MinutesItem]) -> list[Task]:
    """The tasks that came from these items, in their order."""
    items = list(items)
    found = actions_by_item(items)
    return [task for item in items for task in found.get(item.pk, [])]


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
    for name in BroughtInName.objects.filter(brought_in__meeting=meeting):
        key = f"person:{name.person_id}" if name.person_id else f"name:{name.pk}"
        one = signs.setdefault(key, _Signs())
        one.names.append(name.name)
        one.handles.append(name.handle)
        one.employers.append(name.affiliation)
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


def without_wording(items: Iterable[MinutesItem]) -> list[MinutesItem]:
    """Those under the Chatham House Rule of which nobody has confirmed a public wording."""
    return [item for item in items if item.level_now == Level.CHATHAM and not item.is_confirmed]


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
        revisions=_revisions(shown),
    )


def _revisions(items: Sequence[MinutesItem]) -> tuple[PublicRevision, ...]:
    """The corrections that were made before, where they changed what everybody reads, the oldest first."""
    of_key = {item.pk: item for item in items}
    made: dict[int, list[MinutesCorrection]] = {}
    for one in MinutesCorrection.objects.filter(item__in=items).order_by("pk"):
        made.setdefault(one.item_id, []).append(one)
    found: list[tuple[int, PublicRevision]] = []
    for key, corrections in made.items():
        item = of_key[key]
        public, under_rule = public_item(item), item.level_now == Level.CHATHAM
        said = [one.public_before if under_rule else one.notes_before for one in corrections]
        for one, before, after in zip(corrections, said, [*said[1:], public.text], strict=True):
            if before and before != after:
                day = one.corrected_at.date().isoformat()
                found.append((one.pk, PublicRevision(key, day, public.title, one.why, before, under_rule)))
    return tuple(revision for _pk, revision in sorted(found, key=lambda pair: pair[0]))


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
    found |= set(BroughtInName.objects.filter(brought_in__meeting=meeting).values_list("person", flat=True))
    found |= set(Turn.objects.filter(meeting=meeting).values_list("person", flat=True))
    for pair in agenda.values_list("owner", "asked_by"):
        found |= set(pair)
    noted = list(MinutesItem.objects.filter(minutes=meeting.pk))
    for tasks in (*actions_of(list(items_on(meeting))).values(), agreed_actions(noted)):
        found |= {task.owner_id for task in tasks} | {task.offered_to_id for task in tasks}
    return {pk for pk in found if pk is not None}


def _handles(profile: Profile) -> Iterator[str]:
    """Names by which somebody is known elsewhere: the last part of each link of their profile."""
    for link in profile.links:
        path = urlsplit(str(link.get("url") or "")).path.rstrip("/")
        handle = path.rpartition("/")[2].lstrip("@~")
        if len(handle) > 1:
            yield handle
