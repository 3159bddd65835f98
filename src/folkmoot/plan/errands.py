"""Errands: signed addresses at which somebody says without signing in that a thing of theirs is done.

An address names a person and one task, or one step of a checklist. It works for thirty days, and only for as long as
that thing is open and that person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused

SALT = "folkmoot.plan.errand"
LASTS = timedelta(days=30)
Sort: TypeAlias = Literal["task", "step"]


@dataclass(frozen=True)
class Errand:
    """Whose, and what: the numbers of a person, and of a task or a step."""

    sort: Sort
    thing_id: int
    person_id: int


def errand_path(errand: Errand) -> str:
    """The local address of an errand; opening it changes nothing."""
    signed = signing.dumps([errand.sort, errand.thing_id, errand.person_id], salt=SALT)
    return reverse("errand", args=[signed])


def read_errand(token: str) -> Errand:
    """What a token of ours names; Refused `not_found` for one that was not signed here, `closed` for an old one."""
    try:
        sort, thing_id, person_id = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise Refused(_("It came with a reminder from more than thirty days ago."), code="closed") from None
    except signing.BadSignature:
        raise Refused(_("It may have been cut in two on its way."), code="not_found") from None
    return Errand(sort, thing_id, person_id)
