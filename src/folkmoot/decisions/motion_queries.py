"""Reading motions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.http import Http404
from django.utils import timezone

from folkmoot.decisions.domain.paragraphs import Change, ParagraphChange
from folkmoot.decisions.domain.tally import Tally, tally
from folkmoot.decisions.models import Motion, MotionAmendment, MotionState, Position, Voter
from folkmoot.decisions.motion_terms import kept_terms, voices
from folkmoot.groups.models import Group, GroupState
from folkmoot.people.models import Person


def motions_of(group: Group) -> models.QuerySet[Motion]:
    """The motions of a group, the newest first."""
    return (
        Motion.objects.filter(decision__group=group)
        .select_related("decision__group", "decision__proposed_by")
        .order_by("-decision__year", "-decision__number")
    )


def motion_numbered(slug: str, year: int, number: int) -> Motion:
    """The motion of this number, with its decision, group, mover and seconder; 404 when there is none."""
    found = (
        Motion.objects.select_related(
            "decision__group__parent", "decision__proposed_by", "decision__amendment", "seconder", "proposal__group"
        )
        .filter(decision__group__slug=slug, decision__year=year, decision__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def changes_accepted(amendments: Sequence[MotionAmendment]) -> list[ParagraphChange]:
    """The accepted ones as changes of paragraphs, in their order."""
    accepted = [one for one in amendments if one.state == MotionAmendment.State.ACCEPTED]
    return [ParagraphChange(Change(one.change), one.paragraph, one.text) for one in accepted]


def roll_with_positions(motion: Motion) -> list[tuple[Voter, list[Position]]]:
    """Everybody on the roll of the vote that is on or was last, with their positions from the first on."""
    voters = motion.voters.filter(round=motion.round).select_related("person").prefetch_related("positions")
    return [(voter, list(voter.positions.all())) for voter in voters]


def standing(positions: Sequence[Position]) -> Position | None:
    """The one that stands."""
    return next((one for one in positions if one.stands), None)


def count_now(motion: Motion) -> Tally:
    """The count of the positions that stand, by the terms of the vote."""
    values = dict(
        Position.objects.filter(voter__motion=motion, voter__round=motion.round, stands=True).values_list(
            "voter", "value"
        )
    )
    roll = [(voter, values.get(voter.pk)) for voter in motion.voters.filter(round=motion.round)]
    return tally(voices(roll), kept_terms(motion))


def voter_of(motion: Motion, person: Person | None) -> Voter | None:
    """A person's place on the roll of the present vote."""
    if person is None:
        return None
    return motion.voters.filter(round=motion.round, person=person).first()


def asked_of(person: Person) -> list[Voter]:
    """The open votes for which a person is on the roll and has taken no position, the soonest end first."""
    return list(
        Voter.objects.filter(
            person=person,
            motion__state=MotionState.VOTING,
            motion__closes_at__gt=timezone.now(),
            round=models.F("motion__round"),
        )
        .exclude(motion__decision__group__state=GroupState.CLOSED)
        .exclude(positions__stands=True)
        .select_related("motion__decision__group")
        .order_by("motion__closes_at", "pk")
    )
