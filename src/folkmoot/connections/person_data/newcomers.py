"""How newcomers are met: a rota of buddies, first tasks, check-ins."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
