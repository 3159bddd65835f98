"""What a decision's page shows, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.decisions.days_off import country_names
from folkmoot.decisions.domain.silence import WEEKEND
from folkmoot.decisions.models import Decision, DecisionRevision, Motion, MotionState, Objection, Silence, Status, Way
from folkmoot.decisions.rules import (
    Asking,
    may_object,
    may_record_decision,
    may_see_decision,
    may_steer_decision,
)
from folkmoot.decisions.words import badge_of, part_words
from folkmoot.groups.models import CharterVersion
from folkmoot.kit.verdict import Verdict
from folkmoot.ledger.queries import entries_on
from folkmoot.ledger.sentences import sentence
from folkmoot.people.models import Person
from folkmoot.plan.goal_rules import may_see_inside
from folkmoot.plan.models import Task
from folkmoot.plan.objectives import Objectives, Served
from folkmoot.plan.queries import tasks_from
from folkmoot.plan.rendering import rendered
from folkmoot.plan.rules import may_add_task

DIGITS = 9


@dataclass(frozen=True)
class ClauseShown:
    """The clause a decision rests on, as it was called then; without `href` the charter in force has it no more."""

    words: str
    href: str


@dataclass(frozen=True)
class SilenceShown:
    """A period of silence with what was not counted, in words."""

    silence: Silence
    countries: str
    skipped: list[tuple[date, str]]


@dataclass(frozen=True)
class ObjectionShown:
    """An objection, and whether this reader may answer it or take it back."""

    objection: Objection
    may_answer: bool
    may_take_back: bool


@dataclass(frozen=True)
class Happening:
    """Something that happened to a decision, in a sentence."""

    at: datetime
    words: str


@dataclass(frozen=True)
class DecisionPage:
    """A decision as one reader sees it; strangers read no names (`with_names`)."""

    decision: Decision
    reader: Person | None
    badge: str
    tone: str
    superseded_by: Decision | None
    clause: ClauseShown | None
    served: Served | None
    silences: list[SilenceShown]
    objections: list[ObjectionShown]
    supporters: list[Person]
    revisions: list[DecisionRevision]
    history: list[Happening]
    tasks: list[Task]
    motion: Motion | None
    """The motion that was made of it and settles it, or has settled it."""
    may_add_task: bool
    may_object: Verdict
    may_steer: bool
    may_lead: bool
    has_spoken: str

    @property
    def with_names(self) -> bool:
        """Whether this reader reads who proposed, objected and answered: everybody who is signed in does."""
        return self.reader is not None

    @property
    def running(self) -> SilenceShown | None:
        """The silence that runs."""
        return next((one for one in self.silences if one.silence.is_running), None)

    @property
    def standing(self) -> int:
        """How many objections stand."""
        return sum(one.objection.stands for one in self.objections)

    @property
    def text(self) -> SafeString:
        return rendered(self.decision.text, first_heading=3)

    @property
    def rationale(self) -> SafeString:
        return rendered(self.decision.rationale, first_heading=3)

    @property
    def alternatives(self) -> SafeString:
        return rendered(self.decision.alternatives, first_heading=3)

    @property
    def needs_talk(self) -> bool:
        return self.decision.status == Status.TALK

    @property
    def by_silence(self) -> bool:
        return self.decision.way == Way.SILENCE

    @property
    def may_change(self) -> bool:
        """Whether this reader may change the proposal now."""
        return self.may_steer and self.by_silence and not self.decision.is_settled

    @property
    def may_settle(self) -> bool:
        """Whether this reader may write down what became of it on a call."""
        return self.may_lead and self.needs_talk and self.by_silence

    @property
    def may_correct(self) -> bool:
        return self.may_lead and self.decision.is_settled

    @property
    def may_steer_it(self) -> bool:
        """Whether there is anything of all this."""
        return self.may_change or self.may_settle

    @property
    def may_lay_again(self) -> bool:
        return self.may_change and self.needs_talk and not self.standing

    @property
    def corrections(self) -> list[tuple[str, DecisionRevision]]:
        """What was changed, part by part."""
        return [(part_words(one.part), one) for one in self.revisions]


def decision_called(slug: str, year: int, number: int, asking: Asking = None) -> Decision:
    """The decision of a group by its year and number; 404 when there is none that they may know of."""
    if len(str(year)) > DIGITS or len(str(number)) > DIGITS:
        raise Http404
    found = (
        Decision.objects.filter(group__slug=slug, year=year, number=number)
        .select_related("group__parent", "proposed_by", "supersedes__group", "amendment__group", "amendment__version")
        .first()
    )
    if found is None or not may_see_decision(asking, found):
        raise Http404
    return found


def page_of_decision(decision: Decision, reader: Person | None, asking: Asking) -> DecisionPage:
    """Everything that the page shows to this reader."""
    later = decision.superseding.filter(status=Status.ADOPTED).select_related("group").first()
    if decision.supersedes is not None and not may_see_decision(asking, decision.supersedes):
        decision.supersedes = None
    badge, tone = badge_of(decision, is_superseded=later is not None)
    objections = list(decision.objections.select_related("by", "answered_by"))
    may_steer = bool(reader and may_steer_decision(asking, decision))
    objectives = Objectives(decision.group)
    supporters = [one.by for one in decision.supports.select_related("by")]
    return DecisionPage(
        decision=decision,
        reader=reader,
        badge=badge,
        tone=tone,
        superseded_by=later,
        clause=_clause(decision, objectives.charter),
        served=objectives.served(decision),
        silences=[_silence_shown(one) for one in decision.silences.all()],
        objections=[_objection_shown(one, decision, reader, may_steer=may_steer) for one in objections],
        supporters=supporters,
        revisions=list(decision.revisions.select_related("by")),
        history=_history(decision, with_names=reader is not None),
        tasks=_tasks(decision, asking) if reader else [],
        motion=_motion(decision),
        may_add_task=bool(reader and decision.is_adopted and later is None and may_add_task(reader, decision.group)),
        may_object=may_object(asking, decision),
        may_steer=may_steer,
        may_lead=bool(reader and may_record_decision(asking, decision.group)),
        has_spoken=_spoken(reader, objections, supporters),
    )


def _clause(decision: Decision, charter: CharterVersion | None) -> ClauseShown | None:
    if not decision.clause_anchor:
        return None
    is_there = charter is not None and charter.clauses.filter(anchor=decision.clause_anchor).exists()
    address = reverse("charter", args=[decision.group.slug])
    return ClauseShown(decision.clause, f"{address}#{decision.clause_anchor}" if is_there else "")


def _silence_shown(silence: Silence) -> SilenceShown:
    skipped = [
        (date.fromisoformat(one["on"]), _("weekend") if one["why"] == WEEKEND else one["why"])
        for one in silence.skipped
    ]
    return SilenceShown(silence, ", ".join(country_names(silence.countries)), skipped)


def _objection_shown(
    objection: Objection, decision: Decision, reader: Person | None, *, may_steer: bool
) -> ObjectionShown:
    waits = objection.stands and not decision.is_settled
    return ObjectionShown(
        objection,
        may_answer=waits and may_steer and objection.answered_at is None,
        may_take_back=waits and reader is not None and objection.by_id == reader.pk,
    )


def _motion(decision: Decision) -> Motion | None:
    """The newest motion that was made of it, but one that was withdrawn."""
    if decision.way != Way.SILENCE or decision.status == Status.OPEN:
        return None
    made = decision.motions_made_of_it.exclude(state=MotionState.WITHDRAWN)
    return made.select_related("decision__group").order_by("-pk").first()


def _tasks(decision: Decision, asking: Asking) -> list[Task]:
    """The tasks that follow from it, for people in the group."""
    if not may_see_inside(asking, decision.group):
        return []
    return list(tasks_from(ContentType.objects.get_for_model(Decision).pk, decision.pk).order_by("pk"))


def _history(decision: Decision, *, with_names: bool) -> list[Happening]:
    entries = entries_on(decision).select_related("actor", "detail").order_by("pk")
    return [Happening(entry.happened_at, sentence(entry, names_actor=with_names)) for entry in entries]


def _spoken(reader: Person | None, objections: list[Objection], supporters: list[Person]) -> str:
    """What this reader has said to it: "objects", "supports" or nothing."""
    if reader is None:
        return ""
    if any(one.stands and one.by_id == reader.pk for one in objections):
        return "objects"
    return "supports" if reader in supporters else ""
