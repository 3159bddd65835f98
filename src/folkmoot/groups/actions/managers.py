"""Asking people to lead a group for a term, what they answer, and how terms begin and end."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.participation import hold_group, is_full, managing_role, take_role, write_end
from folkmoot.groups.actions.unowned import leave_all
from folkmoot.groups.domain.commitment import MOST_HOURS, months_later
from folkmoot.groups.facts import LeadAnswered, LeadEnded, LeadOffered, PublicNameChosen
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import AppointmentState, Group, GroupState, ManagerAppointment, Participation, Role
from folkmoot.groups.notices import LeadHasEnded, LeadIsEnding, LeadIsOffered, LeadWasAnswered
from folkmoot.groups.queries import ancestors, charter_in_force, managers_of
from folkmoot.groups.rules import is_joinable, may_oversee
from folkmoot.groups.terms import lead_terms
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards
from folkmoot.people.rules import is_steward

LONGEST_TERM = timedelta(days=3 * 366)
WARNED = (30, 7)
"""How many days before a term ends people are told."""


@transaction.atomic
def offer_lead(
    person: Person, group: Group, *, starts_on: date, ends_on: date, hours_a_week: int, by: Actor
) -> ManagerAppointment:
    """Ask somebody to lead a group from one day to another, both in the term; nothing changes until they say yes.

    Refused `forbidden`, `not_oneself`, `invalid` (days, hours), `asked_already`, `no_free_seat`.
    """
    require(may_oversee(by, group))
    if person == by and not is_steward(by):
        raise Refused(_("Nobody appoints themselves. Please ask somebody else who leads above."), code="not_oneself")
    if not person.is_active:
        raise Refused(_("This person cannot be asked."), code="invalid")
    require(is_joinable(group))
    if not starts_on < ends_on <= starts_on + LONGEST_TERM or ends_on <= today_here():
        raise Refused(_("A term ends after it begins, after today, and within three years."), code="invalid")
    if not 0 <= hours_a_week <= MOST_HOURS:
        raise Refused(_("Please give hours a week, up to %(count)d.") % {"count": MOST_HOURS}, code="invalid")
    hold_group(group)
    role = managing_role(group)
    if group.appointments.filter(person=person, state=AppointmentState.OFFERED).exists():
        raise Refused(_("%(name)s has been asked already.") % {"name": person.name}, code="asked_already")
    if not has_seat(role, person, on=starts_on):
        raise Refused(
            _("All %(count)s seats of %(role)s are taken on that day.") % {"count": role.seats, "role": role.name},
            code="no_free_seat",
        )
    appointment = ManagerAppointment.objects.create(
        person=person,
        group=group,
        role=role,
        by=by if isinstance(by, Person) else None,
        starts_on=starts_on,
        ends_on=ends_on,
        hours_a_week=hours_a_week,
        offered_at=timezone.now(),
    )
    record(
        LeadOffered(
            appointment_id=appointment.pk,
            role=role.name,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
            person=person.name,
        ),
        by=by,
        about=person,
        on=appointment,
        within=group,
    )
    tell([person], LeadIsOffered(appointment=appointment))
    return appointment


def has_seat(role: Role, person: Person, *, on: date) -> bool:
    """Whether a managing role has a seat for a person on a day: theirs, a free one, or one that ends before it."""
    if role.seats is None:
        return True
    held = Participation.objects.filter(role=role, ended_at=None).exclude(person=person)
    staying = held.exclude(appointment__ends_on__lt=on).count()
    coming = (
        ManagerAppointment.objects.filter(role=role, state=AppointmentState.ACCEPTED, participation=None)
        .exclude(person=person)
        .exclude(person__in=held.values("person"))
        .count()
    )
    return staying + coming < role.seats


@transaction.atomic
def answer_offer(
    appointment: ManagerAppointment, *, accept: bool, names_publicly: bool = False, by: Person
) -> ManagerAppointment:
    """Say yes or no to leading a group; a yes counts from the first day of the term, or at once if that has come.

    Refused `forbidden` for anybody but the person asked, `answered`, `too_late`, `no_free_seat`, `offer_void`.
    """
    if appointment.person != by:
        raise Refused(_("Only who was asked may answer."), code="forbidden")
    appointment = _held(appointment)
    if appointment.state != AppointmentState.OFFERED:
        raise Refused(_("This was answered already."), code="answered")
    if accept:
        _check_offer_holds(appointment)
    appointment.state = AppointmentState.ACCEPTED if accept else AppointmentState.DECLINED
    appointment.names_publicly = accept and names_publicly
    appointment.answered_at = timezone.now()
    appointment.save(update_fields=["state", "names_publicly", "answered_at"])
    _record_answer(appointment, by=by)
    if accept and appointment.starts_on <= today_here():
        begin_term(appointment, by=by)
    if appointment.by is not None and appointment.by != by:
        tell(
            [appointment.by],
            LeadWasAnswered(group=appointment.group, name=by.name, said_yes=accept, starts_on=appointment.starts_on),
        )
    return appointment


def _check_offer_holds(appointment: ManagerAppointment) -> None:
    if appointment.ends_on < today_here() or appointment.group.state == GroupState.CLOSED:
        raise Refused(_("This offer is too old."), code="too_late")
    if appointment.by is not None and not may_oversee(appointment.by, appointment.group):
        raise Refused(_("Whoever asked you may not appoint any more. Please talk to a steward."), code="offer_void")
    if not has_seat(appointment.role, appointment.person, on=max(appointment.starts_on, today_here())):
        raise Refused(_("All seats have been taken meanwhile."), code="no_free_seat")


def begin_term(appointment: ManagerAppointment, *, by: Actor) -> None:
    """Let a person who said yes hold the role from now on; a next term takes the seat over from the one before."""
    role = _role_to_begin(appointment)
    if role != appointment.role:
        appointment.role = role
        appointment.save(update_fields=["role"])
    participation = take_role(appointment.person, appointment.group, appointment.role, by=by)
    before = ManagerAppointment.objects.filter(participation=participation).exclude(pk=appointment.pk).first()
    if before is not None:
        before.participation, before.state, before.ended_at = None, AppointmentState.ENDED, timezone.now()
        before.save(update_fields=["participation", "state", "ended_at"])
    appointment.participation = participation
    appointment.save(update_fields=["participation"])


@transaction.atomic
def pass_term(participation: Participation, *, to: Person, names_publicly: bool) -> ManagerAppointment:
    """Let a leading role pass by a handover that all have signed: the one's term ends, and the other leads from today.

    Up to the day to which the one was appointed, or for as long as the charter says. Refused `no_free_seat`.
    """
    group, now, today = participation.group, timezone.now(), today_here()
    hold_group(group)
    before = ManagerAppointment.objects.filter(participation=participation).first()
    terms = lead_terms(charter_in_force(group))
    last = before.ends_on if before is not None and before.ends_on > today else months_later(today, terms.months)
    write_end(participation, by=system(), leaving=False)
    appointment = ManagerAppointment.objects.create(
        person=to,
        group=group,
        role=participation.role,
        by=participation.person,
        starts_on=today,
        ends_on=last,
        hours_a_week=before.hours_a_week if before is not None else terms.hours_a_week,
        names_publicly=names_publicly,
        state=AppointmentState.ACCEPTED,
        offered_at=now,
        answered_at=now,
    )
    _record_answer(appointment, by=to)
    begin_term(appointment, by=system())
    return appointment


@transaction.atomic
def end_appointment(appointment: ManagerAppointment, *, why: str, by: Actor, force: bool = False) -> None:
    """Take an offer back, or end a term early for a reason that the person reads; done twice, it is written once.

    Refused `still_holds` while they hold something in the group, unless `force`: then it waits for an owner.
    """
    require(may_oversee(by, appointment.group))
    why = why.strip()
    appointment = _held(appointment)
    if appointment.state == AppointmentState.OFFERED:
        appointment.state, appointment.answered_at = AppointmentState.WITHDRAWN, timezone.now()
        appointment.save(update_fields=["state", "answered_at"])
        _record_answer(appointment, by=by)
    elif appointment.state == AppointmentState.ACCEPTED:
        if shows_nothing(why):
            raise Refused(_("Please write a reason; the person reads it."), code="no_reason")
        _end(appointment, why=why[:2_000], early=True, by=by, force=force)


@transaction.atomic
def choose_public_name(appointment: ManagerAppointment, *, names_publicly: bool, by: Person) -> None:
    """Let everybody read one's name as someone who leads the group, or no longer."""
    if appointment.person != by:
        raise Refused(_("Only who leads may choose this."), code="forbidden")
    if appointment.names_publicly != names_publicly:
        appointment.names_publicly = names_publicly
        appointment.save(update_fields=["names_publicly"])
        record(
            PublicNameChosen(appointment_id=appointment.pk, names_publicly=names_publicly),
            by=by,
            about=by,
            on=appointment,
            within=appointment.group,
        )


