"""Markdown within a line as plain words, and the links in it. Every pattern runs in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)")
_LINK: Final = re.compile(
    r"\[([^\[\]]{0,400})\]\((<[^<>]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:\s[^()]{0,200})?\)"
)
_REFERENCE: Final = re.compile(r"\[([^\[\]]{1,400})\]\[[^\[\]]{0,100}\]")
_WIKI: Final = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]|]{1,200}))?\]\]")
_BREAK: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>@]{0,400}>")
_AUTOLINK: Final = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000}|[^<>\s@]{1,100}@[^<>\s@]{1,200})>")
_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGNS: Final = {
    ":white_check_mark:": "✅", ":heavy_check_mark:": "✔", ":ballot_box_with_check:": "☑", ":x:": "❌",
    ":negative_squared_cross_mark:": "❎", ":heavy_multiplication_x:": "✖",
}  # fmt: skip
_LIST_PART: Final = re.compile(r"</?(?:li|p|div|ul|ol|tr)\b[^<>]{0,400}>", re.IGNORECASE)
_SHORTCODE: Final = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{1,30}:(?!\w)")
_URL: Final = re.compile(r"https?://[^\s<>\"')\]|]+")
_SPACES: Final = re.compile(r"[^\S\n]+")
_ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad"))
_QUICK: Final = re.compile(r"[\[\]<>*_`~\\&:\u200b\u200c\u2060\ufeff\u00ad]")


def plain(text: str) -> str:
    """The words of a line without marks, tags and addresses behind links. `<br>` becomes a line end."""
    if _QUICK.search(text):
        text = text.translate(_ZERO_WIDTH)
        if "[" in text:
            text = _IMAGE.sub(" ", text)
            text = _WIKI.sub(lambda hit: hit[2] or hit[1], text)
            text = _LINK.sub(r"\1", text)
            text = _REFERENCE.sub(r"\1", text)
        if "<" in text:
            text = _LIST_PART.sub("\n", _BREAK.sub("\n", text)).strip("\n")
            text = _AUTOLINK.sub(r"\1", text)
            text = _TAG.sub("", text)
        text = text.replace("**", "").replace("`", "").replace("~~", "")
        text = _ESCAPED.sub(lambda hit: f"\x00{ord(hit[1])}\x00", text) if "\\" in text else text
        text = _UNDERSCORE.sub("", text.replace("*", ""))
        if "\x00" in text:
            text = re.sub("\x00(\\d+)\x00", lambda hit: chr(int(hit[1])), text)
        if "&" in text:
            text = html.unescape(text)
        if ":" in text:
            for shortcode, sign in _SIGNS.items():
                text = text.replace(shortcode, sign)
            text = _SHORTCODE.sub("", text)
    return _SPACES.sub(" ", text).strip()


def without_urls(text: str) -> str:
    """The text without addresses, in whose paths numbers look like dates."""
    return _URL.sub(" ", text) if "://" in text else text


def links(text: str) -> Iterator[tuple[str, str]]:
    """The links in Markdown text, as (label, address); a bare address has an empty label."""
    if "://" not in text:
        return
    rest: list[str] = []
    at = 0
    for hit in _LINK.finditer(text):
        rest.append(text[at : hit.start()])
        at = hit.end()
        url = hit[2].strip("<>")
        if "://" in url:
            yield plain(hit[1]), url
    rest.append(text[at:])
    for part in rest:
        for hit in _URL.finditer(part):
            yield "", hit[0].rstrip(".,;:!?*_")


def without_comments(text: str) -> str:
    """The text without HTML comments that begin and end in it."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]]) if parts else text
