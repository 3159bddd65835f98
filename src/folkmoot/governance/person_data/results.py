"""What is kept about people in this part of elections: who released a result, who complained and who answered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.results import Release
from folkmoot.governance.models.results_complaints import Complaint
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer

WITHOUT_WORDS = "—"


class Complaints(Rows):
    """Complaints of a person. Their answers stay, since a result stands on them; the words of who is erased go."""

    def erase(self, person: Person) -> None:
        self.of(person).update(words=WITHOUT_WORDS, private_answer="")


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "governance.election_complaints",
        Complaints(
            _("Complaints about results of elections"),
            Complaint,
            "by",
            _complaint,
            on_erasing=OnErasing.KEEP,
            seen_by=_(
                "You, and officers and monitors of the election. The answer for everybody: whoever sees the result."
            ),
            fetched=("election",),
        ),
    )
    offer(
        "governance.complaints_answered",
        Pointers(
            _("Complaints that you answered"),
            Complaint,
            "answered_by",
            lambda one: {"election": one.election_id, "outcome": one.outcome, "answer": one.answer},
        ),
    )
    offer(
        "governance.results_released",
        Pointers(
            _("Results of elections that you released"),
            Release,
            "by",
            lambda one: {"election": one.election_id, "at": one.at.isoformat(), "words": one.words},
        ),
    )


def _complaint(one: Complaint) -> dict[str, Any]:
    return {
        "election": one.election.title,
        "words": one.words,
        "at": one.at.isoformat(),
        "outcome": one.outcome,
        "answer": one.answer,
        "answer for you alone": one.private_answer,
    }
