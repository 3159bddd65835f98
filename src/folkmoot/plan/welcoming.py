"""What rooms above know better about welcoming people; they enter it in their `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry


@dataclass(frozen=True)
class BuddyCare:
    """A room that finds buddies in a better way than by turns.

    `looks_after` says whether it does so in a group: then nobody is chosen here, and it gives the part by itself.
    `apart` gives the keys of those who are never asked to welcome the person with a key.
    """

    looks_after: Callable[[Group], bool]
    apart: Callable[[int], set[int]]


BUDDY_CARE: Registry[BuddyCare] = Registry("way of finding buddies")

WELCOME_PARTS: Registry[Callable[[HttpRequest, Group], SafeString | None]] = Registry("part of a group's welcome page")
"""Finished sections for this reader, or None; they stand above the small tasks."""

FIRST_TASK_NOTES: Registry[Callable[[Sequence[int]], Mapping[int, str]]] = Registry("words about small tasks")
"""By the keys of tasks, what a newcomer wants to know of them before they take one: how long, and what one needs."""


def looked_after(group: Group) -> bool:
    """Whether a room above finds the buddies of a group."""
    return any(care.looks_after(group) for care in BUDDY_CARE)


def kept_from(newcomer: int) -> set[int]:
    """Whom nobody asks to welcome this person."""
    return {key for care in BUDDY_CARE for key in care.apart(newcomer)}


def notes_on(tasks: Sequence[int]) -> dict[int, str]:
    """What is said beside small tasks, by their keys."""
    found: dict[int, str] = {}
    for notes in FIRST_TASK_NOTES:
        found |= notes(tasks)
    return found
