"""Why the rota proposes somebody, in a sentence."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from folkmoot.meetings.domain.rota import Proposal, Why
from folkmoot.meetings.models import CallRole
from folkmoot.people.models import Person
from folkmoot.ui import times


def reason_words(proposal: Proposal, role: CallRole, *, today: date) -> str:
    """`last scribe on 3 June, longest ago of those willing; the call is at 17:00 there`."""
    words = [_why_words(proposal, role, today)]
    if proposal.local is not None:
        at = {"time": times.clock_words(proposal.local, "24")}
        if proposal.is_comfortable:
            words.append(_("the call is at %(time)s there") % at)
        else:
            words.append(_("the call is at %(time)s there, which is early or late") % at)
    if proposal.twice:
        words.append(_("too few are willing, so it would be a second role at this call"))
    return "; ".join(words)


def sentence(person: Person, words: str) -> str:
    """`Tomas: last scribe on 3 June, …`"""
    return _("%(name)s: %(words)s") % {"name": person.name, "words": words}


def _why_words(proposal: Proposal, role: CallRole, today: date) -> str:
    if proposal.last_on is None:
        return _("has not been %(role)s yet") % {"role": role.name}
    known = {"role": role.name, "day": times.plain_date(proposal.last_on, now=today)}
    # A turn that was taken for a call before this one may lie ahead as well.
    last = _("last %(role)s on %(day)s") if proposal.last_on <= today else _("%(role)s before on %(day)s")
    last = last % known
    match proposal.why:
        case Why.LONGEST:
            return _("%(last)s, longest ago of those willing") % {"last": last}
        case Why.FEWEST:
            return _("%(last)s, and had fewer turns than the others") % {"last": last}
    return _("%(last)s; those before in line have another role at this call, or were asked") % {"last": last}
