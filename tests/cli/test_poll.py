"""`folkmoot poll`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.availability.actions import answer_as_guest, make_series_of
from folkmoot.availability.models import OpenTo, Poll, Sort
from folkmoot.cli import entrance
from folkmoot.ledger.actors import system
from folkmoot.meetings.models import OWN_FROM
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.polls import painted, poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    return meeting_group()


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, words, input=given)


MAKE = ("poll", "make", "--title", "Lamps", "--in", "Europe/Lisbon", "--closes", "2026-11-30")


def test_polls_are_listed_and_shown_with_the_times_that_suit(lantern):
    made = poll(lantern, title="Lamps \x1b[31m")
    answer_as_guest(made, painted(made, free=(0, 1)), name="Odalys", once="a")
    answer_as_guest(made, painted(made, free=(1, 2), maybe=(0,)), name="Bo", once="b")
    settled = poll(lantern)
    make_series_of(settled, 840, by=system())

    listed = json.loads(run("poll", "list", "--group", lantern.slug, "--json").stdout)
    assert [(row["poll"], row["state"], row["answers"], row["series"]) for row in listed] == [
        (made.pk, "open", 2, None),
        (settled.pk, "settled", 0, OWN_FROM),
    ]
    plain = run("poll", "show", str(made.pk), "--in", "Asia/Tokyo")
    assert (plain.exit_code, "\x1b" in plain.stdout) == (0, False)
    assert "Monday, 23:00–00:00\tAll 2 can come, one only if need be" in plain.stdout
    as_json = json.loads(run("poll", "show", str(made.pk), "--json").stdout)
    assert as_json["best"][0] == {
        "key": 840,
        "time": "Monday, 14:00–15:00",
        "coming": 2,
        "if_need_be": ["Bo"],
        "missing": [],
        "burden": 0,
    }
    assert (run("poll", "show", "77").exit_code, run("poll", "show", str(made.pk), "--in", "Oz").exit_code) == (3, 5)


def test_poll_is_made_and_closed_or_only_looked_at(lantern):
    join(PersonFactory(name="Ben"), lantern)
    where = ("--group", lantern.slug)

    looked = run(*MAKE, *where, "--dry-run")
    assert (looked.exit_code, Poll.objects.count(), Telling.objects.count()) == (0, 0, 0)
    assert run(*MAKE, *where, given="n\n").exit_code == 1
    made = run(*MAKE, *where, "--yes", "--only-group", "--hours", "18:00-24:00", "--days", "tue")
    found = Poll.objects.get()
    assert made.stdout.strip().endswith(found.get_absolute_url())
    assert (found.starts, found.ends, found.weekdays, found.open_to) == (1080, 1440, [1], OpenTo.GROUP)
    days = run(*MAKE, *where, "--yes", "--from", "2026-12-01", "--until", "2026-12-09", "--days", "wed")
    assert days.exit_code == 0
    assert Poll.objects.get(sort=Sort.DAYS).days == ["2026-12-02", "2026-12-09"]
    assert [run(*MAKE, *where, "--yes", *bad).exit_code for bad in (("--days", "x"), ("--hours", "x"))] == [2, 2]
    assert run(*MAKE, *where, "--yes", "--closes", "9999-12-31").exit_code == 2

    assert run("poll", "close", str(found.pk), "--dry-run").exit_code == 0
    found.refresh_from_db()
    assert found.closed_at is None
    assert run("poll", "close", str(found.pk), "--yes").exit_code == 0
    found.refresh_from_db()
    assert found.closed_at is not None
