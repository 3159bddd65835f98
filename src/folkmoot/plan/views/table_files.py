"""Tables of this room as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from folkmoot.kit.csv_text import written

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as Windows' Western encoding


def table_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A heading and rows as CSV to be kept under a name; None is an empty cell, and no cell is taken for a formula."""
    cells = (["" if value is None else str(value) for value in row] for row in rows)
    content = "".join(written([heading, *cells]))
    response = HttpResponse(BYTE_ORDER_MARK + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
