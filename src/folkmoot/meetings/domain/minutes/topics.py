"""The topics of a meeting, each with what was written below it. Every line that nothing else took ends up here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import Final

from folkmoot.meetings.domain.minutes.lines import BOLD_LEVEL, Line
from folkmoot.meetings.domain.minutes.model import ReadItem, ReadLink
from folkmoot.meetings.domain.minutes.people import looks_like_a_name
from folkmoot.meetings.domain.minutes.plain import links, plain
from folkmoot.meetings.domain.minutes.words import head_kind, label_words

MOST_ITEMS: Final = 1_000
MOST_LINKS: Final = 300

_MINUTES: Final = re.compile(
    r"[(\[]\s*~?(?P<count>\d{1,3})\s*(?:'|m\b|mins?\b|minutes?\b)\s*[,;]?\s*(?P<rest>[^()\[\]]{0,80})[)\]]|(?:^|\s)[-–—]?\s*(?P<bare>\d{1,3})\s*min(?:ute)?s?\s*$",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(r"\s*[(\[](?P<name>@?[^()\[\]]{2,60})[)\]]\s*$|\s+[-–—]\s+(?P<dash>@[\w.-]{1,60})\s*$")
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[A-Z][.)])\s+")
_KINDS: Final = (
    ("announcement", ("announcement", "announcements", "news", "shout-outs", "shoutouts", "celebrations")),
    ("decision", ("decision", "decisions", "resolutions", "motions", "vote", "votes")),
    ("update", ("update", "updates", "report", "reports", "status")),
    ("presentation", ("presentation", "presentations", "demo", "demos", "talk")),
)


def read_items(lines: Sequence[Line], claimed: Set[int], title_line: int) -> list[ReadItem]:
    """The topics: headings, or the bullets of an agenda where there are no headings below it."""
    sections = list(_sections(lines))
    found: list[ReadItem] = []
    planned: set[int] = set()
    for head, body in sections:
        if len(found) >= MOST_ITEMS:
            break
        left = [line for line in body if line.number not in claimed]
        if head is None or head.number == title_line:
            text = _text(left)
            if text:
                found.append(ReadItem("", notes=text, line=left[0].number if left else 1))
            continue
        if head.number in claimed and not _text(left):
            continue
        kind = head_kind(head.plain)
        if kind == "agenda":
            listed = _agenda(head, left)
            planned.update(item.line for item in listed if item.title and not item.notes)
            found.extend(listed)
        elif kind in ("actions", "decisions") and not _text(left):
            continue
        elif head.number in claimed:
            found.append(ReadItem("", notes=_text(left), line=left[0].number))
        else:
            found.append(_item(head.text, head.number, _text(left)))
    return _once(found, planned)[:MOST_ITEMS]


def _once(found: Sequence[ReadItem], planned: Set[int]) -> list[ReadItem]:
    """A topic that stands in the list of the agenda and has a heading of its own below it is one topic."""
    listed = {_key(item): item for item in reversed(found) if item.line in planned}
    below = {_key(item) for item in found if item.line not in planned}
    kept = []
    for item in found:
        if item.line in planned and _key(item) in below:
            continue
        if item.line not in planned and (plan := listed.pop(_key(item), None)) is not None:
            item = replace(item, minutes=item.minutes or plan.minutes, owner=item.owner or plan.owner)
        kept.append(item)
    return kept


def _key(item: ReadItem) -> str:
    """What a title is known by: its letters and digits, in one case."""
    return "".join(char for char in item.title.casefold() if char.isalnum()) or f"#{item.line}"


def _sections(lines: Sequence[Line]) -> Iterable[tuple[Line | None, list[Line]]]:
    """Headings with their lines. Bold lines are headings only where the meeting has hardly any other."""
    real = sum(line.kind == "heading" and line.level < BOLD_LEVEL for line in lines)
    head: Line | None = None
    body: list[Line] = []
    for line in lines:
        if line.kind == "heading" and (line.level < BOLD_LEVEL or real <= 2 or head_kind(line.plain)):
            yield head, body
            head, body = line, []
        else:
            body.append(line)
    yield head, body


def _agenda(head: Line, body: Sequence[Line]) -> list[ReadItem]:
    """An agenda's bullets as topics, with what is indented below them."""
    bullets = [line for line in body if line.kind == "bullet"]
    if not bullets:
        text = _text(body)
        return [ReadItem("", notes=text, line=head.number)] if text else []
    least = min(line.indent for line in bullets)
    found: list[ReadItem] = []
    current: Line | None = None
    below: list[Line] = []

    def close() -> None:
        if current is not None:
            found.append(_item(current.text, current.number, _text(below)))
        elif text := _text(below):
            found.append(ReadItem("", notes=text, line=below[0].number))

    for line in body:
        if line.kind == "bullet" and line.indent == least:
            close()
            current, below = line, []
        else:
            below.append(line)
    close()
    return found


def _item(text: str, line: int, notes: str) -> ReadItem:
    title = _NUMBERING.sub("", plain(text).replace("\n", " ")).strip(" :")
    minutes, owner = None, ""
    if hit := _MINUTES.search(title):
        minutes = int(hit["count"] or hit["bare"])
        rest = (hit["rest"] or "").strip(" ,;")
        if rest and looks_like_a_name(rest.split(",")[0]):
            owner = rest
        title = (title[: hit.start()] + title[hit.end() :]).strip(" -–—:")
    if not owner and (hit := _OWNER.search(title)):
        name = (hit["name"] or hit["dash"]).strip().removeprefix("@")
        if (
            looks_like_a_name(name)
            and name[:1].isupper()
            and not any(char.isdigit() for char in name)
            and len(name.split()) <= 4
        ):
            owner, title = name, title[: hit.start()].strip()
    if minutes is not None and not 0 < minutes < 600:
        minutes = None
    return ReadItem(title[:500], minutes, _kind(title), owner, notes, line)


def _kind(title: str) -> str:
    words = set(label_words(title).split()) if len(title) < 60 else set()
    return next((kind for kind, known in _KINDS if words & set(known)), "")


def _text(lines: Sequence[Line]) -> str:
    """The Markdown of lines, moved to the left edge, without empty lines around it."""
    rows = [line.raw.rstrip() for line in lines]
    while rows and not rows[0].strip():
        rows.pop(0)
    while rows and not rows[-1].strip():
        rows.pop()
    if not any(row.strip(" *-_=|:") for row in rows):
        return ""
    indent = min((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), default=0)
    kept: list[str] = []
    for row in (row[indent:] for row in rows):
        if row.strip() or (kept and kept[-1].strip()):
            kept.append(row)
    return "\n".join(kept)


def read_links(lines: Sequence[Line]) -> list[ReadLink]:
    """The links above the first topic, and below a heading such as Links; others stay in the text of their topics."""
    found: list[ReadLink] = []
    known: set[str] = set()
    above = True
    for place, line in enumerate(lines):
        if line.kind == "heading" and place and line.level < BOLD_LEVEL:
            above = head_kind(line.plain) == "links" or (above and line.level == 1)
        if not above or line.kind in ("code", "comment") or "://" not in line.raw:
            continue
        before = plain(line.text.partition("://")[0].removesuffix("https").removesuffix("http").rstrip(" <([")).strip(
            " *:"
        )
        for label, url in links(line.text):
            name = label or (before if len(before) < 60 else "")
            if url not in known and len(found) < MOST_LINKS:
                known.add(url)
                found.append(ReadLink(name, url, line.number))
    return found
