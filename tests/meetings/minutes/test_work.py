"""Reading takes time in proportion to the length of what is read, whatever it holds: steps are counted, never timed."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest

from folkmoot.meetings.domain import minutes
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


def patterns() -> Iterator[str]:
    """Every regular expression in the modules that read minutes: those with names, and those within calls."""
    folder = Path(minutes.__file__).parent
    for module in sorted(folder.glob("*.py")):
        loaded = import_module(f"{minutes.__name__}.{module.stem}") if module.stem != "__init__" else minutes
        for value in vars(loaded).values():
            several = value if isinstance(value, tuple) else (value,)
            yield from (one.pattern for one in several if isinstance(one, re.Pattern))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def explodes(pattern: str) -> bool:
    """Whether a repetition without end holds another and nothing that must stand between them."""

    def unlimited(op: Any, value: Any) -> bool:
        return op in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[1] is parser.MAXREPEAT

    def inside(tree: Any) -> Iterator[tuple[Any, Any]]:
        for op, value in tree:
            yield op, value
            for part in value if isinstance(value, tuple | list) else ():
                if isinstance(part, parser.SubPattern):
                    yield from inside(part)
                elif isinstance(part, list):
                    for one in part:
                        if isinstance(one, parser.SubPattern):
                            yield from inside(one)

    def bare(tree: Any) -> Any:
        while len(tree) == 1 and tree[0][0] is parser.SUBPATTERN:
            tree = tree[0][1][-1]
        return tree

    def stands_between(op: Any, value: Any) -> bool:
        needed = op in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[0] > 0 and value[1] is not parser.MAXREPEAT
        return needed or op in (parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.ANY)

    for op, value in inside(parser.parse(pattern)):
        if unlimited(op, value):
            body = bare(value[2])
            ways = body[0][1][1] if len(body) == 1 and body[0][0] is parser.BRANCH else [body]
            for way in ways:
                if not any(stands_between(*one) for one in way) and any(unlimited(*one) for one in inside(way)):
                    return True
    return False


def test_no_pattern_can_take_exponential_time():
    found = list(patterns())

    assert len(found) > 100
    assert [pattern for pattern in found if explodes(pattern)] == []


def test_a_pattern_that_explodes_is_seen():
    assert [explodes(one) for one in (r"(?:\w+\.?\s?)+", r"(a+)+b", r"(?:\w+\.)+", r"(?:\*\s*){3,}")] == [
        True,
        True,
        False,
        False,
    ]
