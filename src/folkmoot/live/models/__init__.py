"""What is kept of a call while it runs."""

from __future__ import annotations

from folkmoot.live.models.notes import NotesLog, NotesUpdate
from folkmoot.live.models.pulses import CallPulse, Presence
from folkmoot.live.models.running import Hand, HandState, RunningCall, SpeakingCustom

__all__ = [
    "CallPulse",
    "Hand",
    "HandState",
    "NotesLog",
    "NotesUpdate",
    "Presence",
    "RunningCall",
    "SpeakingCustom",
]
