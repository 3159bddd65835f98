"""How a request stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.domain.clocks import Counts, Phase
from folkmoot.connections.domain.help_promises import Clocked, Escalation, Promise, Told
from folkmoot.connections.queries.helping_clocks import Wait

NEAR: Final = 0.8
"""The share of the time from which on an answer is due soon."""


@dataclass(frozen=True)
class Words:
    """A sentence, and the tone of the badge beside it."""

    text: str
    tone: str
    due: datetime | None = None


def span_words(span: timedelta) -> str:
    """`3 hours`, `1 hour 20 minutes`, `2 days 4 hours`; never less than a minute."""
    minutes = max(1, int(span.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes and not days:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(parts[:2])


def wait_words(wait: Wait) -> Words:
    """How long is left for an answer; in words, since colours alone say nothing to many."""
    span = {"span": span_words(abs(wait.left))}
    if wait.phase is Phase.ANSWERED:
        return Words(_("answered late") if wait.is_late else _("answered in time"), "dusk")
    if wait.is_late:
        words = _("late by %(span)s of open hours") if wait.counts_open_hours else _("late by %(span)s")
        return Words(words % span, "ember", wait.due)
    left = _("%(span)s of open hours left") if wait.counts_open_hours else _("%(span)s left")
    if wait.phase is Phase.PAUSED:
        return Words(_("stands still, %(left)s") % {"left": left % span}, "dusk")
    if wait.phase is Phase.CLOSED:
        return Words(_("closed now, %(left)s") % {"left": left % span}, "dusk", wait.due)
    if wait.share >= NEAR:
        return Words(_("due soon, %(left)s") % {"left": left % span}, "gold", wait.due)
    return Words(left % span, "lake", wait.due)


def promise_words(promise: Promise) -> str:
    """`a first answer within 2 to 4 hours, solved within 8 hours`, and which hours count."""
    aim, limit = timedelta(minutes=promise.aim), timedelta(minutes=promise.limit)
    first = {
        "limit": span_words(limit),
        "aim": span_words(aim),
        "solved": span_words(timedelta(minutes=promise.solved)),
    }
    if promise.aim == promise.limit:
        words = _("a first answer within %(limit)s, solved within %(solved)s") % first
    else:
        words = _("a first answer hoped for within %(aim)s, at the latest within %(limit)s, solved within %(solved)s")
        words %= first
    return _("%(words)s of open hours") % {"words": words} if promise.counts is Counts.OPEN else words


def step_words(step: Escalation) -> str:
    """`when 80% of the time for a first answer has passed: those who help`."""
    clocks = {Clocked.ANSWER: _("for a first answer"), Clocked.SOLVED: _("to solve it")}
    told = {
        Told.OWNER: _("whoever looks after it"),
        Told.HELPERS: _("everybody who helps here"),
        Told.LEADS: _("those who lead"),
    }
    return _("%(percent)d%% of the time %(clock)s: %(told)s") % {
        "percent": step.percent,
        "clock": clocks[step.clock],
        "told": told[step.told],
    }
