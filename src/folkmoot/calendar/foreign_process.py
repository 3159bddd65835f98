"""Reads a foreign calendar in a process of its own, which is stopped when it takes too long or too much memory.

A file of less than a kilobyte can keep a reader busy for hours (rules that exclude all they name), and no check
beforehand catches every such rule. `python -m folkmoot.calendar.foreign_process START END ZONE` reads stdin and
writes JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

from folkmoot.calendar.domain import foreign
from folkmoot.kit.errors import Refused

SECONDS = 20
MEGABYTES = 512


def read_apart(content: bytes, *, start: date, end: date, zone: str, seconds: float = SECONDS) -> foreign.Reading:
    """As `foreign.read`; also Refused `too_heavy` for a file that cannot be worked out within the bounds."""
    command = [sys.executable, "-m", "folkmoot.calendar.foreign_process", start.isoformat(), end.isoformat(), zone]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _too_heavy() from None
    if done.returncode != 0 or not done.stdout:
        raise _too_heavy()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"], code="no_calendar")
    return foreign.from_json(answer)


def _too_heavy() -> Refused:
    return Refused("This calendar is too much work to read, and was left alone.", code="too_heavy")


def _limit() -> None:
    """Bound what this process may use; where the system knows no such bounds, the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEGABYTES * 1024 * 1024)):
        _soft, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, hard))


def main() -> None:
    """Read stdin within the bounds, write the reading, or the reason why not, as JSON."""
    _limit()
    start, end, zone = sys.argv[1:4]
    try:
        found = foreign.read(
            sys.stdin.buffer.read(), start=date.fromisoformat(start), end=date.fromisoformat(end), zone=zone
        )
    except Refused as refused:
        answer: dict[str, object] = {"refused": refused.message}
    else:
        answer = foreign.as_json(found)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
