"""A help desk of the first group with a year of questions: most solved, some that wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.actions.helping_desks import DeskWords, set_up_desk
from folkmoot.connections.actions.helping_ending import accept_answer
from folkmoot.connections.models.helping import (
    ClosedBecause,
    Face,
    HelpDesk,
    HelpFeedback,
    HelpMessage,
    HelpRequest,
    HelpState,
    Urgency,
)
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

A_YEAR = 64
HELPERS = 4


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Open the desk, let a year have passed, and leave some questions for whoever looks around."""
    if not groups:
        return
    group, now = groups[0], timezone.now()
    leads = managers_of(group)
    others = [person for person in people_in(group) if person not in leads]
    helpers = [*leads, *others][:HELPERS]
    askers = [*others[HELPERS:], *others[: HELPERS - 1]]
    if not helpers or len(askers) < 3:
        return
    desk = set_up_desk(
        group,
        DeskWords(
            helpers=helpers,
            about=_("Anything about taking part: calls, tasks, documents, your account. No question is too small."),
            topics=(_("Calls"), _("Tasks"), _("Documents"), _("Accounts")),
            around_the_clock=True,
            zone="Europe/Lisbon",
        ),
        by=by,
    )
    _a_year(desk, helpers, askers, now)
    _lately(desk, helpers, askers, now)


def _a_year(desk: HelpDesk, helpers: list[Person], askers: list[Person], now: datetime) -> None:
    """Solved questions, written as they would stand by now; nobody is told of what is over."""
    urgencies = (Urgency.MEDIUM, Urgency.LOW, Urgency.MEDIUM, Urgency.HIGH, Urgency.LOW, Urgency.CRITICAL)
    rows, answers, questions = [], [], _questions()
    for number in range(A_YEAR):
        title, topic, text, answer = questions[number * 5 % len(questions)]
        urgency = urgencies[number % len(urgencies)]
        promise = desk.promised[urgency]
        asked_at = now - timedelta(days=355 - number * 5.4, hours=number * 7 % 11)
        took = timedelta(minutes=promise.limit * (0.15 + 0.15 * (number * 5 % 7)))
        solved = asked_at + took + timedelta(hours=5)
        rows.append(
            HelpRequest(
                desk=desk,
                asker=askers[number % len(askers)],
                title=title,
                text=text,
                topic=topic,
                urgency=urgency,
                promise=promise.kept(),
                state=HelpState.CLOSED,
                owner=helpers[number * 3 % len(helpers)],
                asked_at=asked_at,
                answered_at=asked_at + took,
                answer_took=int(took.total_seconds()),
                solved_at=solved,
                closed_at=solved,
                closed_because=ClosedBecause.CONFIRMED if number % 4 else ClosedBecause.QUIET,
                last_said_at=solved,
            )
        )
        answers.append(answer)
    made = HelpRequest.objects.bulk_create(rows)
    messages = HelpMessage.objects.bulk_create(
        HelpMessage(request=one, by=one.owner, text=answer, is_answer=True, said_at=one.answered_at or now)
        for one, answer in zip(made, answers, strict=True)
    )
    for one, message in zip(made, messages, strict=True):
        one.accepted = message
    HelpRequest.objects.bulk_update(made, ["accepted"])
    faces = (Face.WELL, Face.WELL, Face.PARTLY, Face.WELL, Face.NOT, Face.WELL)
    HelpFeedback.objects.bulk_create(
        HelpFeedback(request=one, face=faces[number % 6], given_at=one.last_said_at)
        for number, one in enumerate(made)
        if number % 3
    )


def _lately(desk: HelpDesk, helpers: list[Person], askers: list[Person], now: datetime) -> None:
    """One that is due soon, one that has just come, one that waits for whoever asked, one that is solved."""
    near = ask_for_help(
        desk,
        Question(
            _("The poll for the workshop shows me no hours"),
            _("I marked some yesterday from my phone, and today the page is empty."),
            _("Calls"),
            Urgency.HIGH,
        ),
        by=askers[0],
    )
    _asked_before(near, now - timedelta(hours=21))
    ask_for_help(
        desk,
        Question(
            _("Can I see the charter as it was last year?"),
            _("For the report I need the wording from before the amendment."),
            _("Documents"),
            Urgency.LOW,
        ),
        by=askers[1],
    )
    private = ask_for_help(
        desk,
        Question(
            _("I would rather not be on the public list of people"),
            _("My name is unusual. Is it possible to take part without it?"),
            _("Accounts"),
            Urgency.MEDIUM,
            is_private=True,
        ),
        by=askers[2],
    )
    _asked_before(private, now - timedelta(hours=6))
    back = _("It is. Shall I take it off the list for you, or only show your first name?")
    say(private, back, by=helpers[0], asks_back=True)
    _title, topic, text, answer = _questions()[2]
    solved = ask_for_help(desk, Question(_("A guest for the next call"), text, topic), by=askers[1])
    _asked_before(solved, now - timedelta(hours=9))
    accept_answer(solved, say(solved, answer, by=helpers[-1]), by=helpers[-1])


def _asked_before(request: HelpRequest, at: datetime) -> None:
    HelpRequest.objects.filter(pk=request.pk).update(asked_at=at, last_said_at=at)


def _questions() -> tuple[tuple[str, str, str, str], ...]:
    """What is asked again and again: title, topic, text, answer."""
    return (
        (
            _("How do I get the calls into my own calendar?"),
            _("Calls"),
            _("I added one by hand, and it was an hour off after the clocks changed."),
            _("Subscribe to your own calendar from the page Calendar; its times follow by themselves."),
        ),
        (
            _("The video link of the call does not open"),
            _("Calls"),
            _("It says that the meeting has not started, and it is five past."),
            _("It opens ten minutes before. Sign in first: the page of the call shows it to those who may join."),
        ),
        (
            _("May I bring somebody along to a call?"),
            _("Calls"),
            _("A colleague would like to listen in before joining."),
            _("Yes. Tell whoever moderates beforehand, and they note your guest."),
        ),
        (
            _("Where do I write down what I took on in a call?"),
            _("Tasks"),
            _("I said I would look at the translations, and now I cannot find it."),
            _("Tasks of a call stand in its minutes, yours on your desk. You can add it from the page Plan."),
        ),
        (
            _("How do I hand a task to somebody else?"),
            _("Tasks"),
            _("I am away for three weeks in spring."),
            _("Open the task and offer it to them. It stays yours until they take it."),
        ),
        (
            _("Who may change the welcome letter?"),
            _("Documents"),
            _("It still names the old mailing list."),
            _("Anybody may propose a change; those who lead the group adopt it. I have changed the list."),
        ),
        (
            _("Which licence do our slides have?"),
            _("Documents"),
            _("I want to translate them for a local meetup."),
            _("CC BY 4.0, as everything that we publish. Please name the group and link to the slides."),
        ),
        (
            _("I get every notice twice"),
            _("Accounts"),
            _("Once to my work address and once to the old one."),
            _("Two records had been made for you. A steward has merged them; nothing is lost."),
        ),
    )
