"""What groups and roles are called here, from what a charter calls them."""

from __future__ import annotations

from folkmoot.kit.naming import plain_name


def group_name(text: str) -> str:
    """A charter's title as the name of a group: on one line, of at most 200 characters."""
    return plain_name(text, 200)


def role_name(text: str) -> str:
    """What a charter calls a role, as its name here: on one line, of at most 120 characters."""
    return plain_name(text, 120)
