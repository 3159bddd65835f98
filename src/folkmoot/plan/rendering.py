"""Markdown that people wrote, as safe HTML."""

from __future__ import annotations

from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def rendered(text: str, *, first_heading: int = 3) -> SafeString:
    """The text as HTML: no raw HTML, links to http, https and mailto only, headings from `first_heading` down.

    No heading is above the second level, since the page has its own.
    """
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{max(2, min(6, int(token.tag[1]) + first_heading - 1))}"
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        attribute_filter=lambda tag, name, value: value if name != "href" or _leads_out(value) else None,
    )
    return mark_safe(html)  # noqa: S308 -- nh3 has cleaned it


def without_markup(text: str) -> str:
    """The words of a Markdown text alone, on one line."""
    return " ".join(unescape(nh3.clean(rendered(text), tags=set())).split())


def _leads_out(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "mailto:", "#"))
