"""What this room tells on behalf of people, which stands below it."""

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
