"""`make bench`: measures every `bench_*.py` here and compares with its bar.

A benchmark's `run()` gives rows of what was measured, the ratio to a baseline measured in the same run, and the
most that the ratio may be. Ratios hold on slow and fast machines alike. Exit code 1 when a bar is missed.

    python -m tests.benchmarks [part of a module's name]…
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter

Row = tuple[str, float, float]


def modules(words: list[str]) -> list[str]:
    """Names of the benchmarks, all or those that contain one of the words."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in names if not words or any(word in name for word in words)]


def measured(names: list[str]) -> Iterator[Row]:
    """Run the benchmarks one after the other, on a test database of this run."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    import django
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names:
            started = perf_counter()
            yield from import_module(f"tests.benchmarks.{name}").run()
            print(f"  ({name}: {perf_counter() - started:.1f} s)", file=sys.stderr)
    finally:
        connections.close_all()
        teardown_databases(databases, verbosity=0)


def main(words: list[str]) -> int:
    names = modules(words)
    if not names:
        print(f"No benchmark is called so; there are: {', '.join(modules([]))}.", file=sys.stderr)
        return 2
    missed = 0
    for what, ratio, bar in measured(names):
        kept = ratio <= bar
        missed += not kept
        print(f"{'✓' if kept else '✗'} {ratio:8.3f}  at most {bar:6.3f}  {what}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
