"""A year of the sample community's plan: initiatives in all stages, goals, the year, registers, reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor, system
from folkmoot.people.models import Person
from folkmoot.plan.actions.activities import bring_year_in_order, change_activity
from folkmoot.plan.actions.goals import check_in, close_period, note_value, set_goal, set_key_result
from folkmoot.plan.actions.initiatives import change_initiative, move_initiative, propose_initiative, write_update
from folkmoot.plan.actions.registers import keep_risk, keep_stakeholder
from folkmoot.plan.actions.reports import draft_report, edit_report, publish_report
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import Month, Period, month_of, quarter_of
from folkmoot.plan.models import ActivityState, Confidence, Goal, Initiative, Level
from folkmoot.plan.objectives import Objectives

SANDBOX, INCUBATING, GRADUATED, ARCHIVED = Stage.SANDBOX, Stage.INCUBATING, Stage.GRADUATED, Stage.ARCHIVED
ON, RISK, OFF = Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK

# Title, objective, who leads, when it was proposed (days ago), what it is, its steps (stage, days ago, why).
INITIATIVES = (
    (
        "Coffee across zones",
        "Human connection",
        "rosa",
        330,
        "Two people who have never met drink a coffee together on a call, **once a month**.\n\n"
        "* Whoever wants takes part, and can skip a month.\n* We look for hours that hurt nobody.",
        (
            (SANDBOX, 322, "Rosa wants to try it with ten people."),
            (INCUBATING, 230, "Twenty-two people have met, and most want to go on."),
            (GRADUATED, 70, "It has run for half a year, and how to run it is written down."),
        ),
    ),
    (
        "Welcome calls for newcomers",
        "Growth and engagement",
        "tomas",
        210,
        "Half an hour for whoever came in this month: who we are, where things are, what would be fun to do first.",
        (
            (SANDBOX, 204, "A small thing to begin with."),
            (INCUBATING, 96, "Those who came to a welcome call came back twice as often."),
        ),
    ),
    (
        "A map of the Discord",
        "A well-kept Discord",
        "yuki",
        120,
        "One page that says which channel is for what, and which ones can go.",
        ((SANDBOX, 112, "Yuki has a first draft already."),),
    ),
    (
        "Open house, round the clock",
        "Events",
        "salma",
        160,
        "One day in spring on which somebody is always there, whatever your zone.",
        (
            (SANDBOX, 150, "We need a first list of hosts to know whether it can be done."),
            (INCUBATING, 44, "Eleven hosts in nine zones have said yes."),
        ),
    ),
    (
        "Badges for helpers",
        "Growth and engagement",
        "ewan",
        300,
        "A small mark beside the name of whoever helped somebody.",
        (
            (SANDBOX, 292, "Worth a try for two months."),
            (ARCHIVED, 215, "People felt counted rather than thanked. A word of thanks on the call does more."),
        ),
    ),
    (
        "Captions for every recording",
        "An open website",
        "binita",
        9,
        "Recordings get captions that a person has read through, within a week.",
        (),
    ),
)
UPDATES = (
    ("Coffee across zones", 75, "Fourteen pairs this month. Two asked for a *second* one with the same person."),
    ("Coffee across zones", 12, "Sixteen pairs, of whom five had not been on a call before."),
    ("Welcome calls for newcomers", 40, "Six came, four of them from places where it was past ten at night."),
    ("Welcome calls for newcomers", 8, "We now offer two hours; nobody has to stay up."),
    ("Open house, round the clock", 20, "Hosts for all hours but three. Who is awake at 21:00 UTC?"),
    ("A map of the Discord", 33, "Thirty-one channels, of which nine had not seen a message since spring."),
)
ACTIVITIES = (
    (ActivityState.UNDER_WAY, "lina", 0, "Office hours every other week; the autumn meetup is planned.", ""),
    (ActivityState.DONE, "jonas", 1, "Accounted for, and handed to the committee.", ""),
    (ActivityState.UNDER_WAY, "adaeze", 0, "Agendas stand two days before, minutes within three.", ""),
    (ActivityState.UNDER_WAY, "tomas", 4, "Welcome calls, and a page for who wants to join.", ""),
    (ActivityState.NOT_BEGUN, None, 4, "", ""),
)
RISKS = (
    ("Those who lead burn out", 4, 4, "Three managers who take turns, and a month off for each.", "adaeze", True, 20),
    ("The calls suit one half of the world", 3, 3, "Look at the hours again in spring.", "priya", True, 45),
    (
        "Nobody but Yuki knows how the Discord is set up",
        3,
        4,
        "Write it down; a second person has the keys.",
        "yuki",
        False,
        -3,
    ),
    ("The open house finds too few hosts", 2, 3, "Ask by name, not in general.", "salma", False, 60),
)
STAKEHOLDERS = (
    ("Steering committee", "Open Tools Commons", "It decides on what we ask for.", 3, 3, "adaeze", 12),
    ("Library Working Group", "Open Tools Commons", "They lend us the room for the open house.", 2, 2, "salma", 30),
    ("Meetup hosts in Nairobi", "", "They bring in more newcomers than anybody else.", 3, 2, "amos", 7),
    ("A university's teaching office", "", "Their students come to office hours.", 2, 1, "priya", None),
    ("The captions service", "", "We depend on their free plan.", 1, 2, "binita", 90),
)


@transaction.atomic
def plan_a_year(groups: Sequence[Group], people: Mapping[str, Person], *, today: date, by: Actor) -> None:
    """Let the first group have a plan as if it had worked on it for a year; the others have the year's list alone."""
    for group in groups:
        bring_year_in_order(group, year=today.year, by=by)
    if not groups:
        return
    group = groups[0]
    _initiatives(group, people, today, by)
    _goals(group, people, today, by)
    _year(group, people, today, by)
    for title, likelihood, impact, response, owner, is_shareable, days in RISKS:
        keep_risk(
            group,
            title=title,
            likelihood=likelihood,
            impact=impact,
            response=response,
            owner=people[owner],
            review_on=today + timedelta(days=days),
            is_shareable=is_shareable,
            by=by,
        )
    for name, organisation, why, interest, influence, contact, in_days in STAKEHOLDERS:
        keep_stakeholder(
            group,
            name=name,
            organisation=organisation,
            why=why,
            interest=Level(interest),
            influence=Level(influence),
            contact=people[contact],
            next_touch_on=today + timedelta(days=in_days) if in_days else None,
            by=by,
        )


