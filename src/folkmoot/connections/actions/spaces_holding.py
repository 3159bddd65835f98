"""One session, changed by one at a time."""

from __future__ import annotations

from folkmoot.connections.models.spaces import ThemeSession
from folkmoot.kit.errors import Refused


def hold_session(session: ThemeSession) -> ThemeSession:
    """The session as it is now, which nobody else changes until this transaction ends."""
    found = ThemeSession.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("circle__group", "group").get(pk=session.pk)


def invalid(words: str, field: str) -> Refused:
    """What was filled in is not right, in one field of its form."""
    return Refused(words, code="invalid", field=field)
