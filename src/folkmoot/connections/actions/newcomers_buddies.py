"""Who is whose buddy: offered, found, changed without a reason, handed back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.domain.buddies import Match, choose
from folkmoot.connections.domain.shared_hours import Window
from folkmoot.connections.facts.newcomers import BuddyAsked, BuddyEnded
from folkmoot.connections.models.interests import Interest
from folkmoot.connections.models.newcomers import BuddyMode, BuddyPair, BuddyPause, Newcomer, PairState
from folkmoot.connections.newcomer_words import common_words, why_words
from folkmoot.connections.notices.newcomers import (
    BuddyIsSuggested,
    BuddyIsThere,
    NewcomerIsYours,
    SomebodyElseWelcomes,
)
from folkmoot.connections.queries.interests import apart_from
from folkmoot.connections.queries.newcomers import (
    OPEN_STATES,
    RUNS_FOR,
    about,
    care_of,
    managers_as_buddies,
    rota_of,
    with_hours,
)
from folkmoot.connections.rules.newcomers import may_ask_for_another, may_care_for_newcomers, may_hand_back
from folkmoot.groups.models import Group, GroupState
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import awaits_first_visit
from folkmoot.plan.actions import free_part, give_part
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.queries import BUDDY, welcome_of

WINDOW_DAYS = 14


@transaction.atomic
def offer_to_be_buddy(group: Group, *, most: int, pauses: bool = False, until: date | None = None, by: Person) -> None:
    """Be on the rota for at most `most` newcomers at a time, 0 to leave it; who `pauses` is asked for nobody new up to
    and with a day, or until they say otherwise. Refused `invalid` for a day that is over.
    """
    if pauses and until is not None and until < today_here():
        raise Refused(_("Please choose a day that is still to come."), code="invalid")
    offer_welcome(group, most=most, by=by)
    if most and pauses:
        BuddyPause.objects.update_or_create(group=group, person=by, defaults={"until": until})
    else:
        BuddyPause.objects.filter(group=group, person=by).delete()


@transaction.atomic
def find_buddy(newcomer: Newcomer, *, by: Actor) -> BuddyPair | None:
    """Suggest or give a newcomer somebody who was not their buddy before; who has one keeps them.

    None where the group wants no buddies or nobody is free; where they are given, somebody who leads stands in.
    """
    hold_newcomer(newcomer)
    present = newcomer.pairs.filter(state__in=OPEN_STATES).first()
    if present is not None or newcomer.left_at is not None or not newcomer.person.is_active:
        return present
    group = Group.objects.get(pk=newcomer.group_id)
    mode = care_of(group).buddies
    if mode == BuddyMode.OFF or group.state == GroupState.CLOSED:
        return None
    now = timezone.now()
    match, stands_in = _choose(newcomer, group, now, managers_too=mode == BuddyMode.GIVEN)
    if match is None:
        return None
    pair = BuddyPair.objects.create(
        newcomer=newcomer,
        buddy_id=match.key,
        state=PairState.SUGGESTED,
        why=_why(match, stands_in),
        since=now,
    )
    if mode == BuddyMode.GIVEN:
        _begin(pair, by=by)
        return pair
    tell(
        [one for one in managers_of(group) if one.pk != newcomer.person_id],
        BuddyIsSuggested(pair.pk, group.name, group.slug, newcomer.person.name, pair.buddy.name, why_words(pair.why)),
    )
    return pair


@transaction.atomic
def confirm_buddy(pair: BuddyPair, *, by: Actor) -> None:
    """Say yes to a suggestion: now both hear of it. Done twice, it is told once."""
    require(may_care_for_newcomers(by, pair.newcomer.group))
    hold_pair(pair)
    if pair.state == PairState.RUNNING:
        return
    if pair.state == PairState.ENDED:
        raise Refused(_("This suggestion is over; there is a newer one, or none is needed."), code="ended")
    _begin(pair, by=by)


@transaction.atomic
def suggest_another(pair: BuddyPair, *, by: Actor) -> BuddyPair | None:
    """Pass over a suggestion, and find somebody else; None where nobody is free.

    Refused `taken` where somebody has said yes to it meanwhile: the two have heard of each other.
    """
    require(may_care_for_newcomers(by, pair.newcomer.group))
    hold_pair(pair)
    if pair.state == PairState.RUNNING:
        raise Refused(
            _("Somebody has said yes meanwhile: %(name)s is there for them now.") % {"name": pair.buddy.name},
            code="taken",
        )
    return _change(pair, by=by)


@transaction.atomic
def ask_for_another(newcomer: Newcomer, *, by: Person) -> BuddyPair | None:
    """Have somebody else as one's buddy, without a reason; None where nobody is free. Without a buddy, one is found."""
    require(may_ask_for_another(by, newcomer))
    hold_newcomer(newcomer)
    pair = newcomer.pairs.filter(state=PairState.RUNNING).select_related("newcomer__group", "buddy").first()
    return _change(pair, by=by) if pair is not None else find_buddy(newcomer, by=system())


