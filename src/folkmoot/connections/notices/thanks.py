"""Thanks, and who may see them."""

from __future__ import annotations
