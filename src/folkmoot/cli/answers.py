"""How commands answer: what is named found, rows for people and for programs, an exit code for each kind of no."""

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
    from folkmoot.people.models import Person

USAGE: Final = 2
NOT_FOUND: Final = 3
DENIED: Final = 4
CONFLICT: Final = 5
EXIT_CODES: Final[Mapping[str, int]] = {
    "invalid": USAGE,
    "why_missing": USAGE,
    "not_found": NOT_FOUND,
    "forbidden": DENIED,
}


@contextmanager
def refusals_as_exit_codes() -> Iterator[None]:
    """End the command in one line with the code for its kind: 2 usage, 3 nothing found, 4 denied, 5 conflict."""
    try:
        yield
    except Refused as refused:
        stop(refused.message, EXIT_CODES.get(refused.code, CONFLICT))


def the_group(slug: str) -> Group:
    """The group of this slug, also of one that it once had; ends the command with exit code 3 when there is none."""
    from folkmoot.groups.models import Group
    from folkmoot.groups.queries import group_with_old_slug

    found = Group.objects.filter(slug=slug).select_related("parent").first() or group_with_old_slug(slug)
    if found is None:
        stop(f"There is no group at the address {slug}. `folkmoot group list` shows them.", NOT_FOUND)
    return found


def the_person(email: str) -> Person:
    """The person of this address; ends the command with exit code 3 when nobody has it."""
    from folkmoot.people.queries import person_with_email

    found = person_with_email(email)
    if found is None:
        stop(f"Nobody here has the address {email}.", NOT_FOUND)
    return found


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_list(rows: Sequence[Mapping[str, Any]], *, as_json: bool, nothing: str) -> None:
    """All columns of the rows with their headings, or whole as JSON; no rows end the command with exit code 3."""
    if not rows and not as_json:
        stop(nothing, NOT_FOUND)
    show(rows, as_json=as_json, columns=list(rows[0]) if rows else [], heads_pipes=True)


def show(
    rows: Sequence[Mapping[str, Any]], *, as_json: bool, columns: Sequence[str], heads_pipes: bool = False
) -> None:
    """Rows as a table, or whole as JSON; a terminal is driven by nothing that stands in them.

    In a pipe the cells are parted by tabs, below their headings with `heads_pipes`.
    """
    if as_json:
        print_json(list(rows))
        return
    cells = [[for_terminal("" if row[name] is None else str(row[name])) for name in columns] for row in rows]
    console = out()
    if not console.is_terminal:
        for line in [list(columns), *cells] if heads_pipes else cells:
            click.echo("\t".join(" ".join(cell.split()) for cell in line))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name.replace("_", " "), style="bold" if name == columns[0] else "")
    for line in cells:
        table.add_row(*map(Text, line))
    console.print(table)
