"""How it goes, asked after 7, 30 and 90 days, each once; and answered, or not."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.domain.buddies import CHECK_IN_DAYS, LATE_BY, due_check_in
from folkmoot.connections.facts.newcomers import CheckInAnswered
from folkmoot.connections.models.newcomers import LONGEST_WORDS, Going, Newcomer, NewcomerCheckIn
from folkmoot.connections.notices.newcomers import HandIsWelcome, HowDoesItGo
from folkmoot.connections.queries.newcomers import buddy_of, care_of
from folkmoot.connections.rules.newcomers import may_answer_check_in
from folkmoot.groups.models import GroupState
from folkmoot.groups.queries import has_power, managers_of
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.people.queries import awaits_first_visit

LONGEST_AGO = timedelta(days=CHECK_IN_DAYS[-1] + 1) + LATE_BY


def ask_all(*, now: datetime) -> int:
    """Ask everybody whose day it is, in the morning of their own clock, and return how many were asked.

    Each of the three days is one row, so that no second schedule, restart or jump of a clock asks again.
    """
    organisation = the_organisation()
    usual = organisation.zone if organisation else "UTC"
    asks: dict[int, bool] = {}
    known: defaultdict[int, set[int]] = defaultdict(set)
    here = Newcomer.objects.filter(left_at=None, person__is_active=True, came_at__gte=now - LONGEST_AGO)
    for key, day in NewcomerCheckIn.objects.filter(newcomer__in=here.values("pk")).values_list("newcomer", "day"):
        known[key].add(day)
    asked = 0
    for newcomer in here.exclude(group__state=GroupState.CLOSED).select_related("person", "group").order_by("pk"):
        zone = zones.zone(newcomer.person.zone or usual)
        due = due_check_in(newcomer.came_at.astimezone(zone).date(), now.astimezone(zone), asked=known[newcomer.pk])
        if due is None:
            continue
        if newcomer.group_id not in asks:
            asks[newcomer.group_id] = care_of(newcomer.group).check_ins
        if asks[newcomer.group_id]:
            asked += ask(newcomer, due, now=now)
    return asked


@transaction.atomic
def ask(newcomer: Newcomer, day: int, *, now: datetime) -> bool:
    """Ask one newcomer; False for who was asked already, has left meanwhile, or has never been here."""
    newcomer = Newcomer.objects.select_for_update().get(pk=newcomer.pk)
    person, group = newcomer.person, newcomer.group
    if newcomer.left_at is not None or not has_power(person, group) or awaits_first_visit(person):
        return False
    try:
        with transaction.atomic():
            made = NewcomerCheckIn.objects.create(newcomer=newcomer, day=day, asked_at=now)
    except IntegrityError:
        return False
    tell([person], HowDoesItGo(made.pk, group.name, day))
    return True


@transaction.atomic
def answer_check_in(
    check_in: NewcomerCheckIn, answer: str, *, words: str = "", only_buddy: bool = False, by: Person
) -> NewcomerCheckIn:
    """Say how it goes, also otherwise than before. A hand that is wanted is told at once to those who may read it.

    Refused `invalid` for what is no answer, for words that are too long, and for a buddy who is not there.
    """
    NewcomerCheckIn.objects.select_for_update().get(pk=check_in.pk)
    check_in.refresh_from_db()
    require(may_answer_check_in(by, check_in))
    if answer not in Going.values:
        raise Refused(_("Please choose one of the three answers."), code="invalid")
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": LONGEST_WORDS}, code="invalid")
    group = check_in.newcomer.group
    pair = buddy_of(by, group)
    if only_buddy and pair is None:
        raise Refused(
            _("You have no buddy at present, so nobody would read it. Please choose who may."), code="no_buddy"
        )
    was_hand = check_in.answer == Going.HAND and check_in.only_buddy == only_buddy
    check_in.answer, check_in.words, check_in.only_buddy = answer, words, only_buddy
    check_in.buddy = pair.buddy if pair is not None else None
    check_in.answered_at = timezone.now()
    check_in.save()
    record(CheckInAnswered(check_in.pk, check_in.day), by=by, about=by, on=check_in, within=group)
    if answer == Going.HAND and not was_hand:
        told = {} if only_buddy else {one.pk: one for one in managers_of(group)}
        if check_in.buddy is not None:
            told[check_in.buddy.pk] = check_in.buddy
        told.pop(by.pk, None)
        tell(told.values(), HandIsWelcome(check_in.pk, group.name, group.slug, by.name))
    return check_in
