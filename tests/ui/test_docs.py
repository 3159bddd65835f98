from __future__ import annotations

import re
from pathlib import Path

import pytest

from folkmoot.ui import slots
from folkmoot.ui.templatetags.ui import register

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "ui.md").read_text()
BASE = Path(slots.__file__).parent / "templates" / "ui" / "base.html"


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_every_tag_is_documented(tag) -> None:
    assert re.search(rf"`{tag}\b[^`]*`", DOCS)


@pytest.mark.parametrize("slot", [name for name in dir(slots) if name.isupper()])
def test_every_slot_is_documented(slot) -> None:
    assert f"`{slot}`" in DOCS


def test_every_block_of_the_base_template_is_documented() -> None:
    blocks = set(re.findall(r"{% block (\w+) %}", BASE.read_text()))

    assert {block for block in blocks if f"`{block}`" not in DOCS} == set()
