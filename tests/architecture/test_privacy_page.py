"""docs/privacy.md says what is kept and who sees it as the code has it."""

from __future__ import annotations

from folkmoot.people.models import Seen
from folkmoot.people.person_data import PERSON_DATA, seen_by
from folkmoot.people.shown import PARTS
from tests.architecture.repository import ROOT

PAGE = ROOT / "docs" / "privacy.md"


def expected_rows() -> list[str]:
    """A row for each kind of data that any room offers, then one for each part of a profile."""
    kinds = [f"| `{entry.name}` | {entry.item.title} | {seen_by(entry.item)} |" for entry in PERSON_DATA.entries()]
    choices = ", ".join(str(level.label).lower() for level in Seen)
    parts = [f"| `profile.{part}` | {label} | {choices} |" for part, label in PARTS.items()]
    return kinds + parts


def test_page_lists_every_kind_of_data_and_every_part_of_a_profile_and_no_other() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    assert rows == expected_rows(), "The tables should be:\n" + "\n".join(expected_rows())