@transaction.atomic
def report_on_it(groups: Sequence[Group], *, today: date, by: Actor) -> None:
    """Let the first group have three reports published, and last month's as a draft; after all else has happened."""
    if not groups:
        return
    group, month = groups[0], month_of(today).before
    drafted = [draft_report(group, one, by=by, at=_at(one.next.first)) for one in _before(month, 3)[::-1]]
    for report in drafted:
        edit_report(
            report,
            texts={"asks": "Nothing this month. Thank you for the quick answer to the last one."},
            seen={},
            is_public=True,
            by=by,
        )
        publish_report(report, by=by, at=_at(report.of_month.next.first + timedelta(days=2)))
    draft_report(group, month, by=by, at=_at(month.next.first))


def _before(month: Month, count: int) -> list[Month]:
    found = []
    for _step in range(count):
        month = month.before
        found.append(month)
    return found


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def _initiatives(group: Group, people: Mapping[str, Person], today: date, by: Actor) -> None:
    made: dict[str, Initiative] = {}
    for title, objective, lead, days, words, steps in INITIATIVES:
        initiative = propose_initiative(
            group,
            title=title,
            words=words,
            objective=_known(group, objective),
            lead=people[lead],
            by=by,
            at=_at(today - timedelta(days=days)),
        )
        for stage, ago, why in steps:
            initiative = move_initiative(initiative, to=stage, why=why, by=by, at=_at(today - timedelta(days=ago)))
        made[title] = initiative
    for title, ago, words in UPDATES:
        day = today - timedelta(days=ago)
        write_update(made[title], words=words, on=day, by=made[title].lead or by, at=_at(day))
    house = made["Open house, round the clock"]
    change_initiative(
        house,
        title=house.title,
        words=house.words,
        objective=house.objective,
        lead=house.lead,
        helpers=[people["lina"], people["amos"]],
        starts_on=house.starts_on,
        ends_on=today + timedelta(days=140),
        links=["Hosts and hours https://commons.example/open-house"],
        by=by,
    )


def _known(group: Group, objective: str) -> str:
    """The objective, if the charter of this sample has it."""
    return objective if any(one.name == objective for one in Objectives(group).all) else ""


