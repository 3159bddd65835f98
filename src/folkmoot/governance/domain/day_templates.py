"""The days of each kind of election as they are first proposed. Pure.

A regular election follows a call in the first ten days of a month, twenty days of voting, the result on the first day
of the next month and terms a month later: with 11 September as the first day of voting, that is a call from 1 to 10
September, the result on 1 October and terms from 1 November.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from folkmoot.governance.domain.days import Step, Template, Timing
from folkmoot.kit.errors import Refused

BEFORE_FREEZING: Final = (Step.ROLES, Step.CALL, Step.NOMINATIONS, Step.ACCEPTANCE)
VOTED: Final = (Step.VOTING, Step.GRACE)


def _after_voting(ends: int, *, complaints: int, onboarding: int, least: int) -> tuple[Timing, ...]:
    """From the count to the retrospective; `ends` is the last day of voting, counted from the first."""
    result = ends + 1
    term = result + complaints + onboarding
    return (
        Timing(Step.GRACE, ends + 1, ends + 1, 1, after=(Step.VOTING,)),
        Timing(Step.COUNT, result, result, 1, after=VOTED),
        Timing(Step.RESULT, result, result, 1, since=(Step.COUNT,)),
        Timing(Step.COMPLAINTS, result, result + complaints - 1, least, since=(Step.RESULT,)),
        Timing(Step.ONBOARDING, result + complaints, term - 1, least, after=(Step.COMPLAINTS,)),
        Timing(Step.TERM, term, term, 1, after=(Step.ONBOARDING,)),
        Timing(Step.RETRO, term + 1, term + 14, 1, after=(Step.RESULT,)),
    )


REGULAR: Final = Template(
    (
        Timing(Step.ROLES, -38, -11, 3),
        Timing(Step.CALL, -10, -1, 7),
        Timing(Step.NOMINATIONS, -10, -1, 7, since=(Step.CALL,), until=(Step.CALL,)),
        Timing(Step.ACCEPTANCE, -10, -1, 7, since=(Step.NOMINATIONS,), until=(Step.NOMINATIONS,)),
        Timing(Step.QUESTIONS, -10, -1, 0, since=(Step.NOMINATIONS,)),
        Timing(Step.FREEZE, 0, 0, 1, after=BEFORE_FREEZING),
        Timing(Step.VOTING, 0, 19, 10, since=(Step.FREEZE,)),
        *_after_voting(19, complaints=14, onboarding=17, least=7),
    )
)
VACANCY: Final = Template(
    (
        Timing(Step.ROLES, -17, -8, 2),
        Timing(Step.CALL, -7, -1, 5),
        Timing(Step.NOMINATIONS, -7, -1, 5, since=(Step.CALL,), until=(Step.CALL,)),
        Timing(Step.ACCEPTANCE, -7, -1, 5, since=(Step.NOMINATIONS,), until=(Step.NOMINATIONS,)),
        Timing(Step.QUESTIONS, -7, -1, 0, since=(Step.NOMINATIONS,)),
        Timing(Step.FREEZE, 0, 0, 1, after=BEFORE_FREEZING),
        Timing(Step.VOTING, 0, 9, 7, since=(Step.FREEZE,)),
        *_after_voting(9, complaints=7, onboarding=7, least=3),
    )
)
QUESTION: Final = Template(
    (
        Timing(Step.ROLES, -10, -1, 2),
        Timing(Step.FREEZE, 0, 0, 1, after=(Step.ROLES,)),
        Timing(Step.VOTING, 0, 9, 7, since=(Step.FREEZE,)),
        Timing(Step.GRACE, 10, 10, 1, after=(Step.VOTING,)),
        Timing(Step.COUNT, 10, 10, 1, after=VOTED),
        Timing(Step.RESULT, 10, 10, 1, since=(Step.COUNT,)),
        Timing(Step.COMPLAINTS, 10, 16, 3, since=(Step.RESULT,)),
        Timing(Step.RETRO, 17, 23, 1, after=(Step.RESULT,)),
    )
)
PRACTICE: Final = Template(
    (
        Timing(Step.ROLES, -1, -1, 1),
        Timing(Step.FREEZE, 0, 0, 1, since=(Step.ROLES,)),
        Timing(Step.VOTING, 0, 2, 1, since=(Step.FREEZE,)),
        Timing(Step.GRACE, 3, 3, 1, after=(Step.VOTING,)),
        Timing(Step.COUNT, 3, 3, 1, after=VOTED),
        Timing(Step.RESULT, 3, 3, 1, since=(Step.COUNT,)),
        Timing(Step.RETRO, 4, 4, 1, after=(Step.RESULT,)),
    )
)
TEMPLATES: Final[Mapping[str, Template]] = {
    "regular": REGULAR,
    "vacancy": VACANCY,
    "recall": QUESTION,
    "confidence": QUESTION,
    "practice": PRACTICE,
}


def template_for(kind: str) -> Template:
    """The steps of a kind of election; Refused `no_kind` for one that there is not."""
    try:
        return TEMPLATES[kind]
    except KeyError:
        raise Refused(f"There is no kind of election called {kind}.", code="no_kind") from None
