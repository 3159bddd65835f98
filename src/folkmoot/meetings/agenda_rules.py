"""Who may do what with agendas.

A rule may be handed the actor's `Standing` in the group, so that a page asks for it once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.meetings.joint_rules import group_at
from folkmoot.meetings.models import AgendaItem, Material, Meeting
from folkmoot.people.models import Person
from folkmoot.plan.rules import Standing, Who, standing_in


def stands_in(actor: Who, group: Group) -> Standing:
    """How an actor stands to a group, also by a seat that leads it; at most two queries."""
    here = standing_in(actor, group)
    if here.person is None or here.leads or not has_power(here.person, group, Power.MANAGE):
        return here
    return replace(here, power=Power.MANAGE)


def stands_at(actor: Who, meeting: Meeting) -> Standing:
    """How an actor stands to the group that hosts a call; who is in a group that joins it follows, and may ask.

    At most two queries for who is of the host, else one more and two for each group that joins.
    """
    here = stands_in(actor, meeting.group)
    if here.person is None or here.is_in or group_at(here.person, meeting) is None:
        return here
    return replace(here, power=Power.OBSERVE)


def may_lead_agenda(actor: Who, meeting: Meeting, standing: Standing | None = None) -> Verdict:
    """Put items on the agenda, order them, answer requests, say what was dealt with: whoever leads the group."""
    if standing is None:
        return may_manage(actor, meeting.group)
    if standing.leads:
        return is_open_for_work(meeting.group)
    return no(_("Those who lead %(group)s make its agendas. You can ask for an item.") % {"group": meeting.group.name})


def may_ask_for_item(actor: Who, meeting: Meeting, standing: Standing | None = None) -> Verdict:
    """Ask for an item, propose something to read: everybody who takes part in a group whose call it is."""
    if (standing or stands_at(actor, meeting)).is_in:
        return is_open_for_work(meeting.group)
    return no(
        _("Items are asked for by those who take part in %(group)s. Those who lead it can give you a link for guests.")
        % {"group": meeting.group.name}
    )


def may_see_requests(actor: Who, meeting: Meeting, standing: Standing | None = None) -> Verdict:
    """What was asked for, and what was proposed to read: everybody who takes part in a group whose call it is."""
    if (standing or stands_at(actor, meeting)).is_in:
        return YES
    return no(_("What was asked for is shown to those who take part in %(group)s.") % {"group": meeting.group.name})


def may_change_item(actor: Who, item: AgendaItem, standing: Standing | None = None) -> Verdict:
    """Change what an item says: its owner, who asked for it while it waits, and whoever leads the agenda."""
    here = standing or stands_at(actor, item.meeting)
    if here.leads or (
        here.is_in and (_is(actor, item.owner_id) or (item.is_requested and _is(actor, item.asked_by_id)))
    ):
        return is_open_for_work(item.meeting.group)
    return no(_("Its owner, and those who lead the group, change an item. You can ask for another one."))


def may_take_out(actor: Who, item: AgendaItem, *, now: datetime, standing: Standing | None = None) -> Verdict:
    """Take an item out of the consent agenda: whoever takes part in the group, until the call begins."""
    if not (standing or stands_at(actor, item.meeting)).is_in:
        return no(_("Those who take part in %(group)s may do this.") % {"group": item.meeting.group.name})
    if item.meeting.starts_at <= now:
        return no(_("The call has begun. Say so on the call."))
    return is_open_for_work(item.meeting.group)


def may_delete_material(actor: Who, material: Material, standing: Standing | None = None) -> Verdict:
    """Delete something to read: whoever leads the agenda, and whoever proposed it while nobody has accepted it."""
    group = material.item.meeting.group
    here = standing or stands_at(actor, material.item.meeting)
    is_own = here.is_in and not material.is_accepted and _is(actor, material.proposed_by_id)
    if here.leads or is_own:
        return is_open_for_work(group)
    return no(_("Those who lead %(group)s take things to read away.") % {"group": group.name})


def may_add_action(actor: Who, item: AgendaItem, standing: Standing | None = None) -> Verdict:
    """Note who does what because of an item: whoever contributes to the group."""
    if (standing or stands_in(actor, item.meeting.group)).contributes:
        return is_open_for_work(item.meeting.group)
    return no(_("Those who contribute to %(group)s add its tasks.") % {"group": item.meeting.group.name})


def is_open_for_items(meeting: Meeting, *, now: datetime) -> Verdict:
    """Whether a call's agenda can still change: it is to take place, or is going on."""
    if meeting.is_dropped:
        return no(_("This call is no longer planned, so its agenda is closed."))
    if meeting.is_cancelled:
        return no(_("This call is cancelled. What stands on its agenda comes to the next one by itself."))
    if meeting.ends_at <= now:
        return no(_("This call is over; its agenda stays as it is."))
    return YES


def _is(actor: Who, person_id: int | None) -> bool:
    return person_id is not None and isinstance(actor, Person) and actor.is_active and actor.pk == person_id
