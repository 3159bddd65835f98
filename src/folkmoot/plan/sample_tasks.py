"""Tasks and checklists of the sample community: taken, free, late and done; people arriving, and one new manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import give_role
from folkmoot.groups.models import Group, Participation, Power
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor, system
from folkmoot.organisation.queries import today_here
from folkmoot.people.actions import say_away
from folkmoot.people.models import Person
from folkmoot.plan.actions import add_task, drop_task, finish_line, finish_task, skip_line, start_checklist
from folkmoot.plan.actions.welcome import offer_welcome, receive
from folkmoot.plan.models import Checklist, LineState
from folkmoot.plan.queries import objectives_of, tasks_in

People = Mapping[str, Person]

# Title, days from today, what became of it, and whether it is for newcomers. Who has it is chosen in turn.
TASKS = (
    ("Write the invitation to the open house", 2, "taken", False),
    ("Find two hosts for the evening in the east", -5, "taken", False),
    ("Collect questions for the next call", 1, "taken", False),
    ("Ask the three new groups what they need from us", 9, "taken", False),
    ("Sum up last month’s listening round", 0, "taken", False),
    ("Translate the house rules into Portuguese", 16, "free", False),
    ("Read the welcome page aloud and mark every word that is hard", 21, "free", True),
    ("Thank the people who answered in the forum last week", 7, "free", True),
    ("Check whether all links on our page still work", None, "free", True),
    ("Draw a small map of who to ask for what", None, "free", False),
    ("Tidy up the channel list", -20, "done", False),
    ("Write down how we say hello", -12, "done", False),
    ("Book the room for the yearly gathering", -3, "done", False),
    ("Print stickers", -30, "dropped", False),
)
FEWER = 6
ARRIVED = (("pim", 1, Power.TAKE_PART, 0), ("isolde", 9, Power.TAKE_PART, 3), ("wren", 4, Power.OBSERVE, 1))


@transaction.atomic
def keep_busy(groups: Sequence[Group], people: People, *, by: Actor) -> None:
    """Give every group its tasks; let three people arrive in the largest one, and its latest manager begin.

    Whoever has what is late in the first group is away.
    """
    today = today_here()
    for number, group in enumerate(groups):
        _tasks(group, TASKS if number == 0 else TASKS[number : number + FEWER], today)
    if not groups:
        return
    care = max(groups, key=lambda group: group.participations.filter(ended_at=None).count())
    _arrive(care, people, today, by)
    _onboard(care, today)
    late = tasks_in(groups[0], "overdue", person=None, today=today).exclude(owner=None).first()
    if late is not None and late.owner is not None:
        say_away(late.owner, first_day=today - timedelta(days=2), last_day=today + timedelta(days=5), shown=True)


def _tasks(group: Group, tasks: Sequence[tuple[str, int | None, str, bool]], today: date) -> None:
    lead = managers_of(group)[0]
    hands = [one.person for one in Participation.objects.filter(group=group, ended_at=None).select_related("person")]
    clauses = [anchor for anchor, _name in objectives_of(group)] or [""]
    for number, (title, days, state, is_first) in enumerate(tasks):
        owner = hands[number % len(hands)] if state in ("taken", "done") else None
        task = add_task(
            title=title,
            group=group,
            owner=owner,
            agreed=True,
            due_on=None if days is None else today + timedelta(days=days),
            clause_anchor=clauses[number % len(clauses)],
            is_first_task=is_first,
            by=lead,
        )
        if state == "done":
            finish_task(task, by=owner or lead)
        elif state == "dropped":
            drop_task(task, why=_("Nobody has a wall to put them on."), by=lead)


def _arrive(group: Group, people: People, today: date, by: Actor) -> None:
    for name in ("rosa", "lina"):
        offer_welcome(group, most=2, by=people[name])
    for name, days, power, steps in ARRIVED:
        role = group.roles.filter(power=power).first()
        if role is None:
            continue
        came = timezone.make_aware(datetime.combine(today - timedelta(days=days), time(9)))
        path = receive(give_role(people[name], group, role, by=by, at=min(came, timezone.now())), by=system())
        # What has a check is left to tick itself.
        for line in path.lines.filter(check_name="").order_by("position")[:steps] if path else ():
            finish_line(line, by=line.owner or people[name])


def _onboard(group: Group, today: date) -> None:
    manager = managers_of(group)[-1]
    checklist: Checklist = start_checklist(
        "new-manager", group=group, anchor=today - timedelta(days=6), people={"manager": manager}, by=system()
    )
    steps = list(checklist.lines.filter(state=LineState.OPEN, check_name="").order_by("position"))
    for line in steps[:2]:
        finish_line(line, by=manager)
    skip_line(steps[2], _("The one before me is still here; we simply talk."), by=manager)
