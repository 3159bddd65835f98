"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations
