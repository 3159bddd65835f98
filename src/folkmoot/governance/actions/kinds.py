"""Filling seats without a vote: the rule for empty ones, and asking somebody."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.facts.kinds import SeatAnswered, SeatOffered, VacancyRuleSet
from folkmoot.governance.models.kinds import (
    LONGEST_REASON,
    MOST_MONTHS,
    AppointmentStep,
    SeatAppointment,
    VacancyRule,
)
from folkmoot.governance.notices.kinds import SeatOffer, SeatOfferAnswered
from folkmoot.governance.queries.kinds import empty_since
from folkmoot.governance.rules.kinds import may_answer_offer, may_say_vacancy_rule
from folkmoot.groups.actions.seats import begin_term, hold_seats
from folkmoot.groups.models import Begun, Group, Seat, Term
from folkmoot.groups.rules import may_fill_seats
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell, untell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


@transaction.atomic
def say_vacancy_rule(
    group: Group, *, months: int, by_election: bool = False, clause_anchor: str = "", by: Actor
) -> VacancyRule:
    """Say what a group does when a seat falls empty. Refused `forbidden`, `invalid`; said twice, it is told once."""
    require(may_say_vacancy_rule(by, group))
    if not 0 <= months <= MOST_MONTHS:
        raise Refused(_("Please name a number of months, up to five years."), code="invalid", field="months")
    values = {
        "months": months,
        "by_election": by_election,
        "clause_anchor": plain_name(clause_anchor, 120),
    }
    rule = VacancyRule.objects.select_for_update().filter(group=group).first()
    if rule is not None and all(getattr(rule, name) == value for name, value in values.items()):
        return rule
    rule, _made = VacancyRule.objects.update_or_create(group=group, defaults=values)
    record(VacancyRuleSet(months=months, by_election=by_election), by=by, on=rule, within=group)
    return rule


@transaction.atomic
def offer_seat(seat: Seat, person: Person, *, why: str, begins_on: date | None = None, by: Actor) -> SeatAppointment:
    """Ask somebody to take a seat that nobody holds, for the rest of the term that fell empty.

    Refused `forbidden`, `invalid`, `seat_is_held`, `offered_already`; the limits of `begin_term` are kept when they
    say yes.
    """
    require(may_fill_seats(by, seat.group))
    hold_seats(seat.group)
    why = plain_name(why)
    if not why or len(why) > LONGEST_REASON:
        raise Refused(
            _("Please say why, in at most %(count)d characters.") % {"count": LONGEST_REASON},
            code="invalid",
            field="why",
        )
    first = begins_on or today_here()
    if first < today_here():
        raise Refused(_("The term begins today or later."), code="invalid", field="begins_on")
    if any(not term.span.is_empty and (term.span.ends is None or term.span.ends > first) for term in seat.terms.all()):
        raise Refused(_("Somebody holds this seat."), code="seat_is_held")
    empty = empty_since(seat)
    ends_on = empty.until if empty is not None and empty.until is not None and empty.until > first else None
    try:
        with transaction.atomic():
            appointment = SeatAppointment.objects.create(
                seat=seat,
                person=person,
                by=by if isinstance(by, Person) else None,
                why=why,
                begins_on=first,
                ends_on=ends_on,
            )
    except IntegrityError:
        raise Refused(_("Somebody was asked already, and has not answered yet."), code="offered_already") from None
    record(
        SeatOffered(appointment_id=appointment.pk, seat=seat.title, person=person.name),
        by=by,
        about=person,
        on=appointment,
        within=seat.group,
    )
    tell([person], SeatOffer(appointment))
    return appointment


@transaction.atomic
def answer_offer(appointment: SeatAppointment, *, yes: bool, by: Person) -> Term | None:
    """Take a seat or decline it; answered twice, the first answer stays.

    Refused `forbidden`, `settled` where it was taken back, and whatever `begin_term` refuses; then nothing is changed.
    """
    require(may_answer_offer(by, appointment))
    held = _held(appointment)
    if held.step in (AppointmentStep.TAKEN, AppointmentStep.DECLINED):
        return held.term
    if held.step != AppointmentStep.OFFERED:
        raise Refused(_("This offer was taken back."), code="settled")
    # The person's yes is what was missing; the power to give the seat is that of whoever offered it, asked again now.
    giver: Actor | None = held.by
    if yes:
        if giver is None or not may_fill_seats(giver, held.seat.group):
            raise Refused(
                _("Whoever offered you this seat can give it no longer; please ask those who look after the group."),
                code="settled",
            )
        held.term = begin_term(
            held.seat,
            held.person,
            how=Begun.APPOINTED,
            begins_on=max(held.begins_on, today_here()),
            ends_on=held.ends_on,
            remark=held.why[:500],
            by=giver,
        )
    _settle(held, AppointmentStep.TAKEN if yes else AppointmentStep.DECLINED, by)
    if held.by is not None:
        tell([held.by], SeatOfferAnswered(held))
    return held.term


@transaction.atomic
def take_offer_back(appointment: SeatAppointment, *, by: Actor) -> None:
    """Take back an offer that was not answered yet; done twice, it is told once. Refused `settled` once answered."""
    require(may_fill_seats(by, appointment.seat.group))
    held = _held(appointment)
    if held.step == AppointmentStep.WITHDRAWN:
        return
    if held.step != AppointmentStep.OFFERED:
        raise Refused(_("It was answered already."), code="settled")
    _settle(held, AppointmentStep.WITHDRAWN, by)
    untell(SeatOffer.kind, SeatOffer(held).once())


def _held(appointment: SeatAppointment) -> SeatAppointment:
    """The offer as it stands now, with nobody else settling it."""
    found = SeatAppointment.objects.select_for_update(of=("self",)).select_related("seat__group", "person", "by")
    return found.get(pk=appointment.pk)


def _settle(appointment: SeatAppointment, step: AppointmentStep, by: Actor) -> None:
    appointment.step, appointment.answered_at = step, timezone.now()
    appointment.save(update_fields=["step", "answered_at", "term"])
    record(
        SeatAnswered(appointment_id=appointment.pk, seat=appointment.seat.title, step=step.value),
        by=by,
        about=appointment.person,
        on=appointment,
        within=appointment.seat.group,
    )
