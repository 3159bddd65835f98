"""The identity of the request or command under way, carried to every entry that it writes."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


def new_request_id() -> str:
    """Sixteen random hexadecimal digits."""
    return secrets.token_hex(8)
