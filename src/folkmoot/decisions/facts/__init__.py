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
from folkmoot.decisions.facts.silence import (
    DecisionSupported,
    ObjectionAnswered,
    ObjectionRaised,
    ObjectionTakenBack,
    SilenceBegan,
    SilenceBroken,
)

__all__ = [
    "BlockCleared",
    "DecisionAdopted",
    "DecisionCorrected",
    "DecisionProposed",
    "DecisionSettled",
    "DecisionSuperseded",
    "DecisionSupported",
    "MotionAmendmentAnswered",
    "MotionAmendmentMade",
    "MotionCounted",
    "MotionPut",
    "MotionReferred",
    "MotionReopened",
    "MotionSeconded",
    "ObjectionAnswered",
    "ObjectionRaised",
    "ObjectionTakenBack",
    "PositionTaken",
    "ReferralSettled",
    "SilenceBegan",
    "SilenceBroken",
    "VoteExtended",
    "VoteOpened",
]
