"""Where the group talks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.inline import is_safe
from folkmoot.groups.domain.charter.model import Channel, Kind, Lines
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.people import is_name
from folkmoot.groups.domain.charter.reading import (
    Reading,
    first_link,
    gist_of,
    is_placeholder,
    items,
    paragraphs,
    said,
    tables,
)
from folkmoot.groups.domain.charter.text import Words

MOST_ROWS: Final = 400
MOST_WORDS_OF_A_LABEL: Final = 5

# Addresses that tell the platform whatever the link is called.
_HOSTS: Final = (
    ("slack", re.compile(r"https?://(?:[\w-]+\.)?slack\.com|https?://slack\.")),
    ("discord", re.compile(r"https?://(?:[\w-]+\.)?discord(?:app)?\.(?:gg|com)")),
    ("zulip", re.compile(r"https?://[\w.-]*zulip")),
    (
        "mailing_list",
        re.compile(
            r"https?://(?:lists?\.|groups\.google\.com|groups\.io|[\w.-]+/mailman)|mailto:[\w.+-]+@(?:lists?|googlegroups)\.?"
        ),
    ),
    ("matrix", re.compile(r"https?://(?:matrix\.to|[\w.-]*element\.io)")),
    ("irc", re.compile(r"ircs?://")),
    ("telegram", re.compile(r"https?://t\.me/")),
    ("gitter", re.compile(r"https?://gitter\.im")),
    ("email", re.compile(r"mailto:")),
    ("github", re.compile(r"https?://github\.com/[\w.-]+(?:/[\w.-]+)?/discussions")),
)
# What says where something is kept rather than where people talk.
_NOT_TALK: Final = frozenset(["calendar", "website", "wiki"])
_TELLS: Final = re.compile(r"[#@]\w|\w@\w")


def platform_of(text: str, url: str | None = None) -> str | None:
    """The platform that words or an address name."""
    low = lexicon.lowered(text)
    for key, pattern in lexicon.PLATFORMS:
        if pattern.search(low):
            return key
    return next((key for key, pattern in _HOSTS if url and pattern.match(url)), None)


def find_channels(reading: Reading) -> tuple[Channel, ...]:
    """Channels from sections on communication, and from lines such as "Slack: #docs" anywhere."""
    found: list[Channel] = []
    for passage in reading.unsealed():
        if passage.about(Kind.CHANNELS):
            found.extend(_of_passage(reading, passage))
        elif not passage.about(Kind.SCOPE, Kind.SCOPE_OUT, Kind.OBJECTIVES, Kind.ROLES, Kind.POLICIES, Kind.RESOURCES):
            found.extend(_labelled(passage))
    kept: dict[tuple[str | None, str], Channel] = {}
    for channel in found:
        kept.setdefault((channel.platform, channel.url or lexicon.lowered(channel.name or "")), channel)
    return tuple(sorted(kept.values(), key=lambda channel: channel.lines))


def _of_passage(reading: Reading, passage: Passage) -> Iterator[Channel]:
    part = reading.part(passage)
    heading = passage.label
    name = heading.text.rstrip(" :") if heading is not None else part.name
    platform = platform_of(name)
    if platform is not None and platform not in _NOT_TALK:
        first = heading.lines.first if heading is not None else part.lines.first
        last = passage.lines.last if passage.lines else first
        url = first_link(passage.blocks, *([heading] if heading is not None else []))
        yield Channel(
            name=name, text=gist_of(passage.blocks) or None, platform=platform, url=_safe(url), lines=Lines(first, last)
        )
        return
    for item in items(passage.blocks):
        told = said(item)
        if told is not None:
            yield from _named(told.name, told.text, told.words, told.lines, first_link([item]))
    for block in paragraphs(passage.blocks):
        if len(block.words.starts) <= MOST_ROWS and not is_placeholder(block.words.text):
            yield from _of_paragraph(block.words)
    for table in tables(passage.blocks):
        for row in table.rows:
            if len(row.cells) > 1 and not is_placeholder(row.cells[1].text):
                rest = " – ".join(cell.text for cell in row.cells[1:] if cell)
                yield from _named(row.cells[0].text, rest, row.cells[0], row.lines, first_link([row]))


def _named(name: str | None, text: str | None, words: Words, lines: Lines, url: str | None) -> Iterator[Channel]:
    link = next(iter(words.links()), None)
    called = name or (link[0] if link is not None else None)
    if called is not None and (is_name(called) or lexicon.NOT_CHANNEL.search(lexicon.lowered(called))):
        return
    platform = platform_of(called or words.text[:80], url)
    if platform is None or platform in _NOT_TALK:
        return
    if called is None or (name is None and platform_of(called) is None and link is None):
        called = _as_written(words.text, platform)
    yield Channel(name=called, text=text, platform=platform, url=_safe(url), lines=lines)


def _of_paragraph(words: Words) -> Iterator[Channel]:
    rows = words.rows()
    leads = [row.lead() for row in rows]
    for row, lead in zip(rows, leads, strict=True):
        if lead is not None and _labels(lead):
            yield from _named(lead[0], lead[1].text, row, row.lines, first_link([], row))
    if any(_labels(lead) for lead in leads):
        return
    for sentence in words.sentences():
        if lexicon.NEGATION.search(lexicon.lowered(sentence.text)):
            continue
        for text, href, line in sentence.links():
            is_bare = text == href or href == f"mailto:{text}"
            if is_name(text) or lexicon.NOT_CHANNEL.search(lexicon.lowered(text)):
                continue
            said = platform_of(sentence.text)
            platform = said if is_bare and said else platform_of(text, href)
            if platform is not None and platform not in _NOT_TALK and not href.startswith("#"):
                name = _as_written(sentence.text, platform) if is_bare else text
                yield Channel(
                    name=name, text=sentence.text, platform=platform, url=_safe(href), lines=Lines(line, line)
                )


def _labels(lead: tuple[str, Words] | None) -> bool:
    """Whether a line begins with the name of a platform: "Slack: …"."""
    return lead is not None and len(lead[0].split()) <= MOST_WORDS_OF_A_LABEL and platform_of(lead[0]) is not None


def _labelled(passage: Passage) -> Iterator[Channel]:
    candidates = [(item.words, item.lines) for item in items(passage.blocks)]
    for block in paragraphs(passage.blocks):
        if len(block.words.starts) <= MOST_ROWS:
            candidates.extend((row, row.lines) for row in block.words.rows())
    for table in tables(passage.blocks):
        for row in table.rows:
            if len(row.cells) != 2 or len(row.cells[0].text.split()) > MOST_WORDS_OF_A_LABEL:
                continue
            name, url = row.cells[0].text, first_link([], row.cells[1])
            platform = platform_of(name)
            if platform is not None and platform not in _NOT_TALK and (url or _TELLS.search(row.cells[1].text[:80])):
                yield Channel(name=name, text=row.cells[1].text, platform=platform, url=_safe(url), lines=row.lines)
    for words, lines in candidates:
        lead = words.lead()
        if lead is None or not lead[1] or len(lead[0].split()) > MOST_WORDS_OF_A_LABEL:
            continue
        platform = platform_of(lead[0])
        url = first_link([], words)
        if platform is not None and platform not in _NOT_TALK and (url or _TELLS.search(lead[1].text[:80])):
            yield Channel(name=lead[0], text=lead[1].text, platform=platform, url=_safe(url), lines=lines)


def _as_written(text: str, platform: str) -> str | None:
    low = lexicon.lowered(text)
    for key, pattern in lexicon.PLATFORMS:
        if key == platform and (found := pattern.search(low)):
            return text[found.start() : found.end()]
    return None


def _safe(url: str | None) -> str | None:
    return url if url and is_safe(url) else None
