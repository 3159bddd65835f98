"""Files of minutes out of what was handed in: a folder as a ZIP, or files one by one. Nothing is written to a disk.

An archive is believed in nothing: how many entries it lists is looked at before it is opened, what an entry holds is
read up to a bound whatever it says of itself, and names that lead out of the folder refuse the whole.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads.zips import end_of_zip
from folkmoot.meetings.domain.minutes.source import MOST_BYTES

MOST_FILES: Final = 400
MOST_ENTRIES: Final = 2_000
MOST_LIST: Final = 1_000_000
"""Bytes that the list of an archive may take."""
MOST_IN_ALL: Final = 20_000_000
LONGEST_PATH: Final = 400
ENDINGS: Final = (".md", ".markdown", ".mdown", ".mkd", ".txt")

WORDS: Final[Mapping[str, str]] = {
    "no_zip": "This is no folder that can be opened; pack it as a ZIP once more.",
    "too_many": "There are more than {most} files of minutes; hand them in by the year.",
    "too_large": "That is more than {most} MB of text; hand it in by the year.",
    "outside": "The folder names a file outside of itself: {name}. Nothing of it was opened.",
    "locked": "The folder is locked with a password.",
    "nothing": "There are no files of minutes in it; they end in .md or .txt.",
    "name_too_long": "The name of a file is longer than {most} characters.",
}
"""The words of refusals by their codes, which never change."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Files of minutes by their paths, and the paths of what was left aside since it is no text or was there twice."""

    files: dict[str, bytes]
    left_aside: tuple[str, ...] = ()


def refused(code: str, **values: object) -> Refused:
    """A refusal in its words; `code` is for programs."""
    return Refused(WORDS[code].format(**values), code=code)


def unpack(handed_in: Iterable[tuple[str, bytes]]) -> Unpacked:
    """The files of minutes in what was handed in, archives opened. Refused with a code of `WORDS`."""
    files: dict[str, bytes] = {}
    aside: list[str] = []
    for name, data in handed_in:
        if data.startswith(b"PK"):
            found = _unzip(data)
            aside += found.left_aside
            for path, text in found.files.items():
                _add(files, aside, path, text)
        elif name.lower().endswith(ENDINGS):
            _add(files, aside, _path(name.replace("\\", "/").rpartition("/")[2]), data)
        else:
            aside.append(_shown(name))
    if not files:
        raise refused("nothing")
    bounded(files)
    return Unpacked(files, tuple(aside))


def bounded(files: Mapping[str, bytes]) -> None:
    """Refused where there are too many files, or too much text."""
    if len(files) > MOST_FILES:
        raise refused("too_many", most=MOST_FILES)
    if sum(map(len, files.values())) > MOST_IN_ALL:
        raise refused("too_large", most=MOST_IN_ALL // 1_000_000)


def _add(files: dict[str, bytes], aside: list[str], path: str, data: bytes) -> None:
    if path in files:
        aside.append(path)
    else:
        files[path] = data


def _unzip(data: bytes) -> Unpacked:
    end = end_of_zip(io.BytesIO(data))
    if end is None:
        raise refused("no_zip")
    if end.entries > MOST_ENTRIES or end.list_size > MOST_LIST:
        raise refused("too_many", most=MOST_FILES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _entries(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OverflowError, NotImplementedError, UnicodeDecodeError):
        raise refused("no_zip") from None


def _entries(archive: zipfile.ZipFile) -> Unpacked:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise refused("too_many", most=MOST_FILES)
    wanted: dict[str, zipfile.ZipInfo] = {}
    aside: list[str] = []
    for entry in entries:
        path = _path(entry.filename)
        if entry.is_dir() or path.startswith("__MACOSX/") or path.rpartition("/")[2].startswith("."):
            continue
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or path in wanted or not path.lower().endswith(ENDINGS):
            aside.append(path)
        else:
            wanted[path] = entry
    if len(wanted) > MOST_FILES:
        raise refused("too_many", most=MOST_FILES)
    files: dict[str, bytes] = {}
    left = MOST_IN_ALL
    for path, entry in wanted.items():
        if entry.flag_bits & 1:
            raise refused("locked")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused("no_zip")
        with archive.open(entry) as opened:
            # One byte more than is ever looked at, so that the reader tells that it was cut off.
            files[path] = opened.read(min(left, MOST_BYTES) + 1)
        left -= len(files[path])
        if left < 0:
            raise refused("too_large", most=MOST_IN_ALL // 1_000_000)
    return Unpacked(_without_top(files), tuple(aside))


def _path(name: str) -> str:
    """A path within the folder. Refused `outside` for one that leads out of it, `name_too_long`."""
    path = unicodedata.normalize("NFC", name.replace("\\", "/"))
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or (len(parts[0]) > 1 and parts[0][1:2] == ":"):
        raise refused("outside", name=_shown(name))
    clean = "".join(
        char if char.isprintable() else "\ufffd" for char in "/".join(part for part in parts if part not in ("", "."))
    )
    if len(clean) > LONGEST_PATH:
        raise refused("name_too_long", most=LONGEST_PATH)
    return clean


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)[:120]


def _without_top(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same without the folder that holds them all."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in files}
    if len(tops) != 1 or "" in tops:
        return dict(files)
    return {path.partition("/")[2]: data for path, data in files.items()}
