"""Ten thousand voters are told that they can vote, by runs of which one is killed, against writing one plain row each.

The baseline is what no way to tell somebody can do without: the row of what was told, written in bulk. Telling adds
each voter's own words and way to the ballot, what they want to hear and where, and the delivery to each place.
"""

from __future__ import annotations

from time import perf_counter
from unittest import mock

from django.db import transaction
from django.utils import timezone

from folkmoot.governance.actions import plan_messages
from folkmoot.governance.actions.plan_messages import send_due, write_message
from folkmoot.governance.models.elections import ElectionState
from folkmoot.notices.models import Telling
from tests.benchmarks.bench_voting import VOTERS, enrolled
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation

BAR = 80.0
"""Measured on two cores with SQLite: 50."""
KILLED_AT = 3
"""Which chunk of the first run is told, and lost with its process."""


class Killed(BaseException):
    """As SIGKILL: nothing in between catches it."""


def run() -> list[tuple[str, float, float]]:
    organisation()
    made = made_election(group(name="Mailing Working Group"), ElectionState.OPEN, voters=0)
    enrolled(made)
    write_message(made.election, "voting_opens")

    begin = perf_counter()
    killed()
    runs = 1
    while send_due(timezone.now()):
        runs += 1
    took = perf_counter() - begin

    told = list(Telling.objects.values_list("person", flat=True))
    assert len(told) == len(set(told)) == VOTERS
    rows = [Telling(**{**vars_of(one), "id": None, "once_key": ""}) for one in Telling.objects.all()]
    begin = perf_counter()
    with transaction.atomic():
        Telling.objects.bulk_create(rows, batch_size=500)
    written = perf_counter() - begin
    return [
        (
            f"10,000 voters told in {runs} runs, one of them killed ({took:.0f} s), to plain rows in bulk",
            took / written,
            BAR,
        )
    ]


def killed() -> None:
    """A run that dies after it told a chunk and before its end of the transaction."""
    real, calls = plan_messages.tell, 0

    def dies(people, notice):  # type: ignore[no-untyped-def]
        nonlocal calls
        calls += 1
        found = real(people, notice)
        if calls == KILLED_AT:
            raise Killed
        return found

    with mock.patch.object(plan_messages, "tell", dies):
        try:
            send_due(timezone.now())
        except Killed:
            return
    raise AssertionError("The run was not killed.")


def vars_of(telling: Telling) -> dict[str, object]:
    """The values of its columns."""
    return {field.attname: getattr(telling, field.attname) for field in Telling._meta.concrete_fields}
