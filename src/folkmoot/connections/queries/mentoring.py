"""Mentoring: programmes, offers and wishes, pairs and their check-ins."""

from __future__ import annotations
