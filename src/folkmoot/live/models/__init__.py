"""What is kept of a call while it runs."""

from __future__ import annotations

from folkmoot.live.models.running import Hand, HandState, RunningCall, SpeakingCustom

__all__ = ["Hand", "HandState", "RunningCall", "SpeakingCustom"]
