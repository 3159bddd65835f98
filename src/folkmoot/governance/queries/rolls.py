"""Who may vote and who may stand: of one person months ahead, of all of a group today, and of a frozen roll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from folkmoot.governance.domain.roll import held_on
from folkmoot.governance.domain.roll_alike import Alike, Because, alike_among
from folkmoot.governance.models.elections import Contest, Election, Stage
from folkmoot.governance.models.rolls import ElectionCriterion, Voter, Whom
from folkmoot.governance.models.rolls_exceptions import ExceptionState, RollException
from folkmoot.governance.queries.elections import day_in, stages_of
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.governance.queries.rolls_facts import stays_of
from folkmoot.governance.roll_criteria import CRITERIA, PROXIES, Asking, Finding, Given, People, clause_of
from folkmoot.governance.roll_suggestions import suggested
from folkmoot.groups.models import Participation, Term
from folkmoot.kit.verdict import Verdict
from folkmoot.people.models import Person
from folkmoot.ui import times

FEWEST = 5
"""With fewer voters it can often be guessed who voted how."""
FIRST_OF = {
    Whom.VOTERS: ((Stage.FREEZE, "first"), (Stage.VOTING, "first")),
    Whom.CANDIDATES: ((Stage.NOMINATIONS, "last"), (Stage.FREEZE, "first"), (Stage.VOTING, "first")),
}
"""By which step people are judged: the first of these that has days, and its first or last day."""


@dataclass(frozen=True)
class Judged(Verdict):
    """Whether somebody may vote or stand, criterion by criterion; `reason` says the first that does not hold.

    `holds_from` is the day from which all of it holds, where that is still to come and in time.
    """

    findings: tuple[Finding, ...] = ()
    by_exception: bool = False
    holds_from: date | None = None


@dataclass(frozen=True)
class OnRoll:
    """Somebody of the group, and whether they would be on the roll."""

    person: Person
    judged: Judged


@dataclass(frozen=True)
class Roll:
    """Everybody of a group as they were judged, by name. `exceptions` counts those on the roll by one."""

    people: Sequence[OnRoll]
    alike: Sequence[Alike] = field(default=())

    @cached_property
    def voters(self) -> list[OnRoll]:
        return [one for one in self.people if one.judged]

    @cached_property
    def left_out(self) -> list[OnRoll]:
        return [one for one in self.people if not one.judged]

    @property
    def exceptions(self) -> int:
        return sum(one.judged.by_exception for one in self.voters)

    @property
    def is_small(self) -> bool:
        return len(self.voters) < FEWEST


def criteria_of(election: Election, whom: Whom) -> list[ElectionCriterion]:
    """What is asked, in order; one query. Where nothing is said of voters, what the charter says of votes is asked."""
    kept = [one for one in election.criteria.all() if one.whom == whom and one.name in CRITERIA]
    if kept or whom == Whom.CANDIDATES:
        return kept
    return [
        ElectionCriterion(election=election, whom=whom, name=one.name, given=one.given, position=place)
        for place, one in enumerate(suggested(election))
    ]


def proxies_most(election: Election) -> int:
    """How many votes of others one voter may hold; 0 where votes cannot be given away."""
    kept = election.criteria.filter(whom=Whom.VOTERS, name=PROXIES).first()
    return int(kept.given.get("most", 0)) if kept else 0


def asking_of(election: Election, whom: Whom, now: datetime, contest: Contest | None = None) -> Asking:
    """By which days people are judged at this instant; one query."""
    steps, today = stages_of(election), day_in(election, now)
    on = next((getattr(steps[stage], end) for stage, end in FIRST_OF[whom] if stage in steps), today)
    return Asking(election, whom, today, on, steps, contest)


def judge_voter(election: Election, person: Person, now: datetime) -> Judged:
    """Whether somebody is or would be on the roll. Once it is frozen, it alone says so."""
    if election.is_frozen:
        return judged_by_roll(election, person)
    asking = asking_of(election, Whom.VOTERS, now)
    granted = RollException.objects.filter(election=election, person=person, state=ExceptionState.GRANTED).exists()
    return _judging(asking, [person.pk])(person, granted)


def judged_by_roll(election: Election, person: Person) -> Judged:
    """Whether somebody is on the frozen roll; one query."""
    voter = Voter.objects.filter(election=election, person=person).first()
    if voter is not None:
        return Judged(True, by_exception=voter.by_exception)
    return Judged(False, _("You are not on the roll of this election, and the roll is frozen."))


def judge_candidate(contest: Contest, person: Person, now: datetime) -> Judged:
    """Whether somebody may stand in a contest; where nothing is asked of candidates, everybody may."""
    asking = asking_of(contest.election, Whom.CANDIDATES, now, contest)
    return _judging(asking, [person.pk])(person, False)


def roll_now(election: Election, now: datetime) -> Roll:
    """Who of the group would be on the roll, and who would not and why; as many queries for one as for thousands."""
    asking = asking_of(election, Whom.VOTERS, now)
    granted = set(
        RollException.objects.filter(election=election, state=ExceptionState.GRANTED).values_list("person", flat=True)
    )
    judge = _judging(asking, None)
    stays = stays_of(asking, None)
    people = [
        one
        for one in _people_of(election)
        if one.pk in granted or held_on(stays.get(one.pk, ()), asking.on, asking.today)
    ]
    return Roll([OnRoll(one, judge(one, one.pk in granted)) for one in people])


def with_likenesses(roll: Roll, election: Election) -> Roll:
    """The same with the records on it that are probably of one person; one query."""
    voters = [one.person for one in roll.voters]
    mine = {one.pk for one in voters}
    addresses = [(one.pk, one.email) for one in voters if one.email]
    others = EmailAddress.objects.filter(verified=True, user__in=_people_of(election)).values_list("user", "email")
    addresses += [(pk, address) for pk, address in others if pk in mine]
    return Roll(roll.people, alike_among({one.pk: one.name for one in voters}, addresses))


def warnings_before_freeze(election: Election, now: datetime) -> list[str]:
    """What officers should know of the roll before it is frozen, in whole sentences."""
    return warnings_of(with_likenesses(roll_now(election, now), election))


def warnings_of(roll: Roll) -> list[str]:
    """What looks odd on a roll, in whole sentences."""
    names = {one.person.pk: one.person.name for one in roll.voters}
    found = []
    for alike in roll.alike:
        said = {"names": ", ".join(names[key] for key in alike.keys)}
        if alike.because == Because.ADDRESS:
            found.append(_("These records have one mail address in different spellings: %(names)s.") % said)
        else:
            found.append(_("These names look alike and may be of one person: %(names)s.") % said)
    return found


def voters_of(election: Election) -> QuerySet[Voter]:
    """The frozen roll with its people, by name."""
    return election.voters.select_related("person").order_by("person__name_key", "pk")


def roll_lines(election: Election) -> list[str]:
    """The lines of the frozen roll as they were hashed; they stay the same when a name is erased."""
    return list(election.voters.order_by("line").values_list("line", flat=True))


def asked_of_all(election: Election, whom: Whom, now: datetime) -> list[Finding]:
    """What is asked, for those who only want to read it; nobody is judged."""
    asking = asking_of(election, whom, now)
    return [
        _with_clause(Finding(True, _asked(asking, one), ""), one.given, asking) for one in criteria_of(election, whom)
    ]


def _asked(asking: Asking, criterion: ElectionCriterion) -> str:
    return CRITERIA[criterion.name].asked(asking, criterion.given)


def _with_clause(finding: Finding, given: Given, asking: Asking) -> Finding:
    clause = clause_of(given)
    if clause is None:
        return finding
    return replace(finding, clause=clause, clause_path=clause.path(asking.election.group.slug))


def _judging(asking: Asking, people: People) -> Callable[[Person, bool], Judged]:
    """Reads for all people what is asked, and gives what judges one of them."""
    asked = [
        (CRITERIA[one.name], one.given, CRITERIA[one.name].gather(asking, people))
        for one in criteria_of(asking.election, asking.whom)
    ]
    stays = stays_of(asking, people) if asking.whom == Whom.VOTERS else {}

    def judge(person: Person, granted: bool) -> Judged:
        findings = [
            _with_clause(criterion.judge(asking, given, gathered, person.pk), given, asking)
            for criterion, given, gathered in asked
        ]
        if asking.whom == Whom.VOTERS:
            findings.insert(0, _is_there(asking, bool(held_on(stays.get(person.pk, ()), asking.on, asking.today))))
        if not person.is_active:
            findings.insert(0, Finding(False, _("Has an account that is open."), _("The account is held.")))
            granted = False
        return _concluded(findings, granted, asking)

    return judge


def _is_there(asking: Asking, holds: bool) -> Finding:
    said = {"group": asking.election.group.name, "day": times.plain_date(asking.on)}
    if asking.election.reaches_below:
        asked = _("Takes part in %(group)s or in a group that answers to it on %(day)s.") % said
        found = _("Takes part in one of them: yes.") if holds else _("Takes part in one of them: no.")
        can_do = _("Joining a group is possible on its page.")
    else:
        asked = _("Takes part in %(group)s on %(day)s.") % said
        found = _("Takes part in the group: yes.") if holds else _("Takes part in the group: no.")
        can_do = _("Joining the group is possible on its page.")
    return Finding(holds, asked, found, "" if holds or asking.is_over else can_do)


def _concluded(findings: Sequence[Finding], granted: bool, asking: Asking) -> Judged:
    failing = [one for one in findings if not one.holds]
    if not failing or granted:
        comes = [one.holds_from for one in findings if one.holds_from is not None and one.holds_from > asking.today]
        return Judged(True, "", tuple(findings), bool(failing), None if failing else max(comes, default=None))
    first = failing[0]
    reason = _("What is asked: %(asked)s What was found: %(found)s") % {"asked": first.asked, "found": first.found}
    return Judged(False, reason, tuple(findings))


def _people_of(election: Election) -> QuerySet[Person]:
    """Everybody who ever took part in a group that elects, or has an exception, and whose account is open."""
    groups = electing_groups(election)
    here = Participation.objects.filter(group__in=groups, person=OuterRef("pk"))
    seated = Term.objects.filter(seat__group__in=groups, person=OuterRef("pk"))
    excepted = RollException.objects.filter(election=election, person=OuterRef("pk"))
    found = Person.objects.filter(Exists(here) | Exists(seated) | Exists(excepted), is_active=True)
    return found.order_by("name_key", "pk")
