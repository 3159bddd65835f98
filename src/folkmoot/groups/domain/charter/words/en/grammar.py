"""Pieces of patterns that several English tables use."""

from __future__ import annotations

from typing import Final

GROUP: Final = (
    r"(?:we|(?:the |this |our |each )?(?:\w+ ){0,4}"
    r"(?:group|wg|sig|tag|committee|council|team|task force|board|members))"
)
"""The group itself, as the subject of a sentence."""
