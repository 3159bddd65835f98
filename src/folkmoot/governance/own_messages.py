"""The messages that lead up to the vote: officers are looked for, candidates are called, and here they are."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.day_words import span_words
from folkmoot.governance.domain.days import Step
from folkmoot.governance.election_messages import ELECTING, EVERY_KIND, MessageKind, add_message, page_of
from folkmoot.governance.models.elections import Election, ElectionKind, ElectionState, Stage
from folkmoot.governance.queries.plan import days_of, people_concerned, people_of
from folkmoot.people.models import Person

CANCELLED = "cancelled"
LOOKING_FOR_OFFICERS = tuple(kind for kind in EVERY_KIND if kind != ElectionKind.PRACTICE)


def fill() -> None:
    """Offer the messages of this part; called once, while the program starts."""
    add_message(
        "roles_wanted",
        MessageKind(
            gettext_lazy("Officers are wanted"),
            Stage.ROLES,
            people_of,
            lambda election: _("%(title)s: who will look after it?") % _words(election),
            _roles_wanted,
            kinds=LOOKING_FOR_OFFICERS,
        ),
        order=10,
    )
    add_message(
        "call_for_candidates",
        MessageKind(
            gettext_lazy("Call for candidates"),
            Stage.CALL,
            people_of,
            lambda election: _("%(title)s: call for candidates") % _words(election),
            _call,
            path=_candidates_page,
            action=gettext_lazy("Stand, or nominate somebody"),
            kinds=ELECTING,
        ),
        order=20,
    )
    add_message(
        "nominations_end",
        MessageKind(
            gettext_lazy("Last days of nominations"),
            Stage.NOMINATIONS,
            people_of,
            lambda election: _("%(title)s: nominations are open until %(nominations_to)s") % _words(election),
            _nominations_end,
            days=-2,
            edge="last",
            path=_candidates_page,
            action=gettext_lazy("Stand, or nominate somebody"),
            kinds=ELECTING,
        ),
        order=30,
    )
    add_message(
        "candidates",
        MessageKind(
            gettext_lazy("The candidates are there"),
            Stage.FREEZE,
            people_of,
            lambda election: _("%(title)s: these are the candidates") % _words(election),
            _candidates,
            path=_candidates_page,
            action=gettext_lazy("Read who stands"),
            kinds=ELECTING,
            waits=lambda election: "" if election.is_frozen else _("It waits until the candidates are frozen."),
        ),
        order=40,
    )
    add_message(
        CANCELLED,
        MessageKind(
            gettext_lazy("It is cancelled"),
            Stage.VOTING,
            _voters_not_told_yet,
            lambda election: _("%(title)s is cancelled") % _words(election),
            lambda election: (
                _("%(title)s of %(group)s is cancelled. The reason is:\n\n%(why)s\n\nWhoever voted need do nothing.")
                % _words(election)
            ),
            by_itself=False,
            waits=lambda election: "" if election.state == ElectionState.CANCELLED else _("It is not cancelled."),
        ),
        order=900,
    )


def _words(election: Election) -> dict[str, str]:
    days = days_of(election)
    year = days[Step.VOTING].first.year if Step.VOTING in days else None
    words = {step.value: span_words(span, year=year) for step, span in days.items()}
    nominations = days.get(Step.NOMINATIONS)
    return {
        **{step.value: "" for step in Step},
        **words,
        "nominations_to": span_words(type(nominations)(nominations.last, nominations.last), year=year)
        if nominations
        else "",
        "title": election.title,
        "group": election.group.name,
        "why": election.why_cancelled,
    }


def _roles_wanted(election: Election) -> str:
    return _(
        "%(group)s prepares an election: %(title)s.\n\n"
        "It needs two or three people who look after it as officers, and are not candidates themselves. Officers "
        "keep the keys by which the ballots are opened together, and see that all goes well. Others may watch as "
        "monitors.\n\n"
        "Voting is from %(voting)s. If you could take this on, please tell those who lead the group."
    ) % _words(election)


def _call(election: Election) -> str:
    return _(
        "%(group)s looks for candidates: %(title)s.\n\n"
        "From %(nominations)s you can put yourself forward, or nominate somebody else, who then says whether they "
        "accept. Voting is from %(voting)s."
    ) % _words(election)


def _nominations_end(election: Election) -> str:
    return _(
        "Nominations for %(title)s are open until %(nominations_to)s.\n\n"
        "If you think of standing, or of somebody who should be asked, this is the time. Whoever was nominated and "
        "has not answered yet: please say whether you accept."
    ) % _words(election)


def _candidates(election: Election) -> str:
    return _(
        "The candidates for %(title)s are known. Their pages say what they want to do, and you can read the "
        "questions they were asked and their answers.\n\n"
        "Voting is from %(voting)s."
    ) % _words(election)


def _candidates_page(election: Election) -> str:
    """The page of the candidates where there is one, else the election's own."""
    try:
        return reverse("candidates", args=[election.group.slug, election.key])
    except NoReverseMatch:
        return page_of(election)


def _voters_not_told_yet(election: Election) -> QuerySet[Person]:
    """Those on the roll; officers and candidates were told at once."""
    told = people_concerned(election).order_by().values("pk")
    return Person.objects.filter(pk__in=election.voters.values("person"), is_active=True).exclude(pk__in=told)
