"""A charter's clauses as safe HTML, each with its number and permalink."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "dl", "dt", "em", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align", "scope"},
    "td": {"align"},
    "li": {"id"},
    "p": {"id"},
    "tr": {"id"},
}


@dataclass(frozen=True)
class RenderedClause:
    """A section's own lines as HTML, or a named item in a section (its HTML stands in the section's)."""

    number: str
    anchor: str
    heading: str
    level: int
    kind: str
    first_line: int
    last_line: int
    html: str


def rendered_clauses(text: str, reading: Mapping[str, Any]) -> Iterator[RenderedClause]:
    """The clauses of a charter in the order of its lines: every section, each followed by its named items.

    The whole text is parsed once, so that links defined at its end work in every clause. Raw HTML of the text
    passes only as far as it is harmless; links may lead to http, https and mailto addresses or into the page.
    """
    sections = reading["sections"]
    items = _named_items(reading)
    anchors = {item["lines"][0]: item["anchor"] for item in items}
    parts = _tokens_by_section(text, [section["lines"] for section in sections])
    for section, (tokens, parser, env) in zip(sections, parts, strict=True):
        first, last = section["lines"]
        yield RenderedClause(
            number=section.get("number") or "",
            anchor=section.get("anchor") or f"lines-{first}",
            heading=section.get("heading") or "",
            level=section.get("level") or 0,
            kind=section.get("kind") or "",
            first_line=first,
            last_line=last,
            html=_safe_html(tokens, parser, env, anchors, has_heading=section.get("heading") is not None),
        )
        for item in items:
            if first <= item["lines"][0] <= last:
                yield RenderedClause(
                    number=item.get("number") or "",
                    anchor=item["anchor"],
                    heading=item.get("name") or "",
                    level=(section.get("level") or 0) + 1,
                    kind=item["kind"],
                    first_line=item["lines"][0],
                    last_line=item["lines"][1],
                    html="",
                )


def _named_items(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    section_anchors = {section.get("anchor") for section in reading["sections"]}
    for key, kind in (("objectives", "objective"), ("roles", "role"), ("annual_activities", "activity")):
        found += [
            {**item, "kind": kind}
            for item in reading.get(key) or []
            if item.get("anchor") and item.get("lines") and item["anchor"] not in section_anchors
        ]
    return sorted(found, key=lambda item: tuple(item["lines"]))


def _tokens_by_section(
    text: str, spans: Sequence[Sequence[int]]
) -> list[tuple[list[Token], MarkdownIt, dict[str, Any]]]:
    """The block tokens that begin within each span of lines (from 1, both ends included)."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    env: dict[str, Any] = {}
    parts: list[tuple[list[Token], MarkdownIt, dict[str, Any]]] = [([], parser, env) for _ in spans]
    current = 0
    for token in parser.parse(text, env):
        if token.level == 0 and token.nesting >= 0 and token.map:
            while current + 1 < len(spans) and token.map[0] + 1 > spans[current][1]:
                current += 1
        if parts:
            parts[current][0].append(token)
    return parts


def _safe_html(
    tokens: list[Token], parser: MarkdownIt, env: dict[str, Any], anchors: Mapping[int, str], *, has_heading: bool
) -> str:
    """The tokens as HTML without the section's own heading; list items and rows carry the anchors of items."""
    tokens = _without_heading(tokens) if has_heading else tokens
    given: set[str] = set()
    for token in tokens:
        if token.type in ("list_item_open", "tr_open", "paragraph_open") and token.map:
            anchor = anchors.get(token.map[0] + 1)
            if anchor and anchor not in given:
                given.add(anchor)
                token.attrSet("id", anchor)
    html = parser.renderer.render(tokens, parser.options, env)
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=partial(_harmless, frozenset(given)),
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _harmless(anchors: frozenset[str], tag: str, attribute: str, value: str) -> str | None:
    """Links lead to whole addresses or into the page (a file's neighbours are not here); ids are our own."""
    if attribute == "href":
        return value if value.lower().startswith(("http://", "https://", "mailto:", "#")) else None
    if attribute == "id":
        return value if value in anchors else None
    return value


def _without_heading(tokens: list[Token]) -> list[Token]:
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "paragraph_open"):
            closing = token.type.replace("_open", "_close")
            for end in range(place + 1, len(tokens)):
                if tokens[end].type == closing and tokens[end].level == token.level:
                    return tokens[:place] + tokens[end + 1 :]
    return tokens
