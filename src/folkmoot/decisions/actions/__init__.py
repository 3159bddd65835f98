"""Deciding: on a call, by silence, by motion."""

from folkmoot.decisions.actions.motion_amendments import amend_motion, answer_amendment, withdraw_motion_amendment
from folkmoot.decisions.actions.motions import (
    change_motion,
    put_motion,
    refer_motion,
    second_motion,
    withdraw_motion,
)
from folkmoot.decisions.actions.objecting import (
    answer_objection,
    object_to,
    support_decision,
    take_back_objection,
)
from folkmoot.decisions.actions.positions import clear_block, take_position
from folkmoot.decisions.actions.recording import correct_decision, record_decision, show_decision
from folkmoot.decisions.actions.settling import remind_voters, settle_due, settle_vote
from folkmoot.decisions.actions.silence import (
    Terms,
    change_proposal,
    finish_silence,
    lay_again,
    propose_by_silence,
    settle_on_call,
    withdraw_decision,
)
from folkmoot.decisions.actions.votes import extend_vote, open_vote, reopen_motion

__all__ = [
    "Terms",
    "amend_motion",
    "answer_amendment",
    "answer_objection",
    "change_motion",
    "change_proposal",
    "clear_block",
    "correct_decision",
    "extend_vote",
    "finish_silence",
    "lay_again",
    "object_to",
    "open_vote",
    "propose_by_silence",
    "put_motion",
    "record_decision",
    "refer_motion",
    "remind_voters",
    "reopen_motion",
    "second_motion",
    "settle_due",
    "settle_on_call",
    "settle_vote",
    "show_decision",
    "support_decision",
    "take_back_objection",
    "take_position",
    "withdraw_decision",
    "withdraw_motion",
    "withdraw_motion_amendment",
]
