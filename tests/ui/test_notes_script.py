"""How the script of notes tells what was typed, and where the caret goes; tried where it runs, in JavaScript."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.kit import judges


def test_what_was_typed_is_told_exactly_and_no_character_is_cut():
    node = judges.node_here()
    if node is None:
        pytest.skip("There is no Node here.")

    tried = subprocess.run(
        [node, "--no-warnings", str(Path(__file__).with_name("notes_edits.mjs"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert json.loads(tried.stdout) == []
