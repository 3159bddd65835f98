"""Reads our pages as a person would: the visible words, and the lines of a list with their times and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from django.db import models
from django.test import Client


@dataclass(frozen=True)
class Line:
    """A line of a list: its first instant, the words of that time, all its words, where it leads, if it is struck."""

    instant: datetime
    shown: str
    words: str
    href: str
    is_struck: bool


def words_of(page: str) -> str:
    """The visible words of the page's main part, or of a piece of one."""
    inside = page.split("<main", 1)[1].split(">", 1)[1].split("</main>", 1)[0] if "<main" in page else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).replace("\xa0", " ").split())


def lines_of(page: str) -> list[Line]:
    """The lines of all lists of records, in order."""
    return [_line(inside) for inside in re.findall(r'<li class="record[^"]*">(.*?)</li>', page, re.DOTALL)]


def _line(inside: str) -> Line:
    stamp, shown = re.findall(r'<time datetime="([^"]+Z)"[^>]*>(.*?)</time>', inside, re.DOTALL)[0]
    return Line(
        instant=datetime.fromisoformat(stamp),
        shown=words_of(shown),
        words=words_of(inside),
        href=re.findall(r'href="([^"]+)"', inside)[0],
        is_struck="<s>" in inside,
    )


def days_of(page: str) -> list[tuple[date, list[Line]]]:
    """The days of the calendar page with their lines."""
    parts = re.split(r'<h3><time datetime="(\d{4}-\d\d-\d\d)">', page)[1:]
    return [(date.fromisoformat(day), lines_of(inside)) for day, inside in zip(parts[::2], parts[1::2], strict=True)]


def read(client: Client, path: str, zone: str | None = "Asia/Kolkata") -> str:
    """The page at a path, for a reader whose browser has said this zone."""
    if zone:
        client.cookies["zone"] = zone
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def page_of(client: Client, thing: models.Model, zone: str | None = "Asia/Kolkata") -> str:
    """The visible words of a thing's own page."""
    return words_of(read(client, thing.get_absolute_url(), zone))
