"""The page of all settings says what the code reads."""

from __future__ import annotations

from django.conf import settings

from folkmoot.config.env import VARIABLES
from tests.architecture.repository import ROOT

PAGE = ROOT / "docs" / "running" / "settings.md"


def expected_rows() -> list[str]:
    """The table's rows, made from what the settings have registered while they were read."""
    assert settings.configured
    rows = []
    for variable in sorted(VARIABLES.values(), key=lambda each: each.name):
        default = variable.default.replace(f"{ROOT}/", "").replace("|", "\\|")
        rows.append(
            f"| `{variable.name}` | {variable.meaning} | {variable.kind} | {f'`{default}`' if default else ''} |"
        )
    return [" ".join(row.split()) for row in rows]


def test_page_lists_every_setting_and_no_other() -> None:
    page = PAGE.read_text(encoding="utf-8")

    rows = [" ".join(line.split()) for line in page.splitlines() if line.startswith("| `")]

    assert rows == expected_rows(), "The table should be:\n" + "\n".join(expected_rows())
