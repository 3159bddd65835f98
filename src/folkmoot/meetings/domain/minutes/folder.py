"""A series of minutes as a folder of Markdown files with an index, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from folkmoot.meetings.domain.minutes.canonical import write_minutes
from folkmoot.meetings.domain.minutes.escape import inline
from folkmoot.meetings.domain.minutes.model import MinutesFile, MinutesRecord, ReadResolution, Resolution
from folkmoot.meetings.domain.minutes.reader import read_minutes
from folkmoot.meetings.domain.minutes.resolutions import (
    is_resolution,
    read_resolution,
    resolution_file_name,
    write_resolution,
)

INDEX: Final = "README.md"
RESOLUTIONS: Final = "resolutions"
LONGEST_SLUG: Final = 60
_INDEXED: Final = re.compile(r"^- \[.*\]\(<?([^()<>\s]+)>?\)", re.MULTILINE)
READ: Final = (".md", ".markdown", ".mdown", ".mkd", ".txt")
_RESOLUTION_NAME: Final = re.compile(r"(?:^|/)(?:resolution|res|motion)s?[-_ ]?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """What a folder holds: minutes and resolutions as they were read, each with its path, in the order of the index."""

    minutes: tuple[tuple[str, MinutesFile], ...] = ()
    resolutions: tuple[tuple[str, ReadResolution], ...] = ()

    @property
    def records(self) -> tuple[MinutesRecord, ...]:
        """The minutes without what was noticed about them."""
        return tuple(meeting.record for _, file in self.minutes for meeting in file.meetings)


def file_name(record: MinutesRecord) -> str:
    """`2026-03-05-community-call.md`: the day, then the title in letters that every file system takes."""
    folded = unicodedata.normalize("NFKD", record.title.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST_SLUG].strip("-")
    day = record.date.isoformat() if record.date else "undated"
    return f"{day}-{slug or 'minutes'}.md"


def write_series(
    records: Sequence[MinutesRecord], resolutions: Sequence[Resolution] = (), *, title: str = "Minutes"
) -> dict[str, str]:
    """Files by their paths: one per meeting and resolution, and an index. `read_folder` gives back the same."""
    files: dict[str, str] = {}
    index = [f"# {inline(title)}", ""]
    for record in records:
        path = _free(file_name(record), files)
        files[path] = write_minutes(record)
        index.append(f"- [{_shown(record.date, record.title)}]({path})")
    if resolutions:
        index += ["", "## Resolutions", ""]
    for one in resolutions:
        path = _free(f"{RESOLUTIONS}/{resolution_file_name(one)}", files)
        files[path] = write_resolution(one)
        index.append(f"- [{_shown(one.decided, one.title or path)}]({path})")
    files[INDEX] = "\n".join(index).rstrip("\n") + "\n"
    return files


def _shown(day: date | None, title: str) -> str:
    return inline(" – ".join(filter(None, (day.isoformat() if day else "", " ".join(title.split())))) or "minutes")


def _free(path: str, taken: Mapping[str, str]) -> str:
    stem = path.removesuffix(".md")
    number = 1
    while path in taken:
        number += 1
        path = f"{stem}-{number}.md"
    return path


def read_folder(files: Mapping[str, str | bytes]) -> Series:
    """What the files of a folder hold, by their paths. Files that are no text are read as such, and noted.

    The index tells the order; a file that it does not name comes after those it does, by its path. The index itself
    holds no minutes.
    """
    order = {path: place for place, path in enumerate(_INDEXED.findall(_text(files.get(INDEX, ""))))}
    minutes: list[tuple[str, MinutesFile]] = []
    resolutions: list[tuple[str, ReadResolution]] = []
    for path in sorted(files, key=lambda path: (order.get(path, len(order)), path)):
        if path == INDEX or not path.lower().endswith(READ):
            continue
        data = files[path]
        if is_resolution(_text(data).replace("\r\n", "\n").removeprefix("\ufeff")) or _RESOLUTION_NAME.search(path):
            resolutions.append((path, read_resolution(data, name=path)))
        else:
            minutes.append((path, read_minutes(data, name=path)))
    return Series(tuple(minutes), tuple(resolutions))


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", errors="replace")
