"""A charter as a page: its clauses under headings that fit the page, and its source with notes beside the lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from folkmoot.groups.models import CharterVersion, Clause
from folkmoot.ui.source import SourceNote

LINE_END = re.compile(r"\r\n|\r|\n")
ITEM_KINDS = frozenset({"objective", "role", "activity"})


@dataclass(frozen=True)
class ShownClause:
    """A section of the charter: its heading at the level that follows from the one before, and its text."""

    clause: Clause
    level: int

    @property
    def anchor(self) -> str:
        return self.clause.anchor

    @property
    def heading(self) -> SafeString | None:
        """The heading with its number and permalink; None for what stands before the first one."""
        if not self.clause.heading:
            return None
        number = format_html('<span class="clause-number">{}</span> ', self.clause.number) if self.clause.number else ""
        return format_html(
            '<h{} id="{}-title">{}{} <a class="clause" href="#{}" aria-label="{}">§</a></h{}>',
            self.level,
            self.anchor,
            number,
            self.clause.title,
            self.anchor,
            _("Link to “%(heading)s”") % {"heading": self.clause.title},
            self.level,
        )

    @property
    def body(self) -> SafeString:
        return mark_safe(self.clause.html)  # noqa: S308  made harmless when the version was adopted


def shown_clauses(charter: CharterVersion) -> list[ShownClause]:
    """The sections in order. No heading is more than one level below the one before, whatever the file does."""
    shown: list[ShownClause] = []
    open_levels: list[int] = []
    for clause in charter.clauses.exclude(kind__in=ITEM_KINDS):
        if clause.heading:
            while open_levels and open_levels[-1] >= clause.level:
                open_levels.pop()
            open_levels.append(clause.level)
        shown.append(ShownClause(clause, min(6, 1 + max(1, len(open_levels)))))
    return shown


def lines_of(text: str) -> list[str]:
    """The lines as the charter reader counts them, without their ends."""
    lines = LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def noted_lines(reading: Mapping[str, Any]) -> dict[int, list[SourceNote]]:
    """The reader's notes by line."""
    found: dict[int, list[SourceNote]] = defaultdict(list)
    for note in reading.get("notes") or []:
        words = " ".join(filter(None, (note.get("message"), note.get("suggestion"))))
        found[note["line"]].append(SourceNote(note["severity"], words))
    return dict(found)
