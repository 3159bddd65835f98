"""The roles of a group, with what they do."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Block, Item, List, Paragraph, Table
from folkmoot.groups.domain.charter.kinds import subject
from folkmoot.groups.domain.charter.model import Kind, Lines, Named
from folkmoot.groups.domain.charter.outline import Part
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.people import names_in
from folkmoot.groups.domain.charter.reading import (
    Reading,
    gist_of,
    is_placeholder,
    items,
    paragraphs,
    said,
    tables,
)
from folkmoot.groups.domain.charter.text import Words

MOST_WORDS_OF_A_ROLE: Final = 7
MOST_NEIGHBOURS: Final = 20
LONGEST_DUTY: Final = 400
FEWEST_WORDS_OF_A_DUTY: Final = 3

_LISTED: Final = re.compile(r",? and |[,;/]")
_ARTICLE: Final = re.compile(r"(?:the|an?|our|each|every)\s", re.IGNORECASE)
_ROLE_FILLERS: Final = frozenset(
    [
        "and",
        "or",
        "the",
        "a",
        "an",
        "of",
        "&",
        "/",
        "voting",
        "non-voting",
        "regular",
        "technical",
        "tech",
        "working",
        "group",
        "wg",
        "team",
        "community",
        "active",
        "full",
        "general",
        "core",
        "senior",
        "junior",
        "founding",
        "at-large",
        "ordinary",
        "associate",
        "execution",
        "deputy",
        "vice",
        "co",
        "committee",
    ]
)


class Repeated(NamedTuple):
    """A role that the charter describes more than once."""

    name: str
    lines: tuple[int, ...]


class Roles(NamedTuple):
    """The roles, and those that are described twice."""

    roles: tuple[Named, ...]
    repeated: tuple[Repeated, ...]
    sections: frozenset[int]
    """Sections that are about one role each."""


def find_roles(reading: Reading) -> Roles:
    """Roles named by items, rows, labels or subsections of a section on roles, and by headings of their own."""
    found: list[Named] = []
    done: set[int] = set()
    for passage in reading.unsealed():
        part = reading.part(passage)
        if passage.section in done:
            continue
        if (name := _named_by_heading(reading, passage.section, part)) is not None:
            done.update(reading.subtree(passage.section))
            found.append(Named(name=name, text=_duties(reading, passage.section), lines=part.lines))
        elif passage.about(Kind.ROLES):
            found.extend(_of_passage(passage, with_prose=not _is_below_roles(reading, part)))
        elif passage.about(Kind.RESPONSIBILITIES) and lists_roles(passage.blocks):
            found.extend(_of_items(passage.blocks, is_sure=False))
        else:
            found.extend(role for table in tables(passage.blocks) if _is_of_roles(table) for role in _of_table(table))
    return _merged(_with_empty_sections(reading, found), frozenset(done))


def _with_empty_sections(reading: Reading, found: list[Named]) -> list[Named]:
    """Subsections of a section on roles that hold nothing have no passage; they name a role all the same."""
    starts = sorted(role.lines.first for role in found)
    for place, part in enumerate(reading.outline.parts):
        if part.blocks or part.sealed or part.heading is None:
            continue
        name = _named_by_heading(reading, place, part)
        if name is None or (place in reading.outline.below and not _is_below_roles(reading, part)):
            continue
        if bisect_left(starts, part.lines.first) == bisect_right(starts, part.lines.last):
            found.append(Named(name=name, text=_duties(reading, place), lines=part.lines))
    return sorted(found, key=lambda role: role.lines)


def _duties(reading: Reading, place: int) -> str | None:
    kept = [
        block
        for number in reading.subtree(place)
        for block in reading.outline.parts[number].blocks
        if isinstance(block, List) and not _lists_people(block)
    ]
    if not kept and not any(any(paragraphs(reading.outline.parts[n].blocks)) for n in reading.subtree(place)):
        return None
    return reading.told(place, without=_lists_people).strip() or None


def _lists_people(block: Block) -> bool:
    if not isinstance(block, List):
        return False
    named = sum(bool(names_in(item.words.cut(0, 60))) for item in block.items)
    return named * 2 > len(block.items)


def _is_below_roles(reading: Reading, part: Part) -> bool:
    if part.parent is None:
        return False
    above = reading.outline.parts[part.parent]
    return Kind.ROLES in above.kinds and Kind.ROLES in subject(above.name).kinds


def _named_by_heading(reading: Reading, place: int, part: Part) -> str | None:
    """The name of a role that has a section of its own."""
    if part.heading is None or part.is_title or not part.name or part.sealed:
        return None
    name = part.name
    low = lexicon.lowered(name)
    if is_placeholder(name):
        return None
    for pattern in lexicon.ROLE_OF_DUTIES:
        found = pattern.match(low)
        if found:
            start, end = found.span("role" if found["role"] else "before")
            whose = name[start:end].strip()
            if is_role(whose):
                return whose[0].upper() + whose[1:]
    if _is_below_roles(reading, part):
        if low in lexicon.ATTRIBUTES or lists_roles(part.blocks):
            return None
        own = subject(name).kinds
        if own and own[0] not in (Kind.MANAGERS, Kind.PEOPLE, Kind.MEMBERSHIP):
            return None
        return name if _fits_among(reading, part.parent, name) else None
    if is_role(name) and _describes(part, low):
        return name
    return None


def _fits_among(reading: Reading, parent: int | None, name: str) -> bool:
    """Whether a subsection below the roles names one, judged by its words and by its neighbours'."""
    if len(name.split()) > MOST_WORDS_OF_A_ROLE or not lexicon.NOT_ROLES.isdisjoint(lexicon.lowered(name).split()):
        return False
    if _has_role_word(name):
        return True
    # Without such a word it is one among roles: most of the first few neighbours have one.
    near = reading.outline.below.get(parent, [])[:MOST_NEIGHBOURS] if parent is not None else []
    others = [other for place in near if (other := reading.outline.parts[place].name) != name]
    named = sum(_has_role_word(other) and len(other.split()) <= 4 for other in others)
    return named * 2 >= len(others)


