"""The signed address at which somebody leaves one draw of chats out, from a mail and without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused

SALT = "folkmoot.connections.chats.skip"
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Skip:
    """Whose, and what: the numbers of a programme and a person, and the day of the draw."""

    programme_id: int
    person_id: int
    on: date


def skip_path(programme_id: int, person_id: int, on: date) -> str:
    """The local address; opening it changes nothing."""
    return reverse("skip_chat", args=[signing.dumps([programme_id, person_id, on.isoformat()], salt=SALT)])


def read_skip(token: str) -> Skip:
    """What a token of ours names; Refused `not_found` for one that was not signed here, `closed` for an old one."""
    try:
        programme, person, on = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise Refused(_("It came with a mail from more than thirty days ago."), code="closed") from None
    except signing.BadSignature:
        raise Refused(_("It may have been cut in two on its way."), code="not_found") from None
    return Skip(programme, person, date.fromisoformat(on))
