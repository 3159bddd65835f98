"""What minutes keep about people: what they wrote, confirmed and cleared, and what they are asked to approve."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.models import (
    BroughtIn,
    BroughtInName,
    Clearing,
    HandedIn,
    Minutes,
    MinutesApproval,
    MinutesCorrection,
    MinutesItem,
    WantedChange,
)
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


def fill() -> None:
    """Answer for every model of minutes that points at a person."""
    call = ("meeting__group",)
    offer("meetings.minutes_begun", Pointers(_("Minutes you began"), Minutes, "began_by", _minutes, fetched=call))
    offer(
        "meetings.minutes_published",
        Pointers(_("Minutes you published"), Minutes, "published_by", _minutes, fetched=call),
    )
    of_item = ("minutes__meeting__group",)
    offer(
        "meetings.minutes_items",
        Pointers(_("Notes in minutes you changed last"), MinutesItem, "changed_by", _item, fetched=of_item),
    )
    offer(
        "meetings.minutes_public",
        Pointers(_("Public wordings you confirmed"), MinutesItem, "public_by", _item, fetched=of_item),
    )
    offer(
        "meetings.minutes_approvals",
        Rows(
            _("Minutes you were asked to approve"),
            MinutesApproval,
            "person",
            _approval,
            OnErasing.KEEP,
            fetched=of_item,
        ),
    )
    of_wanted = ("minutes__meeting__group",)
    offer(
        "meetings.minutes_wanted",
        Rows(
            _("Changes of minutes that you asked for"),
            WantedChange,
            "asked_by",
            _wanted,
            OnErasing.KEEP,
            clear=("why",),
            fetched=of_wanted,
        ),
    )
    offer(
        "meetings.minutes_answers",
        Rows(
            _("Your answers to changes of minutes that were asked for"),
            WantedChange,
            "answered_by",
            _answer,
            OnErasing.KEEP,
            clear=("answer",),
            fetched=of_wanted,
        ),
    )
    offer(
        "meetings.brought_in",
        Pointers(
            _("Older minutes and resolutions you brought in"),
            BroughtIn,
            "taken_in_by",
            _brought_in,
            fetched=("group",),
        ),
    )
    offer(
        "meetings.names_brought_in",
        Rows(
            _("Your name in older minutes and resolutions"),
            BroughtInName,
            "person",
            _name,
            OnErasing.KEEP,
            clear=("name", "handle", "affiliation", "initials"),
            fetched=("brought_in__group",),
        ),
    )
    offer(
        "meetings.handed_in",
        Pointers(
            _("Files of older minutes you handed in, until they are taken in"),
            HandedIn,
            "handed_in_by",
            _handed_in,
            fetched=("group",),
        ),
    )
    offer(
        "meetings.minutes_clearings",
        Pointers(_("Hits in minutes that you cleared"), Clearing, "cleared_by", _clearing, fetched=of_item),
    )
    offer(
        "meetings.minutes_corrections",
        Pointers(
            _("Corrections of minutes that you made"),
            MinutesCorrection,
            "corrected_by",
            _correction,
            fetched=("item__minutes__meeting__group",),
        ),
    )


def _minutes(minutes: Minutes) -> dict[str, Any]:
    return {
        "group": minutes.meeting.group.name,
        "call": minutes.meeting.starts_at.isoformat(),
        "state": minutes.state,
    }


def _brought_in(one: BroughtIn) -> dict[str, Any]:
    return {"group": one.group.name, "file": one.file, "taken_in_at": one.taken_in_at.isoformat()}


def _name(one: BroughtInName) -> dict[str, Any]:
    words = {"name": one.name, "handle": one.handle, "affiliation": one.affiliation, "initials": one.initials}
    return {"group": one.brought_in.group.name, "file": one.brought_in.file, **words}


def _handed_in(one: HandedIn) -> dict[str, Any]:
    return {"group": one.group.name, "handed_in_at": one.handed_in_at.isoformat()}


def _item(item: MinutesItem) -> dict[str, Any]:
    return {**_minutes(item.minutes), "title": item.title, "changed_at": item.changed_at.isoformat()}


def _approval(approval: MinutesApproval) -> dict[str, Any]:
    answered = approval.answered_at
    return {**_minutes(approval.minutes), "approved_at": answered.isoformat() if answered else None}


def _wanted(wanted: WantedChange) -> dict[str, Any]:
    return {**_minutes(wanted.minutes), "why": wanted.why, "asked_at": wanted.asked_at.isoformat()}


def _answer(wanted: WantedChange) -> dict[str, Any]:
    answered = wanted.answered_at
    return {
        **_minutes(wanted.minutes),
        "answer": wanted.answer,
        "answered_at": answered.isoformat() if answered else None,
    }


def _clearing(clearing: Clearing) -> dict[str, Any]:
    return {**_minutes(clearing.minutes), "why": clearing.why, "cleared_at": clearing.cleared_at.isoformat()}


def _correction(correction: MinutesCorrection) -> dict[str, Any]:
    return {
        **_minutes(correction.item.minutes),
        "title": correction.item.title,
        "why": correction.why,
        "corrected_at": correction.corrected_at.isoformat(),
    }
