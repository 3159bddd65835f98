"""What decisions tell."""

from folkmoot.decisions.facts.decisions import (
    DecisionAdopted,
    DecisionCorrected,
    DecisionProposed,
    DecisionSettled,
    DecisionSuperseded,
)

__all__ = [
    "DecisionAdopted",
    "DecisionCorrected",
    "DecisionProposed",
    "DecisionSettled",
    "DecisionSuperseded",
]
