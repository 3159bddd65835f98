"""Who gets what at the addresses of polls; see `access.py` for what the columns say."""

from __future__ import annotations

from typing import Any

from folkmoot.availability.actions.answering import answer_path
from folkmoot.availability.models import PollAnswer
from tests.architecture.access_row import INSIDE, MANAGER, Row, of_group
from tests.architecture.world import World


def of_poll(world: World) -> dict[str, Any]:
    """A poll that anybody may answer who has its link."""
    return {"token": world.poll.token}


def of_guest_answer(world: World) -> dict[str, Any]:
    return {**of_poll(world), "pk": world.poll.answers.get(person=None).pk}


def of_own_link(world: World) -> dict[str, Any]:
    """The link of a guest; it does not matter who is signed in."""
    answer: PollAnswer = world.poll.answers.get(person=None)
    return {"token": answer_path(answer).rstrip("/").rpartition("/")[2]}


def of_a_time(world: World) -> dict[str, Any]:
    return {"time": world.poll.weekdays[0] * 24 * 60 + world.poll.starts, "every": "1"}


POLLS: dict[str, Row] = {
    "groups/<slug:slug>/polls/": Row(INSIDE, at=of_group),
    "groups/<slug:slug>/polls/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "polls/<str:token>/": Row("200", "400", at=of_poll),
    "polls/<str:token>/close/": Row("in 405", MANAGER.format("go"), at=of_poll),
    "polls/<str:token>/make/": Row(MANAGER.format(404), MANAGER.format("go"), at=of_poll, data=of_a_time),
    "polls/<str:token>/answers/<int:pk>/remove/": Row("in 405", MANAGER.format("go"), at=of_guest_answer),
    "poll-answers/<str:token>/": Row("200", "400", at=of_own_link),
}