def is_role(name: str) -> bool:
    """Whether a name is made of words for roles alone: "Co-Chairs", "Voting members"."""
    words = re.findall(r"[a-z-]+", lexicon.lowered(name))
    return (
        0 < len(words) <= MOST_WORDS_OF_A_ROLE
        and not lexicon.ROLE_WORDS.isdisjoint(words)
        and all(word in lexicon.ROLE_WORDS or word in _ROLE_FILLERS for word in words)
    )


def _describes(part: Part, name: str) -> bool:
    """Whether the section says what holders of the role are or do, rather than who they are."""
    stem = re.findall(r"[a-z-]+", name)[-1].rstrip("s")
    for paragraph in paragraphs(part.blocks):
        for sentence in paragraph.words.sentences():
            low = lexicon.lowered(sentence.text)
            if stem in low and lexicon.DUTY.search(low) and not lexicon.LISTED.search(low) and not low.endswith(":"):
                return True
    leads = [paragraph.words.text for paragraph in paragraphs(part.blocks) if paragraph.words.text.endswith(":")]
    if any(
        lexicon.DUTY.search(lexicon.lowered(lead)) and not lexicon.LISTED.search(lexicon.lowered(lead))
        for lead in leads
    ):
        listed = list(items(part.blocks))
        return bool(listed) and not any(names_in(item.words) for item in listed)
    return False


def lists_roles(blocks: Sequence[Block]) -> bool:
    """Whether most items of these lists begin with the name of a role: "**Chair**: …"."""
    leads = [item.words.lead() for item in items(blocks)]
    named = [lead for lead in leads if lead is not None and _has_role_word(lead[0])]
    return len(named) > 0 and len(named) * 2 > len(leads)


def _has_role_word(name: str) -> bool:
    words = re.findall(r"[a-z-]+", lexicon.lowered(name))
    return len(words) <= MOST_WORDS_OF_A_ROLE and not lexicon.ROLE_WORDS.isdisjoint(words)


