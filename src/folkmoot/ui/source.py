"""What the line-numbered view of a text is made of, for the tag `{% source_view %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class SourceNote:
    """Something to know about a line of a text: how grave it is, and the words."""

    severity: Literal["info", "warning", "error"]
    words: Label
