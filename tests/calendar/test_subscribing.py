"""Programs that people really use follow a feed: moves and cancellations arrive, and what was taken back is gone."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.calendar.actions import make_own_feed, revoke_own_feed
from folkmoot.groups.models import Power
from folkmoot.meetings.actions import cancel_meeting, move_meeting
from tests.calendar.subscribing import Subscriber, site
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_khal_and_vdirsyncer_see_a_move_a_cancellation_and_an_address_that_was_taken_back(client, freeze, tmp_path):
    clock = freeze("2026-11-23T12:00:00Z")
    organisation()
    group = meeting_group()
    manager = join(PersonFactory(), group, Power.MANAGE)
    public, own = f"/groups/{group.slug}/calendar.ics", make_own_feed(has_details=False, by=manager)[1]
    first, second = next_meeting(group), next_meeting(group, number=1)

    with site() as served:

        def sync(*names: str) -> tuple[int, bool]:
            """How vdirsyncer ends, and whether it says that something is gone."""
            served.answers = {path: client.get(path) for path in (public, own)}
            ended = subscriber.run("vdirsyncer", "sync", *names)
            return ended.returncode, "Gone" in ended.stderr

        address = f"http://127.0.0.1:{served.port}"
        subscriber = Subscriber(tmp_path, "Europe/Berlin", group=f"{address}{public}", own=f"{address}{own}")
        subscriber.run("vdirsyncer", "discover")
        synced = [sync()]
        before = subscriber.shown("2026-11-23", 35)
        clock.shift(3600)
        move_meeting(first, to=first.starts + dt.timedelta(days=1, hours=2), why="A holiday", by=manager)
        cancel_meeting(second, why="Nobody is there", by=manager)
        synced.append(sync())
        after = subscriber.shown("2026-11-23", 35)
        revoke_own_feed(by=manager)
        taken_back = sync("own")

    assert synced == [(0, False), (0, False)]
    for calendar in ("group", "own"):
        assert before[calendar] == [
            "2026-11-25 17:00 CONFIRMED",
            "2026-12-09 17:00 CONFIRMED",
            "2026-12-23 17:00 CONFIRMED",
        ]
        assert after[calendar] == [
            "2026-11-26 19:00 CONFIRMED",
            "2026-12-09 17:00 CANCELLED",
            "2026-12-23 17:00 CONFIRMED",
        ]
    assert taken_back == (1, True)
    assert [method for method, _path, headers in served.asked if "Referer" in headers or method != "GET"] == []
