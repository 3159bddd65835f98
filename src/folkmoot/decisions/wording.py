"""The words of a decision as somebody enters them, checked before they are kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Status
from folkmoot.groups.models import Amendment, Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.plan import entered
from folkmoot.plan.objectives import Objectives

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Wording:
    """What a decision is to say.

    `clause` is the anchor of a clause of the charter in force, with or without "#"; `objective` the name of one of its
    objectives. `supersedes` is a decision that holds and is replaced; `amendment` a change of the charter that lies
    before the group and is adopted with the decision.
    """

    title: str
    text: str
    rationale: str = ""
    alternatives: str = ""
    clause: str = ""
    objective: str = ""
    supersedes: Decision | None = None
    amendment: Amendment | None = None


@dataclass(frozen=True)
class Checked:
    """A wording that can be kept."""

    title: str
    text: str
    rationale: str
    alternatives: str
    clause: str
    clause_anchor: str
    objective: str
    objective_anchor: str
    supersedes: Decision | None
    amendment: Amendment | None


def checked(wording: Wording, group: Group) -> Checked:
    """The wording as it is kept.

    Refused `invalid` for words that are missing or too long, `no_such_clause` and `no_such_objective` where the
    charter in force has none so, `not_in_force` for a decision that cannot be superseded, `settled` for an amendment
    that is not open.
    """
    text = entered.words(wording.text, LONGEST_TEXT)
    if not text:
        raise Refused(_("Please write down what is decided."), code="invalid")
    clause, anchor = named_clause(group, wording.clause)
    objective, objective_anchor = Objectives(group).named(wording.objective)
    return Checked(
        title=entered.title(wording.title),
        text=text,
        rationale=entered.words(wording.rationale, LONGEST_TEXT),
        alternatives=entered.words(wording.alternatives, LONGEST_TEXT),
        clause=clause,
        clause_anchor=anchor,
        objective=objective,
        objective_anchor=objective_anchor,
        supersedes=in_force(wording.supersedes, group),
        amendment=open_amendment(wording.amendment, group),
    )


def named_clause(group: Group, anchor: str) -> tuple[str, str]:
    """What a clause is called, and its anchor; both empty for none. Refused `no_such_clause`."""
    wanted = anchor.strip().removeprefix("#")
    if not wanted:
        return "", ""
    charter = charter_in_force(group)
    clause = charter.clauses.filter(anchor=wanted).first() if charter else None
    if clause is None:
        raise Refused(
            _("The charter in force has no clause “%(anchor)s”.") % {"anchor": wanted[:80]}, code="no_such_clause"
        )
    return str(clause)[:340], clause.anchor


def in_force(decision: Decision | None, group: Group) -> Decision | None:
    """A decision of this group that another one may supersede. Refused `not_in_force` for any other."""
    if decision is None:
        return None
    held = Decision.objects.filter(pk=decision.pk, group=group, status=Status.ADOPTED).first()
    if held is None or held.superseding.filter(status=Status.ADOPTED).exists():
        raise Refused(
            _("Decision %(label)s does not hold any more; name the one that took its place.")
            % {"label": decision.label},
            code="not_in_force",
        )
    return held


def open_amendment(amendment: Amendment | None, group: Group) -> Amendment | None:
    """An amendment of this group that is open for comments and waits for no other decision. Refused `settled`."""
    if amendment is None:
        return None
    held = Amendment.objects.filter(pk=amendment.pk, group=group).first()
    if held is None or not held.is_open:
        raise Refused(_("Only an amendment that is open for comments can be decided on."), code="settled")
    return held
