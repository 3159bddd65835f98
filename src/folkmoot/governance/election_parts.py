"""What stands on the page of an election: its parts hang their sections here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.governance.models.elections import Election
from folkmoot.kit.registry import Registry

Render = Callable[[HttpRequest, Election], SafeString | None]
"""Gets the request (whose reader may be a stranger) and the election, and gives a finished `{% section %}`, or None
where there is nothing to show to this reader."""

ELECTION_PARTS: Registry[Render] = Registry("part of an election's page")


def add_part(name: str, render: Render, *, order: int) -> None:
    """Hang a section on the page of each election, in its order."""
    ELECTION_PARTS.register(name, render, order=order, by=render.__module__)


def parts_of(request: HttpRequest, election: Election) -> list[SafeString]:
    """All sections that have something to show to this reader, in order."""
    return [html for render in ELECTION_PARTS if (html := render(request, election)) is not None]
