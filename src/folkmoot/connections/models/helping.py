"""Requests for help, their clocks and their answers."""

from __future__ import annotations
