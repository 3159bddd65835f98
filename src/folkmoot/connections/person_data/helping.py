"""Requests for help, their clocks and their answers."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
