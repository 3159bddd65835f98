"""Who may do what with circles and sessions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.connections.models.spaces import Circle, CircleFor, CirclePart, SessionState, SummaryFor, ThemeSession
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import groups_with_power, has_power
from folkmoot.groups.rules import is_open_for_work, leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Stand
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward
from folkmoot.plan.rules import Who


def may_start_circle(actor: Who, group: Group | None) -> Verdict:
    """Start a circle or a session: whoever takes part in the group; for the whole community, in any group."""
    if isinstance(actor, Stand) or is_steward(actor):
        return YES if group is None else is_open_for_work(group)
    contributes = (Power.TAKE_PART, Power.MANAGE)
    if group is not None:
        if has_power(actor, group, *contributes):
            return is_open_for_work(group)
        return no(_("Circles and sessions of %(group)s are started by people who take part in it.") % {"group": group})
    if isinstance(actor, Person) and groups_with_power(actor, *contributes).exists():
        return YES
    return no(_("Circles and sessions are started by people who take part in a group."))


def may_see_circle(actor: Who, circle: Circle) -> Verdict:
    """See a circle: everyone who is signed in, or only people of its group, its members, and those who lead it."""
    if not isinstance(actor, (Person, Stand)):
        return no(_("Circles are shown to people who are signed in."))
    if circle.open_to == CircleFor.HERE or is_steward(actor) or _part(actor, circle):
        return YES
    if circle.group is not None and (has_power(actor, circle.group) or leads(actor, circle.group)):
        return YES
    return no(_("This circle is for people of its group."))


def may_join_circle(actor: Who, circle: Circle) -> Verdict:
    """Come into a circle by one's own wish, while it is not closed."""
    if circle.is_closed:
        return no(_("This circle has come to its end."))
    if not isinstance(actor, Person):
        return no(_("Please sign in to join."))
    return may_see_circle(actor, circle)


def may_host_circle(actor: Who, circle: Circle) -> Verdict:
    """Change a circle, hand it over, carry on or close it: its host and co-hosts, its group's managers, a steward."""
    if _part(actor, circle) in (CirclePart.HOST, CirclePart.COHOST) or is_steward(actor):
        return YES
    if circle.group is not None and leads(actor, circle.group):
        return YES
    return no(_("This is for those who host the circle."))


def is_in_circle(actor: Who, circle: Circle) -> Verdict:
    """Whether somebody is in it; the way in is for them alone."""
    return YES if _part(actor, circle) else no(_("The way in is shown to those who are in the circle."))


def may_take_part_in_session(actor: Who, session: ThemeSession) -> Verdict:
    """See a session, write notes and put dots: the people of its circle, of its group, or everyone who is signed in."""
    if not isinstance(actor, (Person, Stand)):
        return no(_("Please sign in to take part."))
    if _hosts(actor, session) or is_steward(actor):
        return YES
    if session.circle is not None:
        if _part(actor, session.circle) or may_host_circle(actor, session.circle):
            return YES
        return no(_("This session is for those who are in “%(circle)s”.") % {"circle": session.circle})
    if session.group is not None and not (has_power(actor, session.group) or leads(actor, session.group)):
        return no(_("This session is for people of %(group)s.") % {"group": session.group})
    return YES


def may_host_session(actor: Who, session: ThemeSession) -> Verdict:
    """Gather themes, open and close voting, write and publish: its hosts, who hosts its circle, who leads."""
    if _hosts(actor, session) or is_steward(actor):
        return YES
    if session.circle is not None and may_host_circle(actor, session.circle):
        return YES
    if session.group is not None and leads(actor, session.group):
        return YES
    return no(_("This is for those who host the session."))


def takes_notes(session: ThemeSession) -> Verdict:
    """Whether notes may be written and taken back now."""
    if session.state == SessionState.GATHERING:
        return YES
    return no(_("Notes are gathered by now; no new ones are taken."))


def takes_dots(session: ThemeSession) -> Verdict:
    """Whether dots may be put now."""
    return YES if session.state == SessionState.VOTING else no(_("Voting is not open."))


def may_read_summary(actor: Who, session: ThemeSession) -> Verdict:
    """Read a published summary: those whom its hosts chose. Before, it is for those who host."""
    if session.state != SessionState.PUBLISHED:
        return no(_("There is no summary yet."))
    if session.readers == SummaryFor.EVERYONE:
        return YES
    if session.readers == SummaryFor.HERE and isinstance(actor, (Person, Stand)):
        return YES
    return may_take_part_in_session(actor, session)


def _part(actor: Who, circle: Circle) -> str:
    """What somebody is in a circle; in one for people of a group, only while they are in the group."""
    if not isinstance(actor, Person):
        return ""
    if circle.open_to == CircleFor.GROUP and circle.group is not None and not has_power(actor, circle.group):
        return ""
    return circle.members.filter(person=actor).values_list("part", flat=True).first() or ""


def _hosts(actor: Who, session: ThemeSession) -> bool:
    return isinstance(actor, Person) and session.hosts.filter(person=actor).exists()
