"""`folkmoot motion`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.decisions.models import Motion
from tests.factories.motions import council, motion, opened, vote
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

SLUG = "lantern-working-group"


@pytest.fixture
def here(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-26T12:00Z")
    organisation()
    return council()


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, words, input=given)


def test_motions_as_lines_and_as_json(here):
    motion(here.group, title="Red \x1b[31mlamp")
    opened(here.group)

    plain, voting = run("motion", "list", "--group", SLUG), run("motion", "list", "--state", "voting", "--json")

    assert plain.stdout.splitlines() == [
        f"2026-2\tvoting\t{SLUG}\tA lamp\t2026-12-04T12:00:00+00:00",
        f"2026-1\tamending\t{SLUG}\tRed [31mlamp\t",
    ]
    assert json.loads(voting.stdout) == [
        {
            "motion": "2026-2",
            "group": SLUG,
            "title": "A lamp",
            "state": "voting",
            "closes_at": "2026-12-04T12:00:00+00:00",
        }
    ]
    assert run("motion", "list", "--state", "carried").stderr == "There are no such motions.\n"


def test_motion_is_put_from_what_comes_in(here):
    words = ("motion", "put", "--group", SLUG, "--title", "A lamp", "-")

    dry = run(*words, "--dry-run", given="We buy a lamp.")
    assert (dry.exit_code, dry.stdout, Motion.objects.count()) == (0, "", 0)
    done = run(*words, given="We buy a lamp.\n")

    assert (done.exit_code, done.stdout) == (0, "2026-1\n")
    assert Motion.objects.get().text == "We buy a lamp."
    assert run(*words, given=" ").exit_code == 2


def test_motion_is_shown_as_its_record_and_as_json(here):
    put = opened(here.group)
    vote(put, "approve", here.ada)

    plain, as_json = (
        run("motion", "show", "2026-1", "--group", SLUG),
        run("motion", "show", "2026-1", "--group", SLUG, "--json"),
    )

    assert plain.stdout.splitlines()[0] == "# Motion 2026-1: A lamp"
    shown = json.loads(as_json.stdout)
    assert (shown["state"], shown["terms"]["threshold"], shown["count"]["binding"]["approve"]) == ("voting", "1/2", 1)
    assert run("motion", "show", "2026-9", "--group", SLUG).exit_code == 3
    assert run("motion", "show", "nine", "--group", SLUG).exit_code == 2


def test_vote_is_counted_when_everybody_has_spoken(here):
    put = opened(here.group)
    vote(put, "approve", here.ada, here.ben, here.cleo)
    assert run("motion", "settle", "2026-1", "--group", SLUG).exit_code == 5
    vote(put, "abstain", here.dan)

    dry = run("motion", "settle", "2026-1", "--group", SLUG, "--dry-run")
    put.refresh_from_db()
    assert (dry.stdout, put.state) == ("carried\n", "voting")
    assert run("motion", "settle", "2026-1", "--group", SLUG).stdout == "carried\n"
    put.refresh_from_db()
    assert put.state == "carried"
