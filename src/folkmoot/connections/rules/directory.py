"""Who may ask to be introduced, answer, take it back, and introduce others."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.connections.models.directory import Introduction, IntroductionState
from folkmoot.connections.queries.directory_introductions import between, open_wishes, rests_until
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

MOST_OPEN = 3
"""So many requests may somebody have open at a time."""


def may_ask(actor: Actor | None, asked: Person, *, now: datetime) -> Verdict:
    """Ask to be introduced to somebody whom one finds in the directory, within the limits against bother."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to ask for an introduction."))
    if actor.pk == asked.pk:
        return no(_("That is you."))
    for one in between(actor, asked).filter(state__in=(IntroductionState.OPEN, IntroductionState.INTRODUCED)):
        if one.state == IntroductionState.INTRODUCED:
            return no(_("You have been introduced to each other already."))
        if one.waits_for(actor):
            return no(_("An introduction to %(name)s already waits for your answer.") % {"name": asked.name})
        return no(_("You have asked already. %(name)s answers, or not, in their own time.") % {"name": asked.name})
    until = rests_until(actor, asked, now)
    if until is not None:
        return no(
            _("You asked %(name)s not long ago. You may ask again from %(day)s on.")
            % {"name": asked.name, "day": date_format(until, "j F Y")}
        )
    if open_wishes(actor, now) >= MOST_OPEN:
        return no(
            _("You have asked for %(count)d introductions. Wait for an answer; one taken back counts for another week.")
            % {"count": MOST_OPEN}
        )
    return YES


def may_answer(actor: Actor | None, introduction: Introduction) -> Verdict:
    """Say yes or not now: each of the two for itself, nobody for anybody else."""
    if isinstance(actor, Person) and actor.is_active and introduction.side_of(actor):
        return YES
    return no(_("Only those who would be introduced answer this."))


def may_withdraw(actor: Actor | None, introduction: Introduction) -> Verdict:
    """Take back what one asked for or suggested."""
    wished_by = introduction.suggested_by_id or introduction.asker_id
    if isinstance(actor, Person) and actor.is_active and actor.pk == wished_by:
        return YES
    return no(_("Only whoever asked for it takes it back."))


def may_introduce(actor: Actor | None, group: Group) -> Verdict:
    """Suggest to two people of a group that they be introduced: whoever leads it, while it is open."""
    if isinstance(actor, Person) and actor.is_active and has_power(actor, group, Power.MANAGE):
        return is_open_for_work(group)
    return no(_("Only those who lead this group introduce its people to each other."))
