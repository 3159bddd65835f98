"""What an amendment would mean: its text read with its answers, beside the version that it would replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from folkmoot.groups.domain import charter as charters
from folkmoot.groups.domain.amending import Comparison, compare
from folkmoot.groups.domain.carrying import carried_answers, with_first_days
from folkmoot.groups.domain.confirming import check_answers
from folkmoot.groups.intake import Intake, take_in
from folkmoot.groups.models import Amendment, CharterVersion
from folkmoot.kit.errors import Refused


@dataclass(frozen=True)
class ProposedReading:
    """A new wording, with what is open in it and how it differs from `base`."""

    base: CharterVersion
    intake: Intake

    @property
    def text(self) -> str:
        return self.intake.charter.text

    @property
    def open_needed(self) -> list[str]:
        """The questions that stand in the way, in words."""
        return [question.words for question in self.intake.questions if question.needed]

    def reading(self) -> dict[str, Any]:
        """What would be kept; the group keeps its name."""
        reading = with_first_days(self.intake.reading(), self.base.reading, self.intake.charter)
        return {**reading, "name": self.base.reading.get("name")}

    def compared(self) -> Comparison:
        return compare(self.base.reading, self.reading(), self.base.text, self.text)


def carried_over(base: CharterVersion, text: str, *, today: date) -> dict[str, str]:
    """The answers that a text begins with: those to the base version that still hold."""
    old = charters.read(base.text.encode("utf-8", "surrogatepass"), today=today)
    new = charters.read(text.encode("utf-8", "surrogatepass"), today=today)
    answers = carried_answers(old, new, base.answers)
    try:
        check_answers(new, answers, today=today)
    except Refused:
        return {}
    return answers


def read_text(base: CharterVersion, text: str, answers: Mapping[str, str], *, today: date) -> ProposedReading:
    """A text as the next wording after `base`; Refused in plain words when it cannot be read or answered so."""
    intake = take_in(text.encode("utf-8", "surrogatepass"), answers, today=today)
    check_answers(intake.charter, answers, today=today)
    return ProposedReading(base, intake)


def read_amendment(amendment: Amendment, *, today: date) -> ProposedReading:
    """An amendment as it stands."""
    return read_text(amendment.base, amendment.text, amendment.answers, today=today)


def comparison_of(amendment: Amendment, *, today: date) -> Comparison:
    """How an amendment differs from its base; of an adopted one, as it was adopted."""
    if amendment.version is not None:
        return versions_compared(amendment.base, amendment.version)
    return read_amendment(amendment, today=today).compared()


def versions_compared(old: CharterVersion, new: CharterVersion) -> Comparison:
    """How two versions differ."""
    return compare(old.reading, new.reading, old.text, new.text)
