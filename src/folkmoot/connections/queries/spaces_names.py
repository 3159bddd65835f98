"""Who could be recognised in a summary before it is published: nobody may be, unless a host says why it may stand."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from folkmoot.connections.models.spaces import ThemeSession
from folkmoot.connections.queries.spaces import could_be_named
from folkmoot.meetings.domain.attribution import Hit, find_mentions
from folkmoot.meetings.domain.html_words import words_of
from folkmoot.plan.rendering import rendered


@dataclass(frozen=True)
class NameFound:
    """Words by which somebody could be recognised, `times` in all; `mark` stands for them in a form."""

    mark: str
    words: str
    excerpt: str
    sure: bool
    times: int

    @property
    def before(self) -> str:
        """What stands before the words."""
        return self.excerpt.partition(self.words)[0] if self.words in self.excerpt else ""

    @property
    def after(self) -> str:
        """What stands behind them."""
        return self.excerpt.partition(self.words)[2] if self.words in self.excerpt else f" · {self.excerpt}"


def markdown_of(session: ThemeSession, summary: str) -> str:
    """The file that is published."""
    return f"# {' '.join(session.title.split())}\n\n{summary.strip()}\n"


def names_in(session: ThemeSession, summary: str) -> list[NameFound]:
    """Every name of somebody around the session in what would be published, as a page and as a file; four queries."""
    texts = {
        "file": markdown_of(session, summary),
        "page": f"{session.title}\n{words_of(rendered(summary, first_heading=1))}",
    }
    found: dict[str, list[tuple[Hit, str]]] = {}
    for hit in find_mentions(could_be_named(session), texts):
        said = texts[hit.channel][hit.start : hit.end]
        found.setdefault(_mark(hit.key, said), []).append((hit, said))
    return [
        NameFound(mark, hits[0][1], hits[0][0].excerpt, any(hit.sure for hit, _said in hits), _times(hits))
        for mark, hits in found.items()
    ]


def not_let_stand(session: ThemeSession, summary: str, marks: Collection[str]) -> list[NameFound]:
    """Those that keep a summary from being published: not among the marks that a host has let stand."""
    return [one for one in names_in(session, summary) if one.mark not in marks]


def _times(hits: list[tuple[Hit, str]]) -> int:
    """How often they stand on the page, or in the file where only there."""
    return sum(hit.channel == "page" for hit, _said in hits) or len(hits)


def _mark(key: str, said: str) -> str:
    return hashlib.sha256(f"{key}\0{said.casefold()}".encode("utf-8", "replace")).hexdigest()[:16]
