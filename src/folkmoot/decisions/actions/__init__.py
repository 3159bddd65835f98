"""Deciding: on a call, by silence, by motion."""

from folkmoot.decisions.actions.motion_amendments import amend_motion, answer_amendment, withdraw_motion_amendment
from folkmoot.decisions.actions.motions import (
    change_motion,
    put_motion,
    refer_motion,
    second_motion,
    withdraw_motion,
)
from folkmoot.decisions.actions.positions import clear_block, take_position
from folkmoot.decisions.actions.recording import correct_decision, record_decision
from folkmoot.decisions.actions.settling import remind_voters, settle_due, settle_vote
from folkmoot.decisions.actions.votes import extend_vote, open_vote, reopen_motion

__all__ = [
    "amend_motion",
    "answer_amendment",
    "change_motion",
    "clear_block",
    "correct_decision",
    "extend_vote",
    "open_vote",
    "put_motion",
    "record_decision",
    "refer_motion",
    "remind_voters",
    "reopen_motion",
    "second_motion",
    "settle_due",
    "settle_vote",
    "take_position",
    "withdraw_motion",
    "withdraw_motion_amendment",
]
