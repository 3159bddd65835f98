"""Who may appoint, and who is asked without a name."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.kinds import SeatAppointment, Survey, SurveyKind
from folkmoot.governance.models.nominations import NominationState
from folkmoot.governance.models.officers import OfficerState
from folkmoot.groups.models import Group, Term
from folkmoot.groups.queries import holds_anything
from folkmoot.groups.rules import may_fill_seats
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person


def may_answer_offer(actor: Actor | AnonymousUser | None, appointment: SeatAppointment) -> Verdict:
    """Whether somebody may say yes or no to a seat: whom it was offered to."""
    if isinstance(actor, Person) and actor.pk == appointment.person_id:
        return YES
    return no(_("Only whoever was asked can answer."))


def may_see_offer(actor: Actor | AnonymousUser | None, appointment: SeatAppointment) -> bool:
    """Whether somebody may know of an offer: whom it was made to, and who may fill seats."""
    return bool(may_answer_offer(actor, appointment)) or bool(may_fill_seats(actor, appointment.seat.group))


def may_answer_survey(actor: Actor | AnonymousUser | None, survey: Survey, *, on: date) -> Verdict:
    """Whether somebody is asked: of an election who could vote, who stood and who looked after it; of a body who
    holds a seat of it."""
    if not isinstance(actor, Person):
        return no(_("Please sign in to answer."))
    if not survey.is_open(on):
        return no(_("This survey is over."))
    if survey.kind == SurveyKind.BODY:
        asked = Term.objects.on(on).filter(seat__group=survey.group, person=actor).exists()
        return YES if asked else no(_("These questions are for those who hold a seat."))
    election = survey.election
    assert election is not None
    asked = (
        election.voters.filter(person=actor).exists()
        or election.officers.filter(person=actor, state=OfficerState.ACCEPTED).exists()
        or election.contests.filter(
            nominations__person=actor,
            nominations__state__in=(NominationState.STANDING, NominationState.WITHDRAWN),
        ).exists()
    )
    return YES if asked else no(_("These questions are for those who had a part in this election."))


def may_read_survey(actor: Actor | AnonymousUser | None, survey: Survey) -> Verdict:
    """Whether somebody may read what was found: of an election everybody, of a body who may fill its seats."""
    if survey.closed_at is None:
        return no(_("What was found is shown when the survey is over."))
    return YES if survey.kind == SurveyKind.RETRO else may_fill_seats(actor, survey.group)


def may_know_of_survey(actor: Actor | AnonymousUser | None, survey: Survey) -> bool:
    """Whether a survey is there for somebody: of an election for everybody, of a body for people of the group."""
    if survey.kind == SurveyKind.RETRO:
        return True
    return bool(may_fill_seats(actor, survey.group)) or (
        isinstance(actor, Person) and holds_anything(actor, survey.group)
    )


def may_say_vacancy_rule(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Whether somebody may set what is done with empty seats: who fills them."""
    return may_fill_seats(actor, group)
