"""Taking a charter in: from the bytes of a file to a group, by way of what was understood and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.actions.charters import adopt_charter, digest_of
from folkmoot.groups.actions.founding import found_group, name_roles
from folkmoot.groups.domain import charter as charters
from folkmoot.groups.domain.charter.model import Charter
from folkmoot.groups.domain.confirming import confirmed_reading
from folkmoot.groups.domain.questions import Question, open_questions
from folkmoot.groups.models import CharterVersion, Group, GroupState
from folkmoot.groups.naming import group_name
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor


@dataclass(frozen=True)
class Intake:
    """A charter that was read, with the answers given so far, before anything is applied."""

    charter: Charter
    answers: Mapping[str, str]
    today: date

    @property
    def name(self) -> str:
        """What the group will be called."""
        return group_name(self.answers.get("name", "").strip() or self.charter.name or self.charter.title or "")

    @property
    def questions(self) -> list[Question]:
        """What is still open."""
        return open_questions(self.charter, self.answers, today=self.today)

    @property
    def is_ready(self) -> bool:
        """Whether it can be applied: it has a name, and no needed question is open."""
        return bool(self.name) and not any(question.needed for question in self.questions)

    def reading(self) -> dict[str, Any]:
        """What would be kept."""
        return {**confirmed_reading(self.charter, self.answers, today=self.today), "name": self.name}


def take_in(data: bytes, answers: Mapping[str, str], *, today: date) -> Intake:
    """Read a file's bytes; Refused in plain words when they are no charter's text."""
    return Intake(charters.read(data, today=today), dict(answers), today)


def same_charter(intake: Intake) -> CharterVersion | None:
    """The version here that has this very text, whatever group it belongs to."""
    return CharterVersion.objects.filter(digest=digest_of(intake.charter.text)).select_related("group").first()


def group_called(name: str) -> Group | None:
    """The group of this name, compared without regard to case."""
    return Group.objects.filter(name__iexact=group_name(name)).first()


@transaction.atomic
def apply(intake: Intake, *, by: Actor) -> Group:
    """Found the group, or give its first charter to the forming group of this name.

    Refused `open_questions` or `name_taken`, and then nothing is written.
    """
    if not intake.is_ready:
        question = next((question for question in intake.questions if question.needed), None)
        words = question.words if question else _("The charter has no title; please name the group.")
        raise Refused(words, code="open_questions")
    present = group_called(intake.name)
    if present is not None and present.state == GroupState.FORMING and not present.charters.exists():
        # A group that was proposed and taken up has waited for this charter.
        name_roles(present, intake.reading())
        adopt_charter(
            present,
            text=intake.charter.text,
            reading=intake.reading(),
            answers=intake.answers,
            in_force_from=None,
            by=by,
        )
        return present
    if present is not None:
        raise Refused(_("There is a group called %(name)s already.") % {"name": intake.name}, code="name_taken")
    return found_group(
        name=intake.name, text=intake.charter.text, reading=intake.reading(), answers=intake.answers, by=by
    )
