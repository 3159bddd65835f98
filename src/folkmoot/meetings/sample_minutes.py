"""The minutes of the sample community: a year of them published, one that lies open, one in the making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import (
    ActionWords,
    NotesWords,
    add_minutes_item,
    answer_change,
    approve_on_call,
    ask_for_change,
    begin_minutes,
    change_minutes_item,
    confirm_public,
    note_action,
    note_decision,
    propose_minutes,
    publish_minutes,
    set_level,
)
from folkmoot.meetings.domain.published import as_json, found_by
from folkmoot.meetings.minutes_check import uncleared
from folkmoot.meetings.minutes_reading import minutes_items, proposed_wording, recognisable, would_be_public
from folkmoot.meetings.models import AgendaItem, ItemState, Level, Meeting, Minutes, MinutesItem, MinutesState, Status
from folkmoot.meetings.opening import under_chatham_house_rule
from folkmoot.meetings.sample_notes import NOTES
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in


@transaction.atomic
def write_minutes_of_calls(groups: Sequence[Group], *, by: Actor) -> None:
    """Of the first group a year: published, the last but one lying open, the last a draft. Of the second one call."""
    now = timezone.now()
    for place, group in enumerate(groups[:2]):
        calls = list(
            group.meetings.filter(status=Status.PLANNED, ends_at__lt=now, starts_at__gt=now - timedelta(days=120))
            .select_related("group")
            .order_by("-starts_at", "-pk")[:3]
        )
        if len(calls) < 3 or not managers_of(group):
            continue
        latest, before, earlier = calls
        if place == 0:
            _in_the_making(_written(latest, by=by), list(people_in(group)), by=by)
            _lying_open(before, managers_of(group)[-1], by=by)
        _published(earlier, before, by=by)
        if place == 0:
            _year(group, earlier)


def _lying_open(call: Meeting, asking: Person, *, by: Actor) -> None:
    """A change was asked for and answered, and now they lie open again."""
    minutes = ask_for_change(
        propose_minutes(_written(call, by=by), way="silence", by=by),
        _("We said “after the summer”, not “in spring”."),
        by=asking,
    )
    answer_change(minutes.wanted.get(), _("Both were said; the second was the later one."), by=by)
    propose_minutes(minutes, way="silence", by=by)


def _in_the_making(minutes: Minutes, people: Sequence[Person], *, by: Actor) -> None:
    """A decision and an action stand where they were made."""
    item = next((one for one in minutes_items(minutes) if one.agenda_item and not one.agenda_item.is_usual), None)
    if item is None:
        return
    note_decision(item, _("Until spring we try it with the smaller room."), by=by)
    due = today_here() + timedelta(days=10)
    note_action(item, ActionWords(_("Ask the library for the small room"), people[0], due, agreed=True), by=by)


def _year(group: Group, until: Meeting) -> None:
    """The year before that call, in bulk: each approved on the call after it and published a day later."""
    calls = list(
        group.meetings.filter(
            status=Status.PLANNED, starts_at__lt=until.starts_at, starts_at__gt=until.starts_at - timedelta(days=365)
        )
        .select_related("group")
        .prefetch_related("agenda_items")
        .order_by("starts_at", "pk")
    )
    turns: Counter[str] = Counter()
    for call, later in pairwise([*calls, until]):
        level = Level.CHATHAM if under_chatham_house_rule(call) else Level.OPEN
        minutes = Minutes(
            meeting=call, state=MinutesState.APPROVED, level=level, approved_at=later.ends_at, approved_on=later
        )
        minutes.save()
        items = [one for one in call.agenda_items.all() if one.state in (ItemState.DONE, ItemState.CARRIED)]
        MinutesItem.objects.bulk_create(
            _noted(minutes, item, place, turns, later) for place, item in enumerate(items) if item.title in NOTES
        )
        if uncleared(minutes):
            continue
        public = would_be_public(minutes)
        minutes.published, minutes.found_by = as_json(public), found_by(public)
        minutes.state, minutes.published_at = MinutesState.PUBLISHED, later.ends_at + timedelta(days=1)
        minutes.save()


def _noted(minutes: Minutes, item: AgendaItem, place: int, turns: Counter[str], later: Meeting) -> MinutesItem:
    wordings = NOTES[item.title]
    notes = wordings[turns[item.title] % len(wordings)]
    turns[item.title] += 1
    noted = MinutesItem(minutes=minutes, agenda_item=item, position=place, title=item.title, notes=notes)
    if minutes.level == Level.CHATHAM:
        noted.public_title, noted.public_text = noted.title, notes
        noted.public_of, noted.public_at = noted.version, later.ends_at
    return noted


def _written(call: Meeting, *, by: Actor) -> Minutes:
    minutes = begin_minutes(call, by=by)
    for item in minutes_items(minutes):
        if item.title in NOTES:
            notes = NotesWords(item.title, NOTES[item.title][-1])
            change_minutes_item(item, notes, version=item.version, by=by)
    add_minutes_item(
        minutes, NotesWords(_("What else came up"), _("The door code changes next week; ask before you come.")), by=by
    )
    return minutes


def _published(call: Meeting, later: Meeting, *, by: Actor) -> None:
    """Published minutes, unless a name that stands in them would have to be cleared by a person."""
    minutes = _written(call, by=by)
    set_level(minutes, Level.CHATHAM, by=by)
    propose_minutes(minutes, way="next_call", by=by)
    minutes = approve_on_call(minutes, later, by=by)
    known = recognisable(call)
    for item in minutes_items(minutes):
        title, text = proposed_wording(item, known)
        confirm_public(item, title=title, text=text, version=item.version, by=by)
    if not uncleared(minutes):
        publish_minutes(minutes, by=by)
