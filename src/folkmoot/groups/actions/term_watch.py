"""What the days themselves bring: terms that are over, warnings before they end, groups that nobody leads."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from folkmoot.groups.actions.seats import end_term
from folkmoot.groups.domain.offices import terms_ending
from folkmoot.groups.models import Ended, Group, GroupState, Participation, Power, Term
from folkmoot.groups.notices import GroupHasNoManager, TermEndsSoon
from folkmoot.groups.queries import managers_of, overseers
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell

WARNED_BEFORE = (7, 30, 90)


def end_terms_that_are_over(*, on: date) -> int:
    """Close the terms whose last day has passed; returns how many. Who held them has had no power since then."""
    over = Term.objects.filter(ended_on=None, ends_on__lte=on).select_related("seat__group", "person")
    for term in over:
        end_term(term, because=Ended.OVER, by=system())
    return len(over)


def warn_of_ending_terms(*, on: date) -> int:
    """Tell holders and those who fill the seat 90, 30 and 7 days before a term ends, once each; returns how many."""
    terms = list(
        Term.objects.on(on)
        .filter(ended_on=None, seat__retired_on=None)
        .exclude(seat__group__state=GroupState.CLOSED)
        .select_related("seat__group__parent", "person")
    )
    told = 0
    for position in terms_ending([term.span for term in terms], on, timedelta(days=max(WARNED_BEFORE))):
        term = terms[position]
        assert term.ends_on is not None
        days = (term.ends_on - on).days
        notch = min(before for before in WARNED_BEFORE if days <= before)
        with transaction.atomic():
            notice = TermEndsSoon(term, days, notch)
            told += len(tell([term.person, *overseers(term.seat.group)], notice))
    return told


def warn_of_groups_without_manager(*, on: date) -> int:
    """Tell those who oversee a working group that nobody leads it, once for each time that begins."""
    told = 0
    waiting = Group.objects.filter(state__in=(GroupState.FORMING, GroupState.ACTIVE)).select_related("parent")
    led = Participation.objects.filter(ended_at=None, role__power=Power.MANAGE).values("group")
    for group in waiting.exclude(Q(pk__in=led)):
        if managers_of(group):
            continue
        with transaction.atomic():
            told += len(tell(overseers(group), GroupHasNoManager(group, _since(group))))
    return told


def _since(group: Group) -> str:
    """When the last managing participation or term ended; empty where nobody ever led the group."""
    left = group.participations.filter(role__power=Power.MANAGE).order_by("-ended_at").first()
    term = Term.objects.filter(seat__group=group, seat__role__power=Power.MANAGE).order_by("-ended_on", "-pk").first()
    return f"{left.pk if left else 0}-{term.pk if term else 0}"
