"""One of everything that this part of elections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.governance.models.nominations import Nomination, Nominator
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    announced, open_now = made["announced"], made["open"]
    proposed = Nomination.objects.create(contest=announced.contest, person=people["observer"])
    Nominator.objects.create(nomination=proposed, person=people["participant"], why="She listens.")
    question = CandidateQuestion.objects.create(
        contest=open_now.contest, person=people["observer"], words="What would you do first?"
    )
    return {"candidate": announced.nominations[0], "proposed": proposed, "question": question}