def _of_passage(passage: Passage, *, with_prose: bool) -> Iterator[Named]:
    label = passage.label
    if label is not None and passage.kinds[0] is Kind.ROLES:
        name = label.text.rstrip(" :")
        known = subject(name).kinds
        is_named = name.lower() not in lexicon.ATTRIBUTES and Kind.ROLES not in known and not is_placeholder(name)
        if is_named and not lists_roles(passage.blocks):
            lines = passage.lines.joined(label.lines) if passage.lines else label.lines
            yield Named(name=name, text=gist_of(passage.blocks) or None, lines=lines)
            return
    yield from _of_items(passage.blocks, is_sure=True)
    found = False
    for role in _of_paragraphs(passage.blocks):
        found = True
        yield role
    if with_prose and not found and not any(items(passage.blocks)):
        for block in paragraphs(passage.blocks):
            yield from _enumerated(block)
            for sentence in block.words.sentences():
                spoken = _spoken(sentence.text)
                if spoken is not None and not sentence.text.endswith((":", "?")):
                    yield Named(name=spoken, text=sentence.text, lines=sentence.lines)
    for table in tables(passage.blocks):
        yield from _of_table(table)


def _enumerated(block: Paragraph) -> Iterator[Named]:
    """Roles that are named and no more: "Chair, Secretary and Members"."""
    parts = [part.strip() for part in _LISTED.split(block.words.text.rstrip("."))]
    if len(parts) > 1 and all(is_role(part) for part in parts):
        for part in parts:
            yield Named(name=part, text=None, lines=block.lines)


def _of_items(blocks: Sequence[Block], *, is_sure: bool) -> Iterator[Named]:
    for block in blocks:
        if not isinstance(block, List) or block.quoted:
            continue
        all_roles = lists_roles([block])
        for item in block.items:
            role = _of_item(item, is_sure=is_sure and all_roles)
            if role is not None:
                yield role


def _of_item(item: Item, *, is_sure: bool) -> Named | None:
    told = said(item)
    if told is None:
        return None
    name, text = told.name, _without_people(item, told.text)
    if name is None:
        bare = (text or "").split("\n")[0].rstrip(".;,")
        if not is_role(bare):
            spoken = _spoken(told.words.text)
            return Named(name=spoken, text=text, lines=told.lines) if spoken else None
        rest = "\n".join((text or "").split("\n")[1:])
        return Named(name=bare, text=rest or None, lines=told.lines)
    is_bold = bool(told.words.spans) and told.words.spans[0].start == 0 and told.words.spans[0].look in ("strong", "em")
    if name.lower() in lexicon.ATTRIBUTES or is_placeholder(name) or len(name.split()) > MOST_WORDS_OF_A_ROLE:
        return None
    if _only_links_away(told.words, name):
        return None
    if names_in(told.words.cut(0, len(name))) and not (is_sure and _tells_duties(name, text or "")):
        return None
    if not (is_bold or is_sure or _has_role_word(name)):
        return None
    lead = told.words.lead()
    if (
        lead is not None
        and names_in(lead[1])
        and lead[1].text
        and not lexicon.DUTY.search(lexicon.lowered(lead[1].text))
    ):
        text = None  # says who, not what
    return Named(name=name, text=text, lines=told.lines)


def _without_people(item: Item, text: str | None) -> str | None:
    """What an item says of its role, without a list of those who hold it."""
    people = [block for block in item.blocks if _lists_people(block)]
    if not people or text is None:
        return text
    own = Item(item.words, [block for block in item.blocks if block not in people], item.lines)
    told = said(own)
    return told.text if told is not None else None


def _tells_duties(name: str, text: str) -> bool:
    """Whether a name among roles is one as well, though a person could be called so: "Note Takers: Write …"."""
    return bool(lexicon.DUTY.search(lexicon.lowered(text[:LONGEST_DUTY]))) or (
        name.endswith("s") and len(text.split()) >= FEWEST_WORDS_OF_A_DUTY
    )


def _spoken(sentence: str) -> str | None:
    """The role that a sentence begins with: "The Chair runs the meetings"."""
    if lexicon.EXAMPLE.search(lexicon.lowered(sentence)):
        return None
    words = _ARTICLE.sub("", sentence[:120], count=1).split()
    for count in range(1, min(len(words), MOST_WORDS_OF_A_ROLE) + 1):
        if words[count - 1].endswith((",", ";", ".")):
            return None
        rest = lexicon.lowered(" ".join(words[count:]))
        if lexicon.DUTY.match(rest) and _has_role_word(words[count - 1]):
            name = " ".join(words[:count])
            return name[0].upper() + name[1:]
    return None


