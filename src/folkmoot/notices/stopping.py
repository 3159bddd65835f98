"""The signed address at which mails about a topic are stopped without signing in (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

DIGEST = "digest"
"""Stands in the place of a topic: the digest itself."""


def _signer() -> Signer:
    return Signer(salt="folkmoot.notices.stop")


def stop_path(person_id: int, topic: str) -> str:
    """The local address; it works as long as the mail is kept, and consumes nothing when it is opened."""
    return reverse("stop_notices", args=[_signer().sign(f"{person_id}.{topic}")])


def read_stop(token: str) -> tuple[int, str] | None:
    """The person's key and the topic; None when the token is not ours."""
    try:
        number, _dot, topic = _signer().unsign(token).partition(".")
        return int(number), topic
    except (BadSignature, ValueError):
        return None
