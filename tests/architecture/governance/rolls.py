"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from tests.architecture.access_row import Row

ROWS: dict[str, Row] = {}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
