"""What notices tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class NoticeWishesChanged(Fact):
    """A person changed what they hear, by which channel, or when."""

    kind = "notices.wishes_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed what they want to hear.")


@dataclass(frozen=True)
class AddressPaused(Fact):
    """Mail to a person's address came back, and no more notices are sent there."""

    kind = "notices.address_paused"
    audience = Audience.PERSON
    sentence = _("Mail to the address came back, so it is paused.")


@dataclass(frozen=True)
class AddressConfirmedAgain(Fact):
    """A person entered the code that was sent to their paused address."""

    kind = "notices.address_confirmed_again"
    audience = Audience.PERSON
    sentence = _("{actor} confirmed their address again.")


@dataclass(frozen=True)
class ListAdded(Fact):
    """The address of a mailing list was entered for a place ("group:3", "organisation")."""

    kind = "notices.list_added"
    audience = Audience.STEWARDS
    sentence = _("{actor} entered a mailing list for {place}.")

    place: str


@dataclass(frozen=True)
class ListConfirmed(Fact):
    """The code that arrived at a mailing list was entered: the place posts to it from now on."""

    kind = "notices.list_confirmed"
    audience = Audience.STEWARDS
    sentence = _("{actor} confirmed a mailing list for {place}.")

    place: str


@dataclass(frozen=True)
class ListRemoved(Fact):
    """A mailing list was taken off a place."""

    kind = "notices.list_removed"
    audience = Audience.STEWARDS
    sentence = _("{actor} removed a mailing list of {place}.")

    place: str
