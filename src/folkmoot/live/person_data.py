"""What is kept about people while a call runs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.live.models import Presence
from folkmoot.people.person_data import Rows, offer


def offer_all() -> None:
    """Answer for every model of this room that points at a person."""
    offer(
        "live.presence",
        Rows(
            _("Pages of running calls that you have open"),
            Presence,
            "person",
            _presence,
            seen_by=_("You, whoever may follow the call, and the stewards; it is forgotten soon after the call."),
            fetched=("meeting__group",),
        ),
    )


def _presence(row: Presence) -> dict[str, Any]:
    return {"call": str(row.meeting), "seen_at": row.seen_at.isoformat()}
