"""What is in the repository: its root, its files, the texts among them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "folkmoot"
# What .gitignore leaves out, for a copy of the files without their history.
NOT_OURS = {".venv", "node_modules", "var", "staticfiles", "build", "dist", "built", "__pycache__", ".hypothesis"}
CACHES = ("_cache", ".egg-info")


@cache
def files() -> tuple[Path, ...]:
    """All files that are tracked or could be, so also those of work that is not committed yet."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found = (ROOT / name for name in listed.stdout.split("\0") if name)
    else:
        found = (path for path in ROOT.rglob("*") if not any(_is_made(part) for part in path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in found if path.is_file()))


def _is_made(name: str) -> bool:
    return name in NOT_OURS or name.endswith(CACHES)


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Files that are text, with their text; with `suffixes` only those whose names end so."""
    for path in files():
        if suffixes and not path.name.endswith(suffixes):
            continue
        raw = path.read_bytes()
        if b"\0" in raw[:8000]:
            continue
        try:
            yield path, raw.decode("utf-8")
        except UnicodeDecodeError:
            continue


def short(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT))
