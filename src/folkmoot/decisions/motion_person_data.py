"""What motions keep about people: seconding, amendments, places on rolls and the positions taken there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Motion, MotionAmendment, Position, Voter
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Rows, offer


@dataclass(frozen=True)
class Amendments(Rows):
    """Amendments by a person: what was accepted is the group's text by now; other words of theirs go."""

    def erase(self, person: Person) -> None:
        super().erase(person)
        self.of(person).exclude(state=MotionAmendment.State.ACCEPTED).update(text="")


@dataclass(frozen=True)
class Votes(Rows):
    """A person's places on rolls with their positions: the count stays, their words go."""

    def erase(self, person: Person) -> None:
        Position.objects.filter(voter__person=person).update(text="", cleared_because="")


def fill() -> None:
    """Offer what is kept. How a vote came out stays with the group; a person's own words go with them."""
    keep = OnErasing.KEEP
    offer("decisions.motions_seconded", Rows(_("Motions you seconded"), Motion, "seconder", _motion, keep))
    offer(
        "decisions.motion_amendments",
        Amendments(_("Amendments of motions you proposed"), MotionAmendment, "by", _amendment, keep, clear=("why",)),
    )
    offer(
        "decisions.motion_amendments_answered",
        Rows(
            _("Amendments of motions you answered"), MotionAmendment, "answered_by", _amendment, keep, clear=("reason",)
        ),
    )
    offer(
        "decisions.votes",
        Votes(_("Votes and positions"), Voter, "person", _vote, keep, fetched=("positions", "motion__decision__group")),
    )


def _motion(row: Motion) -> dict[str, Any]:
    return {"group": row.decision.group.name, "motion": row.decision.label, "title": row.decision.title}


def _amendment(row: MotionAmendment) -> dict[str, Any]:
    return {
        **_motion(row.motion),
        "paragraph": row.paragraph,
        "text": row.text,
        "why": row.why,
        "state": row.state,
        "reason": row.reason,
    }


def _vote(row: Voter) -> dict[str, Any]:
    return {
        **_motion(row.motion),
        "role": row.role,
        "binding": row.binding,
        "positions": [
            {
                "value": one.value,
                "text": one.text,
                "at": one.at.isoformat(),
                "taken_back_at": one.cleared_at and one.cleared_at.isoformat(),
                "why_taken_back": one.cleared_because,
            }
            for one in row.positions.all()
        ],
    }
