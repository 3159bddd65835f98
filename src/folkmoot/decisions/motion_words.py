"""Votes in words: what is needed, what is missing, and what came of it, in whole sentences."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.decisions.domain.amounts import HALF, Of
from folkmoot.decisions.domain.tally import Result, Tally
from folkmoot.decisions.domain.thresholds import VotingTerms


def share_words(share: Fraction, *, more: bool) -> str:
    """A share: "more than half", "at least two thirds", "at least 60 %", "all"."""
    if share == 1:
        return _("all")
    names = {
        HALF: _("half"),
        Fraction(1, 3): _("a third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(1, 4): _("a quarter"),
        Fraction(3, 4): _("three quarters"),
    }
    percent = share * 100
    number = f"{float(percent):.2f}".rstrip("0").rstrip(".")
    exact = percent * 100 == int(percent * 100)
    plain = names.get(share) or (f"{number} %" if exact else f"{share.numerator}/{share.denominator}")
    return (_("more than %(share)s") if more else _("at least %(share)s")) % {"share": plain}


def threshold_words(terms: VotingTerms) -> str:
    """What carries a motion, as a sentence."""
    share = share_words(terms.threshold, more=terms.more)
    bases = {
        Of.CAST: _("It is carried when %(share)s of the votes cast approve. Abstentions are not counted in."),
        Of.PRESENT: _("It is carried when %(share)s of those who take part approve, abstentions counted in."),
        Of.VOTERS: _("It is carried when %(share)s of all who have a vote approve, whether they take part or not."),
    }
    return bases[terms.of] % {"share": share}


def quorum_words(terms: VotingTerms) -> str:
    """How many have to take part, as a sentence."""
    quorum = terms.quorum
    if quorum.count is not None:
        words = (
            ngettext(
                "At least one of those who lead has to take part.",
                "At least %(count)d of those who lead have to take part.",
                quorum.count,
            )
            if quorum.of_leaders
            else ngettext(
                "At least one of those who have a vote has to take part.",
                "At least %(count)d of those who have a vote have to take part.",
                quorum.count,
            )
        )
        return words % {"count": quorum.count}
    share = share_words(quorum.share or Fraction(0), more=quorum.more)
    share = share[:1].upper() + share[1:]
    if quorum.of_leaders:
        return _("%(share)s of those who lead have to take part.") % {"share": share}
    return _("%(share)s of those who have a vote have to take part.") % {"share": share}


def missing_words(tally: Tally, terms: VotingTerms) -> str:
    """What is still missing for the quorum, as a sentence."""
    there = {"there": tally.quorum_there, "of": tally.quorum_of, "needed": tally.quorum_needed}
    if tally.is_quorate:
        return _("The quorum is there: %(there)d of %(of)d have taken part, and %(needed)d are needed.") % there
    who = (
        ngettext("One more of those who lead has", "%(missing)d more of those who lead have", tally.quorum_missing)
        if terms.quorum.of_leaders
        else ngettext("One more person has", "%(missing)d more people have", tally.quorum_missing)
    ) % {"missing": tally.quorum_missing}
    return _("%(who)s to take part for a quorum: %(there)d of %(of)d have, and %(needed)d are needed.") % {
        **there,
        "who": who,
    }


def base_words(terms: VotingTerms, tally: Tally) -> str:
    """Of how many whom a share is counted: "all 7 who have a vote"."""
    words = {
        Of.CAST: ngettext("the one vote cast", "%(base)d votes cast", tally.base),
        Of.PRESENT: ngettext("the one who took part", "%(base)d who took part", tally.base),
        Of.VOTERS: ngettext("the one who has a vote", "all %(base)d who have a vote", tally.base),
    }
    return words[terms.of] % {"base": tally.base}


def outcome_words(tally: Tally, terms: VotingTerms) -> str:
    """What came of a vote and why, as a sentence."""
    numbers = {
        "approve": tally.binding.approve,
        "voters": tally.binding.voters,
        "needed": tally.needed,
        "share": share_words(terms.threshold, more=terms.more),
        "base": base_words(terms, tally),
        "there": tally.quorum_there,
        "of": tally.quorum_of,
        "quorum": tally.quorum_needed,
        "blocks": tally.binding.block,
    }
    if tally.result == Result.NO_QUORUM:
        return _("No quorum: %(there)d of %(of)d took part, and %(quorum)d were needed. Nothing is decided.") % numbers
    if tally.result == Result.BLOCKED:
        return (
            ngettext(
                "Not carried: a block stood at the end. %(approve)d of %(voters)d approved.",
                "Not carried: %(blocks)d blocks stood at the end. %(approve)d of %(voters)d approved.",
                tally.binding.block,
            )
            % numbers
        )
    if tally.result == Result.CARRIED:
        return (
            _(
                "Carried: %(approve)d of %(voters)d who have a vote approved; "
                "%(share)s of %(base)s, so %(needed)d, were needed."
            )
            % numbers
        )
    return (
        _(
            "Not carried: %(approve)d of %(voters)d who have a vote approved; "
            "%(share)s of %(base)s, so %(needed)d, were needed."
        )
        % numbers
    )
