"""Office hours: who offers them, which slots there are, who booked."""

from __future__ import annotations