@transaction.atomic
def keep_terms(*, on: date) -> None:
    """Begin the terms whose first day has come, end those whose last day is over, and tell of those that end soon."""
    accepted = ManagerAppointment.objects.filter(state=AppointmentState.ACCEPTED).select_related(
        "person", "group", "role", "participation__role", "participation__person", "participation__group"
    )
    # Nothing in a closed group changes; what was agreed waits until it opens again.
    accepted = accepted.exclude(group__state=GroupState.CLOSED)
    coming = list(accepted.filter(participation=None, starts_on__lte=on, ends_on__gte=on))
    for appointment in coming:
        if _holds_role(appointment):
            begin_term(appointment, by=system())
    for appointment in accepted.filter(ends_on__lt=on):
        hold_group(appointment.group)
        _end(appointment, why="", early=False, by=system())
    for appointment in coming:
        appointment.refresh_from_db()
        hold_group(appointment.group)
        if appointment.participation is None and (_holds_role(appointment) or not is_full(_role_to_begin(appointment))):
            begin_term(appointment, by=system())
    for appointment in ManagerAppointment.objects.filter(state=AppointmentState.OFFERED, ends_on__lt=on).exclude(
        group__state=GroupState.CLOSED
    ):
        end_appointment(appointment, why="", by=system())
    _warn(on)


