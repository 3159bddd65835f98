"""Pausing an address from which mail comes back, and confirming it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices import facts
from folkmoot.notices.actions.telling import tell
from folkmoot.notices.codes import fits, set_code, wrong_code
from folkmoot.notices.mails import Item, Mail, write
from folkmoot.notices.models import Address, Delivery, ListAddress, State
from folkmoot.notices.notices import AddressPaused, ListPaused
from folkmoot.notices.queries import paused_address
from folkmoot.people.models import Person
from folkmoot.people.queries import person_with_email

# What was held longer ago is old news; it stands in the list on the site.
STILL_NEWS = timedelta(days=14)


def address_row(address: str) -> Address:
    """The row of an address, locked, made if there is none."""
    Address.objects.get_or_create(address__iexact=address, defaults={"address": address})
    return Address.objects.select_for_update().get(address__iexact=address)


def pause(row: Address, problem: str, now: datetime) -> None:
    """Send nothing more there, and tell whoever it belongs to where they still see it; done twice, done once."""
    if row.paused_at:
        return
    row.paused_at, row.problem = now, problem[:300]
    row.save(update_fields=["paused_at", "problem"])
    person = person_with_email(row.address)
    # Nothing is held back from whoever gets their notices elsewhere.
    if person is not None and (person.email or "").lower() == row.address.lower():
        record(facts.AddressPaused(), by=system(), about=person, on=person)
        tell([person], AddressPaused(address=row.address, problem=row.problem, since=now.isoformat()))
    for one in ListAddress.objects.filter(address__iexact=row.address, added_by__isnull=False).select_related(
        "added_by"
    ):
        if one.added_by is not None:
            notice = ListPaused(address=one.address, place_key=one.place, problem=row.problem, since=now.isoformat())
            tell([one.added_by], notice)


def resume(row: Address) -> None:
    """Take an address up again: it has just been shown that somebody reads it."""
    row.paused_at, row.problem, row.soft_bounces, row.soft_since = None, "", 0, None
    row.save(update_fields=["paused_at", "problem", "soft_bounces", "soft_since"])


@transaction.atomic
def send_address_code(person: Person, *, now: datetime) -> None:
    """Send a code to the person's paused address; Refused `not_paused` or `too_soon`."""
    paused = paused_address(person)
    if paused is None:
        raise Refused(_("Mail to you arrives; there is nothing to confirm."), code="not_paused")
    code = set_code(address_row(paused.address), now)
    write(
        Mail(
            subject=_("%(code)s confirms your address") % {"code": code},
            items=[
                Item(
                    _("The code is %(code)s. Enter it on the page from which you asked for it, within a day.")
                    % {"code": code}
                )
            ],
            because=_("You get this because somebody who is signed in as you asked for it."),
        ),
        paused.address,
    )


def confirm_address(person: Person, code: str, *, now: datetime) -> int:
    """Take the address up again; returns how many held mails go out now. Refused `wrong_code` or `not_paused`."""
    paused = paused_address(person)
    if paused is None:
        raise Refused(_("Mail to you arrives; there is nothing to confirm."), code="not_paused")
    with transaction.atomic():
        row = address_row(paused.address)
        if fits(row, code, now):
            resume(row)
            record(facts.AddressConfirmedAgain(), by=person, about=person, on=person)
            return Delivery.objects.filter(
                telling__person=person,
                telling__told_at__gte=now - STILL_NEWS,
                channel="mail",
                state=State.HELD,
                reason="address_paused",
            ).update(state=State.WAITING, reason="", due_at=now)
    # The count of tries is kept, so the refusal comes after its transaction.
    raise wrong_code()
