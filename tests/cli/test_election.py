"""`folkmoot election`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.governance.models.elections import Election
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Filling
from folkmoot.ledger.actors import system
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

OF = ("--group", "lantern-working-group")
BEGIN = ("begin", *OF, "--title", "Committee", "--start", "11 September 2027", "--terms-on", "1 November 2027")


@pytest.fixture
def lantern(freeze):
    freeze("2027-07-01T12:00Z")
    organisation()
    return group()


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, ["election", *words], input=given)


def test_an_election_is_begun_announced_moved_and_cancelled(lantern):
    add_seat(lantern, title="Chair", filling=Filling.ELECTED, by=system())

    assert run("list", *OF).exit_code == 3
    dry = run(*BEGIN, "--dry-run")
    assert (dry.exit_code, Election.objects.count(), "2027-09-11  2027-09-30  voting" in dry.stderr) == (0, 0, True)
    begun = run(*BEGIN, "--seat", "chair", "--needed", "3", "--replaceable", "--groups-below", "--yes")
    assert begun.stdout.endswith("/groups/lantern-working-group/elections/committee-2027/\n")
    announced = run("announce", "committee-2027", *OF, given="y\n")
    moved = run("days", "committee-2027", *OF, "--step", "voting", "--last", "5 October 2027", "--yes")
    assert (announced.exit_code, moved.exit_code) == (0, 0)
    assert "Onboarding: shortened to 12 days instead of 17" in moved.stderr

    shown = json.loads(run("show", "committee-2027", *OF, "--json").stdout)
    assert (shown["state"], shown["voting_to"], shown["zone"]) == ("announced", "2027-10-05", "Etc/GMT+12")
    assert shown["groups_below"] is True
    assert shown["contests"] == [{"title": "Committee", "method": "scottish-stv", "places": 1, "seats": ["Chair"]}]
    assert shown["messages"][0] == {
        "kind": "roles_wanted", "subject": "Committee: who will look after it?", "due_on": "2027-08-04",
        "state": "waiting",
    }  # fmt: skip
    assert "2027-09-11  2027-10-05  voting" in run("show", "committee-2027", *OF).stdout
    assert run("cancel", "committee-2027", *OF, "--why", "No.", "--yes").exit_code == 0
    assert json.loads(run("list", *OF, "--json").stdout)[0]["state"] == "cancelled"


def test_what_cannot_be_is_said_with_its_exit_code(lantern):
    for code, words, sentence in (
        (2, (*BEGIN[:-3], "31 September", "--yes"), "September has 30 days."),
        (5, (*BEGIN[:-1], "1 October 2027", "--yes"), "“Onboarding” needs 7 days at least"),
        (3, (*BEGIN, "--seat", "Throne"), "has no seat “Throne”"),
        (3, ("show", "nothing", *OF), "has no election nothing."),
        (2, (*BEGIN, "--kind", "war"), "Invalid value for '--kind'"),
    ):
        answer = run(*words)
        assert (answer.exit_code, sentence in answer.stderr) == (code, True), answer.stderr
    run(*BEGIN, "--kind", "practice", "--yes")
    assert run("days", "committee-2027", *OF, "--step", "call", "--first", "2 September").exit_code == 3
    assert run("announce", "committee-2027", *OF, given="n\n").exit_code == 1
