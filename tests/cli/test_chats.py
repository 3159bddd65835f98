"""`folkmoot chats`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.connections.models.chats import ChatRound
from tests.factories.connections.chats import cast, chats
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation(zone="Europe/Lisbon")
    return freeze("2026-11-23T12:00Z")


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, words, input=given)


def test_chats_are_listed_and_a_round_is_looked_at_then_drawn_in_numbers_alone():
    people = cast(5)
    made = chats(None, people, name="Coffee")
    counted = {"people": 5, "conversations": 2, "of_three": 1, "nobody_for": 0}

    listed = json.loads(run("chats", "list", "--json").stdout)
    assert listed == [
        {
            "programme": made.pk,
            "name": "Coffee",
            "group": None,
            "weeks": 2,
            "next_draw": "2026-12-02",
            "people": 5,
            "rounds": 0,
        }
    ]
    dry = run("chats", "draw", str(made.pk), "--dry-run", "--json")
    assert (json.loads(dry.stdout), ChatRound.objects.count()) == (counted, 0)
    assert run("chats", "draw", str(made.pk), given="n\n").exit_code == 1
    drawn = run("chats", "draw", str(made.pk), "--yes")
    assert drawn.stdout == "people\tconversations\tof_three\tnobody_for\n5\t2\t1\t0\n"
    assert ChatRound.objects.count() == 1
    assert not [one.name for one in people if one.name in dry.output + drawn.output]
    assert run("chats", "draw", str(made.pk), "--yes").exit_code == 5
    assert run("chats", "draw", "999").exit_code == 3
