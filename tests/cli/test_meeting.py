"""`folkmoot meeting`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import settle_series_place
from folkmoot.meetings.models import Pause
from tests.factories.meetings import meeting_group, next_meeting, said
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db
SLUG = "lantern-working-group"


@pytest.fixture
def lantern(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-26T10:00Z")
    organisation()
    return meeting_group(said("FREQ=WEEKLY;BYDAY=FR", first="2026-01-02", at="16:00", zone="Europe/Lisbon"))


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(entrance, ["meeting", *words], input=given)


def test_calls_are_listed_and_shown_for_people_and_for_programs(lantern):
    link = {"join_link": "https://meet.example.org/s3cret", "venue": "", "address": "", "venue_notes": ""}
    settle_series_place(lantern, 0, **link, venue_is_public=False, by=system())
    call = next_meeting(lantern)

    listed = json.loads(run("list", "--group", SLUG, "--count", "2", "--json").stdout)
    one = run("show", str(call.pk), "--json")

    assert listed[0] == {
        "number": call.pk, "starts": "2026-11-27 16:00", "zone": "Europe/Lisbon", "utc": "2026-11-27T16:00:00Z",
        "state": "planned", "title": None,
    }  # fmt: skip
    assert len(listed) == 2
    assert (json.loads(one.stdout)["minutes"], json.loads(one.stdout)["has_video_link"]) == (60, True)
    assert [json.loads(one.stdout)[says] for says in ("coming", "maybe", "regret")] == [0, 0, 0]
    assert "s3cret" not in one.stdout + run("show", str(call.pk)).stdout
    assert run("list", "--group", SLUG, "--past").exit_code == 3
    assert (run("show", "999").exit_code, run("list", "--group", "none").exit_code) == (3, 3)


def test_call_is_moved_and_cancelled_only_where_it_is_meant(lantern):
    call = next_meeting(lantern)
    moving = ("move", str(call.pk), "--to", "2026-11-28T17:30", "--why", "A fair")

    assert run(*moving, given="n\n").exit_code == 1
    assert run(*moving, "--dry-run").stdout == "2026-11-28 17:30 Europe/Lisbon\n"
    call.refresh_from_db()
    assert f"{call.starts:%m-%d %H:%M}" == "11-27 16:00"
    assert run(*moving, "--yes").exit_code == 0
    call.refresh_from_db()
    assert f"{call.starts:%m-%d %H:%M}" == "11-28 17:30"
    assert run("cancel", str(call.pk), "--why", " ", "--yes").exit_code == 2
    assert run("cancel", str(call.pk), "--why", "Nobody is here", "--yes").stdout == "cancelled\n"
    assert run(*moving, "--yes").exit_code == 5


def test_calls_are_left_out(lantern):
    span = ("skip", "--group", SLUG, "--from", "2026-12-04", "--to", "2026-12-11", "--why", "fair")

    assert run(*span, "--dry-run").exit_code == 0
    assert not Pause.objects.exists()
    assert run(*span, "--yes").exit_code == 0
    assert run("skip", "--group", SLUG, "--holidays", "PT", "--yes").exit_code == 0

    days = [one["starts"][:10] for one in json.loads(run("list", "--group", SLUG, "--count", "4", "--json").stdout)]
    assert days == ["2026-11-27", "2026-12-18", "2027-01-08", "2027-01-15"]
    assert run("skip", "--group", SLUG, "--holidays", "XX", "--yes").exit_code == 2
    assert run("skip", "--group", SLUG, "--from", "2026-12-04").exit_code == 2
    assert run("skip", "--group", SLUG, "--series", "4", "--holidays", "PT", "--yes").exit_code == 3
