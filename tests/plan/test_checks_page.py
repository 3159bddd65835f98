"""The page about checks says which there are, and after which facts they are asked."""

from __future__ import annotations

import re
from pathlib import Path

from folkmoot.plan.checks import CHECKS

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_page_lists_every_check_with_its_facts():
    rows = re.findall(r"^\| `([a-z_.]+)` \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(), re.MULTILINE)

    listed = {name: set(re.findall(r"`([a-z_.]+)`", facts)) for name, facts in rows}
    assert listed == {check.name: {fact.kind for fact in check.facts} for check in CHECKS}
