from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from folkmoot.groups.actions import adopt_charter, end_participation, found_group
from folkmoot.groups.models import CharterVersion, Group, Power
from folkmoot.ledger.actors import Actor, machine, system
from folkmoot.meetings.actions import bring_in_order
from folkmoot.meetings.models import Meeting
from tests.factories.groups import join
from tests.factories.people import PersonFactory

EVERY_SECOND_WEDNESDAY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"
LOS_ANGELES = "America/Los_Angeles"


def said(
    rrule: str = EVERY_SECOND_WEDNESDAY,
    *,
    first: str = "2025-01-22",
    at: str = "08:00",
    zone: str = LOS_ANGELES,
    minutes: int | None = None,
    table: tuple[tuple[str, str, tuple[str, ...]], ...] = (),
    clause: str = "meetings",
    cadence: str = "every second Wednesday",
) -> dict[str, Any]:
    """A meeting as a charter's confirmed reading has it."""
    return {
        "cadence": cadence,
        "rrule": rrule,
        "first_date": first,
        "local_time": at,
        "zone": zone,
        "duration_minutes": minutes,
        "table": [{"label": label, "time": time, "zone_candidates": list(zones)} for label, time, zones in table],
        "clause_anchor": clause,
    }


def charter_adopted(
    *meetings: dict[str, Any], name: str = "Lantern Working Group", on: dt.date = dt.date(2025, 1, 8)
) -> Group:
    """A group whose charter says these meetings (one by default), in force since `on`; nobody has reacted yet."""
    text = f"# {name}"
    return found_group(
        name=name, text=text, reading=_reading(text, meetings or (said(),)), in_force_from=on, by=system()
    )


def meeting_group(*meetings: dict[str, Any], **given: Any) -> Group:
    """The same, with the series and meetings that follow from it."""
    group = charter_adopted(*meetings, **given)
    bring_in_order(group, by=system())
    return group


def amend(group: Group, *meetings: dict[str, Any], on: dt.date) -> CharterVersion:
    """A further version of the charter, which is not followed yet."""
    text = f"# {group}"
    return adopt_charter(group, text=text, reading=_reading(text, meetings), answers={}, in_force_from=on, by=system())


def _reading(text: str, meetings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A confirmed reading in the shape of `charter check --json`: a title, and these meetings."""
    empty = ("objectives", "membership", "roles", "managers", "annual_activities", "decision_rules", "channels")
    return {
        "title": text.removeprefix("# "),
        "purpose": None,
        "scope": {"in": [], "out": []},
        "meetings": list(meetings),
        **{key: [] for key in (*empty, "resources", "policies", "links", "notes")},
        "amendments": None,
        "sections": [{"heading": text.removeprefix("# "), "level": 1, "kind": "title", "lines": [1, 1]}],
    }


def next_meeting(group: Group, *, number: int = 0) -> Meeting:
    """The group's next meeting, or a later one."""
    from django.utils import timezone

    return group.meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at")[number]


def held_call(
    group: Group, *, ended: dt.timedelta = dt.timedelta(minutes=10), minutes: int = 60, zone: str = "UTC"
) -> Meeting:
    """A call besides the regular ones that ended so long ago; one that is under way for a negative distance."""
    from django.utils import timezone

    ends_at = timezone.now().replace(second=0, microsecond=0) - ended
    starts_at = ends_at - dt.timedelta(minutes=minutes)
    return Meeting.objects.create(
        group=group,
        starts=starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
        zone=zone,
        duration=dt.timedelta(minutes=minutes),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def actor(who: str, group: Group) -> Actor:
    """Someone who stands in this relation to a group, for tables of who may do what."""
    match who:
        case "steward":
            return PersonFactory(is_steward=True)
        case "system":
            return system()
        case "machine":
            return machine()
        case "other group's manager":
            return join(PersonFactory(), Group.objects.create(slug="other", name="Other"), Power.MANAGE)
        case "former manager":
            person = join(PersonFactory(), group, Power.MANAGE)
            end_participation(person.participations.get(), by=system())
            return person
        case "stranger":
            return PersonFactory()
    power = {"manager": Power.MANAGE, "participant": Power.TAKE_PART, "observer": Power.OBSERVE}[who]
    return join(PersonFactory(), group, power)
