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
    if delivery is None or not still_waits(delivery):
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


def still_waits(delivery: Delivery) -> bool:
    """Whether nobody has brought it on its way since it was found; its row must be locked."""
    return delivery.state == State.WAITING and delivery.letter_id is None


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
    deliveries = gathered(person, name, period.at)
    digest = begin_digest(person, name, period.key) if deliveries else None
    if digest is None:
        return False
    channel.gather(person, digest, deliveries)
    return True


def gathered(person: Person, channel: str, until: datetime) -> list[Delivery]:
    """What of a person's waits for the digest, the oldest first, and nobody else has taken; locked."""
    waiting = Delivery.objects.filter(telling__person=person, channel=channel, state=State.WAITING, in_digest=True)
    found = waiting.filter(letter=None, due_at__lte=until).select_related("telling").order_by("due_at", "pk")
    return list(found.select_for_update(of=("self",)))


def begin_digest(person: Person, channel: str, period: str) -> Digest | None:
    """The row of a digest, or None where this period has had it."""
    try:
        with transaction.atomic():
            return Digest.objects.create(person=person, channel=channel, period=period)
    except IntegrityError:
        return None
