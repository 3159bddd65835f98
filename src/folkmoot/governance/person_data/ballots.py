"""What this part keeps about people: that they voted. Of how they voted nothing can be found by their name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.ballots import Turnout
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, OnMerging, Rows, offer


class Voted(Rows):
    """Rows that hang on a line of a frozen roll: they stay with it, whatever becomes of the record."""

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return ()

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        """Nothing was moved."""


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "governance.turnout",
        Voted(
            _("Elections in which you have voted"),
            Turnout,
            "voter__person",
            lambda one: {"election": one.election.title},
            OnErasing.KEEP,
            on_merging=OnMerging.STAY,
            seen_by=_("You. Of all voters together it is told how many have voted."),
            fetched=("election",),
        ),
    )
