"""The record of a decision as Markdown, to be kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.decisions.decision_page import DecisionPage
from folkmoot.plan.domain.report_text import plain_words


def as_markdown(page: DecisionPage, *, address: str, with_names: bool) -> str:
    """The whole record: what was decided, how, by which clause and why, with objections and corrections."""
    return "\n\n".join(_parts(page, address, with_names)) + "\n"


def _parts(page: DecisionPage, address: str, with_names: bool) -> Iterator[str]:
    decision = page.decision
    yield f"# {decision.label} {plain_words(decision.title)}"
    yield "\n".join(f"- {line}" for line in _facts(page, address, with_names))
    yield decision.text
    for heading, words in ((_("Why"), decision.rationale), (_("What else was considered"), decision.alternatives)):
        if words:
            yield f"## {heading}"
            yield words
    if page.objections:
        yield f"## {_('Objections')}"
        yield from _objections(page, with_names)
    if page.revisions:
        yield f"## {_('What was changed')}"
        yield from _changes(page)


def _facts(page: DecisionPage, address: str, with_names: bool) -> Iterator[str]:
    decision = page.decision
    yield f"{_('Group')}: {plain_words(decision.group.name)}"
    yield f"{_('Status')}: {page.badge}"
    if decision.decided_on:
        yield f"{_('Decided on')}: {decision.decided_on.isoformat()}, {decision.get_way_display()}"
    if with_names and decision.proposed_by and decision.proposed_by.name:
        yield f"{_('Proposed by')}: {plain_words(decision.proposed_by.name)}"
    if page.clause:
        yield f"{_('By which clause')}: {plain_words(page.clause.words)}"
    if decision.objective:
        yield f"{_('For')}: {plain_words(decision.objective)}"
    if decision.supersedes:
        yield f"{_('Supersedes')}: {decision.supersedes.label} {plain_words(decision.supersedes.title)}"
    if page.superseded_by:
        yield f"{_('Superseded by')}: {page.superseded_by.label} {plain_words(page.superseded_by.title)}"
    if decision.amendment:
        yield _("Adopts amendment %(number)s of the charter") % {"number": decision.amendment.number}
    if decision.reason:
        yield f"{_('Reason')}: {plain_words(decision.reason)}"
    for one in page.silences:
        yield _("Silence until the end of %(day)s Anywhere on Earth: %(outcome)s") % {
            "day": one.silence.last_day.isoformat(),
            "outcome": one.silence.get_outcome_display(),
        }
    yield address


def _objections(page: DecisionPage, with_names: bool) -> Iterator[str]:
    for one in page.objections:
        objection = one.objection
        state = _("stands") if objection.stands else _("taken back")
        name = plain_words(objection.by.name) if with_names else ""
        yield f"**{name or _('Someone')}**, {_day(objection.at)} ({state}):"
        yield _quoted(objection.reason)
        if objection.answered_at:
            yield _("Answer:")
            yield _quoted(objection.answer)


def _changes(page: DecisionPage) -> Iterator[str]:
    for name, revision in page.corrections:
        yield f"**{name}**, {_day(revision.at)}: {plain_words(revision.why)}"
        yield _quoted(revision.was) if revision.was else _("(Nothing stood there before.)")


def _day(moment: object) -> str:
    return date_format(moment, "j F Y")  # type: ignore[arg-type]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
