"""The ways by which people are told things. Rooms above may enter further ones into `CHANNELS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.kit.registry import Registry
from folkmoot.notices.domain.timing import Choice
from folkmoot.notices.mails import digest_of, mail_of, write
from folkmoot.notices.models import Address, Delivery, Digest, State
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Unreached:
    """Somebody whom a channel cannot reach now: the delivery's state, and its reason as a code."""

    state: State
    reason: str


def everybody(_people: Sequence[Person]) -> Mapping[int, Unreached]:
    return {}


@dataclass(frozen=True)
class Channel:
    """One way of telling people.

    `send` brings one delivery on its way in the caller's transaction and leaves its state as it is then; `gather` does
    so for all that stand in a digest, and is missing where a channel has no digests. `unreached` says of many people at
    once, by their key, who cannot be reached. A channel that `is_loud` waits for the end of quiet hours; one that
    `carries_needed` carries notices that cannot be switched off, whatever was chosen.
    """

    label: Label
    hint: Label
    send: Callable[[Delivery], None]
    gather: Callable[[Person, Digest, Sequence[Delivery]], None] | None = None
    unreached: Callable[[Sequence[Person]], Mapping[int, Unreached]] = everybody
    default: Choice = Choice.NOW
    is_loud: bool = True
    carries_needed: bool = True

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice) if self.gather else (Choice.NOW, Choice.NOT)


CHANNELS: Registry[Channel] = Registry("channel of notices")


def put_on_the_list(delivery: Delivery) -> None:
    """Show it among the person's notices on the site."""
    delivery.telling.listed_at = timezone.now()
    delivery.telling.save(update_fields=["listed_at"])
    delivery.state = State.SENT
    delivery.save(update_fields=["state"])


def write_mail(delivery: Delivery) -> None:
    """Write the letter; it is sent once a mail server has taken it."""
    address = delivery.telling.person.email
    if not address:
        delivery.state, delivery.reason = State.SKIPPED, "no_address"
        delivery.save(update_fields=["state", "reason"])
        return
    delivery.letter = write(mail_of(delivery.telling), address)
    delivery.save(update_fields=["letter"])


def write_digest(person: Person, digest: Digest, deliveries: Sequence[Delivery]) -> None:
    """One letter for all of them."""
    letter = write(digest_of(person, [delivery.telling for delivery in deliveries]), person.email or "")
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(letter=letter, digest=digest)


def without_working_address(people: Sequence[Person]) -> Mapping[int, Unreached]:
    """Who has no address, or one from which mail came back."""
    by_address = {person.email.lower(): person.pk for person in people if person.email}
    paused = (
        Address.objects.annotate(low=Lower("address"))
        .filter(low__in=list(by_address), paused_at__isnull=False)
        .values_list("low", flat=True)
    )
    return {person.pk: Unreached(State.SKIPPED, "no_address") for person in people if not person.email} | {
        by_address[address]: Unreached(State.HELD, "address_paused") for address in paused
    }


CHANNELS.register(
    "app",
    Channel(_("On this site"), _("In your list of notices"), send=put_on_the_list, is_loud=False),
    order=10,
    by=__name__,
)
CHANNELS.register(
    "mail",
    Channel(
        _("By mail"),
        _("To your e-mail address"),
        send=write_mail,
        gather=write_digest,
        unreached=without_working_address,
    ),
    order=20,
    by=__name__,
)
