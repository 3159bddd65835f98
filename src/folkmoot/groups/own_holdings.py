"""What groups themselves let people hold: the role that leads, and appointed seats."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.actions.handover_signing import SEAT_KIND
from folkmoot.groups.actions.managers import pass_term
from folkmoot.groups.actions.seats import begin_term, end_term
from folkmoot.groups.actions.unowned import ROLE_KIND
from folkmoot.groups.holdings import HOLDERS, Holding
from folkmoot.groups.models import Answer, Begun, Ended, Filling, Group, HandoverLine, Participation, Power, Term
from folkmoot.ledger.actors import Actor, system
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label
from folkmoot.ui.times import plain_date


class LeadingRole:
    """The role that leads the group. It passes by acceptance: the leaver's ends, the taker's begins."""

    title: Label = gettext_lazy("Role")

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        leads = group.participations.filter(person=person, ended_at=None, role__power=Power.MANAGE)
        return [Holding(one.role.name, str(one.pk), group.get_absolute_url()) for one in leads.select_related("role")]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        participation = Participation.objects.select_related("group", "role", "person").get(pk=int(holding_key))
        if participation.person == to or participation.ended_at is not None:
            # Handed over before; or no longer theirs to give.
            return
        # Whoever hands over may not be able to appoint; both have signed, and that is what counts.
        pass_term(participation, to=to, names_publicly=_agreed_to_be_named(holding_key, to))


class AppointedSeats:
    """Appointed seats. Whoever takes one acts in it for the rest of the term; an elected seat is not handed on."""

    title: Label = gettext_lazy("Seat")

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        terms = Term.objects.on(today_here()).filter(
            seat__group=group, seat__retired_on=None, seat__filling=Filling.APPOINTED, person=person
        )
        return [
            Holding(_words(term), str(term.pk), term.seat.get_absolute_url()) for term in terms.select_related("seat")
        ]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        term = Term.objects.select_related("seat__group", "person").get(pk=int(holding_key))
        if term.ended_on is not None or term.person == to:
            return
        today = today_here()
        ends_on = term.ends_on
        end_term(term, because=Ended.HANDED_OVER, on=today, by=system())
        if ends_on is None or ends_on > today:
            begin_term(term.seat, to, how=Begun.ACTING, begins_on=today, ends_on=ends_on, by=system())


def _agreed_to_be_named(key: str, taker: Person) -> bool:
    lines = HandoverLine.objects.filter(kind=ROLE_KIND, key=key, taker=taker, answer=Answer.ACCEPTED)
    return lines.filter(names_publicly=True).exists()


def _words(term: Term) -> str:
    if term.ends_on is None:
        return term.seat.title
    return _("%(seat)s, until %(day)s") % {"seat": term.seat.title, "day": plain_date(term.ends_on)}


def offer() -> None:
    """Enter what groups lets people hold."""
    HOLDERS.register(ROLE_KIND, LeadingRole(), order=10, by=__name__)
    HOLDERS.register(SEAT_KIND, AppointedSeats(), order=20, by=__name__)
