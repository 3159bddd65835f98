"""What is kept about how a person signs in, for showing, merging and erasing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from folkmoot.people.models import HeldSignUp, Person
from folkmoot.people.person_data import PRIVATE, OnErasing, OnMerging, Rows, offer
from folkmoot.people.sessions import end_sessions


@dataclass(frozen=True)
class Sessions(Rows):
    """Devices on which a person is signed in. They are signed out rather than handed to somebody else."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        end_sessions(gone)
        return {}

    def erase(self, person: Person) -> None:
        end_sessions(person)


def offer_all() -> None:
    """Enter what this module answers for."""
    offer(
        "people.devices",
        Sessions(
            title=_("Devices on which you are signed in"),
            seen_by=PRIVATE,
            model=UserSession,
            field="user",
            values=lambda row: {
                "browser": row.user_agent,
                "address": row.ip,
                "since": row.created_at.isoformat(),
                "last seen": row.last_seen_at.isoformat(),
            },
        ),
    )
    offer(
        "people.linked_accounts",
        Rows(
            title=_("Linked accounts"),
            seen_by=PRIVATE,
            model=SocialAccount,
            field="user",
            values=lambda row: {
                "at": row.provider,
                "id there": row.uid,
                "what was told": row.extra_data,
                "since": row.date_joined.isoformat(),
            },
        ),
    )
    offer(
        "people.held_sign_up",
        Rows(
            title=_("A sign-up that waited for a steward"),
            seen_by=_("You and the stewards."),
            model=HeldSignUp,
            field="person",
            on_merging=OnMerging.STAY,
            values=lambda row: {
                "reason": row.get_reason_display(),
                "since": row.held_at.isoformat(),
                "outcome": row.get_outcome_display(),
            },
        ),
    )
    offer(
        "people.decided_sign_ups",
        Rows(
            title=_("Sign-ups you decided about"),
            seen_by=_("You and the stewards."),
            model=HeldSignUp,
            field="decided_by",
            values=lambda row: {"outcome": row.get_outcome_display(), "at": row.decided_at.isoformat()},
            on_erasing=OnErasing.KEEP,
        ),
    )
