"""The one way in which Folkmoot says no."""

from __future__ import annotations


class Refused(Exception):
    """Something was asked that cannot or may not be done, with words for the person who asked.

    `message` is a whole sentence in plain words (already translated where it comes from a room),
    `code` names the reason for programs and never changes, `params` are the values in the message.
    Each entrance turns it into its own shape: a form error, an HTTP status, an exit code.
    """

    def __init__(self, message: str, *, code: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(self.message)
