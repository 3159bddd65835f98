"""What plan does when a fact is told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.groups.facts import GroupClosed, RoleLeft, RoleTaken
from folkmoot.groups.models import Group, GroupState, Participation
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.plan.actions import drop_all, stop_all
from folkmoot.plan.actions.welcome import part_with, receive
from folkmoot.plan.checks import reconsider_list
from folkmoot.plan.facts import ChecklistStarted


@reacts_to(RoleTaken)
def welcome(entry: Entry) -> None:
    """Begin the welcome path or the onboarding of somebody who has taken a role."""
    receive(_participation(entry), by=system())


@reacts_to(RoleLeft)
def say_goodbye(entry: Entry) -> None:
    """Stop what was begun for somebody who has left."""
    participation = _participation(entry)
    part_with(participation.person, participation.group, by=system())


@reacts_to(GroupClosed)
def let_go(entry: Entry) -> None:
    """End the lists and drop the tasks of a group that was closed, if it still is."""
    group = Group.objects.get(pk=entry.within_id or 0)
    if group.state == GroupState.CLOSED:
        why = _("The group has closed.")
        stop_all(group, why=why, by=system())
        drop_all(group, why=why, by=system())


@reacts_to(ChecklistStarted)
def look_at_once(entry: Entry) -> None:
    """Tick what was done before the list began."""
    reconsider_list(entry.payload["checklist_id"])


def _participation(entry: Entry) -> Participation:
    return Participation.objects.select_related("person", "group", "role").get(pk=entry.payload["participation_id"])
