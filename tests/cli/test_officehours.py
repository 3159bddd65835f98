"""`folkmoot officehours`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from tests.factories.connections.office_hours import booked, offered
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_office_hours_are_listed_with_how_many_booked_and_not_who(freeze):
    freeze("2026-03-02T09:00Z")
    organisation()
    lantern = group()
    assert run("officehours", "list").exit_code == 3
    hours = offered(join(PersonFactory(name="Ada \x1b[31m"), lantern), lantern)
    booked(hours, PersonFactory(name="Ben"))
    booked(hours, PersonFactory(), waits=True)

    assert json.loads(run("officehours", "list", "--json").stdout) == [
        {
            "number": hours.pk,
            "title": "Ask about charters",
            "host": hours.host.name,
            "group": lantern.slug,
            "when": "every Wednesday at 10:00, Lagos time",
            "seats": 1,
            "state": "open",
            "booked": 1,
        }
    ]
    shown = run("officehours", "list")
    assert ("\x1b" in shown.stdout, "Ben" in shown.stdout, shown.exit_code) == (False, False, 0)
