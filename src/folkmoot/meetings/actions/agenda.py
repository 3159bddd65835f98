"""Items on an agenda: put there, asked for, changed, taken off, dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.agenda_reading import item_numbered
from folkmoot.meetings.agenda_rules import (
    is_open_for_items,
    may_ask_for_item,
    may_change_item,
    may_lead_agenda,
    may_take_out,
)
from folkmoot.meetings.call_role_rules import may_moderate
from folkmoot.meetings.domain.agenda import place_for_new
from folkmoot.meetings.facts import agenda as facts
from folkmoot.meetings.models import Agenda, AgendaItem, ItemState, Kind, Meeting
from folkmoot.meetings.models.agenda import LONGEST_MINUTES
from folkmoot.meetings.notices import ItemAccepted, ItemDeclined, ItemIsYours, ItemRequested
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.who import author, others

LONGEST_NAME = 120
MOST_ITEMS = 60
MOST_WAITING = 10
"""How many requests one person may have waiting for one call."""


@dataclass(frozen=True)
class ItemWords:
    """What people say of an item. `owner_name` is for a guest, who has no record here; then `owner` is None."""

    title: str
    text: str = ""
    minutes: int = 10
    kind: str = Kind.DISCUSS
    owner: Person | None = None
    owner_name: str = ""
    objective: str = ""
    is_consent: bool = False


@transaction.atomic
def add_item(meeting: Meeting, words: ItemWords, *, by: Actor) -> AgendaItem:
    """Put an item on a call's agenda, before what closes it; its owner is told.

    Refused `forbidden`, `closed` (the call is over or does not take place), `too_many`, `invalid`.
    """
    require(may_lead_agenda(by, meeting))
    agenda = hold_agenda(meeting)
    item = AgendaItem(meeting=meeting, state=ItemState.ACCEPTED, changed_by=author(by), **_checked(words, meeting))
    _insert(item, agenda)
    record_item(facts.AgendaItemAdded, item, by=by)
    tell_owner(item, by=by)
    return item


@transaction.atomic
def request_item(meeting: Meeting, words: ItemWords, *, by: Person) -> AgendaItem:
    """Ask for an item; those who lead the group are told.

    Refused `forbidden`, `closed`, `too_many` (one person has many waiting), `invalid`.
    """
    require(may_ask_for_item(by, meeting))
    agenda = hold_agenda(meeting)
    waiting = meeting.agenda_items.filter(state=ItemState.REQUESTED, asked_by=by).count()
    if waiting >= MOST_WAITING:
        raise Refused(_("You have asked for many items already. Please wait for an answer."), code="too_many")
    given = _checked(words, meeting)
    given["is_consent"] = False
    item = AgendaItem(meeting=meeting, state=ItemState.REQUESTED, asked_by=by, changed_by=by, **given)
    _insert(item, agenda)
    record_item(facts.AgendaItemRequested, item, by=by, about=by)
    tell(others(managers_of(meeting.group), by), ItemRequested(item, by.name))
    return item


@transaction.atomic
def change_item(item: AgendaItem, words: ItemWords, *, version: int, by: Actor) -> AgendaItem:
    """Change what an item says; nothing is told when nothing changes.

    `version` is the one that was seen. Refused `stale` where somebody has changed the item since, with `item` as it is
    now, so that nothing of either is lost; `forbidden`, `closed`, `invalid`.
    """
    item = hold_item(item)
    require(may_change_item(by, item))
    if item.state not in (ItemState.ACCEPTED, ItemState.REQUESTED):
        raise Refused(_("This item is not on the agenda any more."), code="closed")
    if item.version != version:
        raise Refused(_("Somebody has changed this item since you opened it."), code="stale", item=item)
    given = _checked(words, item.meeting, item)
    if not may_lead_agenda(by, item.meeting):
        given["is_consent"] = item.is_consent
    changes = {name: [_plain(getattr(item, name)), _plain(value)] for name, value in given.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return item
    before = item.owner
    for name, value in given.items():
        setattr(item, name, value)
    if "is_consent" in changes and item.is_consent:
        item.was_taken_out = False
    _save(item, [*given, "was_taken_out"], by)
    # The text itself would make the ledger long; that it changed is enough.
    changes.pop("text", None)
    record_item(facts.AgendaItemChanged, item, by=by, changes=changes)
    if item.owner != before and not item.is_requested:
        tell_owner(item, by=by)
    return item


@transaction.atomic
def accept_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Take what was asked for onto the agenda; who asked is told. Done twice, it is told once."""
    item = hold_item(item)
    require(may_lead_agenda(by, item.meeting))
    if item.state == ItemState.ACCEPTED:
        return item
    if item.state not in (ItemState.REQUESTED, ItemState.DECLINED):
        raise Refused(_("This item was not asked for."), code="closed")
    item.state, item.why = ItemState.ACCEPTED, ""
    _save(item, ["state", "why"], by)
    touch(item.meeting)
    record_item(facts.AgendaItemAccepted, item, by=by, about=item.asked_by)
    if item.asked_by is not None:
        tell(others([item.asked_by], by), ItemAccepted(item))
    if item.owner != item.asked_by:
        tell_owner(item, by=by)
    return item


