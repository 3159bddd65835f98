"""Circles with a host and an end, and sessions on one subject."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
