"""What plan keeps about people: what they lead, own and wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.people.person_data import OnErasing, Rows, offer
from folkmoot.plan.models import (
    CheckIn,
    Goal,
    Initiative,
    InitiativeHelper,
    InitiativeUpdate,
    KeyResult,
    ReportRevision,
    Risk,
    Stakeholder,
    Value,
    YearActivity,
)


def _titled(row: Any) -> dict[str, Any]:
    return {"group": row.group.name, "title": row.title}


def _of_initiative(row: Any) -> dict[str, Any]:
    return {"group": row.initiative.group.name, "initiative": row.initiative.title}


def _update(row: InitiativeUpdate) -> dict[str, Any]:
    return {**_of_initiative(row), "on": row.on.isoformat(), "words": row.words}


def _key_result(row: KeyResult) -> dict[str, Any]:
    return {"group": row.goal.group.name, "goal": row.goal.title, "key_result": row.words}


def _value(row: Value) -> dict[str, Any]:
    return {"key_result": row.key_result.words, "on": row.on.isoformat(), "value": str(row.value), "words": row.words}


def _check_in(row: CheckIn) -> dict[str, Any]:
    return {"goal": row.goal.title, "on": row.on.isoformat(), "confidence": row.confidence, "words": row.words}


def _activity(row: YearActivity) -> dict[str, Any]:
    return {"group": row.group.name, "activity": row.name, "year": row.year}


def _stakeholder(row: Stakeholder) -> dict[str, Any]:
    return {"group": row.group.name, "stakeholder": row.name}


def _revision(row: ReportRevision) -> dict[str, Any]:
    return {"group": row.report.group.name, "month": row.report.key, "revision": row.number}


def fill() -> None:
    """Offer all of it. What a group relies on stays when its person is erased, and points at nobody any more."""
    keep = OnErasing.KEEP
    offered = {
        "initiatives_led": Rows(_("Initiatives you lead"), Initiative, "lead", _titled, keep),
        "initiatives_proposed": Rows(_("Initiatives you proposed"), Initiative, "proposed_by", _titled, keep),
        "initiatives_helped": Rows(_("Initiatives you help with"), InitiativeHelper, "person", _of_initiative),
        "initiative_updates": Rows(_("News of initiatives that you wrote"), InitiativeUpdate, "by", _update, keep),
        "goals_owned": Rows(_("Goals you look after"), Goal, "owner", _titled, keep),
        "key_results_owned": Rows(_("Key results you look after"), KeyResult, "owner", _key_result, keep),
        "values": Rows(_("Values you entered"), Value, "by", _value, keep),
        "check_ins": Rows(_("Check-ins you wrote"), CheckIn, "by", _check_in, keep),
        "activities_owned": Rows(_("Activities you look after"), YearActivity, "owner", _activity, keep),
        "risks_owned": Rows(_("Risks you look after"), Risk, "owner", _titled, keep),
        "stakeholders_kept": Rows(_("Stakeholders you keep in touch with"), Stakeholder, "contact", _stakeholder, keep),
        "reports_published": Rows(_("Reports you published"), ReportRevision, "by", _revision, keep),
    }
    for name, data in offered.items():
        offer(f"plan.{name}", data)
