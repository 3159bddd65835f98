"""What the worker sends when its time has come: deliveries that waited, and digests."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from folkmoot.notices.channels import CHANNELS, Channel
from folkmoot.notices.domain.timing import period_due, quiet_until
from folkmoot.notices.models import Delivery, Digest, State
from folkmoot.notices.queries import hours_of, zone_of
from folkmoot.people.models import Person

AT_ONCE = 500


def send_due(now: datetime) -> int:
    """Bring what is due on its way, each in a transaction of its own; returns how many went."""
    due = Delivery.objects.filter(state=State.WAITING, in_digest=False, letter=None, due_at__lte=now)
    return sum(_send_one(key, now) for key in due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _send_one(key: int, now: datetime) -> bool:
    """Send one delivery if it still waits: whoever comes second finds that it does not."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("telling__person").filter(pk=key).first()
    if delivery is None or delivery.state != State.WAITING or delivery.letter_id is not None:
        return False
    channel = CHANNELS.get(delivery.channel)
    person = delivery.telling.person
    if channel is None or not person.is_active:
        return _leave(delivery, State.SKIPPED, "nobody_to_tell")
    if unreached := channel.unreached([person]).get(person.pk):
        return _leave(delivery, unreached.state, unreached.reason)
    if channel.is_loud and not delivery.telling.needed:
        quiet_end = quiet_until(now, zone_of(person), *hours_of(person).quiet)
        if quiet_end is not None:
            delivery.due_at = quiet_end
            delivery.save(update_fields=["due_at"])
            return False
    channel.send(delivery)
    return True


def _leave(delivery: Delivery, state: State, reason: str) -> bool:
    delivery.state, delivery.reason = state, reason
    delivery.save(update_fields=["state", "reason"])
    return False


def send_digests(now: datetime) -> int:
    """Write every digest that is due and has something in it; returns how many were written."""
    waiting = Delivery.objects.filter(state=State.WAITING, in_digest=True, letter=None, due_at__lte=now)
    people = Person.objects.filter(pk__in=waiting.values("telling__person"), is_active=True)
    return sum(
        _send_digest(person, name, channel, now)
        for name, channel in ((entry.name, entry.item) for entry in CHANNELS.entries() if entry.item.gather)
        for person in people.filter(pk__in=waiting.filter(channel=name).values("telling__person"))
    )


@transaction.atomic
def _send_digest(person: Person, name: str, channel: Channel, now: datetime) -> bool:
    """One person's digest, unless this period has had it; the unique row decides between two schedulers."""
    period = period_due(hours_of(person).rhythm, zone_of(person), now)
    if period is None or channel.gather is None or channel.unreached([person]):
        return False
    deliveries = list(
        Delivery.objects.select_for_update(of=("self",))
        .select_related("telling")
        .filter(
            telling__person=person,
            channel=name,
            state=State.WAITING,
            in_digest=True,
            letter=None,
            due_at__lte=period.at,
        )
        .order_by("due_at", "pk")
    )
    if not deliveries:
        return False
    try:
        with transaction.atomic():
            digest = Digest.objects.create(person=person, channel=name, period=period.key)
    except IntegrityError:
        return False
    channel.gather(person, digest, deliveries)
    return True
