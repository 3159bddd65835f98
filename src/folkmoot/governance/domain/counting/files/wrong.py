"""Saying what is wrong with a file: the line, the column, what stands there and what was expected."""

from __future__ import annotations

import codecs
from typing import Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_BALLOTS: Final = 10**9
LONGEST_QUOTE: Final = 40


class WrongFile(Refused):
    """A file that cannot be counted. `line` and `column` begin at 1; column is of characters."""

    def __init__(self, expected: str, *, line: int, column: int = 1, found: str | None = None) -> None:
        quoted = "" if found is None else f", found “{short(found)}”" if found else ", found nothing"
        super().__init__(f"Line {line}, column {column}: expected {expected}{quoted}.", code="wrong_file")
        self.line = line
        self.column = column


def short(text: str) -> str:
    """A piece of a file to be quoted."""
    text = for_terminal(text)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, its lines ended by \\n. WrongFile where it is not text, Refused where too long."""
    if len(data) > MOST_BYTES:
        raise Refused(f"The file is longer than {MOST_BYTES // 1024 // 1024} MB.", code="long_file")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = place(before, len(before))
        raise WrongFile("text in UTF-8", line=line, column=column, found=f"byte {data[error.start]:#04x}") from None
    if "\0" in text:
        line, column = place(text, text.index("\0"))
        raise WrongFile("text", line=line, column=column, found="a zero byte")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def column_of(line: str, number: int) -> int:
    """Where the word of this number (from 0) begins in a line; behind the end where there are fewer."""
    end = 0
    for _ in range(number + 1):
        start = end
        while start < len(line) and line[start].isspace():
            start += 1
        end = start
        while end < len(line) and not line[end].isspace():
            end += 1
        if start == len(line):
            return len(line.rstrip()) + 1
    return start + 1
