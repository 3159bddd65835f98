"""The answer to "may this person do that?", with the reason beside it."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.kit.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a whole sentence that says why and what would help.

    True in a boolean context when allowed, so rules read as predicates: `if may_edit(person, meeting)`.
    Pages show `reason` beside a control that is switched off.
    """

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Let an action pass, or raise `Refused` with code `forbidden` and the verdict's reason."""
    if not verdict:
        raise Refused(str(verdict.reason), code="forbidden")