def _only_links_away(words: Words, name: str) -> bool:
    return any(text == name for text, _, _ in words.links()) and bool(subject(name).kinds)


def _of_paragraphs(blocks: Sequence[Block]) -> Iterator[Named]:
    """Paragraphs that begin with a role in bold: "**Chair** – leads the meetings"; one known role vouches for all."""
    found = [role for block in paragraphs(blocks) if (role := _of_paragraph(block)) is not None]
    if any(_has_role_word(role.name or "") for role in found):
        yield from found


def _of_paragraph(block: Paragraph) -> Named | None:
    words = block.words
    lead = words.lead()
    if lead is None or not words.spans or words.spans[0].start != 0 or words.spans[0].look != "strong":
        return None
    name, rest = lead
    if not rest or names_in(rest) or name.lower() in lexicon.ATTRIBUTES or len(name.split()) > 4:
        return None
    if not lexicon.NOT_ROLES.isdisjoint(lexicon.lowered(name).split()):
        return None
    return Named(name=name, text=rest.text, lines=block.lines)


def _is_of_roles(table: Table) -> bool:
    """Whether a table says by its heading that it gives roles and what they do."""
    heads = {lexicon.lowered(cell.text).strip() for cell in table.head}
    return not heads.isdisjoint(lexicon.ROLE_COLUMNS) and not heads.isdisjoint(lexicon.DUTY_COLUMNS)


def _of_table(table: Table) -> Iterator[Named]:
    heads = [lexicon.lowered(cell.text).strip() for cell in table.head]
    roles = [place for place, head in enumerate(heads) if head in lexicon.ROLE_COLUMNS]
    if not roles:
        firsts = [row.cells[0].text for row in table.rows if row.cells]
        if not firsts or sum(map(_has_role_word, firsts)) * 2 <= len(firsts):
            return
        roles = [0]
    duties = [place for place, head in enumerate(heads) if head in lexicon.DUTY_COLUMNS]
    if not duties:
        skipped = (*lexicon.NAME_COLUMNS, *lexicon.ROLE_COLUMNS)
        duties = [place for place, head in enumerate(heads) if place != roles[0] and head not in skipped]
    for row in table.rows:
        if roles[0] >= len(row.cells):
            continue
        name = row.cells[roles[0]].text
        if not name or is_placeholder(name) or names_in(row.cells[roles[0]]):
            continue
        told = [
            row.cells[place].text
            for place in duties
            if place < len(row.cells)
            and row.cells[place]
            and not is_placeholder(row.cells[place].text)
            and not _is_person(row.cells[place])
        ]
        yield Named(name=name, text=" – ".join(told) or None, lines=row.lines)


def _is_person(cell: Words) -> bool:
    found = names_in(cell)
    return bool(found) and sum(len(name) for name, _ in found) * 2 > len(cell.text)


def _merged(found: list[Named], sections: frozenset[int]) -> Roles:
    """One role per name: a bare mention gives way to a description, two descriptions are put together."""
    by_key: dict[str, Named] = {}
    described: dict[str, list[int]] = {}
    for role in found:
        key = _key(role.name or "")
        if role.text:
            described.setdefault(key, []).append(role.lines.first)
        known = by_key.get(key)
        if known is None:
            by_key[key] = role
        elif not known.text:
            by_key[key] = role if role.text else known
        elif role.text and role.text != known.text:
            by_key[key] = Named(name=known.name, text=f"{known.text}\n{role.text}", lines=known.lines)
    repeated = tuple(
        Repeated(by_key[key].name or "", tuple(lines)) for key, lines in described.items() if len(lines) > 1
    )
    return Roles(tuple(sorted(by_key.values(), key=lambda role: role.lines)), repeated, sections)


def _key(name: str) -> str:
    words = [
        word for word in re.findall(r"[\w-]+", lexicon.lowered(name)) if word not in ("working", "group", "wg", "the")
    ]
    return " ".join(word.rstrip("s") for word in words) or name.lower()


__all__ = ["Lines", "Roles", "find_roles", "is_role", "lists_roles"]
