"""What the charter leans on: policies to follow, resources, links, and its own amendments."""

from __future__ import annotations

from collections.abc import Iterator

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Document, List, Paragraph, words_in
from folkmoot.groups.domain.charter.dates import written_date
from folkmoot.groups.domain.charter.inline import is_safe
from folkmoot.groups.domain.charter.kinds import subject
from folkmoot.groups.domain.charter.model import Amendment, Kind, Lines, Link, Linked, Policy
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import (
    Reading,
    first_link,
    is_placeholder,
    items,
    paragraphs,
    said,
    tables,
    units,
)
from folkmoot.groups.domain.charter.text import Words


def find_policies(reading: Reading) -> tuple[Policy, ...]:
    """Policies that bind the group: named in a section on policies, or in a sentence that obliges."""
    found: list[Policy] = []
    for passage in reading.unsealed():
        if passage.about(Kind.POLICIES):
            found.extend(_stated(reading, passage))
        elif not passage.about(
            Kind.SCOPE, Kind.SCOPE_OUT, Kind.OBJECTIVES, Kind.RESPONSIBILITIES, Kind.ROLES, Kind.AMENDMENTS
        ):
            found.extend(policy for words in units(passage.blocks) for policy in _obliging(words))
    kept: dict[str, Policy] = {}
    for policy in found:
        key = policy.policy or policy.url or (policy.name or policy.text or "").lower()
        if key not in kept or (policy.url and not kept[key].url):
            kept[key] = policy
    return tuple(sorted(kept.values(), key=lambda policy: policy.lines))


def _stated(reading: Reading, passage: Passage) -> Iterator[Policy]:
    part = reading.part(passage)
    heading = passage.label.text.rstrip(" :") if passage.label is not None else part.name
    keys = [key for key, _, _ in _named_policies(heading)]
    if keys:
        blocks = passage.blocks
        text = next((block.words.text for block in blocks if isinstance(block, Paragraph)), None)
        lines = passage.lines or part.lines
        if text is None or not is_placeholder(text):
            yield Policy(name=heading, text=text, policy=keys[0], url=_safe(first_link(blocks)), lines=lines)
    for block in passage.blocks:
        if isinstance(block, List) and not block.quoted:
            for item in block.items:
                told = said(item)
                if told is None or (
                    not list(told.words.links()) and not lexicon.POLICY_NOUN.search(lexicon.lowered(told.words.text))
                ):
                    continue
                named = [found for found in _named_policies(told.words.text) if found[0] not in keys]
                if named:
                    yield from (_policy(found, told.words) for found in named)
                elif not keys:
                    link = next(iter(told.words.links()), None)
                    name = told.name or (link[0] if link else None)
                    yield Policy(
                        name=name, text=told.words.text, url=_safe(link[1]) if link else None, lines=told.lines
                    )
        elif isinstance(block, Paragraph):
            for sentence in block.words.sentences():
                for found in _named_policies(sentence.text):
                    if found[0] not in keys and not lexicon.NEGATION.search(lexicon.lowered(sentence.text)[: found[1]]):
                        yield _policy(found, sentence)


def _obliging(words: Words) -> Iterator[Policy]:
    low = words.text.lower()
    if not any(pattern.search(low) for _, pattern in lexicon.POLICIES) and not lexicon.POLICIES_AT_LARGE.search(low):
        return
    for sentence in words.sentences():
        low = lexicon.lowered(sentence.text)
        if low.endswith("?") or not lexicon.OBLIGATION.search(low):
            continue
        for found in _named_policies(sentence.text):
            before = low[max(0, found[1] - 60) : found[1]]
            denied = lexicon.NO_OBLIGATION.search(before) or lexicon.NEGATION.search(before)
            if not denied and not lexicon.MAY.search(before):
                yield _policy(found, sentence)
        links = [(text, href) for text, href, _ in sentence.links() if not href.startswith("#")]
        if links and lexicon.POLICIES_AT_LARGE.search(low) and not lexicon.NEGATION.search(low.partition("polic")[0]):
            yield Policy(name=None, text=sentence.text, url=_safe(links[0][1]), lines=sentence.lines)