def _role_to_begin(appointment: ManagerAppointment) -> Role:
    """The role of an appointment, or the one that leads now where the charter has dropped it since."""
    return appointment.role if appointment.role.retired_at is None else managing_role(appointment.group)


def _holds_role(appointment: ManagerAppointment) -> bool:
    present = present_of(appointment.person, appointment.group)
    return present is not None and present.role_id == _role_to_begin(appointment).pk


def _warn(on: date) -> None:
    ending = ManagerAppointment.objects.filter(
        state=AppointmentState.ACCEPTED,
        participation__isnull=False,
        ends_on__gte=on,
        ends_on__lte=on + timedelta(days=max(WARNED)),
    ).select_related("person", "group", "group__parent")
    for appointment in ending:
        goes_on = appointment.group.appointments.filter(
            Q(person=appointment.person, state=AppointmentState.ACCEPTED) & ~Q(pk=appointment.pk)
        )
        if goes_on.exists():
            continue
        days = min(limit for limit in WARNED if appointment.ends_on <= on + timedelta(days=limit))
        group = appointment.group
        tell([appointment.person], LeadIsEnding(group=group, appointment=appointment, days=days))
        above = [person for person in overseers(group) if person != appointment.person]
        tell(above, LeadIsEnding(group=group, appointment=appointment, days=days, name=appointment.person.name))


def overseers(group: Group) -> list[Person]:
    """Those who appoint who leads a group: who leads the nearest group above it that is led, or else the stewards."""
    for above in ancestors(group):
        if leading := managers_of(above):
            return leading
    return stewards()


def _held(appointment: ManagerAppointment) -> ManagerAppointment:
    hold_group(appointment.group)
    return ManagerAppointment.objects.select_related("person", "group", "role", "by", "participation__role").get(
        pk=appointment.pk
    )


def _end(appointment: ManagerAppointment, *, why: str, early: bool, by: Actor, force: bool = False) -> None:
    if appointment.participation is not None:
        if not early:
            leave_all(appointment.participation, by=by)
        write_end(appointment.participation, by=by, leaving=early, force=force)
    appointment.state, appointment.ended_at, appointment.why_ended = AppointmentState.ENDED, timezone.now(), why
    appointment.save(update_fields=["state", "ended_at", "why_ended"])
    record(
        LeadEnded(
            appointment_id=appointment.pk,
            role=appointment.role.name,
            early=early,
            person=appointment.person.name,
            why=why,
        ),
        by=by,
        about=appointment.person,
        on=appointment,
        within=appointment.group,
    )
    if appointment.person != by:
        tell([appointment.person], LeadHasEnded(group=appointment.group, why=why))


def _record_answer(appointment: ManagerAppointment, *, by: Actor) -> None:
    record(
        LeadAnswered(
            appointment_id=appointment.pk,
            role=appointment.role.name,
            state=appointment.state,
            names_publicly=appointment.names_publicly,
            person=appointment.person.name,
        ),
        by=by,
        about=appointment.person,
        on=appointment,
        within=appointment.group,
    )
