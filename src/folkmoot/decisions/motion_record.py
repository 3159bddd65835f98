"""The record of a motion as Markdown: the text as it was decided on, amendments, positions by name, the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from folkmoot.decisions.domain.thresholds import Said
from folkmoot.decisions.models import Motion, MotionAmendment, Position, Voter
from folkmoot.decisions.motion_page import counts_words
from folkmoot.decisions.motion_queries import roll_with_positions, standing
from folkmoot.decisions.motion_terms import kept_tally, kept_terms
from folkmoot.decisions.motion_words import outcome_words, quorum_words, threshold_words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def record_of(motion: Motion) -> str:
    """The record; for people who may read names. UTC instants."""
    return "\n".join(_lines(motion)) + "\n"


def _lines(motion: Motion) -> Iterator[str]:
    decision = motion.decision
    yield f"# {_('Motion')} {decision.label}: {plain(decision.title)}"
    yield ""
    yield f"* {_('Group')}: {plain(decision.group.name)}"
    if decision.proposed_by:
        yield f"* {_('Put by')}: {plain(decision.proposed_by.name)}"
    if motion.seconder:
        yield f"* {_('Seconded by')}: {plain(motion.seconder.name)}"
    yield f"* {_('State')}: {motion.get_state_display()}"
    if motion.vote_opened_at and motion.closes_at:
        yield f"* {_('Vote')}: {motion.vote_opened_at:%Y-%m-%d %H:%M} – {motion.closes_at:%Y-%m-%d %H:%M} UTC"
    if motion.origin:
        yield f"* {_('Referred by')}: {plain(motion.origin.decision.group.name)}, {motion.origin.decision.label}"
    referral = Motion.objects.filter(origin=motion).select_related("decision__group").first()
    if referral:
        yield f"* {_('Referred to')}: {plain(referral.decision.group.name)}, {referral.decision.label}"
    terms, tally = kept_terms(motion), kept_tally(motion)
    if tally:
        yield ""
        yield outcome_words(tally, terms)
    elif decision.reason:
        yield ""
        yield plain(decision.reason)
    yield from ("", f"## {_('Text')}", "", decision.text)
    amendments = list(motion.amendments.select_related("by"))
    if amendments:
        yield from ("", f"## {_('Amendments')}", "")
        for one in amendments:
            yield from _amendment(one)
    yield from ("", f"## {_('The rule')}", "")
    yield f"* {threshold_words(terms)} {_source(terms.threshold_said)}"
    yield f"* {quorum_words(terms)} {_source(terms.quorum_said)}"
    if not tally:
        return
    yield from ("", f"## {_('Positions')}", "", f"* {_('Votes')}: {counts_words(tally.binding)}")
    if tally.advisory.voters:
        yield f"* {_('Advice')}: {counts_words(tally.advisory)}"
    yield ""
    for voter, positions in roll_with_positions(motion):
        yield from _voter(voter, positions)


def _amendment(one: MotionAmendment) -> Iterator[str]:
    by = f" ({plain(one.by.name)})" if one.by else ""
    where = _("paragraph %(number)d") % {"number": one.paragraph}
    yield f"{one.number}. {where}, {one.get_change_display()}{by}: {one.get_state_display()}"
    yield from _quoted(one.text, "   ")
    if one.reason:
        yield f"   {plain(one.reason)}"


def _voter(voter: Voter, positions: list[Position]) -> Iterator[str]:
    now = standing(positions)
    what = now.get_value_display() if now else _("no position")
    kind = _("binding") if voter.binding else _("advice")
    yield f"* {plain(voter.person.name)} ({plain(voter.role)}, {kind}): {what}"
    if now and now.text:
        yield from _quoted(now.text, "  ")
    for one in positions:
        if one.cleared_at:
            yield f"  * {_('took a block back')}, {one.cleared_at:%Y-%m-%d}:"
            yield from _quoted(one.text, "    ")
            yield from _quoted(one.cleared_because, "    ")


def _quoted(text: str, indent: str) -> Iterator[str]:
    if text:
        yield ""
        yield from (f"{indent}> {line}".rstrip() for line in text.splitlines())
        yield ""


def _source(said: Said | None) -> str:
    if said is None:
        return _("(The charter does not say; this is what holds where it is silent.)")
    return f"(§ {said.number}: “{plain(said.text)}”)" if said.number else f"(“{plain(said.text)}”)"


def plain(text: str) -> str:
    """Words on one line that Markdown takes for nothing else."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
