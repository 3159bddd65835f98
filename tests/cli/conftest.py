"""Folders for processes of their own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import migrated as kept
from tests.cli.running import FOLKMOOT, environment


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the collected static files."""
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [FOLKMOOT, "manage", "collectstatic", "--noinput", "--verbosity=0"],
        env=environment(FOLKMOOT_STATIC=str(folder), FOLKMOOT_SECRET_KEY="k" * 40),
        check=True,
    )
    return folder


@pytest.fixture
def place(tmp_path: Path, static_files: Path) -> dict[str, str]:
    """Settings for a data folder of this test alone."""
    return {"FOLKMOOT_DATA": str(tmp_path / "data"), "FOLKMOOT_STATIC": str(static_files)}


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, static_files: Path) -> Path:
    """A database that is up to date and holds nothing yet: the one that is kept, else made by the command itself."""
    folder = tmp_path_factory.mktemp("migrated")
    if kept.take(kept.kept(), folder / "folkmoot.sqlite3"):
        return folder / "folkmoot.sqlite3"
    subprocess.run(
        [FOLKMOOT, "manage", "migrate", "--verbosity=0"],
        env=environment(FOLKMOOT_DATA=str(folder), FOLKMOOT_STATIC=str(static_files), FOLKMOOT_SAMPLE="0"),
        check=True,
    )
    return folder / "folkmoot.sqlite3"


@pytest.fixture
def ready(place: dict[str, str], migrated: Path) -> dict[str, str]:
    """Settings for a data folder of this test alone with a database up to date; `place` is for a first start."""
    folder = Path(place["FOLKMOOT_DATA"])
    folder.mkdir()
    shutil.copy(migrated, folder)
    return place
