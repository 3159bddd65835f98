"""One thing that was looked at, and how it is doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "warning", "broken"]


@dataclass(frozen=True)
class Finding:
    """Its name, its state, and a sentence that says what to do where it is not well."""

    name: str
    state: State
    words: str
