"""Who gets what at the addresses of elections; see `access.py` for what the columns say."""

from __future__ import annotations

from tests.architecture.access_row import Row

GOVERNANCE: dict[str, Row] = {
    "count/": Row("200", "400"),
}