@transaction.atomic
def decline_item(item: AgendaItem, *, why: str, by: Actor) -> AgendaItem:
    """Say no to what was asked for, with a reason; who asked is told. Done twice, it is told once."""
    item = hold_item(item)
    require(may_lead_agenda(by, item.meeting))
    if item.state == ItemState.DECLINED:
        return item
    if not item.is_requested:
        raise Refused(_("This item does not wait for an answer any more."), code="closed")
    item.state, item.why = ItemState.DECLINED, entered.reason(why)
    _save(item, ["state", "why"], by)
    record(
        facts.AgendaItemDeclined(item.pk, item.meeting_id, item.title, item.why),
        by=by,
        about=item.asked_by,
        on=item,
        within=item.meeting.group,
    )
    if item.asked_by is not None:
        tell(others([item.asked_by], by), ItemDeclined(item))
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Take an item off the agenda, or a request back; `restore_item` undoes it. Done twice, it is told once."""
    item = hold_item(item)
    if not (item.is_requested and may_change_item(by, item)):
        require(may_lead_agenda(by, item.meeting))
    if item.state == ItemState.REMOVED:
        return item
    if item.state not in (ItemState.ACCEPTED, ItemState.REQUESTED):
        raise Refused(_("What was dealt with stays on the agenda."), code="closed")
    item.state_before, item.state = item.state, ItemState.REMOVED
    _save(item, ["state", "state_before"], by)
    touch(item.meeting)
    record_item(facts.AgendaItemRemoved, item, by=by)
    return item


@transaction.atomic
def restore_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Put an item that was taken off back to where it was; what was asked for waits again, also by whoever asked."""
    item = hold_item(item)
    if item.asked_by is None or item.asked_by != by or item.state_before != ItemState.REQUESTED:
        require(may_lead_agenda(by, item.meeting))
    require(may_ask_for_item(by, item.meeting))
    if item.state != ItemState.REMOVED:
        return item
    item.state, item.state_before = item.state_before or ItemState.ACCEPTED, ""
    _save(item, ["state", "state_before"], by)
    touch(item.meeting)
    record_item(facts.AgendaItemRestored, item, by=by)
    return item


@transaction.atomic
def finish_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Note that an item was dealt with, during its call or after; done twice, it is told once.

    Where it was carried over already and nobody has touched it there, it goes from the later agenda again.
    Refused `forbidden`, `carried` (it was worked on there), `closed`.
    """
    item = hold_item(item, while_open=False)
    require(may_moderate(by, item.meeting))
    if item.is_done:
        return item
    if item.is_carried:
        _take_back(item, by)
    elif item.state != ItemState.ACCEPTED:
        raise Refused(_("Only what stands on the agenda can be dealt with."), code="closed")
    item.state = ItemState.DONE
    _save(item, ["state"], by)
    record_item(facts.AgendaItemFinished, item, by=by)
    return item


@transaction.atomic
def reopen_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Take back that an item was dealt with; if its call is over, it comes to the next one."""
    item = hold_item(item, while_open=False)
    require(may_moderate(by, item.meeting))
    if not item.is_done:
        return item
    later = item.carried_to.filter(state=ItemState.REMOVED).select_related("meeting").first()
    item.state = ItemState.ACCEPTED
    if later is not None:
        later.state, later.state_before, item.state = ItemState.ACCEPTED, "", ItemState.CARRIED
        later.save(update_fields=["state", "state_before", "changed_at"])
        touch(later.meeting)
    _save(item, ["state"], by)
    record_item(facts.AgendaItemRestored, item, by=by)
    return item


