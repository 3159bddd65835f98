"""What people are told while a decision is reached by silence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Objection, Silence, Status
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class SilenceRuns(Notice):
    """To those who take part, and the group's mailing lists: silence is consent until a day; also after a new text."""

    kind = "decisions.silence_runs"
    topic = "decisions"
    for_lists = True

    decision: Decision
    silence: Silence
    why: str = ""

    def subject(self) -> str:
        if self.silence.number > 1:
            return _("%(group)s: changed, and open again: %(title)s") % _named(self.decision)
        return _("%(group)s: silence is consent: %(title)s") % _named(self.decision)

    def path(self) -> str:
        return self.decision.get_absolute_url()

    def action(self) -> str:
        return _("Read it, and object if you must")

    def once(self) -> str:
        return f"silence-{self.silence.pk}"


@dataclass(frozen=True)
class SilenceEndsSoon(Notice):
    """To those who may object and have not looked: a day is left."""

    kind = "decisions.silence_ends_soon"
    topic = "decisions"

    decision: Decision
    silence: Silence

    def subject(self) -> str:
        return _("%(group)s: a day left to object: %(title)s") % _named(self.decision)

    def path(self) -> str:
        return self.decision.get_absolute_url()

    def action(self) -> str:
        return _("Read it")

    def once(self) -> str:
        return f"silence-{self.silence.pk}-ends-soon"


@dataclass(frozen=True)
class ObjectionIsRaised(Notice):
    """To whoever proposed (or those who lead): an objection waits for an answer."""

    kind = "decisions.objection_is_raised"
    topic = "decisions"

    objection: Objection

    def subject(self) -> str:
        return _("%(person)s objects to %(label)s") % {
            "person": self.objection.by.name,
            "label": self.objection.decision.label,
        }

    def path(self) -> str:
        return f"{self.objection.decision.get_absolute_url()}#objection-{self.objection.pk}"

    def action(self) -> str:
        return _("Answer it")

    def once(self) -> str:
        return f"objection-{self.objection.pk}"


@dataclass(frozen=True)
class ObjectionIsAnswered(Notice):
    """To whoever objected: there is an answer; the objection stands until they take it back."""

    kind = "decisions.objection_is_answered"
    topic = "decisions"

    objection: Objection

    def subject(self) -> str:
        return _("%(label)s: your objection was answered") % {"label": self.objection.decision.label}

    def path(self) -> str:
        return f"{self.objection.decision.get_absolute_url()}#objection-{self.objection.pk}"

    def action(self) -> str:
        return _("Read the answer")

    def once(self) -> str:
        return f"objection-{self.objection.pk}-answered"


@dataclass(frozen=True)
class ObjectionIsTakenBack(Notice):
    """To whoever proposed: an objection stands no more."""

    kind = "decisions.objection_is_taken_back"
    topic = "decisions"

    objection: Objection

    def subject(self) -> str:
        return _("%(label)s: an objection was taken back") % {"label": self.objection.decision.label}

    def path(self) -> str:
        return self.objection.decision.get_absolute_url()

    def once(self) -> str:
        return f"objection-{self.objection.pk}-back"


@dataclass(frozen=True)
class NeedsTalk(Notice):
    """To whoever proposed, whoever objected and those who lead: silence was broken, and what can be done now."""

    kind = "decisions.needs_talk"
    topic = "decisions"

    decision: Decision
    silence: Silence

    def subject(self) -> str:
        return _("%(group)s: needs talking about: %(title)s") % _named(self.decision)

    def path(self) -> str:
        return self.decision.get_absolute_url()

    def action(self) -> str:
        return _("See what comes next")

    def once(self) -> str:
        return f"silence-{self.silence.pk}-talk"


@dataclass(frozen=True)
class DecisionIsSettled(Notice):
    """To those who take part, and the group's mailing lists: what lay before them is settled."""

    kind = "decisions.is_settled"
    topic = "decisions"
    for_lists = True

    decision: Decision

    def subject(self) -> str:
        words = {
            Status.ADOPTED: _("%(group)s has decided: %(title)s"),
            Status.WITHDRAWN: _("%(group)s: withdrawn: %(title)s"),
            Status.REFERRED: _("%(group)s: referred: %(title)s"),
        }.get(Status(self.decision.status), _("%(group)s: declined: %(title)s"))
        return words % _named(self.decision)

    def path(self) -> str:
        return self.decision.get_absolute_url()

    def action(self) -> str:
        return _("Read the record")

    def once(self) -> str:
        return f"decision-{self.decision.pk}-settled"


def _named(decision: Decision) -> dict[str, str]:
    return {"group": decision.group.name, "title": decision.title}
