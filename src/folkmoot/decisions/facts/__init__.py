"""What decisions tell."""

from folkmoot.decisions.facts.decisions import (
    DecisionAdopted,
    DecisionCorrected,
    DecisionProposed,
    DecisionSettled,
    DecisionSuperseded,
)
from folkmoot.decisions.facts.motions import (
    BlockCleared,
    MotionAmendmentAnswered,
    MotionAmendmentMade,
    MotionCounted,
    MotionPut,
    MotionReferred,
    MotionReopened,
    MotionSeconded,
    PositionTaken,
    ReferralSettled,
    VoteExtended,
    VoteOpened,
)

__all__ = [
    "BlockCleared",
    "DecisionAdopted",
    "DecisionCorrected",
    "DecisionProposed",
    "DecisionSettled",
    "DecisionSuperseded",
    "MotionAmendmentAnswered",
    "MotionAmendmentMade",
    "MotionCounted",
    "MotionPut",
    "MotionReferred",
    "MotionReopened",
    "MotionSeconded",
    "PositionTaken",
    "ReferralSettled",
    "VoteExtended",
    "VoteOpened",
]
