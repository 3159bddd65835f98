"""What the product itself keeps and logs while people cast by its pages, and what whoever holds all of it makes of it.

Simulated elections stand in `test_ballot_linkage.py`; here nothing is simulated. Three people cast a minute apart, one
signed in on a device that was last seen hours ago, two by their links, and much goes wrong on the way.
"""

from __future__ import annotations

import itertools
import logging
import logging.config
import pickle
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from folkmoot.governance.actions.opening import close_voting
from folkmoot.governance.ballot_links import ballot_path
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.views import ballots as views
from folkmoot.ledger.actors import system
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.governance.test_ballots_pages import hidden, numbers, page, to_cast

pytestmark = pytest.mark.django_db
OWN = {"governance_sealedballot", "governance_turnout"}
PERSONAL = {"cache", "django_session", "usersessions_usersession"}
"""What may change besides: when somebody's device was seen, and how often a network asked."""


@pytest.fixture
def logged():
    """The lines that are written, by the logging that the product is run with."""

    class Kept(logging.Handler):
        lines: list[str] = []

        def emit(self, record):
            self.lines.append(self.format(record))

    handler, said = Kept(), settings.LOGGING
    form = said["formatters"]["line"]
    handler.setFormatter(logging.Formatter(form["format"], style=form["style"]))
    handler.addFilter(logging.config.DictConfigurator(said).configure_filter(said["filters"]["addresses"]))
    logging.getLogger().addHandler(handler)
    Kept.lines = []
    yield Kept.lines
    logging.getLogger().removeHandler(handler)


def kept():
    """All rows of all other tables, and all that is in the cache, as text."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - OWN
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(repr(row) for row in cursor.fetchall())
    held = getattr(cache, "_cache", {})
    found["cache"] = sorted(f"{key} {pickle.loads(value)!r}" for key, value in held.items())
    return found


def rows_in_file(model, column):
    order = "rowid" if connection.vendor == "sqlite" else "xmin::text::bigint, ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {order}")
        return [value for (value,) in cursor.fetchall()]


def cast_by_page(made, voter, client, token):
    """From the ballot to the receipt, with a false start: an address that is cut, a broken envelope, no stamp."""
    way = {"pass": token} if token else {}
    client.get(ballot_path(voter)[:-9] + "/")
    review = client.post(page(made, "vote/"), {"do": "review", **way, **numbers(made, 1, 2, 3)})
    sent = to_cast(made, review)
    client.post(page(made, "vote/"), sent | {f"e-{made.contest.pk}": "{}"})
    client.post(page(made, "vote/"), sent | {"opened": ""})
    cast = client.post(page(made, "vote/"), sent)
    client.post(page(made, "vote/"), sent)
    assert cast.status_code == 200


def break_while_casting(made, voter, monkeypatch):
    """A fault of the program, of which all that is known of an error is written to the log."""
    monkeypatch.setattr(views, "cast_ballots", lambda *_given, **_more: 1 / 0)
    client = Client(raise_request_exception=False)
    way = {"pass": hidden(client.get(ballot_path(voter)), "pass")}
    review = client.post(page(made, "vote/"), {"do": "review", **way, **numbers(made, 1, 2, 3)})
    assert client.post(page(made, "vote/"), to_cast(made, review)).status_code == 500


def close(made):
    made.election.accepts_until = timezone.now() - timedelta(seconds=1)
    made.election.save()
    close_voting(made.election, by=system())


def test_nothing_that_is_kept_or_logged_while_people_cast_leads_from_a_person_to_a_receipt(freeze, logged, monkeypatch):
    monkeypatch.setattr("folkmoot.people.guards.QUICKEST", 0.0)
    organisation()
    made = made_election(group(), ElectionState.OPEN, voters=4)
    start, clients, receipts = timezone.now(), {}, {}
    *voters, last = [*made.voters[1::2], *made.voters[::2]]
    for voter in voters[:1]:
        clients[voter] = Client()
        clients[voter].force_login(voter.person)
        clients[voter].get(page(made, "receipts/"))
    before = kept()

    for at, voter in enumerate(voters):
        freeze(start + timedelta(hours=5, minutes=at))
        client = clients.get(voter, Client())
        token = "" if voter in clients else hidden(client.get(ballot_path(voter)), "pass")
        cast_by_page(made, voter, client, token)
        (receipts[voter],) = set(SealedBallot.objects.values_list("receipt", flat=True)) - set(receipts.values())
    in_order = rows_in_file(Turnout, "voter_id")
    break_while_casting(made, last, monkeypatch)
    after = kept()
    close(made)

    assert {table for table in after if after[table] != before[table]} <= PERSONAL
    written = "\n".join([*logged, *itertools.chain.from_iterable(after.values())])
    secret = [part for sealed in SealedBallot.objects.all() for part in (sealed.receipt, sealed.envelope[60:120])]
    assert [part for part in secret if part in written] == []
    # The log says that something went wrong, and neither for whom nor with what.
    lines = "\n".join(logged)
    people = [part for one in made.voters for part in (one.person.name, one.person.email, ballot_path(one)[-40:])]
    assert (ZeroDivisionError.__name__ in lines, [part for part in people if part in lines]) == (True, [])
    assert re.findall(r"[A-Za-z0-9_-]{40,}", re.sub("test_[a-z_]+", "", lines)) == []
    # The order in which rows were written, that of casting before, is that of their random numbers from the close on.
    assert in_order == [voter.pk for voter in voters]
    for model in (Turnout, SealedBallot):
        assert rows_in_file(model, "id") == sorted(model.objects.values_list("pk", flat=True))
