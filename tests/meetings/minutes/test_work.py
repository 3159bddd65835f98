"""Reading takes time in proportion to the length of what is read, whatever it holds: steps are counted, never timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from folkmoot.meetings.domain.minutes import read_minutes

PACKAGE = "domain/minutes/"
SHAPES: dict[str, Callable[[int], str]] = {
    "many people": lambda size: (
        "# Call 2026-03-05\n\n## Present\n\n" + "\n".join(f"- Ada{n} Example{n}" for n in range(size))
    ),
    "people in a row": lambda size: (
        "# Call 2026-03-05\n\nPresent: " + ", ".join(f"Ada{n} Example{n}" for n in range(size // 2))
    ),
    "a deep list": lambda size: (
        "# Call\n\n## Present\n\n" + "\n".join(" " * (n % 400) + f"- Ada{n}" for n in range(size))
    ),
    "one meeting below the other": lambda size: "\n".join(
        f"## 2026-03-{1 + n % 28:02}\n\nPresent: Ada, Ben, Cleo\n\n- Action: Ada to write" for n in range(size // 5)
    ),
    "labels without end": lambda size: "# Call 2026-03-05\n\n" + "1. Present\n" * size,
    "labels with bullets": lambda size: "# Call 2026-03-05\n\n" + "Attendees:\n- Ada\n" * (size // 2),
    "rows of a table": lambda size: (
        "# Call 2026-03-05\n\n## Present\n\n| Name | Here |\n|--|--|\n"
        + "\n".join(f"| Ada{n} Example | x |" for n in range(size))
    ),
    "open brackets": lambda size: "# Call 2026-03-05\n\nPresent: " + "Ada (Labs,\n" * size,
    "open comments": lambda size: "# Call 2026-03-05\n\n" + "<!-- Ada\n" * size,
    "empty lines": lambda size: "# Call 2026-03-05\n\n## Present\n" + "\n" * size,
    "struck out": lambda size: "# Call 2026-03-05\n\nPresent: " + ", ".join("~~Ada~~" for _ in range(size // 4)),
}


def steps(text: str) -> int:
    """How many lines of our own code run while a text is read."""
    return steps_of(lambda: read_minutes(text))


def steps_of(work: Callable[[], object]) -> int:
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, _: Any) -> Any:
        return line if PACKAGE in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_much_takes_hardly_more_than_twice_the_steps(shape):
    text = SHAPES[shape]
    steps(text(40))  # what is remembered between calls is not counted

    once, twice = steps(text(150)), steps(text(300))

    assert twice < once * 2.4


def test_the_count_sees_work_that_grows_by_the_square():
    """The control: each entry of a list compared with each other."""
    code = compile("for one in x:\n    for other in x:\n        pass\n", f"{PACKAGE}control.py", "exec")

    once, twice = (steps_of(lambda size=size: exec(code, {"x": range(size)})) for size in (20, 40))

    assert twice > once * 3
