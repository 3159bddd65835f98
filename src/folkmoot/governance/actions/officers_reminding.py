"""Reminding officers of their keys before voting is opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from folkmoot.governance.models.elections import Election, ElectionState, Stage
from folkmoot.governance.notices.officers import KeysAreDue
from folkmoot.governance.queries.elections import day_in, stages_of
from folkmoot.governance.queries.officers import team_of
from folkmoot.notices.actions import tell

AHEAD: Final = timedelta(days=7)


def remind_of_keys(*, now: datetime) -> int:
    """Tell officers whose keys are not ready, once, in the week before the freeze; returns how many were told."""
    announced = Election.objects.filter(state=ElectionState.ANNOUNCED).select_related("group")
    return sum(_remind(election, now) for election in announced.prefetch_related("stages"))


@transaction.atomic
def _remind(election: Election, now: datetime) -> int:
    stages, today = stages_of(election), day_in(election, now)
    freeze = stages.get(Stage.FREEZE) or stages.get(Stage.VOTING)
    if freeze is None or not today <= freeze.first <= today + AHEAD:
        return 0
    told = 0
    for line in team_of(election).officers:
        has_key = line.key is not None and line.opens
        if line.key is None or not has_key or line.key.rehearsed_at is None:
            told += len(tell([line.officer.person], KeysAreDue(election, freeze.first, has_key)))
    return told
