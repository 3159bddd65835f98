"""Who gets what at the addresses of invitations; `access` explains the words."""

from __future__ import annotations

from typing import Any

from folkmoot.invitations.links import answer_path
from folkmoot.invitations.stopping import stop_path
from tests.architecture.access_row import MANAGER, Row, of_meeting
from tests.architecture.world import World


def of_answer(world: World) -> dict[str, Any]:
    """The participant's, from a mail to them; it does not matter who is signed in."""
    return _token(answer_path(world.meeting, world.people["participant"]))


def of_stop(world: World) -> dict[str, Any]:
    return _token(stop_path(world.people["participant"].pk, world.group.pk))


def of_invited(world: World) -> dict[str, Any]:
    """A guest of the group's next call."""
    return {"pk": world.invited.meeting_id, "guest_id": world.invited.pk}


def _token(path: str) -> dict[str, Any]:
    return {"token": path.rstrip("/").rpartition("/")[2]}


INVITATIONS: dict[str, Row] = {
    "calls/answer/<str:token>/": Row("200", "400", at=of_answer),
    "calls/invitations/stop/<str:token>/": Row("200", "200", at=of_stop),
    "meetings/<int:pk>/invited/": Row(MANAGER.format(200), MANAGER.format(400), at=of_meeting),
    "meetings/<int:pk>/invited/<int:guest_id>/uninvite/": Row("in 405", MANAGER.format("go"), at=of_invited),
    "me/invitations/": Row("in 200", "in go"),
}
