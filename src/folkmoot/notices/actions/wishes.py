"""What people wish to hear, and what they have read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.facts import NoticeWishesChanged
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.models import Delivery, Hours, State, Telling, Wish
from folkmoot.notices.queries import hours_of, wishes_of
from folkmoot.notices.stopping import DIGEST
from folkmoot.people.models import Person


@transaction.atomic
def set_wishes(person: Person, wishes: Mapping[tuple[str, str], Choice]) -> None:
    """Keep choices by topic and channel; Refused `invalid` for one that a channel does not offer."""
    _lock(person)
    present = wishes_of(person)
    changes = {}
    for (topic, channel), choice in wishes.items():
        offered = CHANNELS[channel].choices if channel in CHANNELS and topic in TOPICS else ()
        if choice not in offered:
            raise Refused(_("Please choose one of the options."), code="invalid")
        if present[topic, channel] != choice:
            changes[f"{topic} {channel}"] = [str(present[topic, channel]), str(choice)]
            Wish.objects.update_or_create(person=person, topic=topic, channel=channel, defaults={"choice": choice})
    if changes:
        record(NoticeWishesChanged(), by=person, about=person, on=person, changes=changes)


@transaction.atomic
def set_hours(
    person: Person,
    *,
    every: Every,
    weekday: int,
    hour: int,
    quiet_from: time | None,
    quiet_until: time | None,
) -> None:
    """When the digest comes and which hours are quiet; Refused `invalid` for hours with one end only."""
    if (quiet_from is None) != (quiet_until is None):
        raise Refused(_("Quiet hours need both a beginning and an end."), code="invalid")
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refused(_("Quiet hours that begin and end at the same time are none."), code="invalid")
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise Refused(_("Please choose one of the options."), code="invalid")
    _lock(person)
    hours = hours_of(person)
    new = {
        "digest_every": str(every),
        "digest_weekday": weekday,
        "digest_hour": hour,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    changes = {
        key: [_as_json(getattr(hours, key)), _as_json(value)]
        for key, value in new.items()
        if getattr(hours, key) != value
    }
    if changes:
        Hours.objects.update_or_create(person=person, defaults=new)
        if every == Every.NEVER:
            _leave_out(person, in_digest=True)
        record(NoticeWishesChanged(), by=person, about=person, on=person, changes=changes)


def _as_json(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, time) else value


def _lock(person: Person) -> None:
    Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def stop_topic(person: Person, topic: str) -> None:
    """No more mails about a topic, or no more digests; done twice, it is done once. What waits is left out."""
    if topic == DIGEST:
        _set_rhythm(person, Every.NEVER)
    else:
        set_wishes(person, {(topic, "mail"): Choice.NOT})
        _leave_out(person, telling__topic=topic, channel="mail")


def _leave_out(person: Person, **those: object) -> None:
    """What waits for a digest or an hour that will not come, or comes unwanted, is not sent."""
    waiting = Delivery.objects.filter(telling__person=person, telling__needed=False, state=State.WAITING, letter=None)
    waiting.filter(**those).update(state=State.SKIPPED, reason="not_wanted")


@transaction.atomic
def take_topic_up(person: Person, topic: str, as_before: str) -> None:
    """Undo `stop_topic`: `as_before` is what was chosen until then, a `Choice`, or for the digest an `Every`."""
    try:
        if topic == DIGEST:
            _set_rhythm(person, Every(as_before))
        else:
            set_wishes(person, {(topic, "mail"): Choice(as_before)})
    except ValueError:
        raise Refused(_("Please choose one of the options."), code="invalid") from None


def _set_rhythm(person: Person, every: Every) -> None:
    hours = hours_of(person)
    set_hours(
        person,
        every=every,
        weekday=hours.digest_weekday,
        hour=hours.digest_hour,
        quiet_from=hours.quiet_from,
        quiet_until=hours.quiet_until,
    )


def mark_read(person: Person, *, now: datetime, telling: Telling | None = None, topic: str = "") -> int:
    """Mark one notice of the person, or all of a topic, or all, as read; returns how many were not."""
    unread = Telling.objects.filter(person=person, listed_at__isnull=False, read_at=None)
    if telling is not None:
        unread = unread.filter(pk=telling.pk)
    if topic:
        unread = unread.filter(topic=topic)
    return unread.update(read_at=now)
