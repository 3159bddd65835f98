"""Deciding: on a call, by silence, by motion."""

from folkmoot.decisions.actions.objecting import (
    answer_objection,
    object_to,
    support_decision,
    take_back_objection,
)
from folkmoot.decisions.actions.recording import correct_decision, record_decision
from folkmoot.decisions.actions.silence import (
    Terms,
    change_proposal,
    finish_silence,
    lay_again,
    propose_by_silence,
    settle_on_call,
    withdraw_decision,
)

__all__ = [
    "Terms",
    "answer_objection",
    "change_proposal",
    "correct_decision",
    "finish_silence",
    "lay_again",
    "object_to",
    "propose_by_silence",
    "record_decision",
    "settle_on_call",
    "support_decision",
    "take_back_objection",
    "withdraw_decision",
]
