"""What a running call tells. Who raised a hand, and who spoke, is told nowhere."""

from __future__ import annotations

from folkmoot.live.facts.running import CallClosed, CallOpened, CallWentOn, QueueReordered, SpeakingCustomSet, TimeAdded

__all__ = ["CallClosed", "CallOpened", "CallWentOn", "QueueReordered", "SpeakingCustomSet", "TimeAdded"]
