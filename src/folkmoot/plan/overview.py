"""The plan of a group on one page: objective by objective, what serves it, what is off track first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Initiative, YearActivity
from folkmoot.plan.objectives import Objectives, Served
from folkmoot.plan.standing import GoalStanding, goals_standing
from folkmoot.plan.words_for_states import STAGE_TONES, stage_words


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative in a list."""

    initiative: Initiative
    served: Served | None

    @property
    def stage_words(self) -> str:
        return stage_words(self.initiative.stage)

    @property
    def tone(self) -> str:
        return STAGE_TONES[Stage(self.initiative.stage)]


@dataclass(frozen=True)
class Part:
    """An objective (or none, for what serves none in particular) and what serves it."""

    served: Served | None
    text: str
    initiatives: Sequence[InitiativeLine]
    goals: Sequence[GoalStanding]
    activities: Sequence[YearActivity]

    @property
    def is_empty(self) -> bool:
        return not (self.initiatives or self.goals or self.activities)


@dataclass(frozen=True)
class Overview:
    """All of it: the parts in the charter's order, then what serves an objective that is gone, or none."""

    parts: Sequence[Part]
    others: Part
    in_doubt: Sequence[GoalStanding]
    has_charter_objectives: bool


def initiative_lines(group: Group, objectives: Objectives, *, proposals: bool) -> list[InitiativeLine]:
    """The group's initiatives with who leads them; proposals only where the reader may see them. One query."""
    found = group.initiatives.select_related("lead", "group")
    if not proposals:
        found = found.exclude(stage=Stage.PROPOSED)
    return [InitiativeLine(one, objectives.served(one)) for one in found]


def overview_of(group: Group) -> Overview:
    """The plan of a group, the same for every reader; in a fixed number of queries."""
    year = today_here().year
    objectives = Objectives(group)
    lines = [
        line for line in initiative_lines(group, objectives, proposals=False) if line.initiative.stage != Stage.ARCHIVED
    ]
    goals = sorted(goals_standing(group.goals.filter(closed_at=None)), key=lambda one: one.order)
    activities = list(
        group.year_activities.filter(year=year, initiative__isnull=False).select_related("initiative", "owner")
    )
    parts = []
    for objective in objectives.all:
        mine = [line for line in lines if objectives.of(line.initiative) is objective]
        keys = {line.initiative.pk for line in mine}
        parts.append(
            Part(
                objectives.shown(objective),
                objective.text,
                mine,
                [one for one in goals if objectives.of(one.goal) is objective],
                [one for one in activities if one.initiative_id in keys],
            )
        )
    others = Part(
        None,
        "",
        [line for line in lines if objectives.of(line.initiative) is None],
        [one for one in goals if objectives.of(one.goal) is None],
        [],
    )
    in_doubt = [one for one in goals if one.confidence in ("off_track", "at_risk")]
    return Overview(parts, others, in_doubt, bool(objectives.all))
