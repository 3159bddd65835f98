"""Mentoring in words: where a programme stands, and why two could go well together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.connections.domain.mentoring import Why
from folkmoot.connections.domain.mentoring_terms import Moment, Phase
from folkmoot.connections.queries.mentoring_matching import Could
from folkmoot.people.places import languages

PHASES: Final = {
    Phase.PLANNED: gettext_lazy("planned"),
    Phase.OPEN: gettext_lazy("applications open"),
    Phase.MATCHING: gettext_lazy("matching"),
    Phase.RUNNING: gettext_lazy("running"),
    Phase.ENDED: gettext_lazy("ended"),
}
MOMENTS: Final = {
    Moment.MONTH: gettext_lazy("after a month"),
    Moment.MIDDLE: gettext_lazy("half way"),
    Moment.END: gettext_lazy("before the end"),
}
MOST_SUBJECTS: Final = 3


def cadence_words(weeks: int) -> str:
    """`every week`, `every 2 weeks`."""
    return ngettext("every week", "every %(weeks)d weeks", weeks) % {"weeks": weeks}


def listed(words: Sequence[str]) -> str:
    """`maps`, `docs and maps`, `docs, maps and tests`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def hours_words(minutes: int) -> str:
    """How long a usual weekday suits both, rounded down to half hours: `4½ hours`."""
    halves = minutes // 30
    if halves < 1:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    number = f"{halves // 2 or ''}" + ("½" if halves % 2 else "")
    return _("1 hour") if halves == 2 else _("%(number)s hours") % {"number": number}


def reason_words(could: Could) -> str:
    """Why these two, to whoever runs the programme. What anybody wished for in private is not in it."""
    names = {"mentor": could.mentor.person.name, "mentee": could.mentee.person.name}
    parts = []
    if could.subjects:
        parts.append(
            _("%(mentor)s can help with %(subjects)s")
            % {**names, "subjects": listed([f"“{one}”" for one in could.subjects[:MOST_SUBJECTS]])}
        )
    if could.minutes:
        parts.append(_("%(hours)s of a weekday suit both") % {"hours": hours_words(could.minutes)})
    else:
        parts.append(_("some hours at weekends suit both"))
    if could.languages:
        named = languages()
        parts.append(_("both speak %(languages)s") % {"languages": listed([named.get(x, x) for x in could.languages])})
    if could.other_employers:
        parts.append(_("they work for different organisations"))
    return f"{parts[0][:1].upper()}{listed(parts)[1:]}."


def why_nobody_words(why: Why) -> str:
    """Why nobody is suggested. Lack of hours and lack of room are one sentence, which holds too where two are kept
    apart: so it tells nothing about that."""
    if why == Why.NOBODY_KNOWS:
        return _("Nobody who is free offers what they want to learn.")
    return _("Nobody who could help with it has room, hours and a language in common with them.")
