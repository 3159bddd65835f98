"""The kit is plain Python: no Django, and nothing heavy or slow behind an import."""

from __future__ import annotations

import subprocess
import sys


def test_kit_loads_without_django_and_without_judges():
    code = (
        "import sys, pkgutil, importlib, folkmoot.kit as kit\n"
        "names = [m.name for m in pkgutil.walk_packages(kit.__path__, 'folkmoot.kit.')]\n"
        "assert len(names) > 10, names\n"
        "for name in names: importlib.import_module(name)\n"
        "heavy = {'django', 'icalendar', 'dateutil', 'babel', 'rich', 'recurring_ical_events'}\n"
        "assert not heavy & {name.partition('.')[0] for name in sys.modules}\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
