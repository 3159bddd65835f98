"""Groups below groups, as plain keys: who stands above whom, how deep, and in which order they are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_LEVELS = 5

Parents = Mapping[int, int | None]
"""The key of every group with the key of the one above it; a key that is not in it counts as none."""


def line_above(key: int, parents: Parents) -> list[int]:
    """The keys above one, nearest first; ends also where somebody has closed a circle."""
    found: list[int] = []
    above = parents.get(key)
    while above is not None and above in parents and above != key and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def would_close_circle(key: int, parent: int, parents: Parents) -> bool:
    """Whether a group would come to stand above itself."""
    return key == parent or key in line_above(parent, parents)


def levels_if_moved(key: int, parent: int | None, parents: Parents) -> int:
    """How many levels the line through a group would have if it stood below `parent`; a group alone has one."""
    above = 0 if parent is None else 1 + len(line_above(parent, parents))
    return above + levels_below(key, parents)


def levels_below(key: int, parents: Parents) -> int:
    """How many levels a group and what stands below it take up."""
    deepest = 0
    for other in parents:
        line = line_above(other, parents)
        if key in line:
            deepest = max(deepest, line.index(key) + 1)
    return 1 + deepest


def in_order(keys: Sequence[int], parents: Parents) -> list[tuple[int, int]]:
    """Keys with their depth, each followed by those below it, otherwise in the order given.

    What stands below a key that is not among them counts as a root, and so does the first of a circle: none is lost.
    """
    here = set(keys)
    children: dict[int | None, list[int]] = {}
    for key in keys:
        parent = parents.get(key)
        children.setdefault(parent if parent in here else None, []).append(key)
    found: list[tuple[int, int]] = []
    seen: set[int] = set()

    def walk(key: int, depth: int) -> None:
        if key in seen:
            return
        seen.add(key)
        found.append((key, depth))
        for child in children.get(key, []):
            walk(child, depth + 1)

    for key in (*children.get(None, []), *keys):
        walk(key, 0)
    return found
