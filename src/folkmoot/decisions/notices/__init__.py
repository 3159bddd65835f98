"""What decisions tell people."""

from folkmoot.decisions.notices.silence import (
    DecisionIsSettled,
    NeedsTalk,
    ObjectionIsAnswered,
    ObjectionIsRaised,
    ObjectionIsTakenBack,
    SilenceEndsSoon,
    SilenceRuns,
)

__all__ = [
    "DecisionIsSettled",
    "NeedsTalk",
    "ObjectionIsAnswered",
    "ObjectionIsRaised",
    "ObjectionIsTakenBack",
    "SilenceEndsSoon",
    "SilenceRuns",
]
