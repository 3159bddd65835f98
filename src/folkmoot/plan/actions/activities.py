"""The year's activities: listed from the charter, planned, and moved on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.groups.rules import may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.domain.objectives import plain
from folkmoot.plan.goal_facts import ActivityListed, ActivityMoved, ActivityPlanned, ActivityRetired
from folkmoot.plan.goal_rules import may_move_activity
from folkmoot.plan.models import ActivityState, Initiative, YearActivity


@transaction.atomic
def bring_year_in_order(group: Group, *, year: int, by: Actor, at: datetime | None = None) -> None:
    """Let a year's list hold what the charter in force asks for: add what is new, retire what it no longer has.

    Done twice, it is done once. What people wrote about an activity stays, also when the charter words it anew.
    """
    require(may_manage(by, group))
    hold_group(group)
    charter = charter_in_force(group)
    said = charter.reading.get("annual_activities") or [] if charter else []
    present = {one.key: one for one in group.year_activities.filter(year=year)}
    asked: set[str] = set()
    for position, item in enumerate(said):
        name = (item.get("name") or item.get("text") or "")[:300]
        key = plain(name)[:200]
        if not key or key in asked:
            continue
        asked.add(key)
        stated = {
            "position": position,
            "name": name,
            "text": item.get("text") or "" if item.get("name") else "",
            "clause_number": (item.get("number") or "")[:20],
            "clause_anchor": (item.get("anchor") or "")[:120],
            "retired_on": None,
        }
        _list(group, year, key, stated, present.get(key), _quarter(item.get("quarter")), by=by, at=at)
    for key, activity in present.items():
        if key not in asked and activity.retired_on is None:
            activity.retired_on = today_here()
            activity.position += len(said)  # after what the charter still asks for
            activity.save(update_fields=["retired_on", "position"])
            record(
                ActivityRetired(activity_id=activity.pk, name=activity.name, on=activity.retired_on.isoformat()),
                by=by,
                on=activity,
                within=group,
                at=at,
            )


def _list(
    group: Group,
    year: int,
    key: str,
    stated: dict[str, object],
    present: YearActivity | None,
    quarter: int,
    *,
    by: Actor,
    at: datetime | None,
) -> None:
    if present is not None and present.retired_on is None:
        if any(getattr(present, field) != value for field, value in stated.items()):
            YearActivity.objects.filter(pk=present.pk).update(**stated)
        return
    if present is None:
        present = YearActivity.objects.create(group=group, year=year, key=key, quarter=quarter, **stated)
    else:
        YearActivity.objects.filter(pk=present.pk).update(**stated)
    record(
        ActivityListed(activity_id=present.pk, name=str(stated["name"]), year=year),
        by=by,
        on=present,
        within=group,
        at=at,
    )


def _quarter(said: object) -> int:
    return int(str(said)[1]) if said in ("Q1", "Q2", "Q3", "Q4") else 0


@transaction.atomic
def change_activity(
    activity: YearActivity,
    *,
    state: ActivityState,
    why: str = "",
    owner: Person | None,
    quarter: int,
    starts_on: date | None,
    ends_on: date | None,
    words: str,
    initiative: Initiative | None,
    by: Actor,
    at: datetime | None = None,
) -> YearActivity:
    """Say how far an activity has come, who looks after it, when it is, and by which initiative.

    Refused `reason_needed` when it is dropped without a reason.
    """
    activity = hold_activity(activity)
    require(may_move_activity(by, activity))
    entered.in_order(starts_on, ends_on)
    for day in (starts_on, ends_on):
        if day and day.year != activity.year:
            raise Refused(_("That day is not in %(year)d.") % {"year": activity.year}, code="invalid")
    if initiative is not None and initiative.group_id != activity.group_id:
        raise Refused(_("That initiative belongs to another group."), code="invalid")
    was, reason = ActivityState(activity.state), ""
    if state == ActivityState.DROPPED:
        reason = entered.reason(why)
    if owner is None or owner.pk != activity.owner_id:
        activity.owner = entered.of_group(owner, activity.group)
    activity.state, activity.why, activity.words = state, reason, entered.words(words)
    activity.quarter = quarter if quarter in range(5) else 0
    activity.starts_on, activity.ends_on, activity.initiative = starts_on, ends_on, initiative
    activity.save()
    if was != state:
        fact = ActivityMoved(
            activity_id=activity.pk, name=activity.name, was=was.value, now=ActivityState(state).value, why=reason
        )
        record(fact, by=by, on=activity, within=activity.group, at=at)
    else:
        planned = ActivityPlanned(activity_id=activity.pk, name=activity.name)
        record(planned, by=by, on=activity, within=activity.group, at=at)
    return activity


@transaction.atomic
def hand_activity(activity: YearActivity, *, to: Person, by: Actor) -> None:
    """Let somebody else look after an activity; done twice, it is done once."""
    activity = hold_activity(activity)
    require(may_move_activity(by, activity))
    if activity.owner_id == to.pk:
        return
    activity.owner = entered.of_group(to, activity.group)
    activity.save(update_fields=["owner"])
    planned = ActivityPlanned(activity_id=activity.pk, name=activity.name)
    record(planned, by=by, on=activity, within=activity.group)


def hold_activity(activity: YearActivity) -> YearActivity:
    """The activity as it is now; nobody else changes it until this transaction ends."""
    return YearActivity.objects.select_for_update(of=("self",)).select_related("group").get(pk=activity.pk)
