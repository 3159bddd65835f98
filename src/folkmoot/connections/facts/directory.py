"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations
