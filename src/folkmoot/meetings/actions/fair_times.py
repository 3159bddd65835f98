"""Giving the calls of a series to a fairer rotation."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.changing import change_series
from folkmoot.meetings.actions.publishing import one_at_a_time
from folkmoot.meetings.domain.fair_times import Level
from folkmoot.meetings.facts import RotationAdopted
from folkmoot.meetings.fair_times_reading import groups_of, members_of, planned, regular_calls
from folkmoot.meetings.fair_times_rules import may_adopt_rotation
from folkmoot.meetings.fair_times_words import mark_of
from folkmoot.meetings.models import FairPromise
from folkmoot.organisation.queries import today_here


@transaction.atomic
def adopt_rotation(group: Group, position: int, *, mark: str, by: Actor) -> FairPromise:
    """Let the calls of a series go round the slots that are proposed for it, and keep what is promised with it.

    `mark` is that of the proposal which was looked at (`fair_times_words.mark_of`). Everybody is told as of any change
    of regular calls. Refused `forbidden`, `not_found`, `changed` when another rotation is proposed by now, `no_longer`
    when nothing is fairer than the present one, and as `planned` refuses.
    """
    require(may_adopt_rotation(by, group))
    one_at_a_time(group)
    setting = next((one for one in regular_calls(group) if one.series.position == position), None)
    if setting is None:
        raise Refused(_("There are no such regular calls."), code="not_found")
    plan = planned(setting, members_of(groups_of(setting)), today=today_here())
    if plan.proposed.slots == plan.now.slots:
        raise Refused(_("No other slots are fairer than those of today."), code="no_longer")
    if mark != mark_of(plan):
        raise Refused(
            _("Meanwhile another rotation is the fairest one, since people or calls have changed. Please look again."),
            code="changed",
        )
    pattern, first = plan.course.changed_to(plan.proposed.slots)
    change_series(
        group,
        position,
        from_day=plan.course.from_day,
        zone=setting.plan.zone,
        duration=setting.series.duration,
        pattern=pattern,
        first=first,
        by=by,
    )
    promise = FairPromise.objects.create(
        group=group,
        position=position,
        from_day=plan.course.from_day,
        calls=plan.proposed.calls,
        most=plan.proposed.most(Level.UNSOCIABLE),
    )
    record(
        RotationAdopted(
            position=position,
            from_day=promise.from_day.isoformat(),
            turns=len(plan.proposed.slots),
            calls=promise.calls,
            most=promise.most,
        ),
        by=by,
        on=promise,
        within=group,
    )
    return promise
