"""The signed address at which invitations are stopped without signing in (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "folkmoot.invitations.stop"


def stop_path(person_id: int, group_id: int | None) -> str:
    """The local address for the invitations of one group, or without one for those as a guest."""
    return reverse("stop_invitations", args=[Signer(salt=SALT).sign(f"{person_id}.{group_id or 0}")])


def read_stop(token: str) -> tuple[int, int | None] | None:
    """The person's key and the group's; None when the token is not ours."""
    try:
        person, _dot, group = Signer(salt=SALT).unsign(token).partition(".")
        return int(person), int(group) or None
    except (BadSignature, ValueError):
        return None
