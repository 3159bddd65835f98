"""What is kept about people on calls that run."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.live.models import Hand, RunningCall
from folkmoot.people.person_data import Pointers, Rows, offer


def offer_all() -> None:
    """Answer for every model of running calls that points at a person."""
    offer(
        "live.hands",
        Rows(
            _("Your raised hand, until its call is closed"),
            Hand,
            "person",
            _hand,
            seen_by=_("You, and whoever is on the call."),
            fetched=("call__meeting__group",),
        ),
    )
    offer(
        "live.opened",
        Pointers(_("Calls you opened"), RunningCall, "opened_by", _opened, fetched=("meeting__group",)),
    )


def _hand(hand: Hand) -> dict[str, Any]:
    meeting = hand.call.meeting
    return {
        "group": meeting.group.name,
        "call": meeting.starts_at.isoformat(),
        "kind": hand.kind,
        "state": hand.state,
        "raised_at": hand.raised_at.isoformat(),
        "moved_why": hand.moved_why,
    }


def _opened(call: RunningCall) -> dict[str, Any]:
    return {
        "group": call.meeting.group.name,
        "call": call.meeting.starts_at.isoformat(),
        "opened_at": call.opened_at.isoformat(),
    }