def _named_policies(text: str) -> list[tuple[str, int, int]]:
    low = lexicon.lowered(text)
    return [(key, hit.start(), hit.end()) for key, pattern in lexicon.POLICIES if (hit := pattern.search(low))]


def _policy(found: tuple[str, int, int], words: Words) -> Policy:
    key, start, end = found
    name, url = words.text[start:end], None
    for span in words.spans:
        if span.look == "link" and span.start < end + 8 and span.end > start and not span.href.startswith("#"):
            name, url = words.text[min(span.start, start) : max(span.end, end)], span.href
            break
    else:
        links = [href for _, href, _ in words.links() if not href.startswith("#")]
        url = links[0] if len(links) == 1 else None
    return Policy(name=name, text=words.text, policy=key, url=_safe(url), lines=words.lines)


def find_resources(reading: Reading) -> tuple[Linked, ...]:
    """What a section on resources lists, links or describes in subsections."""
    found: list[Linked] = []
    done: set[int] = set()
    for passage in reading.about(Kind.RESOURCES):
        part = reading.part(passage)
        if passage.section in done:
            continue
        above = reading.outline.parts[part.parent] if part.parent is not None else None
        if above is not None and Kind.RESOURCES in above.kinds and not subject(part.name).kinds:
            if not is_placeholder(part.name):
                inner = [
                    block for place in reading.subtree(passage.section) for block in reading.outline.parts[place].blocks
                ]
                done.update(reading.subtree(passage.section))
                text = reading.told(passage.section).strip() or None
                found.append(Linked(name=part.name, text=text, url=_safe(first_link(inner)), lines=part.lines))
            continue
        found.extend(_listed(passage))
    return tuple(found)


def _listed(passage: Passage) -> Iterator[Linked]:
    for item in items(passage.blocks):
        told = said(item)
        if told is None:
            continue
        link = next(iter(told.words.links()), None)
        name = told.name or (link[0] if link else None)
        text = told.text if told.text != name else None
        yield Linked(name=name, text=text, url=_safe(first_link([item])), lines=told.lines)
    for block in paragraphs(passage.blocks):
        for text, href, line in block.words.links():
            if href and not href.startswith("#"):
                yield Linked(name=text, text=None, url=_safe(href), lines=Lines(line, line))
    for table in tables(passage.blocks):
        for row in table.rows:
            cells = [cell.text for cell in row.cells if cell and not is_placeholder(cell.text)]
            if cells:
                yield Linked(
                    name=cells[0], text=" – ".join(cells[1:]) or None, url=_safe(first_link([row])), lines=row.lines
                )


def find_links(document: Document) -> tuple[Link, ...]:
    """Every link out of the charter, once, in order."""
    found: dict[str, Link] = {}
    for words in words_in(document.blocks):
        for text, href, line in words.links():
            if href and not href.startswith("#") and is_safe(href):
                found.setdefault(href, Link(text or href, href, Lines(line, line)))
    return tuple(found.values())


def find_amendments(reading: Reading) -> tuple[Amendment, ...]:
    """Changes to the charter with their dates, and how it may be changed."""
    return tuple(amendment for passage in reading.about(Kind.AMENDMENTS) for amendment in _amendments(reading, passage))


def _amendments(reading: Reading, passage: Passage) -> Iterator[Amendment]:
    part = reading.part(passage)
    heading = f"{part.name} {passage.label.text if passage.label else ''}"
    around = written_date(passage.label.text) if passage.label else None
    around = around or written_date(heading)
    for block in passage.blocks:
        if isinstance(block, Paragraph):
            text = block.words.text
            if not is_placeholder(text) and not text.endswith((":", "?")):
                yield Amendment(text=text, date=written_date(text) or around, lines=block.lines)
        elif isinstance(block, List) and not block.quoted:
            for item in block.items:
                told = said(item)
                if told is not None:
                    yield Amendment(text=told.whole, date=written_date(told.whole) or around, lines=told.lines)
    for table in tables(passage.blocks):
        for row in table.rows:
            cells = [cell.text for cell in row.cells if cell and not is_placeholder(cell.text)]
            if cells:
                text = " – ".join(cells)
                yield Amendment(text=text, date=written_date(text) or around, lines=row.lines)


def _safe(url: str | None) -> str | None:
    return url if url and is_safe(url) else None
