"""A rotation that a group of the sample community took some weeks ago, so that what was promised can be seen kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.series import materialise
from folkmoot.meetings.domain.fair_times import Level
from folkmoot.meetings.facts import RotationAdopted
from folkmoot.meetings.fair_times_reading import NOTICE, groups_of, members_of, planner_of, regular_calls
from folkmoot.meetings.following import Setting
from folkmoot.meetings.models import OWN_FROM, FairPromise

BEFORE: Final = timedelta(days=10)
"""So long before its first call a rotation is taken."""


@transaction.atomic
def take_a_fairer_rotation(groups: Sequence[Group], *, by: Actor) -> None:
    """Hold the calls that the second group set up in turns, and promise what that rotation means."""
    for group in groups[1:2]:
        for setting in regular_calls(group):
            if setting.series.position >= OWN_FROM and len(setting.plans) > 1:
                with suppress(Refused):  # too few people, in a community that is smaller than the sample
                    _promise(group, setting, by=by)


def _promise(group: Group, setting: Setting, *, by: Actor) -> None:
    now, since = timezone.now(), min(plan.first for plan in setting.plans)
    course, planner = planner_of(setting, members_of(groups_of(setting)), today=since - NOTICE)
    materialise(setting.series, start=now - timedelta(days=365), end=now)
    taken = now - (timezone.localdate(now) - course.from_day + BEFORE)
    promise = FairPromise.objects.create(
        group=group,
        position=setting.series.position,
        from_day=course.from_day,
        calls=len(course.days),
        most=planner.now().most(Level.UNSOCIABLE),
    )
    FairPromise.objects.filter(pk=promise.pk).update(made_at=taken)
    fact = RotationAdopted(
        position=promise.position,
        from_day=promise.from_day.isoformat(),
        turns=len(course.today),
        calls=promise.calls,
        most=promise.most,
    )
    record(fact, by=by, on=promise, within=group, at=taken)
