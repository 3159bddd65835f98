"""`folkmoot times fair`, from flags and lists to words and the exit code."""

from __future__ import annotations

import json
from datetime import time

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance, times
from folkmoot.people.actions import state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.models import Profile
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

SIX_CALLS = ("--slot", "Tue 17:00", "--in", "Europe/London", "--from", "2026-10-06", "--calls", "6")
PEOPLE = ("--zone", "Europe/London=4", "--zone", "Pacific/Auckland=2", "--zone", "America/Denver")


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, ["times", "fair", *words], input=given)


def test_proposal_is_told_with_what_it_means_to_everybody():
    done = run(*SIX_CALLS, *PEOPLE, "--zone", "Asia/Kolkata")
    answer = json.loads(run(*SIX_CALLS, *PEOPLE, "--zone", "Asia/Kolkata", "--json").stdout)

    assert done.exit_code == 0
    assert "Today: Tuesday 17:00, London time" in done.stdout
    assert done.stderr.splitlines() == answer["reason"]
    assert done.stderr.startswith("Today’s slot puts Auckland at 05:00 or 06:00 for every call.\n")
    assert answer["today"]["slots"] == [{"weekday": "tue", "time": "17:00"}]
    assert answer["today"]["parties"][0] == {
        "zone": "Pacific/Auckland",
        "people": 2,
        "burden": 27,
        "early_or_late": 6,
        "at_night": 3,
        "times": ["05:00", "06:00"],
    }
    assert answer["proposal"]["heaviest_burden"] < answer["today"]["heaviest_burden"]
    assert (answer["is_proven"], answer["calls"], answer["until"]) == (True, 6, "2026-11-10")


def test_more_turns_are_taken_only_as_far_as_is_allowed():
    one = json.loads(run(*SIX_CALLS, *PEOPLE, "--zone", "Asia/Kolkata", "--rotation", "1", "--json").stdout)

    assert len(one["proposal"]["slots"]) == 1


def test_list_of_people_is_read_with_their_hours():
    people = "Zone;People;From;Until\nPacific/Auckland;2;05:00;12:00\n\nEurope/London;;;\n"

    answer = json.loads(run(*SIX_CALLS, "--people", "-", "--json", given=people).stdout)

    assert {party["zone"]: (party["people"], party["burden"]) for party in answer["today"]["parties"]} == {
        "Pacific/Auckland": (2, 0),
        "Europe/London": (1, 0),
    }
    assert answer["reason"] == ["Today’s slot suits everybody."]


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("--slot", "Tue 17:00"), "", "Please say where people live: --zone Asia/Kolkata=3 or --people people.csv."),
        (PEOPLE, "", "Please say when calls are today: --slot 'Tue 17:00'."),
        (("--slot", "someday", *PEOPLE), "", "“someday” is not a slot; write it like 'Tue 17:00'."),
        (("--slot", "Tue 17:00", "--zone", "UTC=many"), "", "“many” is no number of people."),
        (
            ("--slot", "Tue 17:00", "--people", "-"),
            "where\nBerlin\n",
            "The list needs a first line with its columns: zone, people, from, until.",
        ),
        (
            ("--slot", "Tue 17:00", "--people", "-"),
            "zone,from,until\nUTC,8 am,\n",
            "Line 2 of the list: hours are written like 08:00, both of them.",
        ),
        (
            ("--slot", "Tue 17:00", *PEOPLE, "--from", "9999-01-01"),
            "",
            "--from 9999-01-01 is out of reach: 1900 to 9900.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(words, given, said):
    done = run(*words, given=given)

    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{said}\n")


@pytest.fixture
def lantern(db, freeze):
    freeze("2026-11-26T10:00Z")
    organisation()
    group = meeting_group(said("FREQ=WEEKLY;BYDAY=TU", first="2026-01-06", at="17:00", zone="Europe/Lisbon"))
    for zone in ("Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles"):
        Profile.objects.create(person=join(PersonFactory(zone=zone), group), seen={"zone": "groups"})
    return group


def test_group_is_planned_for_with_what_may_be_known_of_it(lantern):
    hidden = join(PersonFactory(zone="Pacific/Auckland"), lantern)
    state_comfortable_hours(hidden, StatedHours((time(3, 33), time(4, 44))), by=hidden)

    done, answer = run("--group", lantern.slug), json.loads(run("--group", lantern.slug, "--json").stdout)

    assert done.exit_code == 0
    assert "Today: Tuesday 17:00, Lisbon time" in done.stdout
    assert done.stderr.splitlines() == answer["reason"]
    assert answer["from"] == "2026-12-07"
    assert answer["heaviest_burden"]["proposal"] < answer["heaviest_burden"]["today"]
    assert "Auckland" not in done.output + json.dumps(answer)


def test_group_that_cannot_be_planned_for_says_why(lantern):
    few, both, none = run("--group", lantern.slug), run("--group", lantern.slug, "--zone", "UTC"), run("--group", "no")

    assert few.stderr == ("Fair times are for at least 5 people whose time zone is known, so that nobody stands out.\n")
    assert both.stderr == "With --group, calls and people are those of the group.\n"
    assert (few.exit_code, both.exit_code, none.exit_code) == (2, 2, 3)


def test_times_is_still_the_command_that_it_was():
    alone = CliRunner().invoke(times.times, ["fair", "--slot", "Tue 17:00", "--zone", "UTC"])

    assert (alone.exit_code, alone.stderr) == (0, "Today’s slot suits everybody.\n")
    assert CliRunner().invoke(entrance, ["times", "no-such-file.md"]).exit_code != 0
