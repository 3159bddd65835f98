"""Deciding: on a call, by silence, by motion."""

from folkmoot.decisions.actions.recording import correct_decision, record_decision

__all__ = ["correct_decision", "record_decision"]
