"""The mailing lists of a place."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions.addresses import address_row, resume
from folkmoot.notices.codes import fits, set_code, wrong_code
from folkmoot.notices.facts import ListAdded, ListConfirmed, ListRemoved
from folkmoot.notices.mails import Item, Mail, write
from folkmoot.notices.models import ListAddress
from folkmoot.notices.places import Place, may_look_after, place_named
from folkmoot.people.actions import clean_email
from folkmoot.people.models import Person

MOST_LISTS = 10


@transaction.atomic
def add_list(place: Place, address: str, *, by: Actor, now: datetime) -> ListAddress:
    """Enter a list; nothing is posted there until the code that is sent to it is entered. Refused `list_taken`."""
    require(may_look_after(by, place))
    if ListAddress.objects.filter(place=place.key).count() >= MOST_LISTS:
        raise Refused(_("A place may have at most %(most)d lists.") % {"most": MOST_LISTS}, code="too_many")
    address = clean_email(address)
    try:
        with transaction.atomic():
            row = ListAddress.objects.create(
                place=place.key, address=address, added_by=by if isinstance(by, Person) else None
            )
    except IntegrityError:
        raise Refused(_("This list is entered already."), code="list_taken") from None
    record(ListAdded(place=place.key), by=by)
    _send_code(row, place, now)
    return row


@transaction.atomic
def send_list_code(row: ListAddress, *, by: Actor, now: datetime) -> None:
    """Send a new code to the list; Refused `too_soon`."""
    place = place_named(row.place)
    require(may_look_after(by, place))
    _send_code(ListAddress.objects.select_for_update().get(pk=row.pk), place, now)


def _send_code(row: ListAddress, place: Place, now: datetime) -> None:
    code = set_code(row, now)
    words = _(
        "Somebody wants notices of %(place)s to go to this list. If that is right, whoever looks after %(place)s "
        "enters this code: %(code)s. If it is not, ignore this mail; nothing more comes."
    ) % {"place": place.name, "code": code}
    write(
        Mail(
            subject=_("May notices of %(place)s go to this list?") % {"place": place.name},
            items=[Item(words)],
            because=_("This list gets it because its address was entered for %(place)s.") % {"place": place.name},
        ),
        row.address,
    )


def confirm_list(row: ListAddress, code: str, *, by: Actor, now: datetime) -> None:
    """Post to the list from now on; Refused `wrong_code`."""
    place = place_named(row.place)
    require(may_look_after(by, place))
    with transaction.atomic():
        locked = ListAddress.objects.select_for_update().get(pk=row.pk)
        if fits(locked, code, now):
            locked.confirmed_at = now
            locked.save(update_fields=["confirmed_at"])
            resume(address_row(locked.address))
            record(ListConfirmed(place=place.key), by=by)
            return
    # The count of tries is kept, so the refusal comes after its transaction.
    raise wrong_code()


@transaction.atomic
def remove_list(row: ListAddress, *, by: Actor) -> None:
    """Post there no more; done twice, done once."""
    require(may_look_after(by, place_named(row.place)))
    gone, _of_each = ListAddress.objects.filter(pk=row.pk).delete()
    if gone:
        record(ListRemoved(place=row.place), by=by)
