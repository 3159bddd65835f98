"""What the calendar keeps about people: the addresses of their own feeds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.calendar.models import OwnFeed
from folkmoot.people.person_data import PRIVATE, OnMerging, Rows, offer


def offer_all() -> None:
    """Answer for every model of this room that points at a person."""
    offer(
        "calendar.own_feeds",
        # Whoever knows the address of a record that is gone is not to learn of the groups of the other one by it.
        Rows(
            _("Addresses of your own calendar"),
            OwnFeed,
            "person",
            _own_feed,
            on_merging=OnMerging.STAY,
            seen_by=PRIVATE,
            corrected_at="my_calendar",
        ),
    )


def _own_feed(feed: OwnFeed) -> dict[str, Any]:
    return {
        "made_at": feed.made_at.isoformat(),
        "with_ways_into_calls": feed.has_details,
        "taken_back_at": feed.revoked_at.isoformat() if feed.revoked_at else None,
    }
