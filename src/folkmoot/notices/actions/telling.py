"""Telling people things, now or later, and taking back what has not gone out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.naming import plain_name
from folkmoot.notices.channels import CHANNELS, Channel, Unreached
from folkmoot.notices.domain.timing import Choice, Every, quiet_until
from folkmoot.notices.kinds import Audience, Notice
from folkmoot.notices.mails import Item, Mail, render_text, whole, write
from folkmoot.notices.models import Address, Delivery, Hours, ListAddress, ListPost, State, Telling
from folkmoot.notices.queries import wishes_of_people, zone_of
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person


@transaction.atomic
def tell(people: Iterable[Person] | Audience, notice: Notice, *, not_before: datetime | None = None) -> list[Telling]:
    """Tell each of these people, in the caller's transaction; returns what was told.

    Each person is told once however often they are among `people`, and, for a notice with a `once` key, once in all.
    Words and times are worded for the reader: in their zone. With `not_before` nothing is shown or sent until then, and
    `untell` takes it back. For each channel one delivery is written: on its way, or waiting for the digest or the end
    of quiet hours, or left out with the reason. An `Audience` with a place also tells that place's mailing lists.
    """
    now = timezone.now()
    if not_before is not None and not_before <= now:
        not_before = None
    active = list({person.pk: person for person in people if person.is_active}.values())
    if isinstance(people, Audience) and people.place and notice.for_lists and not_before is None:
        _post_to_lists(people.place, notice)
    wishes = wishes_of_people(active, notice.topic)
    hours = {row.person_id: row for row in Hours.objects.filter(person__in=active)}
    unreached = {entry.name: entry.item.unreached(active) for entry in CHANNELS.entries()}
    told = []
    for person in active:
        telling = _write_telling(person, notice, not_before)
        if telling is None:
            continue
        told.append(telling)
        for entry in CHANNELS.entries():
            wish = wishes.get((person.pk, entry.name), entry.item.default)
            _start(
                telling,
                entry.name,
                entry.item,
                Choice.NOW if notice.needed and entry.item.carries_needed else wish,
                hours.get(person.pk) or Hours(person=person),
                unreached[entry.name].get(person.pk),
                now,
            )
    return told


def _write_telling(person: Person, notice: Notice, not_before: datetime | None) -> Telling | None:
    with timezone.override(zones.zone(zone_of(person))):
        subject, text = words(notice, person)
        shortcut = notice.shortcut(person)
        calendar = notice.calendar(person)
    try:
        with transaction.atomic():
            return Telling.objects.create(
                person=person,
                kind=notice.kind,
                topic=notice.topic,
                subject=subject,
                text=text,
                path=notice.path(),
                action=plain_name(str(notice.action()), 200),
                shortcut=shortcut.path if shortcut else "",
                shortcut_words=plain_name(shortcut.words, 200) if shortcut else "",
                calendar=calendar.text if calendar else "",
                calendar_method=calendar.method if calendar else "",
                because=notice.because()[:500],
                needed=notice.needed,
                once_key=notice.once()[:200],
                not_before=not_before,
            )
    except IntegrityError:
        return None


def words(notice: Notice, person: Person | None) -> tuple[str, str]:
    """Subject and text of a notice as they are worded for a person, or for a list, in the zone that is active."""
    subject = plain_name(str(notice.subject()), 300)
    text = render_text(notice.template, {"notice": notice, "person": person, "organisation": the_organisation()})
    return subject, text


def _start(
    telling: Telling,
    name: str,
    channel: Channel,
    choice: Choice,
    hours: Hours,
    unreached: Unreached | None,
    now: datetime,
) -> None:
    """Write the delivery, and bring it on its way where nothing keeps it."""
    delivery = Delivery(telling=telling, channel=name, due_at=telling.not_before or now)
    if choice == Choice.NOT:
        delivery.state, delivery.reason = State.SKIPPED, "not_wanted"
    elif unreached is not None:
        delivery.state, delivery.reason = unreached.state, unreached.reason
    elif choice == Choice.DIGEST and channel.gather:
        delivery.in_digest = True
        if hours.digest_every == Every.NEVER:
            delivery.state, delivery.reason = State.SKIPPED, "no_digest"
    elif channel.is_loud and not telling.needed:
        quiet_end = quiet_until(delivery.due_at, zone_of(telling.person), *hours.quiet)
        if quiet_end is not None:
            delivery.due_at, delivery.reason = quiet_end, "quiet_hours"
    delivery.save()
    if delivery.state == State.WAITING and not delivery.in_digest and delivery.due_at <= now:
        channel.send(delivery)


def _post_to_lists(place: str, notice: Notice) -> None:
    """One mail to each confirmed list of a place, worded in the organisation's zone."""
    paused = Address.objects.filter(paused_at__isnull=False, address__iexact=OuterRef("address"))
    lists = list(ListAddress.objects.filter(~Exists(paused), place=place, confirmed_at__isnull=False))
    if not lists:
        return
    organisation = the_organisation()
    with timezone.override(zones.zone(organisation.zone if organisation else "UTC")):
        subject, text = words(notice, None)
    for one in lists:
        try:
            with transaction.atomic():
                post = ListPost.objects.create(list=one, kind=notice.kind, once_key=notice.once()[:200])
        except IntegrityError:
            continue
        post.letter = write(
            Mail(
                subject=subject,
                items=[Item(text, whole(notice.path()), str(notice.action()))],
                because=_("This list gets it because those who look after it entered its address."),
                sort=notice.topic,
                headers={"Precedence": "list"},
            ),
            one.address,
        )
        post.save(update_fields=["letter"])


@transaction.atomic
def untell(kind: str, once_key: str, *, people: Iterable[Person] | None = None, even_seen: bool = False) -> int:
    """Take back what no longer holds, from everybody or these people; returns for how many something was taken back.

    What nobody has seen yet is gone as if it had never been told, and may be told again. Of what somebody has seen by
    one channel, only what still waits on another is left out; with `even_seen` it goes from their list all the same,
    and a mail alone stays.
    """
    tellings = Telling.objects.filter(kind=kind, once_key=once_key[:200]).select_for_update()
    if people is not None:
        tellings = tellings.filter(person__in=list(people))
    taken_back = 0
    for telling in tellings:
        deliveries = list(telling.deliveries.select_for_update())
        waiting = [one for one in deliveries if one.state == State.WAITING and one.letter_id is None]
        seen = [one for one in deliveries if one.state == State.SENT or one.letter_id is not None]
        if not waiting and not even_seen:
            continue
        taken_back += 1
        if seen and not even_seen:
            Delivery.objects.filter(pk__in=[one.pk for one in waiting]).update(
                state=State.SKIPPED, reason="no_longer_holds"
            )
        else:
            telling.delete()
    return taken_back
