"""What stands on the page of an election: its parts hang their sections here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.kit.registry import Registry

Render = Callable[[HttpRequest, Election], SafeString | None]
"""Gets the request (whose reader may be a stranger) and the election, and gives a finished `{% section %}`, or None
where there is nothing to show to this reader."""


@dataclass(frozen=True)
class Part:
    """One section, and the states of an election in which it stands before all others: what matters then."""

    render: Render
    leads_while: frozenset[ElectionState]


ELECTION_PARTS: Registry[Part] = Registry("part of an election's page")


def add_part(name: str, render: Render, *, order: int, leads_while: Collection[ElectionState] = ()) -> None:
    """Hang a section on the page of each election, in its order, and in some states before all others."""
    ELECTION_PARTS.register(name, Part(render, frozenset(leads_while)), order=order, by=render.__module__)


def parts_of(request: HttpRequest, election: Election) -> list[SafeString]:
    """All sections that have something to show to this reader, in order."""
    in_order = sorted(ELECTION_PARTS, key=lambda part: election.state not in part.leads_while)
    return [html for part in in_order if (html := part.render(request, election)) is not None]
