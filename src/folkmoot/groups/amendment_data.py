"""What amendments keep about people: who proposed, who decided, and who said what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Amendment, AmendmentComment
from folkmoot.people.person_data import OnErasing, Rows, offer


def fill() -> None:
    """Offer what is kept. Charters and what became of them stay for the group; a person's own words go."""
    offer(
        "groups.amendments",
        Rows(_("Amendments you wrote"), Amendment, "by", _amendment, OnErasing.KEEP, clear=("why",)),
        order=40,
    )
    offer(
        "groups.amendments_settled",
        Rows(_("Amendments you decided on"), Amendment, "settled_by", _decision, OnErasing.KEEP),
        order=41,
    )
    offer(
        "groups.amendment_comments",
        Rows(_("Comments on amendments"), AmendmentComment, "by", _comment, OnErasing.KEEP, clear=("text",)),
        order=42,
    )
    offer(
        "groups.comments_hidden",
        Rows(_("Comments you hid"), AmendmentComment, "hidden_by", _hidden, OnErasing.KEEP),
        order=43,
    )


def _amendment(row: Amendment) -> dict[str, Any]:
    return {
        "group": row.group.name,
        "number": row.number,
        "state": row.state,
        "why": row.why,
        "text": row.text,
        "began_at": row.began_at.isoformat(),
    }


def _decision(row: Amendment) -> dict[str, Any]:
    when = row.settled_at.isoformat() if row.settled_at else None
    return {"group": row.group.name, "number": row.number, "state": row.state, "reason": row.reason, "when": when}


def _comment(row: AmendmentComment) -> dict[str, Any]:
    return {
        "group": row.amendment.group.name,
        "amendment": row.amendment.number,
        "clause": row.clause,
        "text": row.text,
        "at": row.at.isoformat(),
    }


def _hidden(row: AmendmentComment) -> dict[str, Any]:
    return {"amendment": row.amendment.number, "comment": row.pk, "because": row.hidden_because}
