"""Who may belong to the group."""

from __future__ import annotations

from collections.abc import Iterator

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import List, Paragraph
from folkmoot.groups.domain.charter.model import Clause, Kind
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.people import is_leader, names_in
from folkmoot.groups.domain.charter.reading import Reading, Said, is_placeholder, said


def find_membership(reading: Reading) -> tuple[Clause, ...]:
    """The rules of membership: items, and paragraphs that say who may join or what is asked of members."""
    return tuple(
        clause
        for passage in reading.about(Kind.MEMBERSHIP, Kind.COMPOSITION)
        if not passage.about(Kind.ROLES)
        for clause in _rules(passage)
    )


def _rules(passage: Passage) -> Iterator[Clause]:
    unrelated = passage.lead is not None and lexicon.MEMBERSHIP_UNRELATED.search(lexicon.lowered(passage.lead.text))
    for block in passage.blocks:
        if isinstance(block, List) and not block.quoted and not unrelated:
            for item in block.items:
                told = said(item)
                if told is not None and not _names_someone(told):
                    yield Clause(text=told.whole, lines=told.lines)
        elif isinstance(block, Paragraph):
            text = block.words.text
            if text.endswith((":", "?")) or is_placeholder(text):
                continue
            if lexicon.MEMBERSHIP.search(lexicon.lowered(text)):
                yield Clause(text=text, lines=block.lines)


def _names_someone(told: Said) -> bool:
    if told.name is not None and (is_leader(told.name) or not told.text):
        return True
    return bool(names_in(told.words.cut(0, 60))) and len(told.words.text) < 120
