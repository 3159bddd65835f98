"""Finding a group for a command, and printing lists of what it has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli.terminal import out, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.models import Group

NOT_FOUND: Final = 3
CODES: Final[Mapping[str, int]] = {"forbidden": 4, "not_found": NOT_FOUND}
CONFLICT: Final = 5


def group_named(slug: str) -> Group:
    """The group of this short name; ends the command with exit code 3 when there is none."""
    from folkmoot.groups.models import Group

    found = Group.objects.select_related("parent").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Group.objects.values_list("slug", flat=True)[:12]) or "none yet"
        stop(f"There is no group {slug}. There are: {known}", NOT_FOUND)
    return found


def show_list(rows: Sequence[Mapping[str, Any]], *, as_json: bool, nothing: str) -> None:
    """The rows as a JSON list, or as a table; no rows end the command with exit code 3, with JSON after printing []."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    if not rows:
        stop(nothing, NOT_FOUND)
    headings = list(rows[0])
    lines = [[for_terminal("" if row[name] is None else str(row[name])) for name in headings] for row in rows]
    console = out()
    if not console.is_terminal:
        for line in [headings, *lines]:
            click.echo("\t".join(" ".join(cell.split()) for cell in line))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in headings:
        table.add_column(name.replace("_", " "), style="bold" if name == headings[0] else "")
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)
