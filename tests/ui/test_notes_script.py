"""How the script of notes tells what was typed, where the caret goes, and when it comes back; tried in JavaScript."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.kit import judges


@pytest.mark.parametrize("script", ["notes_edits.mjs", "notes_line.mjs"])
def test_what_was_typed_is_told_exactly_and_who_is_sent_away_comes_back_less_and_less_often(script):
    node = judges.node_here()
    if node is None:
        pytest.skip("There is no Node here.")

    tried = subprocess.run(
        [node, "--no-warnings", str(Path(__file__).with_name(script))],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert json.loads(tried.stdout) == []
