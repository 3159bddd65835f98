"""What people are told about motions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.models import Motion, MotionAmendment, Position
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "votes",
    Topic(gettext_lazy("Motions and votes"), gettext_lazy("Motions that are put, and positions that are asked of you")),
    order=36,
    by=__name__,
)


class OnMotion:
    """For notices about one motion."""

    motion: Motion

    @property
    def label(self) -> str:
        return self.motion.decision.label

    @property
    def title(self) -> str:
        return self.motion.decision.title

    @property
    def group(self) -> str:
        return self.motion.decision.group.name

    def path(self) -> str:
        return self.motion.get_absolute_url()

    def _words(self) -> dict[str, str]:
        return {"label": self.label, "title": self.title, "group": self.group}


@dataclass(frozen=True)
class MotionIsOpen(OnMotion, Notice):
    """To everybody in the group, and its lists: a motion was put and can be amended."""

    kind = "decisions.motion_is_open"
    topic = "votes"
    for_lists = True

    motion: Motion
    mover: str

    def subject(self) -> str:
        return _("Motion %(label)s in %(group)s: %(title)s") % self._words()

    def once(self) -> str:
        return str(self.motion.pk)


@dataclass(frozen=True)
class AmendmentWaits(OnMotion, Notice):
    """To the mover and those who lead: somebody wants a paragraph to be different."""

    kind = "decisions.motion_amendment_waits"
    topic = "votes"

    amendment: MotionAmendment
    by: str

    @property
    def motion(self) -> Motion:  # type: ignore[override]
        return self.amendment.motion

    def subject(self) -> str:
        return _("An amendment of motion %(label)s: %(title)s") % self._words()

    def action(self) -> str:
        return _("Accept or decline it")


@dataclass(frozen=True)
class AmendmentWasAnswered(OnMotion, Notice):
    """To whoever wanted a paragraph to be different: it was accepted or declined."""

    kind = "decisions.motion_amendment_was_answered"
    topic = "votes"

    amendment: MotionAmendment

    @property
    def motion(self) -> Motion:  # type: ignore[override]
        return self.amendment.motion

    @property
    def accepted(self) -> bool:
        return self.amendment.state == MotionAmendment.State.ACCEPTED

    def subject(self) -> str:
        words = (
            _("Your amendment of motion %(label)s was accepted: %(title)s")
            if self.accepted
            else _("Your amendment of motion %(label)s was declined: %(title)s")
        )
        return words % self._words()


@dataclass(frozen=True)
class VoteIsOpen(OnMotion, Notice):
    """To everybody on the roll: your position is asked."""

    kind = "decisions.vote_is_open"
    topic = "votes"

    motion: Motion
    binding: bool
    closes_at: datetime

    def subject(self) -> str:
        return _("Your position is asked: %(title)s") % self._words()

    def path(self) -> str:
        return reverse("take_position", args=_place(self.motion))

    def action(self) -> str:
        return _("Take a position")

    def once(self) -> str:
        return f"{self.motion.pk}:{self.motion.round}:{self.closes_at.isoformat()}"


@dataclass(frozen=True)
class PositionIsMissing(OnMotion, Notice):
    """To those whose vote counts and who have taken no position: the vote ends soon. Told once for each distance."""

    kind = "decisions.position_is_missing"
    topic = "votes"

    motion: Motion
    closes_at: datetime
    hours: int

    def subject(self) -> str:
        return _("The vote ends within %(hours)d hours: %(title)s") % {**self._words(), "hours": self.hours}

    def path(self) -> str:
        return reverse("take_position", args=_place(self.motion))

    def action(self) -> str:
        return _("Take a position")

    def once(self) -> str:
        return f"{self.motion.pk}:{self.motion.round}:{self.closes_at.isoformat()}:{self.hours}"


@dataclass(frozen=True)
class BlockWasRaised(OnMotion, Notice):
    """To the mover and those who lead: somebody blocks a motion, and says why."""

    kind = "decisions.block_was_raised"
    topic = "votes"

    motion: Motion
    position: Position
    by: str

    def subject(self) -> str:
        return _("Motion %(label)s is blocked: %(title)s") % self._words()


@dataclass(frozen=True)
class BlockWasCleared(OnMotion, Notice):
    """To the mover and those who lead: what stood in the way was taken back."""

    kind = "decisions.block_was_cleared"
    topic = "votes"

    motion: Motion
    position: Position
    by: str

    def subject(self) -> str:
        return _("A block of motion %(label)s was taken back: %(title)s") % self._words()


@dataclass(frozen=True)
class MotionWasCounted(OnMotion, Notice):
    """To everybody on the roll and the mover: what came of the vote."""

    kind = "decisions.motion_was_counted"
    topic = "votes"

    motion: Motion
    outcome: str

    def subject(self) -> str:
        return _("Motion %(label)s, %(title)s: %(state)s") % {
            **self._words(),
            "state": self.motion.get_state_display(),
        }

    def once(self) -> str:
        return f"{self.motion.pk}:{self.motion.round}:{self.motion.counted_at}"


@dataclass(frozen=True)
class MotionWasReferred(OnMotion, Notice):
    """To the mover, and those who lead the group that is asked: a motion was handed on."""

    kind = "decisions.motion_was_referred"
    topic = "votes"

    motion: Motion
    """The new one."""
    why: str

    @property
    def origin(self) -> str:
        return self.motion.origin.decision.group.name if self.motion.origin else ""

    def subject(self) -> str:
        return _("%(origin)s refers a motion to %(group)s: %(title)s") % {**self._words(), "origin": self.origin}


@dataclass(frozen=True)
class MotionWasWithdrawn(OnMotion, Notice):
    """To everybody on the roll and the mover: there is nothing to vote on any more."""

    kind = "decisions.motion_was_withdrawn"
    topic = "votes"

    motion: Motion
    reason: str

    def subject(self) -> str:
        return _("Motion %(label)s was withdrawn: %(title)s") % self._words()


def _place(motion: Motion) -> list[object]:
    decision = motion.decision
    return [decision.group.slug, decision.year, decision.number]
