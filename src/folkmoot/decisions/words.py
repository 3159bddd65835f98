"""How far a decision has come, in words and in colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Status

TONES: Final[Mapping[str, str]] = {
    Status.OPEN: "gold",
    Status.TALK: "ember",
    Status.ADOPTED: "moss",
    Status.DECLINED: "rose",
    Status.WITHDRAWN: "dusk",
    Status.REFERRED: "lake",
}


def badge_of(decision: Decision, *, is_superseded: bool) -> tuple[str, str]:
    """The word for a decision's badge, and its tone; one that was superseded says so."""
    if is_superseded:
        return _("superseded"), "dusk"
    return decision.get_status_display(), TONES[decision.status]


def part_words(part: str) -> str:
    """What a part of a decision is called."""
    return {
        "title": _("Title"),
        "text": _("What is decided"),
        "rationale": _("Why"),
        "alternatives": _("What else was considered"),
    }[part]
