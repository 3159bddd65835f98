"""Newcomers come and go by what groups tell, and are greeted by what plan tells."""

from __future__ import annotations

from folkmoot.connections.actions.newcomers import arrive, depart, follow_hello, forget_pause
from folkmoot.groups.facts import RoleLeft, RoleTaken
from folkmoot.groups.models import Group, Participation
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.plan.facts import BuddyOfferChanged, LineEnded, LineReopened
from folkmoot.plan.models import ChecklistLine


@reacts_to(RoleTaken)
def let_in(entry: Entry) -> None:
    """Enter who has come, and find them a buddy."""
    arrive(_participation(entry), by=system())


@reacts_to(RoleLeft)
def let_go(entry: Entry) -> None:
    """End what was between them and others; whoever only changed their role stays."""
    participation = _participation(entry)
    depart(participation.person, participation.group, by=system())


@reacts_to(LineEnded, LineReopened)
def hear_of_hello(entry: Entry) -> None:
    """A hello that was ticked on the welcome path is one."""
    lines = ChecklistLine.objects.select_related("checklist__group", "checklist__person")
    line = lines.filter(pk=entry.payload["line_id"]).first()
    if line is not None:
        follow_hello(line)


@reacts_to(BuddyOfferChanged)
def hear_of_offer(entry: Entry) -> None:
    """An offer that was taken back, on whichever page, takes its pause along."""
    group = Group.objects.filter(pk=entry.within_id or 0).first()
    if entry.about is not None and group is not None:
        forget_pause(entry.about, group)


def _participation(entry: Entry) -> Participation:
    return Participation.objects.select_related("person", "group", "role").get(pk=entry.payload["participation_id"])
