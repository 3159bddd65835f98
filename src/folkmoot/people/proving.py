"""Showing once more that it is you, by a code from the mail: for people who have neither password nor second step."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.people.guards import limited
from folkmoot.people.models import Person
from folkmoot.people.sessions import note_proof

KEY = "proving"
CODE_LASTS = timedelta(minutes=10)
TRIES = 3


def address_for_proof(person: Person) -> str:
    """The confirmed address to which a code may go; empty when there is none."""
    address = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "pk").first()
    return address.email if address else ""


def send_code(request: HttpRequest, person: Person) -> None:
    """Send a code and keep its digest in the session; Refused `too_often` or `no_address`."""
    address = address_for_proof(person)
    if not address:
        raise Refused(_("You have no confirmed e-mail address. Please sign in again instead."), code="no_address")
    if limited(request, "prove", "10/h", about=f"person {person.pk}"):
        raise Refused(_("That were many codes. Please try again in an hour."), code="too_often")
    code = get_adapter(request).generate_login_code()
    request.session[KEY] = {"digest": _digest(code), "at": timezone.now().timestamp(), "tries": 0}
    get_adapter(request).send_mail("account/email/login_code", address, {"request": request, "code": code})


def waits_for_code(request: HttpRequest) -> bool:
    """Whether a code was sent that can still be entered."""
    state = request.session.get(KEY)
    return state is not None and timezone.now().timestamp() - state["at"] <= CODE_LASTS.total_seconds()


def check_code(request: HttpRequest, code: str) -> None:
    """Take the code, once; Refused `wrong_code`, or `code_gone` when it is too old or was tried too often."""
    state = request.session.get(KEY)
    if state is None or not waits_for_code(request):
        raise Refused(_("That code is too old. Please have a new one sent."), code="code_gone")
    if constant_time_compare(_digest(code), state["digest"]):
        del request.session[KEY]
        note_proof(request)
        return
    state["tries"] += 1
    request.session[KEY] = state
    if state["tries"] >= TRIES:
        del request.session[KEY]
        raise Refused(_("That code was not right either. Please have a new one sent."), code="code_gone")
    raise Refused(_("That is not the code from the mail."), code="wrong_code")


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
