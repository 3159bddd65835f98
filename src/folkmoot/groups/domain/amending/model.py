"""What differs between two wordings of a charter, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from folkmoot.groups.domain.charter.model import Lines

Op = Literal["same", "removed", "added"]
PieceKind = Literal["same", "changed", "moved", "moved_and_changed", "added", "removed", "layout"]
Trait = Literal["changed", "moved", "renamed", "renumbered", "relevelled", "layout"]
Status = Literal["unchanged", "changed", "layout", "added", "removed"]

LAYOUT_TRAITS: frozenset[Trait] = frozenset({"renumbered", "relevelled", "layout"})
"""What changes how a clause looks or is counted, and nothing of what it says."""


class Run(NamedTuple):
    """A stretch of words that both have, or only one of them."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list item, row of a table or block of code: the smallest thing that is matched.

    `said` is what a reader reads, with the targets of links; `key` the same without regard to the look of quotes
    and dashes. `raw` are its own lines as they are written, with plain line ends.
    """

    kind: Literal["text", "item", "row", "code"]
    name: str
    said: str
    key: str
    raw: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a clause. All empty for what stands before the first heading."""

    number: str
    """As the author counts, or as this charter's clauses are counted where the author does not."""
    text: str
    key: str
    own_number: str
    level: int
    raw: str


@dataclass(frozen=True, slots=True)
class Side:
    """A clause in one of the two wordings."""

    heading: Heading
    anchor: str
    """The permalink on the page of that wording."""
    lines: Lines
    pieces: tuple[Piece, ...]
    loose: tuple[str, ...]
    """Lines that say nothing: rules, comments."""


@dataclass(frozen=True, slots=True)
class PieceChange:
    """What became of one piece. `elsewhere` is the id of the clause on the other side, where it moved between two."""

    kind: PieceKind
    old: Piece | None
    new: Piece | None
    runs: tuple[Run, ...] = ()
    elsewhere: str = ""
    leads_away: bool = False
    """True for the trace that a moved piece leaves in the clause it left; named at its new place."""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause: its pieces in reading order, those of the old wording among those of the new."""

    id: str
    status: Status
    traits: frozenset[Trait]
    old: Side | None
    new: Side | None
    pieces: tuple[PieceChange, ...]

    @property
    def side(self) -> Side:
        """The clause as it is after the change, or as it was where it went."""
        side = self.new or self.old
        assert side is not None
        return side

    @property
    def is_unchanged(self) -> bool:
        return self.status == "unchanged"


class Named(NamedTuple):
    """One difference, named once: in which clause, what happened, and to which piece (None: to the clause itself)."""

    clause: ClauseChange
    what: str
    piece: PieceChange | None


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `first` to `first + len(old)` (from 0) of the old text give way to `new`; line ends included."""

    first: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    new_first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningChange:
    """What the change means: an objective gone, a meeting's time moved.

    `topic` is a key of the reading ("objectives", "meetings"), `what` is added, removed, renamed, reworded, moved or
    changed (then `field` names what: "local_time"). Names are empty for what has none; `old` and `new` are JSON
    values. `anchor` leads to the clause in the new wording, or in the old one where it was removed.
    """

    topic: str
    what: Literal["added", "removed", "renamed", "reworded", "moved", "changed"]
    field: str = ""
    old_name: str = ""
    new_name: str = ""
    old: Any = None
    new: Any = None
    old_anchor: str = ""
    new_anchor: str = ""

    @property
    def name(self) -> str:
        return self.new_name or self.old_name

    @property
    def anchor(self) -> str:
        return self.new_anchor or self.old_anchor

    def mirrored(self) -> MeaningChange:
        return MeaningChange(
            topic=self.topic,
            what={"added": "removed", "removed": "added"}.get(self.what, self.what),  # type: ignore[arg-type]
            field=self.field,
            old_name=self.new_name,
            new_name=self.old_name,
            old=self.new,
            new=self.old,
            old_anchor=self.new_anchor,
            new_anchor=self.old_anchor,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings of a charter, clause by clause, by meaning, and line by line."""

    clauses: tuple[ClauseChange, ...]
    meaning: tuple[MeaningChange, ...]
    hunks: tuple[Hunk, ...]
    line_ends_changed: bool

    @property
    def is_same(self) -> bool:
        """Whether both are the same, letter by letter, and understood in the same way."""
        return not (self.hunks or self.meaning or self.line_ends_changed)

    @property
    def says_the_same(self) -> bool:
        """Whether the wording is the same and at most the layout differs."""
        return not any(one.status in ("changed", "added", "removed") for one in self.clauses)

    @property
    def changed_clauses(self) -> list[ClauseChange]:
        return [one for one in self.clauses if not one.is_unchanged]

    def named(self) -> Iterator[Named]:
        """Every difference, once each."""
        for clause in self.clauses:
            if clause.status in ("added", "removed"):
                yield Named(clause, clause.status, None)
            for trait in ("renamed", "moved", "renumbered", "relevelled"):
                if trait in clause.traits:
                    yield Named(clause, trait, None)
            told = False
            for piece in clause.pieces:
                own = clause.status not in ("added", "removed") or piece.kind not in ("added", "removed")
                if piece.kind != "same" and not piece.leads_away and own:
                    told = told or piece.kind == "layout"
                    yield Named(clause, piece.kind, piece)
            if "layout" in clause.traits and not told:
                yield Named(clause, "layout", None)
