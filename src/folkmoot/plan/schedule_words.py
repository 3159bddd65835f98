"""What does not work out in a schedule, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.plan.domain.offsets import Problem, Schedule, Trouble


def problem_words(problem: Problem, title: str) -> str:
    """One sentence about one step."""
    named = {
        "title": title,
        "wanted": date_format(problem.wanted, "j F Y"),
        "due": date_format(problem.due, "j F Y"),
    }
    if problem.trouble == Trouble.PAST_ANCHOR:
        return _("“%(title)s” should be done by %(wanted)s, and can only be done by %(due)s: too late.") % named
    return _("“%(title)s” moves from %(wanted)s to %(due)s.") % named


def schedule_words(dated: Schedule, titles: Sequence[str]) -> list[str]:
    """A sentence for each step that is not on its own day, what is too late first."""
    worst_first = sorted(dated.problems, key=lambda problem: (problem.trouble != Trouble.PAST_ANCHOR, problem.wanted))
    return [problem_words(problem, titles[problem.place]) for problem in worst_first]
