"""What the people of the sample community have chosen to hear, and an address from which mail comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from folkmoot.ledger.actors import system
from folkmoot.notices.actions import set_hours, set_wishes
from folkmoot.notices.actions.addresses import address_row, pause
from folkmoot.notices.actions.lists import add_list
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.places import place_named
from folkmoot.people.models import Person

DIGEST_READERS = ("adaeze", "lina", "yuki", "ravi")
EARLY_SLEEPERS = ("adaeze", "salma", "keoni")
COMES_BACK = "tomas"
LISTS = (("announce@lists.example.org", True), ("newcomers@lists.example.org", False))


def choose_what_to_hear(people: Mapping[str, Person], *, now: datetime) -> None:
    """Digests, quiet hours, two mailing lists of the organisation, and one address that is paused."""
    for short in DIGEST_READERS:
        set_wishes(people[short], {("calls", "mail"): Choice.DIGEST, ("groups", "mail"): Choice.DIGEST})
    for number, short in enumerate(EARLY_SLEEPERS):
        set_hours(
            people[short],
            every=Every.DAY if number % 2 else Every.WEEK,
            weekday=number,
            hour=8,
            quiet_from=time(21),
            quiet_until=time(7, 30),
        )
    place = place_named("organisation")
    for address, is_confirmed in LISTS:
        row = add_list(place, address, by=system(), now=now)
        if is_confirmed:
            row.confirmed_at = now
            row.save(update_fields=["confirmed_at"])
    pause(address_row(people[COMES_BACK].email or ""), "5.2.1 550 This mailbox is not in use", now)
