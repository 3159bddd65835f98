"""The people whom a charter names as its managers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Item, Paragraph, Table
from folkmoot.groups.domain.charter.model import Kind, Lines, Manager
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import Reading, items, paragraphs, tables, units
from folkmoot.groups.domain.charter.text import Words

LONGEST_NAME: Final = 60
MOST_ROWS: Final = 400
MOST_WORDS_OF_A_LABEL: Final = 6

_ASIDE: Final = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,80}|\([^()]{0,200}\)|\[[^\[\]]{0,200}\]|<[^<>]{0,100}>"
)
_CHUNKS: Final = re.compile(r"\s*(?:[,;|\n]|\s/\s|\s[–—-]\s|\band\b|&)\s*")
_HANDLE: Final = re.compile(r"@[A-Za-z\d][\w-]{0,38}")
_NICKNAME: Final = re.compile(r"[\"“'‘][^\"”'’]{1,20}[\"”'’]")
_PROFILE: Final = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/([\w-]{1,39})/?")
_PLURAL: Final = re.compile(r"s\b", re.IGNORECASE)


def find_managers(reading: Reading) -> tuple[Manager, ...]:
    """Everyone named in an office of leadership, once each; emeriti and liaisons are not among them."""
    found: dict[str, Manager] = {}
    for passage in reading.unsealed():
        for manager in _of_passage(reading, passage):
            found.setdefault(manager.name.lower(), manager)
    return tuple(sorted(found.values(), key=lambda manager: manager.lines))


def _of_passage(reading: Reading, passage: Passage) -> Iterator[Manager]:
    part = reading.part(passage)
    heading = passage.label.text if passage.label is not None else part.name
    office = heading if is_leader(heading) else None
    listed = passage.about(Kind.MANAGERS) or office is not None
    for item in items(passage.blocks):
        yield from _of_item(item, office, listed)
    for block in paragraphs(passage.blocks):
        yield from _of_paragraph(block, passage, office, listed)
    for table in tables(passage.blocks):
        yield from _of_table(table, office)
    for words in units(passage.blocks):
        yield from _in_prose(words)


def is_leader(label: str) -> bool:
    """Whether a label is that of an office of leadership: "Co-Chair", "Working group leads"."""
    words = re.findall(r"[a-z-]+", lexicon.lowered(label))
    return (
        0 < len(words) <= MOST_WORDS_OF_A_LABEL
        and not lexicon.LEADER_WORDS.isdisjoint(words)
        and lexicon.NOT_LEADERS.isdisjoint(words)
    )


def _is_former(words: Words) -> bool:
    return bool(lexicon.FORMER.search(lexicon.lowered(_ASIDE.sub(" ", words.text))))


def _of_item(item: Item, office: str | None, listed: bool) -> Iterator[Manager]:
    if _is_former(item.words):
        return
    lead = item.words.lead()
    if lead is not None and not names_in(item.words.cut(0, len(lead[0]))):
        label, rest = lead
        if is_leader(label):
            yield from _named(rest, label)
            for inner in items(item.blocks):
                yield from _first_name(inner.words, label)
        return
    if listed:
        yield from _first_name(item.words, office)


def _first_name(words: Words, office: str | None) -> Iterator[Manager]:
    """One person per item: what follows the name is where they work."""
    if lexicon.FORMER.search(lexicon.lowered(words.text)):
        return
    for name, lines in names_in(words):
        yield Manager(name=name, role=office, lines=lines)
        return


def _named(words: Words, office: str) -> Iterator[Manager]:
    """All names after "Chairs:"; after "Chair:" what follows a comma is where the person works."""
    bare = Words(_ASIDE.sub(lambda found: " " * len(found[0]), words.text), words.spans, words.starts)
    sentences = bare.sentences()
    found = names_in(sentences[0]) if sentences else []
    several = bool(_PLURAL.search(office)) or "\n" in words.text or " and " in words.text or "&" in words.text
    for name, lines in found if several else found[:1]:
        yield Manager(name=name, role=office, lines=lines)


def _of_paragraph(block: Paragraph, passage: Passage, office: str | None, listed: bool) -> Iterator[Manager]:
    if len(block.words.starts) > MOST_ROWS:
        return
    for row in block.words.rows():
        if _is_former(row):
            continue
        lead = row.lead()
        if lead is not None and is_leader(lead[0]) and not names_in(row.cut(0, len(lead[0]))):
            yield from _named(lead[1], lead[0])
        elif listed and office is not None and _is_only_names(row):
            yield from _named(row, office)


def _is_only_names(row: Words) -> bool:
    bare = _ASIDE.sub(" ", row.text)
    chunks = [chunk for chunk in _CHUNKS.split(bare) if chunk.strip(" .*")]
    return bool(chunks) and is_name(chunks[0].strip(" .*")) and len(bare.split()) <= 5 * len(chunks)


def _of_table(table: Table, office: str | None) -> Iterator[Manager]:
    heads = [lexicon.lowered(cell.text).strip() for cell in table.head]
    roles = [place for place, head in enumerate(heads) if head in lexicon.ROLE_COLUMNS]
    names = [place for place, head in enumerate(heads) if head in lexicon.NAME_COLUMNS or is_leader(head)]
    for row in table.rows:
        cells = row.cells
        if any(lexicon.FORMER.search(lexicon.lowered(cell.text)) for cell in cells):
            continue
        role = cells[roles[0]].text if roles and roles[0] < len(cells) else None
        place = names[0] if names and names[0] < len(cells) else None
        if role is not None and place is not None and place != roles[0]:
            if is_leader(role):
                yield from _named(cells[place], role)
        elif place is not None and (is_leader(heads[place]) or office is not None):
            yield from _first_name(cells[place], table.head[place].text if is_leader(heads[place]) else office)
        elif len(cells) == 2 and is_leader(cells[0].text):
            yield from _named(cells[1], cells[0].text)


def _in_prose(words: Words) -> Iterator[Manager]:
    low = lexicon.lowered(words.text)
    for found in lexicon.LED_BY.finditer(low):
        before = low[max(0, found.start() - 60) : found.start()]
        sentence = before.rpartition(".")[2]
        if lexicon.NEGATION.search(sentence) or lexicon.PAST.search(sentence + low[found.start() : found.end()]):
            continue
        rest = words.cut(found.end(), min(found.end() + 200, len(words.text)))
        sentences = rest.sentences()
        if not sentences:
            continue
        chunks = _CHUNKS.split(_ASIDE.sub(" ", sentences[0].text))
        for chunk in chunks:
            name = chunk.strip(" .*")
            if not is_name(name):
                break
            yield Manager(name=name, role=None, lines=Lines(rest.lines.first, rest.lines.first))


def names_in(words: Words) -> list[tuple[str, Lines]]:
    """The people named in a short text, in order."""
    found: list[tuple[str, Lines]] = []
    profiles = {text: target for text, target, _ in words.links() if _PROFILE.fullmatch(target)}
    at = 0
    bare = _ASIDE.sub(lambda match: " " * len(match[0]), words.text)
    for chunk in _CHUNKS.split(bare):
        place = bare.find(chunk, at)
        at = place + len(chunk) if place >= 0 else at
        name = chunk.strip(" .*:_")
        if not name or len(name) > LONGEST_NAME:
            continue
        line = words.line_at(max(place, 0))
        if is_name(name) or _HANDLE.fullmatch(name) or name in profiles:
            found.append((name, Lines(line, line)))
    # "bengl – Bryan English": the handle and the name of one person.
    people = [entry for entry in found if is_name(entry[0])]
    if people and len(people) < len(found) and any(entry[0] in profiles or entry[0].startswith("@") for entry in found):
        return people
    return found


def is_name(text: str) -> bool:
    """Whether this looks like the name of a person: two to five words with capitals, none of them a usual one."""
    words = _NICKNAME.sub(" ", text).split()
    if not 2 <= len(words) <= 5:
        return False
    capitals = 0
    for word in words:
        bare = word.strip(".,'’")
        if bare.lower() in lexicon.NAME_PARTICLES and bare.islower():
            continue
        letters = bare.replace("-", "").replace("'", "").replace("’", "").replace(".", "")
        if not letters.isalpha() or not bare[0].isupper() or bare.lower() in lexicon.NOT_NAMES:
            return False
        if len(letters) > 1 and letters.isupper():
            return False
        if bare.lower() in lexicon.ROLE_WORDS or bare.lower() in lexicon.LEADER_WORDS:
            return False
        capitals += 1
    return capitals >= 2
