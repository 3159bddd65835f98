"""Motions of the world: one that is amended, one that is voted on, one that found no quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from folkmoot.decisions.actions import amend_motion, open_vote, settle_due
from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.models import Motion, MotionAmendment
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from tests.factories.motions import motion


@dataclass
class Motions:
    """All put by the participant, who also wrote the amendment."""

    amending: Motion
    amendment: MotionAmendment
    voting: Motion
    lacking: Motion


def make_motions(group: Group, mover: Person) -> Motions:
    """The motions of a group."""
    last_day = today_here() + timedelta(days=7)
    amending = motion(group, by=mover)
    lacking = open_vote(motion(group, by=mover), closes_on=last_day, by=system())
    Motion.objects.filter(pk=lacking.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    settle_due()
    lacking.refresh_from_db()
    return Motions(
        amending=amending,
        amendment=amend_motion(amending, by=mover, change=Change.DELETE, paragraph=1),
        voting=open_vote(motion(group, by=mover), closes_on=last_day, by=system()),
        lacking=lacking,
    )
