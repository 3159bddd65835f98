"""The direction of imports, as `.importlinter` writes it down."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.repository import ROOT

CONFIGURATION = ROOT / ".importlinter"


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts against the packages in `source`."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", CONFIGURATION, "--no-cache"],
        cwd=source,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
    )


def test_contracts_are_kept() -> None:
    checked = lint(ROOT / "src")

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_broken_contracts_are_noticed(tmp_path) -> None:
    package = tmp_path / "folkmoot"
    shutil.copytree(ROOT / "src" / "folkmoot", package, ignore=shutil.ignore_patterns("static", "__pycache__"))
    breaches = {
        "kit/errors.py": "import django",  # pure
        "people/queries.py": "import folkmoot.groups.models",  # rooms
        "groups/queries.py": "import folkmoot.groups.actions",  # inside
        "meetings/queries.py": "import folkmoot.groups.views",  # private
        "attic/__init__.py": "",  # a room that has not taken its place
    }
    for name, line in breaches.items():
        file = package / name
        file.parent.mkdir(exist_ok=True)
        file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")

    checked = lint(tmp_path)

    assert checked.returncode == 1
    assert "Contracts: 0 kept, 4 broken." in checked.stdout
    assert "attic" in checked.stdout
