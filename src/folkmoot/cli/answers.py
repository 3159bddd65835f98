"""How commands answer: tables for people, JSON for programs, and an exit code for each kind of no."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli.terminal import out, stop
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.models import Group

NOTHING_FOUND: Final = 3
EXIT_CODES: Final[Mapping[str, int]] = {"invalid": 2, "not_found": NOTHING_FOUND, "forbidden": 4}
CONFLICT: Final = 5


@contextmanager
def refusals_as_exit_codes() -> Iterator[None]:
    """End the command in one line with the code for its kind: 2 usage, 3 nothing found, 4 denied, 5 conflict."""
    try:
        yield
    except Refused as refused:
        stop(refused.message, EXIT_CODES.get(refused.code, CONFLICT))


def group_by_slug(slug: str) -> Group:
    """The group with this slug; ends the command with exit code 3 when there is none."""
    from folkmoot.groups.models import Group

    group = Group.objects.filter(slug=slug).first()
    if group is None:
        stop(f"There is no group {slug}. `folkmoot task list` without --group shows all.", NOTHING_FOUND)
    return group


def show(rows: Sequence[Mapping[str, Any]], *, as_json: bool, columns: Sequence[str]) -> None:
    """Rows as a table, or whole as JSON; a terminal is driven by nothing that stands in them."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    cells = [[for_terminal(str("" if row[name] is None else row[name])) for name in columns] for row in rows]
    console = out()
    if not console.is_terminal:
        for line in cells:
            click.echo("\t".join(" ".join(cell.split()) for cell in line))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name.replace("_", " "))
    for line in cells:
        table.add_row(*map(Text, line))
    console.print(table)