def _goals(group: Group, people: Mapping[str, Person], today: date, by: Actor) -> None:
    quarter = quarter_of(today)
    last = quarter_of(quarter.first - timedelta(days=1))
    year = Period(today.year)
    connection = _goal(group, people, "People meet as people", year, "Human connection", "rosa", today, by)
    _by_hand(
        connection, people, "Pairs who had a coffee this year", "pairs", 0, 120, "rosa", ((70, 74), (12, 106)), today
    )
    set_key_result(
        connection,
        words="Time zones that people live in",
        baseline=Decimal(6),
        target=Decimal(15),
        measure="groups.zones",
        owner=people["priya"],
        by=by,
    )
    _say(connection, "rosa", people, ((70, ON, "Steady. People ask for it by now."), (12, ON, "On the way.")), today)

    newcomers = _goal(group, people, "Newcomers find their way in", last, "Growth and engagement", "tomas", today, by)
    _by_hand(
        newcomers,
        people,
        "Newcomers who come to a second call",
        "per cent",
        30,
        60,
        "tomas",
        ((110, 38), (80, 46)),
        today,
    )
    _by_hand(
        newcomers, people, "Days until somebody has answered a first message", "days", 4, 1, "lina", ((85, 2),), today
    )
    when = quarter.first - timedelta(days=3)
    check_in(
        newcomers,
        confidence=RISK,
        words="Better, but evenings in Asia are still left out.",
        on=when,
        by=people["tomas"],
        at=_at(when),
    )
    (carried,) = close_period(group, last, by=by, at=_at(quarter.first)).carried
    note_value(
        carried.key_results.all()[0],
        value=Decimal(52),
        on=max(quarter.first, today - timedelta(days=10)),
        words="Counted by hand after the second welcome call.",
        by=people["tomas"],
        at=_at(max(quarter.first, today - timedelta(days=10))),
    )
    day = max(quarter.first, today - timedelta(days=8))
    words = "Two hours to choose from now. It shows."
    check_in(carried, confidence=ON, words=words, on=day, by=people["tomas"], at=_at(day))

    discord = _goal(
        group, people, "A Discord one finds one’s way in", quarter, "A well-kept Discord", "yuki", today, by
    )
    _by_hand(
        discord, people, "Channels without a message for three months", "channels", 9, 2, "yuki", ((30, 8),), today
    )
    _say(discord, "yuki", people, ((6, OFF, "I am alone with it. Who helps to tidy up for one evening?"),), today)


def _goal(
    group: Group,
    people: Mapping[str, Person],
    title: str,
    period: Period,
    objective: str,
    owner: str,
    today: date,
    by: Actor,
) -> Goal:
    began = min(max(period.first, today - timedelta(days=360)), today)
    return set_goal(
        group,
        title=title,
        period=period,
        objective=_known(group, objective),
        owner=people[owner],
        by=by,
        at=_at(began),
    )


def _by_hand(
    goal: Goal,
    people: Mapping[str, Person],
    words: str,
    unit: str,
    baseline: int,
    target: int,
    owner: str,
    values: Sequence[tuple[int, int]],
    today: date,
) -> None:
    result = set_key_result(
        goal,
        words=words,
        unit=unit,
        baseline=Decimal(baseline),
        target=Decimal(target),
        owner=people[owner],
        by=system(),
    )
    for ago, value in values:
        day = today - timedelta(days=ago)
        note_value(result, value=Decimal(value), on=day, words="Counted on the day.", by=people[owner], at=_at(day))


def _say(
    goal: Goal, who: str, people: Mapping[str, Person], said: Sequence[tuple[int, Confidence, str]], today: date
) -> None:
    for ago, confidence, words in said:
        day = today - timedelta(days=ago)
        check_in(goal, confidence=confidence, words=words, on=day, by=people[who], at=_at(day))


def _year(group: Group, people: Mapping[str, Person], today: date, by: Actor) -> None:
    listed = group.year_activities.filter(year=today.year)
    welcome = group.initiatives.filter(title="Welcome calls for newcomers").first()
    for number, (activity, (state, owner, quarter, words, why)) in enumerate(zip(listed, ACTIVITIES, strict=False)):
        change_activity(
            activity,
            state=state,
            why=why,
            owner=people[owner] if owner else None,
            quarter=quarter,
            starts_on=None,
            ends_on=None,
            words=words,
            initiative=welcome if number == 3 else None,
            by=by,
            at=_at(today - timedelta(days=35 + 5 * number)),
        )