@transaction.atomic
def hand_back(pair: BuddyPair, *, by: Person) -> BuddyPair | None:
    """Be the buddy of somebody no longer; another one is found. Done twice, it is done once."""
    require(may_hand_back(by, pair))
    return _change(pair, by=by)


@transaction.atomic
def rest(*, now: datetime) -> int:
    """End quietly what has run its time, and return how many there were."""
    over = BuddyPair.objects.filter(state__in=OPEN_STATES, newcomer__came_at__lt=now - RUNS_FOR)
    return over.update(state=PairState.ENDED, ended_at=now)


def give_up(pair: BuddyPair, *, by: Actor) -> bool:
    """End a pair inside of somebody else's transaction; whether it ran or was suggested until now."""
    hold_pair(pair)
    if pair.state == PairState.ENDED:
        return False
    before, pair.state, pair.ended_at = pair.state, PairState.ENDED, timezone.now()
    pair.save(update_fields=["state", "ended_at"])
    newcomer = pair.newcomer
    record(BuddyEnded(pair.pk, before), by=by, about=newcomer.person, on=pair, within=newcomer.group)
    return True


def hold_newcomer(newcomer: Newcomer) -> None:
    """Let nobody else change what is kept about a newcomer until this transaction ends, and see it as it is now."""
    Newcomer.objects.select_for_update().get(pk=newcomer.pk)
    newcomer.refresh_from_db()


def hold_pair(pair: BuddyPair) -> None:
    """Hold the newcomer of a pair, and see the pair as it is now."""
    Newcomer.objects.select_for_update().get(pk=pair.newcomer_id)
    pair.refresh_from_db()


def _change(pair: BuddyPair, *, by: Actor) -> BuddyPair | None:
    hold_pair(pair)
    was_running = pair.state == PairState.RUNNING
    if not give_up(pair, by=system()):
        return pair.newcomer.pairs.filter(state__in=OPEN_STATES).first()
    newcomer = pair.newcomer
    other = find_buddy(newcomer, by=system())
    if was_running:
        if other is None or other.state != PairState.RUNNING:
            _take_part_back(newcomer)
        if by != pair.buddy:
            notice = SomebodyElseWelcomes(pair.pk, newcomer.group.name, newcomer.group.slug, newcomer.person.name)
            tell([pair.buddy], notice)
    return other


def _choose(newcomer: Newcomer, group: Group, now: datetime, *, managers_too: bool) -> tuple[Match | None, bool]:
    never = apart_from(newcomer.person_id) | set(newcomer.pairs.values_list("buddy", flat=True))
    person = about(with_hours([newcomer.person_id]))[newcomer.person_id]
    window = Window(now, WINDOW_DAYS)
    found = choose(person, rota_of(group, now=now), never=never, window=window)
    if found is not None or not managers_too:
        return found, False
    return choose(person, managers_as_buddies(group, now=now), never=never, window=window), True


def _why(match: Match, stands_in: bool) -> dict[str, Any]:
    words = dict(Interest.objects.filter(person=match.key, subject__in=match.interests).values_list("subject", "words"))
    return {
        "lately": match.lately,
        "minutes": match.minutes,
        "languages": list(match.languages),
        "interests": [words.get(one, one) for one in match.interests],
        "stands_in": stands_in,
    }


def _begin(pair: BuddyPair, *, by: Actor) -> None:
    newcomer, group = pair.newcomer, pair.newcomer.group
    pair.state, pair.asked_at = PairState.RUNNING, timezone.now()
    pair.save(update_fields=["state", "asked_at"])
    record(BuddyAsked(pair.pk), by=by, about=newcomer.person, on=pair, within=group)
    path = welcome_of(newcomer.person, group)
    if path is not None and path.is_open:
        give_part(path, BUDDY, pair.buddy, by=system())
    common = common_words(pair.why)
    tell([pair.buddy], NewcomerIsYours(pair.pk, group.name, group.slug, newcomer.person.name, common))
    if not awaits_first_visit(newcomer.person):
        tell([newcomer.person], BuddyIsThere(pair.pk, group.name, group.slug, pair.buddy.name, common))


def _take_part_back(newcomer: Newcomer) -> None:
    path = welcome_of(newcomer.person, newcomer.group)
    if path is not None and path.is_open:
        free_part(path, BUDDY, by=system())
