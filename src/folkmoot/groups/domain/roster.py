"""Lists of people as tables: which column holds what, and what one row says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing

FIELDS: Final = ("name", "email", "role", "zone", "affiliation", "since")
HEADINGS: Final = {
    "name": "Name",
    "email": "E-mail",
    "role": "Role",
    "zone": "Time zone",
    "affiliation": "Affiliation",
    "since": "Since",
}
_CALLED: Final = {
    "name": ("name", "fullname", "displayname", "person", "participant", "member", "who"),
    "email": ("email", "emailaddress", "mail", "address", "contact"),
    "role": ("role", "position", "function", "type", "participation"),
    "zone": ("timezone", "zone", "tz", "localtime"),
    "affiliation": ("affiliation", "organisation", "organization", "company", "employer", "institution"),
    "since": ("since", "joined", "joinedon", "joindate", "start", "startdate", "from", "date", "membersince"),
}
LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class RosterRow:
    """What one row says, checked for itself. `role` is a key of the roles that were handed in."""

    line: int
    name: str
    email: str
    role: int
    zone: str
    affiliation: str
    since: date | None


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken in: its line, the field, and what was expected, in a sentence."""

    line: int
    field: str
    words: str


def guessed_mapping(header: Sequence[str]) -> dict[str, int]:
    """For each field that a heading seems to name, the number of its first such column, counted from 0."""
    found: dict[str, int] = {}
    plain = [re.sub(r"[\W_]+", "", heading).casefold() for heading in header]
    for field, names in _CALLED.items():
        for name in names:
            if name in plain and plain.index(name) not in found.values():
                found[field] = plain.index(name)
                break
    return found


def repeated_headings(header: Sequence[str]) -> list[str]:
    """Headings that stand over more than one column."""
    seen: dict[str, int] = {}
    for heading in header:
        seen[heading.strip()] = seen.get(heading.strip(), 0) + 1
    return [heading for heading, count in seen.items() if heading and count > 1]


def read_row(
    line: int,
    cells: Sequence[str],
    mapping: Mapping[str, int],
    *,
    roles: Mapping[str, int],
    usual_role: int | None,
    is_email: Callable[[str], bool],
    today: date,
) -> RosterRow | list[Problem]:
    """What a row says, or everything that is wrong with it. `roles` gives keys by names in `casefold()`.

    A row without a role gets the usual one.
    """
    said = {
        field: plain_name(cells[column]) if column < len(cells) else ""
        for field, column in mapping.items()
        if column is not None
    }
    problems: list[Problem] = []

    def wrong(field: str, words: str) -> None:
        problems.append(Problem(line, field, words))

    email = said.get("email", "")
    if not email:
        wrong("email", "There is no e-mail address; everybody on the list needs one.")
    elif not is_email(email):
        wrong("email", f"“{email[:80]}” is not an e-mail address.")
    name = said.get("name", "")
    if shows_nothing(name):
        name = email.split("@")[0]
    if len(name) > LONGEST_NAME:
        wrong("name", f"A name may have at most {LONGEST_NAME} characters.")
    role = usual_role
    if said.get("role"):
        role = roles.get(said["role"].casefold())
        if role is None:
            wrong("role", f"“{said['role'][:80]}” is none of the group’s roles.")
    elif role is None:
        wrong("role", "There is no role, and none that is usual.")
    zone = ""
    if said.get("zone"):
        try:
            zone = zones.canonical(said["zone"])
        except Refused:
            wrong("zone", f"“{said['zone'][:60]}” is not a time zone; expected a name such as Europe/Lisbon.")
    since = None
    if said.get("since"):
        since = _day(said["since"])
        if since is None:
            wrong("since", f"“{said['since'][:40]}” is not a day; expected year, month, day, such as 2025-03-31.")
        elif since > today:
            wrong("since", f"{since.isoformat()} is not here yet.")
    if problems:
        return problems
    assert role is not None
    return RosterRow(line, name, email, role, zone, said.get("affiliation", "")[:LONGEST_NAME], since)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None
