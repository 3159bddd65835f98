"""Every change of polls and of what is answered to them."""

from __future__ import annotations

from folkmoot.availability.actions.answering import (
    Painted,
    answer_as_guest,
    answer_poll,
    change_guest_answer,
    remove_answer,
    take_answer_back,
    take_guest_answer_back,
)
from folkmoot.availability.actions.closing import close_poll, close_polls_that_are_due, forget_guests
from folkmoot.availability.actions.making import PollWords, make_poll
from folkmoot.availability.actions.settling import make_call_of, make_series_of

__all__ = [
    "Painted",
    "PollWords",
    "answer_as_guest",
    "answer_poll",
    "change_guest_answer",
    "close_poll",
    "close_polls_that_are_due",
    "forget_guests",
    "make_call_of",
    "make_poll",
    "make_series_of",
    "remove_answer",
    "take_answer_back",
    "take_guest_answer_back",
]
