"""A motion's page: its paragraphs with their amendments, the positions, and the rule in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.domain.paragraphs import Change, split
from folkmoot.decisions.domain.tally import Counts, Tally, tally
from folkmoot.decisions.domain.thresholds import Said, VotingTerms
from folkmoot.decisions.models import Motion, MotionAmendment, MotionState, Position, Voter
from folkmoot.decisions.motion_queries import roll_with_positions, standing
from folkmoot.decisions.motion_terms import kept_tally, kept_terms, voices
from folkmoot.decisions.motion_words import missing_words, outcome_words, quorum_words, threshold_words
from folkmoot.groups.domain.amending.model import Run
from folkmoot.groups.domain.amending.wording import runs
from folkmoot.groups.models import Group
from folkmoot.plan.rendering import rendered
from folkmoot.ui.tables import Column, DataTable

TONES: dict[str, str] = {
    MotionState.AMENDING: "lake",
    MotionState.VOTING: "gold",
    MotionState.CARRIED: "moss",
    MotionState.FAILED: "rose",
    MotionState.NO_QUORUM: "ember",
    MotionState.WITHDRAWN: "dusk",
    MotionState.REFERRED: "dusk",
}


@dataclass(frozen=True)
class ShownAmendment:
    """An amendment with the words of both sides; what differs stands out."""

    amendment: MotionAmendment
    label: str
    old: SafeString | str
    new: SafeString | str


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph as it was put, with what people want there; number 0 is the place before the first."""

    number: int
    html: SafeString | str
    amendments: list[ShownAmendment]


@dataclass(frozen=True)
class ShownRule:
    """A rule of the vote in words, and the sentence of the charter that says so, with its link; or that none does."""

    words: str
    said: str
    number: str
    href: str

    @property
    def is_default(self) -> bool:
        return not self.said


@dataclass(frozen=True)
class Block:
    """A block: whose, its words, and how it was taken back."""

    voter: Voter
    position: Position


@dataclass(frozen=True)
class MotionPage:
    """Everything on the page that is the same for all readers."""

    motion: Motion
    tone: str
    text: SafeString
    paragraphs: list[ShownParagraph]
    accepted: int
    terms: VotingTerms
    threshold: ShownRule
    quorum: ShownRule
    consensus: ShownRule | None
    tally: Tally | None
    missing: str
    outcome: str
    roll: list[tuple[Voter, list[Position]]]
    blocks: list[Block] = field(default_factory=list)
    earlier: list[tuple[Voter, Position]] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, str]]:
        """How many took which position, in words, for binding and advisory voters."""
        return [*_counts(self.tally.binding, self.tally.advisory)] if self.tally else []

    @property
    def silent(self) -> list[Voter]:
        """Who has taken no position."""
        return [voter for voter, positions in self.roll if not positions]

    @property
    def has_positions(self) -> bool:
        return len(self.silent) < len(self.roll)

    @property
    def positions(self) -> DataTable:
        """Everybody who took a position, with the one that stands."""
        return DataTable(
            _("Who takes which position"),
            (
                Column(gettext_lazy("Name")),
                Column(gettext_lazy("As")),
                Column(gettext_lazy("Vote")),
                Column(gettext_lazy("Position")),
                Column(gettext_lazy("In their words")),
            ),
            tuple(_row(voter, now) for voter, positions in self.roll if (now := standing(positions))),
        )


def motion_page(motion: Motion) -> MotionPage:
    """The page of a motion, in a fixed number of queries."""
    amendments = list(motion.amendments.select_related("by", "answered_by"))
    terms = kept_terms(motion)
    roll = roll_with_positions(motion) if motion.vote_opened_at else []
    kept = kept_tally(motion)
    present = kept
    if present is None and roll:
        now = ((voter, standing(positions)) for voter, positions in roll)
        present = tally(voices((voter, one.value if one else None) for voter, one in now), terms)
    every = [(voter, one) for voter, positions in roll for one in positions]
    return MotionPage(
        motion=motion,
        tone=TONES[motion.state],
        text=rendered(motion.decision.text),
        paragraphs=list(_paragraphs(motion, amendments)),
        accepted=sum(one.state == MotionAmendment.State.ACCEPTED for one in amendments),
        terms=terms,
        threshold=_rule(motion.decision.group, threshold_words(terms), terms.threshold_said),
        quorum=_rule(motion.decision.group, quorum_words(terms), terms.quorum_said),
        consensus=_rule(motion.decision.group, "", terms.consensus_said) if terms.consensus_said else None,
        tally=present,
        missing=missing_words(present, terms) if present and motion.is_voting else "",
        outcome=outcome_words(kept, terms) if kept else "",
        roll=roll,
        blocks=[Block(voter, one) for voter, one in every if one.is_block and (one.stands or one.cleared_at)],
        earlier=sorted(((voter, one) for voter, one in every if not one.stands), key=lambda row: row[1].at),
    )


def _rule(group: Group, words: str, said: Said | None) -> ShownRule:
    if said is None:
        return ShownRule(words, "", "", "")
    href = reverse("charter", args=[group.slug]) + (f"#{said.anchor}" if said.anchor else "")
    return ShownRule(words, said.text, said.number, href)


def _paragraphs(motion: Motion, amendments: Sequence[MotionAmendment]) -> Iterator[ShownParagraph]:
    texts = split(motion.text)
    for number, text in enumerate(("", *texts)):
        shown = [_shown(one, text) for one in amendments if one.paragraph == number]
        if number or shown:
            yield ShownParagraph(number, rendered(text) if text else "", shown)


def _shown(one: MotionAmendment, text: str) -> ShownAmendment:
    label = str(MotionAmendment.Kind(one.change).label)
    if one.change == Change.INSERT:
        return ShownAmendment(one, label, "", one.text)
    if one.change == Change.DELETE:
        return ShownAmendment(one, label, text, "")
    found = runs(text, one.text)
    return ShownAmendment(one, label, _side(found, "removed"), _side(found, "added"))


def _side(found: Sequence[Run], op: str) -> SafeString:
    """One side of a reworded paragraph, with the words in which it differs standing out."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<strong>{}</strong>", run.text) if run.op == op and run.text.strip() else run.text,)
            for run in found
            if run.op in ("same", op)
        ),
    )


def _counts(binding: Counts, advisory: Counts) -> Iterator[tuple[str, str]]:
    for name, counts in ((_("Votes"), binding), (_("Advice"), advisory)):
        if counts.voters:
            yield name, counts_words(counts)


def counts_words(counts: Counts) -> str:
    """How many took which position: "4 approve, 1 declines"."""
    parts = [
        _("%(n)d for it") % {"n": counts.approve},
        _("%(n)d against it") % {"n": counts.decline + counts.block},
    ]
    if counts.block:
        parts[-1] += " " + _("(%(n)d of them as a block)") % {"n": counts.block}
    parts.append(_("%(n)d abstain") % {"n": counts.abstain})
    if counts.absent:
        parts.append(_("%(n)d absent") % {"n": counts.absent})
    if counts.silent:
        parts.append(_("%(n)d without a position") % {"n": counts.silent})
    return ", ".join(parts)


def _row(voter: Voter, now: Position) -> tuple[Any, ...]:
    position = now.get_value_display()
    return (
        format_html("<bdi>{}</bdi>", voter.person.name),
        voter.role,
        _("binding") if voter.binding else _("advice"),
        format_html("<strong>{}</strong>", position) if now.is_block else position,
        format_html("<bdi>{}</bdi>", now.text) if now.text else "",
    )
