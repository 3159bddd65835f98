"""What decisions keep about people: who proposed, settled, corrected, objected, answered and supported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Decision, DecisionRevision, Objection, Support
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Rows, offer


@dataclass(frozen=True)
class Objections(Rows):
    """Objections of a person: the reasons go with them, and what still stood stands no more."""

    def erase(self, person: Person) -> None:
        super().erase(person)
        self.of(person).filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


def fill() -> None:
    """Offer what is kept. What a group decided stays with the group; a person's own words go with them."""
    offer("decisions.proposed", Rows(_("Decisions you proposed"), Decision, "proposed_by", _decision, OnErasing.KEEP))
    offer("decisions.settled", Rows(_("Decisions you settled"), Decision, "settled_by", _decision, OnErasing.KEEP))
    offer(
        "decisions.revisions",
        Rows(_("Corrections of decisions"), DecisionRevision, "by", _revision, OnErasing.KEEP, clear=("why",)),
    )
    offer("decisions.objections", Objections(_("Objections"), Objection, "by", _objection, OnErasing.KEEP, ("reason",)))
    offer(
        "decisions.answers",
        Rows(_("Answers to objections"), Objection, "answered_by", _answer, OnErasing.KEEP, clear=("answer",)),
    )
    offer("decisions.supports", Rows(_("Decisions you supported"), Support, "by", _support))


def _decision(row: Decision) -> dict[str, Any]:
    return {"group": row.group.name, "decision": row.label, "title": row.title, "status": row.status}


def _revision(row: DecisionRevision) -> dict[str, Any]:
    return {**_decision(row.decision), "part": row.part, "why": row.why, "at": row.at.isoformat()}


def _objection(row: Objection) -> dict[str, Any]:
    taken_back = row.withdrawn_at.isoformat() if row.withdrawn_at else None
    return {**_decision(row.decision), "reason": row.reason, "at": row.at.isoformat(), "taken_back_at": taken_back}


def _answer(row: Objection) -> dict[str, Any]:
    return {**_decision(row.decision), "answer": row.answer, "at": row.answered_at and row.answered_at.isoformat()}


def _support(row: Support) -> dict[str, Any]:
    return {**_decision(row.decision), "at": row.at.isoformat()}
