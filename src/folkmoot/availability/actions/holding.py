"""One poll, changed by one at a time."""

from __future__ import annotations

from folkmoot.availability.models import Poll


def hold_poll(poll: Poll) -> Poll:
    """The poll as it is now, which nobody else changes or answers until this transaction ends."""
    return Poll.objects.select_for_update(no_key=True, of=("self",)).select_related("group").get(pk=poll.pk)
