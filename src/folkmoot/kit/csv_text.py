"""Tables as text: which encoding and delimiter a file has, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from folkmoot.kit.errors import Refused

DELIMITERS: Final = (",", ";", "\t")
STARTS_FORMULA: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet take a cell for a formula, also in full width (OWASP, "CSV injection")."""
CHUNK: Final = 1 << 16


def safe_cell(text: str) -> str:
    """The text as a cell that is shown and never computed: an apostrophe goes before what could begin a formula.

    One goes before an apostrophe as well, so that `plain_cell` gives back exactly what went in.
    """
    first = text.lstrip(" \u00a0\u3000")[:1]
    return f"'{text}" if first in STARTS_FORMULA or text.startswith("'") else text


def plain_cell(cell: str) -> str:
    """What `safe_cell` was given; cells that it would not have made stay as they are ("+49 30…", "'tis")."""
    rest = cell[1:]
    return rest if cell.startswith("'") and rest and safe_cell(rest) == cell else cell


def written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of CSV (RFC 4180) with every cell made safe."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def encoding_of(stream: BinaryIO) -> str:
    """By a byte order mark, by the zeros of UTF-16, by being UTF-8, or else Windows' Western one; reads all of it.

    The stream is at its beginning afterwards. Memory is bounded.
    """
    stream.seek(0)
    head = stream.read(CHUNK)
    stream.seek(0)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) > 3 and max(even, odd) > len(head) // 4:
        return "utf-16-be" if even > odd else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)
    return "utf-8"


def delimiter_of(first_line: str) -> str:
    """The delimiter that a table's first line has most of, outside quotation marks; a comma where it has none."""
    bare = "".join(part for place, part in enumerate(first_line.split('"')) if place % 2 == 0)
    return max(DELIMITERS, key=bare.count)


def rows_of(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, as they were written, each with the number of its last line, from 1.

    Refused `unreadable` with the line in words; memory is bounded by the longest row.
    """
    encoding = encoding_of(stream)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="", errors="strict")
    reader: Iterator[list[str]] | None = None
    try:
        first = text.readline(CHUNK)
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter_of(first))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [plain_cell(cell) for cell in row]
    except UnicodeError:
        line = getattr(reader, "line_num", 0) + 1
        raise Refused(f"Line {line} holds bytes that are no text in {encoding}.", code="unreadable") from None
    except csv.Error as error:
        line = getattr(reader, "line_num", 1)
        raise Refused(f"Line {line} cannot be read as a row of a table: {error}.", code="unreadable") from None
    finally:
        text.detach()
        stream.seek(0)
