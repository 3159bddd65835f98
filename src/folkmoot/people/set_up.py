"""The first page of a new installation: whoever can read the server's terminal founds the organisation there."""

from __future__ import annotations

import base64

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.organisation.actions import set_up as describe_or_found
from folkmoot.people.actions import add_person, name_steward
from folkmoot.people.models import Person


def set_up_code() -> str:
    """Sixteen letters and digits that follow from the installation's secret key."""
    digest = salted_hmac("folkmoot.set-up", "code", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.b32encode(digest)[:16].decode("ascii").lower()


def set_up_address() -> str:
    """The whole address of the set-up page, to be printed where only the server's owner reads it."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('set_up', args=[set_up_code()])}"


def is_set_up() -> bool:
    """Whether there is somebody who runs the installation; the organisation may have come before them."""
    return Person.objects.filter(is_steward=True, is_active=True).exists()


@transaction.atomic
def set_up_first(*, code: str, organisation: str, zone: str, name: str, email: str) -> Person:
    """Found the organisation and make its steward; Refused `forbidden` for a wrong code, `already_set_up` later."""
    if not constant_time_compare(code, set_up_code()):
        raise Refused(_("This is not the set-up address that the server printed when it started."), code="forbidden")
    if is_set_up():
        raise Refused(_("This installation has its steward already."), code="already_set_up")
    describe_or_found(name=organisation, zone=zone, by=system())
    steward = add_person(name=name, email=email, zone=zone, by=system())
    name_steward(steward, by=system())
    return steward
