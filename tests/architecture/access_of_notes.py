"""Who gets what on the page on which notes are written together; the words are explained in `access.py`."""

from __future__ import annotations

from tests.architecture.access_minutes import of_draft_minutes
from tests.architecture.access_row import LEADS, Row

NOTES: dict[str, Row] = {
    "meetings/<int:pk>/minutes/together/": Row(LEADS, "in 405", at=of_draft_minutes),
}