@transaction.atomic
def take_out_of_consent(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Let an item of the consent agenda be talked about; no reason is asked. Done twice, it is told once."""
    item = hold_item(item)
    require(may_take_out(by, item, now=timezone.now()))
    if not item.is_consent or item.state != ItemState.ACCEPTED:
        return item
    item.is_consent, item.was_taken_out = False, True
    _save(item, ["is_consent", "was_taken_out"], by)
    touch(item.meeting)
    record_item(facts.ConsentItemTakenOut, item, by=by)
    return item


def hold_agenda(meeting: Meeting, *, while_open: bool = True) -> Agenda:
    """The agenda as it is now, which nobody else changes until this transaction ends.

    Refused `closed` once the call is over or does not take place, unless `while_open` is False.
    """
    Agenda.objects.get_or_create(meeting_id=meeting.pk)
    agenda = Agenda.objects.select_for_update().get(meeting_id=meeting.pk)
    meeting.refresh_from_db(fields=["status", "starts_at", "ends_at"])
    if while_open and not (verdict := is_open_for_items(meeting, now=timezone.now())):
        raise Refused(verdict.reason, code="closed")
    return agenda


def hold_item(item: AgendaItem, *, while_open: bool = True) -> AgendaItem:
    """The item as it is now, held with its agenda."""
    hold_agenda(item.meeting, while_open=while_open)
    found = item_numbered(item.pk)
    if found is None:
        raise Refused(_("There is no such item."), code="not_found")
    return found


def touch(meeting: Meeting) -> None:
    """Count one more change of what stands on an agenda, so that whoever orders it notices."""
    Agenda.objects.filter(meeting_id=meeting.pk).update(version=F("version") + 1)


def record_item(
    kind: type[Any], item: AgendaItem, *, by: Actor, about: Person | None = None, changes: Any = None
) -> None:
    """Record a fact about an item that holds its id, its call and its title."""
    fact = kind(item_id=item.pk, meeting_id=item.meeting_id, title=item.title)
    record(fact, by=by, about=about, on=item, within=item.meeting.group, changes=changes)


def tell_owner(item: AgendaItem, *, by: Actor) -> None:
    """Tell whoever leads an item of it, unless they did it themselves."""
    if item.owner is not None:
        tell(
            others([item.owner], by), ItemIsYours(item, by.name if isinstance(by, Person) else item.meeting.group.name)
        )


def ask_as_guest(meeting: Meeting, *, title: str, text: str, minutes: int, name: str, mail: str) -> AgendaItem:
    """Keep what a guest asks for; the caller has checked that they may, and holds the agenda."""
    given = _checked(ItemWords(title=title, text=text, minutes=minutes), meeting)
    item = AgendaItem(
        meeting=meeting,
        state=ItemState.REQUESTED,
        asker_name=entered.title(name, LONGEST_NAME),
        asker_mail=mail,
        **given,
    )
    _insert(item, Agenda.objects.get(meeting_id=meeting.pk))
    record_item(facts.GuestAskedForItem, item, by=system())
    tell(managers_of(meeting.group), ItemRequested(item, _("%(name)s (a guest)") % {"name": item.asker_name}))
    return item


def _insert(item: AgendaItem, agenda: Agenda) -> None:
    """Put a new item before what closes the call, and number all of them anew."""
    present = list(item.meeting.agenda_items.exclude(state=ItemState.REMOVED).order_by("position", "pk"))
    if len(present) >= MOST_ITEMS:
        raise Refused(_("This agenda is full. Take something off it first."), code="too_many")
    place = len(present) if item.at_end else place_for_new(one.at_end for one in present)
    item.position = place
    for number, one in enumerate(present):
        position = number + (number >= place)
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    item.save()
    agenda.version += 1
    agenda.save(update_fields=["version"])


def _checked(words: ItemWords, meeting: Meeting, item: AgendaItem | None = None) -> dict[str, Any]:
    """The values to keep. Refused `invalid`, `not_in_group` (for a new owner), `no_such_objective`."""
    if words.kind not in Kind.values:
        raise Refused(_("An item is to know, to talk about or to decide."), code="invalid")
    if not 0 <= words.minutes <= LONGEST_MINUTES:
        raise Refused(_("An item takes from 0 to %(most)d whole minutes.") % {"most": LONGEST_MINUTES}, code="invalid")
    owner_name = entered.title(words.owner_name, LONGEST_NAME) if words.owner_name.strip() else ""
    if words.owner is not None and owner_name:
        raise Refused(_("One leads an item: somebody of the group, or a guest."), code="invalid")
    if item is not None and words.owner == item.owner:
        owner = words.owner
    else:
        owner = entered.of_group(words.owner, meeting.group)
    objective = (item.objective, item.objective_anchor) if item is not None else ("", "")
    if words.objective != objective[0]:
        objective = Objectives(meeting.group).named(words.objective)
    return {
        "title": entered.title(words.title),
        "text": entered.words(words.text),
        "minutes": words.minutes,
        "kind": words.kind,
        "owner": owner,
        "owner_name": owner_name,
        "objective": objective[0],
        "objective_anchor": objective[1],
        "is_consent": words.is_consent,
    }


def _save(item: AgendaItem, names: list[str], by: Actor) -> None:
    item.version += 1
    item.changed_by = author(by)
    item.save(update_fields=[*names, "version", "changed_by", "changed_at"])


def _take_back(item: AgendaItem, by: Actor) -> None:
    """Take an item from the later agenda to which it was carried over, if nobody has touched it there."""
    later = item.carried_to.select_related("meeting").first()
    if later is None or later.state == ItemState.REMOVED:
        return
    if later.state != ItemState.ACCEPTED or later.version > 1:
        raise Refused(
            _("It was carried over, and was worked on there. Please note it on the later call’s agenda."),
            code="carried",
        )
    hold_agenda(later.meeting, while_open=False)
    later.state, later.state_before = ItemState.REMOVED, ItemState.ACCEPTED
    later.save(update_fields=["state", "state_before", "changed_at"])
    touch(later.meeting)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Person) else value
