"""Eight clients cast ballots at once in an election of ten thousand voters, against writing one plain row each.

The baseline is what no way to vote can do without: the same eight, each row in a transaction of its own, with the same
envelope in it. Casting adds the roll, a look at the envelope and its officers' keys, the held row, turnout and receipt.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from time import perf_counter

from django.db import connections, transaction
from django.db.models import Count

from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.domain.sealed.envelopes import seal
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

VOTERS, CLIENTS, BALLOTS = 10_000, 8, 50
"""On the roll; at once; cast by each client."""
BARS = {"sqlite": 25.0, "postgresql": 45.0}
"""Casts of one election follow each other; on PostgreSQL each waits for the held row besides, where plain rows do not
wait for each other. Measured on two busy cores: 12 to 17 and 31 to 35."""


def run() -> list[tuple[str, float, float]]:
    organisation()
    made = made_election(
        group(name="Voting Working Group"), ElectionState.OPEN, officers=3, needed=2, candidates=7, voters=0
    )
    voters = enrolled(made)
    sealing = sealing_for(made.contest)
    envelopes = [seal((1, 2, 3, 4, 5, 6, 7), sealing) for _ in range(2 * CLIENTS * BALLOTS)]

    def plain(number: int) -> None:
        with transaction.atomic():
            SealedBallot.objects.create(
                contest=made.contest, envelope=envelopes[number].text, receipt=secrets.token_hex(32)
            )

    def cast(number: int) -> None:
        envelope = envelopes[CLIENTS * BALLOTS + number]
        cast_ballots(made.election, {made.contest.pk: envelope.text}, by=voters[number].person)

    at_once(plain)
    written = at_once(plain)
    SealedBallot.objects.all().delete()
    took = at_once(cast)
    assert Turnout.objects.count() == SealedBallot.objects.count() == CLIENTS * BALLOTS
    assert made.election.voters.aggregate(n=Count("pk"))["n"] == VOTERS
    one = took / (CLIENTS * BALLOTS)
    return [
        (
            f"ballot cast among 10,000 voters by 8 at once ({one * 1000:.1f} ms each), to a plain row",
            took / written,
            BARS[connections["default"].vendor],
        )
    ]


def enrolled(made: MadeElection) -> list[Voter]:
    """Ten thousand people on the roll."""
    mould = PersonFactory()
    fields = {field.attname: getattr(mould, field.attname) for field in Person._meta.concrete_fields}
    people = Person.objects.bulk_create(
        [
            Person(**{**fields, "id": None, "name": f"Voter {number}", "email": f"voter{number}@voters.example"})
            for number in range(VOTERS)
        ],
        batch_size=500,
    )
    roll = [Voter(election=made.election, person=person) for person in people]
    return Voter.objects.bulk_create(roll, batch_size=500)


def at_once(work: Callable[[int], None]) -> float:
    """Seconds in which eight clients do each their part."""
    start, broken = threading.Barrier(CLIENTS + 1), []

    def client(first: int) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait(30)
            for number in range(first, first + BALLOTS):
                work(number)
        except Exception as error:  # noqa: BLE001 -- raised below, in the thread that measures
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=client, args=(number * BALLOTS,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    start.wait(30)
    begin = perf_counter()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return perf_counter() - begin
