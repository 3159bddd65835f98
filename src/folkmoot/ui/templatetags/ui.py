"""All tags of the design system; a builtin of the template engine, so templates need not load it."""

from __future__ import annotations

from folkmoot.ui.tags import actions, forms, lists, navigation, passkeys, people, times, words
from folkmoot.ui.tags.library import register

__all__ = ["actions", "forms", "lists", "navigation", "passkeys", "people", "register", "times", "words"]
