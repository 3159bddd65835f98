"""What is kept about people who were offered a seat, or asked without a name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.kinds import SeatAppointment, SurveyAnswered
from folkmoot.people.person_data import PRIVATE, OnErasing, Pointers, Rows, offer


def fill() -> None:
    """Answer for offers of seats from both of their ends, and for having answered."""
    seen = _("You, and those who fill the seats of the group.")
    offer(
        "governance.seat_offers",
        Rows(
            _("Seats that were offered to you"),
            SeatAppointment,
            "person",
            _offered,
            on_erasing=OnErasing.KEEP,
            clear=("why",),
            seen_by=seen,
            fetched=("seat",),
        ),
    )
    offer(
        "governance.seats_offered",
        Pointers(_("Seats that you offered"), SeatAppointment, "by", _offered, seen_by=seen, fetched=("seat",)),
    )
    offer(
        "governance.surveys_answered",
        Rows(
            _("Surveys that you answered, without what you said"),
            SurveyAnswered,
            "person",
            lambda answered: {"survey": answered.survey_id},
            seen_by=PRIVATE,
        ),
    )


def _offered(appointment: SeatAppointment) -> dict[str, Any]:
    return {
        "seat": appointment.seat.title,
        "why": appointment.why,
        "offered_at": appointment.offered_at.isoformat(),
        "answer": appointment.step,
    }
