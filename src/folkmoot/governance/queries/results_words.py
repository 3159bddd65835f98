"""Results in words: the draft of an announcement."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.governance.domain.counting.story import all_of
from folkmoot.governance.models.elections import Election, Stage
from folkmoot.governance.queries.results import counts_of
from folkmoot.ui.times import plain_date


def announcement_draft(election: Election) -> str:
    """A first wording: who is elected, how many voted, until when one may complain, and thanks."""
    lines = [_("The result of %(title)s is there.") % {"title": election.title}, ""]
    for one in counts_of(election):
        said = {"contest": one.contest.title}
        if one.result.verdict is not None:
            is_carried = one.result.verdict.result is Outcome.CARRIED
            lines.append((_("%(contest)s: carried.") if is_carried else _("%(contest)s: not carried.")) % said)
        elif one.result.elected:
            names = all_of(list(one.result.elected))
            lines.append(_("%(contest)s: %(names)s.") % {**said, "names": names})
        else:
            lines.append(_("%(contest)s: nobody is elected.") % said)
    numbers = {"voted": election.turnout.count(), "voters": election.voters.count()}
    lines += ["", _("%(voted)d of %(voters)d on the roll voted.") % numbers]
    days = election.stages.filter(stage=Stage.COMPLAINTS).first()
    if days is not None:
        words = _("Whoever was on the roll or stood may complain until %(day)s.")
        lines.append(words % {"day": plain_date(days.last)})
    lines += ["", _("Thank you to everybody who stood, voted and looked after it.")]
    return "\n".join(lines)
