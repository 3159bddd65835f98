"""What is looked at before voting opens: what has to hold, and what officers should have read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.governance.domain.counting.story import all_of
from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.officers import KeyLine, Team, rehearsal_of
from folkmoot.governance.rules.officers import advice_on

UNREHEARSED: Final = "unrehearsed"
FEW, FEWER = 10, 5
"""Below so many voters how somebody voted can often be guessed, or nearly always."""


@dataclass(frozen=True)
class Check:
    """One thing in a sentence. Where it is not met, a warning may be accepted, anything else may not."""

    code: str
    words: str
    is_met: bool
    is_warning: bool = False

    @property
    def stops(self) -> bool:
        return not self.is_met and not self.is_warning

    @property
    def warns(self) -> bool:
        return not self.is_met and self.is_warning


def checks_of_officers(election: Election, team: Team) -> list[Check]:
    """Whether enough officers have keys, were heard, and have rehearsed."""
    openers, needed = team.openers, team.needed
    found = [_enough_keys(team)]
    if keyless := [line.name for line in team.officers if not line.opens]:
        words = _("%(names)s cannot open ballots, for want of a key. Ballots will not be sealed to them.")
        found.append(_warning("keyless", words % {"names": all_of(keyless)}))
    if team.asked:
        words = _("%(names)s did not answer yet, and cannot become an officer once voting is open.")
        found.append(_warning("unanswered", words % {"names": all_of([one.person.name for one in team.asked])}))
    found += _heard(openers, needed)
    found.append(_rehearsed(election, team))
    if needed == 1 or len(openers) == needed:
        found.append(_warning("no_spare" if needed > 1 else "one_alone", advice_on(needed, len(openers))))
    else:
        found.append(Check("spare", advice_on(needed, len(openers)), is_met=True))
    return found


def checks_of_contest(number: int, title: str, places: int, candidates: int) -> list[Check]:
    """Whether there is somebody to choose, and a choice; `number` counts contests from 1."""
    given = {"contest": title, "n": candidates}
    if not candidates:
        return [Check(f"nobody-{number}", _("Nobody stands for “%(contest)s”.") % given, is_met=False)]
    words = ngettext("%(n)d stands for “%(contest)s”.", "%(n)d stand for “%(contest)s”.", candidates) % given
    found = [Check(f"candidates-{number}", words, is_met=True)]
    if candidates <= places:
        words = _("“%(contest)s” has no more candidates than places, so the vote decides nothing.") % given
        found.append(_warning(f"no_choice-{number}", words))
    return found


def check_of_roll(voters: int) -> Check:
    """Whether there are voters, and so many that one of them cannot be guessed."""
    given = {"n": voters}
    if not voters:
        return Check("no_voters", _("Nobody is on the roll."), is_met=False)
    if voters < FEWER:
        words = ngettext(
            "Only %(n)d person may vote: everybody will know how they voted.",
            "Only %(n)d people may vote: how somebody voted can nearly always be guessed from the result.",
            voters,
        )
        return _warning("fewer_than_five", words % given)
    if voters < FEW:
        words = _("Only %(n)d people may vote: how somebody voted can often be guessed from the result.")
        return _warning("fewer_than_ten", words % given)
    return Check("voters", _("%(n)d people may vote.") % given, is_met=True)


def _enough_keys(team: Team) -> Check:
    given = {"n": len(team.openers), "needed": team.needed}
    if team.can_open:
        words = ngettext("%(n)d officer has keys.", "%(n)d officers have keys.", len(team.openers))
        return Check("keys", words % given, is_met=True)
    words = ngettext(
        "%(n)d officer has keys; it takes %(needed)d.",
        "%(n)d officers have keys; it takes %(needed)d.",
        len(team.openers),
    )
    return Check("too_few_keys", words % given, is_met=False)


def _heard(openers: Sequence[KeyLine], needed: int) -> list[Check]:
    able = {line.officer.pk for line in openers}
    unheard = [line.name for line in openers if len(able & {one.pk for one in line.heard_by}) < needed - 1]
    if unheard:
        words = _("Too few officers have heard the fingerprint of %(names)s. Read it aloud on a call.")
        return [Check("unheard", words % {"names": all_of(unheard)}, is_met=False)]
    missing = [line.name for line in openers if able & {one.pk for one in line.not_heard_by}]
    if missing:
        words = _("Not everybody has heard the fingerprint of %(names)s.")
        return [_warning("not_heard_by_all", words % {"names": all_of(missing)})]
    if len(openers) < 2:
        return []
    return [Check("heard", _("Every officer has heard the fingerprints of the others."), is_met=True)]


def _rehearsed(election: Election, team: Team) -> Check:
    rehearsal = rehearsal_of(election, team)
    missing = [line.name for line in team.openers if line.key is None or line.key.rehearsed_at is None]
    if rehearsal is not None and rehearsal.opened_at is not None and not missing:
        return Check("rehearsed", _("The officers have opened invented ballots together."), is_met=True)
    if missing:
        words = _("%(names)s did not rehearse the opening with invented ballots.") % {"names": all_of(missing)}
    else:
        words = _("Not enough officers have opened invented ballots together.")
    return _warning(UNREHEARSED, words)


def _warning(code: str, words: str) -> Check:
    return Check(code, words, is_met=False, is_warning=True)
