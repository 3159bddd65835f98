"""What people hear of seats that are offered to them, and of questions that wait for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.models.kinds import SeatAppointment, Survey
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "seats_and_surveys",
    Topic(
        gettext_lazy("Seats without a vote, and surveys"),
        gettext_lazy("A seat is offered to you; a few questions after an election"),
    ),
    order=230,
    by=__name__,
)


@dataclass(frozen=True)
class SeatOffer(Notice):
    """To whoever is asked to take a seat."""

    kind = "governance.seat_offer"
    topic = "seats_and_surveys"

    appointment: SeatAppointment

    def subject(self) -> str:
        return _("Would you take the seat %(seat)s?") % {"seat": self.appointment.seat.title}

    def path(self) -> str:
        return self.appointment.get_absolute_url()

    def action(self) -> str:
        return _("Read it and answer")

    def once(self) -> str:
        return f"seat offer {self.appointment.pk}"


@dataclass(frozen=True)
class SeatOfferAnswered(Notice):
    """To whoever offered a seat."""

    kind = "governance.seat_offer_answered"
    topic = "seats_and_surveys"

    appointment: SeatAppointment

    def subject(self) -> str:
        return _("%(person)s answered about the seat %(seat)s") % {
            "person": self.appointment.person.name,
            "seat": self.appointment.seat.title,
        }

    def path(self) -> str:
        return self.appointment.get_absolute_url()

    def action(self) -> str:
        return _("See the answer")

    def once(self) -> str:
        return f"seat answer {self.appointment.pk}"


@dataclass(frozen=True)
class SurveyWaits(Notice):
    """To whoever is asked, once."""

    kind = "governance.survey_waits"
    topic = "seats_and_surveys"

    survey: Survey

    def subject(self) -> str:
        election = self.survey.election
        if election is not None:
            return _("How did you find the election? %(title)s") % {"title": election.title}
        return _("A few questions about those who hold seats in %(group)s") % {"group": self.survey.group.name}

    def path(self) -> str:
        return self.survey.get_absolute_url()

    def action(self) -> str:
        return _("Answer without a name")

    def once(self) -> str:
        return f"survey {self.survey.pk}"
