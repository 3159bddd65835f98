"""Who may do what at a help desk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.connections.models.helping import HelpDesk, HelpRequest, HelpState
from folkmoot.connections.queries.helping import helps_at
from folkmoot.groups.models import Group
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Stand
from folkmoot.people.models import Person
from folkmoot.people.rules import may_run_the_installation
from folkmoot.plan.rules import Who


def may_run_desk(actor: Who, group: Group | None) -> Verdict:
    """Open a desk, say who answers there and what is promised: who leads the group; for everybody's, a steward."""
    return may_run_the_installation(actor) if group is None else may_manage(actor, group)


def may_help(actor: Who, desk: HelpDesk) -> Verdict:
    """See what waits at a desk and care for it: whoever answers there, and whoever leads it."""
    if isinstance(actor, Stand) or helps_at(actor, desk):
        return YES
    if desk.group is not None and leads(actor, desk.group):
        return YES
    if desk.group is None and may_run_the_installation(actor):
        return YES
    return no(_("What waits at this desk is for those who answer there."))


def may_ask(actor: Who, desk: HelpDesk) -> Verdict:
    """Ask for help: everybody who is signed in, while the desk is on."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to ask for help."))
    if not desk.is_on:
        return no(_("This help desk takes no questions at present."))
    return YES if desk.group is None else is_open_for_work(desk.group)


def may_say(actor: Who, request: HelpRequest) -> Verdict:
    """Write in the conversation of a request: whoever asked, and those who help."""
    if request.state == HelpState.CLOSED:
        return no(_("This is closed. Open it again to go on."))
    return YES if is_asker(actor, request) else may_help(actor, request.desk)


def may_care(actor: Who, request: HelpRequest) -> Verdict:
    """Look after a request, hand it on, say how urgent it is: those who help, until it is closed."""
    if request.state == HelpState.CLOSED:
        return no(_("This is closed. Open it again to go on."))
    return may_help(actor, request.desk)


def may_solve(actor: Who, request: HelpRequest) -> Verdict:
    """Say which answer helped: whoever asked, and those who help."""
    return may_say(actor, request)


def may_settle(actor: Who, request: HelpRequest) -> Verdict:
    """Confirm that it is solved, need it no more, say how well it went: whoever asked, nobody else."""
    return YES if is_asker(actor, request) else no(_("Whoever asked says this themselves."))


def may_reopen(actor: Who, request: HelpRequest) -> Verdict:
    """Open a solved or closed request again: whoever asked, and those who help."""
    if request.is_open:
        return no(_("It is open."))
    return YES if is_asker(actor, request) else may_help(actor, request.desk)


def is_asker(actor: Who, request: HelpRequest) -> bool:
    """Whether it is one's own."""
    return isinstance(actor, Person) and actor.pk == request.asker_id
