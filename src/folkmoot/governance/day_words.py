"""The days of an election in sentences: what was shortened, moved or left out, and what cannot be."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.governance.domain.days import Days, Note, Plan, Problem, What
from folkmoot.governance.models.elections import Stage
from folkmoot.ui.times import plain_date


def span_words(span: Days, *, year: int | None = None) -> str:
    """`1 October`, `1 to 10 September`, `30 September to 2 October`; with the year where it is not `year`."""
    beside = date(year, 1, 1) if year is not None else None
    if span.first == span.last:
        return plain_date(span.first, now=beside)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return _("%(first)d to %(last)s") % {"first": span.first.day, "last": plain_date(span.last, now=beside)}
    first = plain_date(span.first, now=span.last if span.first.year == span.last.year else beside)
    return _("%(first)s to %(last)s") % {"first": first, "last": plain_date(span.last, now=beside)}


def days_words(count: int) -> str:
    """`1 day`, `7 days`."""
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def step_words(step: str) -> str:
    """What a step is called."""
    return str(Stage(step).label)


def note_words(note: Note) -> str:
    """What became of one step that could not stay where it should be."""
    words = {"step": step_words(note.step)}
    if note.got is None:
        return _("%(step)s: left out, as there is no time for it.") % words
    words["days"] = span_words(note.got, year=note.wanted.first.year)
    if note.what == What.MOVED:
        words["wanted"] = span_words(note.wanted, year=note.wanted.first.year)
        return _("%(step)s: moved to %(days)s, from %(wanted)s.") % words
    words["count"], words["wanted"] = days_words(note.got.count), days_words(note.wanted.count)
    if note.is_at_its_shortest:
        return _("%(step)s: shortened to %(count)s instead of %(wanted)s, the least it needs: %(days)s.") % words
    return _("%(step)s: shortened to %(count)s instead of %(wanted)s: %(days)s.") % words


def problem_words(problem: Problem) -> str:
    """Why a fixed day cannot be kept, and whose minimum breaks."""
    words = {
        "fixed": step_words(problem.fixed),
        "day": plain_date(problem.day),
        "breaks": step_words(problem.breaks),
        "shortest": days_words(problem.shortest),
        "over": plain_date(problem.over_on),
    }
    if problem.fixed == problem.breaks:
        return _("“%(fixed)s” on %(day)s cannot be kept: that day has passed.") % words
    return (
        _(
            "“%(fixed)s” on %(day)s cannot be kept: “%(breaks)s” needs %(shortest)s at least, and would be over on "
            "%(over)s at the earliest."
        )
        % words
    )


def plan_words(plan: Plan) -> list[str]:
    """Everything that is to be said of a plan, what cannot be first."""
    return [*map(problem_words, plan.problems), *map(note_words, plan.notes)]
