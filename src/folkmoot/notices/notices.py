"""What this room tells people, also on behalf of people, which stands below it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class PersonWaiting(Notice):
    """To stewards: somebody signed up and waits for them."""

    kind = "notices.person_waiting"
    topic = "account"
    needed = True

    person_id: int
    name: str
    reason: str

    def subject(self) -> str:
        return _("%(name)s would like to come in") % {"name": self.name}

    def path(self) -> str:
        return reverse("waiting_people")

    def action(self) -> str:
        return _("Let them in, or turn them away")

    def once(self) -> str:
        return f"person {self.person_id}"


@dataclass(frozen=True)
class LetIn(Notice):
    """To somebody who waited: a steward has let them in."""

    kind = "notices.let_in"
    topic = "account"
    needed = True

    person_id: int

    def subject(self) -> str:
        return _("You are in")

    def path(self) -> str:
        return reverse("account_login")

    def action(self) -> str:
        return _("Sign in")

    def once(self) -> str:
        return f"person {self.person_id}"


@dataclass(frozen=True)
class AddressPaused(Notice):
    """Mail to the person's address came back; told where they still see it. `since` is an ISO instant."""

    kind = "notices.address_paused"
    topic = "account"
    needed = True

    address: str
    problem: str
    since: str

    def subject(self) -> str:
        return _("Mail to you comes back")

    def path(self) -> str:
        return reverse("confirm_address")

    def action(self) -> str:
        return _("Confirm your address again")

    def once(self) -> str:
        return self.since


@dataclass(frozen=True)
class ListPaused(Notice):
    """Mail to a mailing list came back; told to whoever entered its address."""

    kind = "notices.list_paused"
    topic = "account"
    needed = True

    address: str
    place_key: str
    problem: str
    since: str

    def subject(self) -> str:
        return _("Mail to the list %(address)s comes back") % {"address": self.address}

    def path(self) -> str:
        return reverse("mailing_lists", args=[self.place_key])

    def action(self) -> str:
        return _("See the list")

    def once(self) -> str:
        return f"{self.place_key} {self.since}"
