"""What decisions tell."""

from folkmoot.decisions.facts.decisions import (
    DecisionAdopted,
    DecisionCorrected,
    DecisionProposed,
    DecisionSettled,
    DecisionSuperseded,
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
    "DecisionAdopted",
    "DecisionCorrected",
    "DecisionProposed",
    "DecisionSettled",
    "DecisionSuperseded",
    "DecisionSupported",
    "ObjectionAnswered",
    "ObjectionRaised",
    "ObjectionTakenBack",
    "SilenceBegan",
    "SilenceBroken",
]
