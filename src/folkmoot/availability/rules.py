"""Who may do what with polls."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.availability.models import NamesFor, OpenTo, Poll
from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.plan.rules import Who


def may_make_poll(actor: Who, group: Group) -> Verdict:
    """Ask a group when people are free: whoever may manage its calls."""
    return may_manage(actor, group)


def may_run_poll(actor: Who, poll: Poll) -> Verdict:
    """Close a poll, take answers out of it, and make calls of it: whoever may manage the group's calls."""
    return may_manage(actor, poll.group)


def may_see_polls(actor: Who, group: Group) -> Verdict:
    """See which polls a group has: whoever takes part in it or leads it, and the steward."""
    if has_power(actor, group) or leads(actor, group):
        return YES
    return no(_("Polls of %(group)s are shown to those who take part in it.") % {"group": group.name})


def may_see_poll(actor: Who, poll: Poll) -> Verdict:
    """See a poll whose address one has: anybody where it is open to all, else whoever takes part in the group."""
    if poll.open_to == OpenTo.LINK or may_see_polls(actor, poll.group):
        return YES
    return no(_("This poll is for those who take part in %(group)s.") % {"group": poll.group.name})


def may_see_names(actor: Who, poll: Poll) -> Verdict:
    """See who is free when, rather than how many: whoever takes part in the group, or only those who lead it."""
    if leads(actor, poll.group) or (poll.names_for == NamesFor.GROUP and has_power(actor, poll.group)):
        return YES
    if poll.names_for == NamesFor.GROUP:
        return no(_("Names are shown to those who take part in %(group)s.") % {"group": poll.group.name})
    return no(_("Names are shown to those who lead %(group)s.") % {"group": poll.group.name})


def may_answer_poll(actor: Who, poll: Poll, *, now: datetime) -> Verdict:
    """Say when one is free: whoever may see the poll, until it closes."""
    verdict = may_see_poll(actor, poll)
    return verdict if not verdict else takes_answers(poll, now=now)


def takes_answers(poll: Poll, *, now: datetime) -> Verdict:
    """Whether a poll is open still."""
    if not poll.is_open(now):
        return no(_("This poll is closed; it takes no more answers."))
    return is_open_for_work(poll.group)
