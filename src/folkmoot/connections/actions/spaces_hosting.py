"""Who hosts a circle: handing it over, stepping back, taking it on; and how it ends."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.spaces import check_days, check_new_end, held_open
from folkmoot.connections.facts.spaces import (
    CircleCarriesOn,
    CircleClosed,
    CircleHosted,
    CircleLeft,
    CircleWithoutHost,
)
from folkmoot.connections.models.spaces import Circle, CircleFor, CirclePart
from folkmoot.connections.models.spaces_circles import ASKED_BEFORE, LONGEST_WORDS, WAITS
from folkmoot.connections.notices.spaces import CircleEnds, CircleIsClosed, CircleIsOffered, CircleLooksForHost
from folkmoot.connections.queries.spaces import gone_from, has_host, people_of_circle
from folkmoot.connections.rules.spaces import may_host_circle
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import others


@transaction.atomic
def offer_circle(circle: Circle, to: Person, *, by: Person) -> Circle:
    """Ask a member to take the circle over; nothing else changes until they say yes. Refused `forbidden`, `invalid`."""
    require(may_host_circle(by, circle))
    held = held_open(circle)
    if not held.members.filter(person=to, person__is_active=True).exclude(part=CirclePart.HOST).exists():
        raise Refused(_("A circle is handed over to somebody who is in it."), code="invalid", field="to")
    if held.offered_to_id == to.pk:
        return held
    held.offered_to = to
    held.save(update_fields=["offered_to"])
    tell([to], CircleIsOffered(held, by=by.name))
    return held


@transaction.atomic
def answer_offer(circle: Circle, *, takes: bool, by: Person) -> Circle:
    """Say yes or no to hosting a circle; whoever hosted it stays in it. A yes of who is in it no more is none.

    Refused `forbidden` for who was not asked.
    """
    held = held_open(circle)
    if held.offered_to_id != by.pk:
        raise Refused(_("Nobody asks you to host this circle at the moment."), code="forbidden")
    if takes and held.members.filter(person=by).exists():
        return _hosts_now(held, by)
    held.offered_to = None
    held.save(update_fields=["offered_to"])
    return held


@transaction.atomic
def step_back(circle: Circle, *, by: Person) -> Circle:
    """Host a circle no longer and stay in it; everybody in it is asked. Done twice, it is told once."""
    held = held_open(circle)
    if not held.members.filter(person=by, part=CirclePart.HOST).update(part=CirclePart.MEMBER):
        return held
    held.offered_to = None
    _ask_for_host(held, timezone.now(), by=by)
    return held


@transaction.atomic
def take_circle_on(circle: Circle, *, by: Person) -> Circle:
    """Host a circle that has no host: the first member who says so. Refused `forbidden`, `has_host`."""
    held = held_open(circle)
    if not held.members.filter(person=by).exists():
        raise Refused(_("Please join the circle first."), code="forbidden")
    if held.members.filter(person=by, part=CirclePart.HOST).exists():
        return held
    if has_host(held):
        raise Refused(_("This circle has a host by now. Thank you for offering."), code="has_host")
    return _hosts_now(held, by)


@transaction.atomic
def name_cohost(circle: Circle, person: Person, *, is_cohost: bool, by: Actor) -> None:
    """Let a member host beside the host, or no longer; twice is once. Refused `forbidden`, `invalid`."""
    require(may_host_circle(by, circle))
    held = held_open(circle)
    wanted = CirclePart.COHOST if is_cohost else CirclePart.MEMBER
    if not held.members.filter(person=person).exclude(part=CirclePart.HOST).update(part=wanted):
        raise Refused(_("A co-host is somebody who is in the circle."), code="invalid", field="to")


@transaction.atomic
def carry_on(circle: Circle, ends_on: date, *, by: Actor) -> Circle:
    """Give a circle a new end, at most a year away; the same again changes nothing. Refused `forbidden`, `invalid`."""
    require(may_host_circle(by, circle))
    held = held_open(circle)
    if held.ends_on == ends_on:
        return held
    check_new_end(ends_on, held.first_day)
    held.ends_on = ends_on
    check_days(held)
    held.version += 1
    held.save(update_fields=["ends_on", "version"])
    record(CircleCarriesOn(held.pk, ends_on.isoformat()), by=by, on=held, within=held.group)
    return held


@transaction.atomic
def close_circle(circle: Circle, words: str, *, by: Actor) -> Circle:
    """Close a circle with words on what came of it, which stay. Refused `forbidden`, `invalid`, `closed`."""
    require(may_host_circle(by, circle))
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise Refused(
            _("Please say in up to %(most)d characters what came of it.") % {"most": LONGEST_WORDS},
            code="invalid",
            field="closing_words",
        )
    return _close(held_open(circle), words, "host", by=by)


def look_after_circles(*, now: datetime) -> None:
    """Ask circles that end soon, find hosts for those without, close those that nobody keeps; safe to run twice.

    Whoever is no longer in a group leaves its circles that are for its people alone. Each circle has a transaction of
    its own, in which it is looked at anew.
    """
    today = today_here()
    soon = Circle.objects.filter(closed_at=None, ends_on__lte=today + ASKED_BEFORE)
    with_host = Circle.objects.filter(members__part=CirclePart.HOST, members__person__is_active=True)
    hostless = Circle.objects.filter(closed_at=None).exclude(pk__in=with_host.values("pk"))
    of_groups = Circle.objects.filter(closed_at=None, open_to=CircleFor.GROUP)
    looked_at = models.Q(pk__in=soon.values("pk")) | models.Q(pk__in=hostless.values("pk"))
    for circle in Circle.objects.filter(looked_at | models.Q(pk__in=of_groups.values("pk"))).order_by("pk"):
        with transaction.atomic():
            try:
                _look_after(held_open(circle), now, today)
            except Refused as refused:
                if refused.code != "closed":
                    raise


def _look_after(circle: Circle, now: datetime, today: date) -> None:
    for member in gone_from(circle):
        member.delete()
        if circle.offered_to_id == member.person_id:
            circle.offered_to = None
            circle.save(update_fields=["offered_to"])
        record(CircleLeft(circle.pk), by=system(), about=member.person, on=circle, within=circle.group)
    if not has_host(circle):
        circle.members.filter(part=CirclePart.HOST).update(part=CirclePart.MEMBER)
        if circle.hostless_since is None:
            _ask_for_host(circle, now, by=system())
        elif circle.hostless_since <= now - WAITS:
            words = _("Nobody was found who would host it, so it was closed. It can be started again at any time.")
            _close(circle, words, "no_host", by=system())
            return
    if circle.ends_on <= today - WAITS:
        words = _("It came to the end that was set when it was started.")
        _close(circle, words, "past_end", by=system())
    elif circle.is_asked(today) and not circle.is_over(today):
        tell(people_of_circle(circle), CircleEnds(circle))


def _hosts_now(circle: Circle, person: Person) -> Circle:
    circle.members.filter(part=CirclePart.HOST).update(part=CirclePart.MEMBER)
    circle.members.filter(person=person).update(part=CirclePart.HOST)
    circle.offered_to, circle.hostless_since = None, None
    circle.save(update_fields=["offered_to", "hostless_since"])
    record(CircleHosted(circle.pk), by=person, on=circle, within=circle.group)
    return circle


def _ask_for_host(circle: Circle, now: datetime, *, by: Actor) -> None:
    circle.hostless_since = now
    circle.save(update_fields=["hostless_since", "offered_to"])
    record(CircleWithoutHost(circle.pk), by=by, on=circle, within=circle.group)
    tell(others(people_of_circle(circle), by), CircleLooksForHost(circle))


def _close(circle: Circle, words: str, why: str, *, by: Actor) -> Circle:
    circle.closed_at, circle.closing_words = timezone.now(), words
    circle.offered_to = None
    circle.save(update_fields=["closed_at", "closing_words", "offered_to"])
    record(CircleClosed(circle.pk, why), by=by, on=circle, within=circle.group)
    tell(others(people_of_circle(circle), by), CircleIsClosed(circle))
    return circle
