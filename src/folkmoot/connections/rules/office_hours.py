"""Who may offer office hours, and who may do what with them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.connections.models.office_hours import OfficeBooking, OfficeHours, OfficeOpenTo
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import groups_with_power, has_power
from folkmoot.groups.rules import is_open_for_work, leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Stand
from folkmoot.people.models import Person
from folkmoot.plan.rules import Who


def may_offer_hours(actor: Who, group: Group | None) -> Verdict:
    """Offer office hours: whoever takes part in a group, and for a group whoever takes part in that one."""
    if isinstance(actor, Person) and actor.is_active:
        if group is not None and has_power(actor, group, Power.TAKE_PART, Power.MANAGE):
            return is_open_for_work(group)
        if group is None and groups_with_power(actor, Power.TAKE_PART, Power.MANAGE).exists():
            return YES
    if group is not None:
        return no(_("Office hours of %(group)s are offered by those who take part in it.") % {"group": group.name})
    return no(_("Office hours are offered by those who take part in a group."))


def may_run_hours(actor: Who, hours: OfficeHours) -> Verdict:
    """Change office hours and their days, and say who came: whoever holds them."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == hours.host_id:
        return YES
    return no(_("Only whoever holds these office hours may do this."))


def may_end_hours(actor: Who, hours: OfficeHours) -> Verdict:
    """End office hours: whoever holds them; those of a group also who leads it; and the system."""
    if isinstance(actor, Stand) or may_run_hours(actor, hours):
        return YES
    if hours.group is not None and leads(actor, hours.group):
        return YES
    return no(_("Only whoever holds these office hours, or leads their group, may end them."))


def may_be_there(person: Person, hours: OfficeHours) -> Verdict:
    """Whether these hours are for somebody, as far as their group decides it."""
    if hours.group is not None and not (verdict := is_open_for_work(hours.group)):
        return verdict
    if hours.open_to == OfficeOpenTo.GROUP and hours.group is not None and not has_power(person, hours.group):
        return no(_("These office hours are for the people of %(group)s.") % {"group": hours.group.name})
    return YES


def takes_bookings(hours: OfficeHours, now: datetime) -> Verdict:
    """Whether anything can be booked at present."""
    if hours.last_day_is_over(now):
        return no(_("These office hours have ended."))
    if hours.is_paused:
        return no(_("These office hours are paused. What is booked takes place."))
    return YES


def may_note_came(actor: Who, booking: OfficeBooking, now: datetime) -> Verdict:
    """Say whether somebody came: whoever holds the hours, once the slot has begun."""
    verdict = may_run_hours(actor, booking.hours)
    if verdict and booking.starts_at > now:
        return no(_("It has not begun yet."))
    return verdict
