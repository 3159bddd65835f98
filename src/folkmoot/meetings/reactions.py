"""What meetings does when a room below tells a fact."""

from __future__ import annotations

from datetime import date

from folkmoot.groups.facts import CharterAdopted, GroupClosed, GroupRenamed, GroupReopened
from folkmoot.groups.models import CharterVersion, Group
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.meetings.actions import bring_in_order, resume_meetings, show_name, stop_meetings


@reacts_to(CharterAdopted)
def follow_charter(entry: Entry) -> None:
    """Schedule what the charter asks for."""
    charter = CharterVersion.objects.select_related("group").get(pk=entry.payload["charter_id"])
    bring_in_order(charter.group, by=system())


@reacts_to(GroupClosed)
def stop_calls(entry: Entry) -> None:
    """End the series of a group that was closed, if it still is."""
    group = Group.objects.get(pk=entry.within_id or 0)
    stop_meetings(group, closed_on=group.state_since or entry.happened_at.date(), by=system())


@reacts_to(GroupReopened)
def resume_calls(entry: Entry) -> None:
    """Let the series of a group run again that was opened again, if it still is open."""
    group = Group.objects.get(pk=entry.within_id or 0)
    resume_meetings(group, closed_on=date.fromisoformat(entry.payload["closed_on"]), by=system())


@reacts_to(GroupRenamed)
def follow_name(entry: Entry) -> None:
    """Let calendars show what the group is called now."""
    show_name(Group.objects.get(pk=entry.within_id or 0), by=system())
