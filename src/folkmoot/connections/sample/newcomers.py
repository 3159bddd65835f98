"""Newcomers of the sample community: a rota, hellos of the last months, two who wait, answers, small tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.newcomers import (
    arrive,
    care_for_newcomers,
    follow_hello,
    hello_line,
    say_hello,
)
from folkmoot.connections.actions.newcomers_buddies import offer_to_be_buddy
from folkmoot.connections.actions.newcomers_check_ins import answer_check_in
from folkmoot.connections.actions.newcomers_first_tasks import keep_first_task
from folkmoot.connections.models.newcomers import (
    BuddyMode,
    BuddyPair,
    Going,
    Newcomer,
    NewcomerCheckIn,
    PairState,
)
from folkmoot.connections.queries.newcomers import rota_of
from folkmoot.groups.models import Group, Participation, Power
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.actions import hand_over_line, reopen_line
from folkmoot.plan.actions.welcome import LATELY
from folkmoot.plan.queries import first_tasks, objectives_of, welcome_of

ON_ROTA = (("Tomás Queiroz", False), ("Salma Darwazeh", False), ("Ewan Carrick", True))
"""Besides those who offered on the welcome page; and who pauses."""
REMEMBERED = timedelta(days=130)
HELLO_AFTER = (6, 30, 44, 52, 71)
"""Hours, in turn."""
ANSWERS = (
    (Going.WELL, ""),
    (Going.FEET, gettext_lazy("The first call was a lot at once. The second one was easier.")),
    (Going.WELL, gettext_lazy("I took a small task and it is done.")),
)
NEEDS = (
    (45, gettext_lazy("a quiet hour, and a voice")),
    (30, gettext_lazy("nothing but kind words")),
    (60, gettext_lazy("patience; no account")),
)


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Fill the largest group, and let the others enter whoever came lately."""
    for group in groups:
        _enter_those_who_came(group, by)
    if not groups:
        return
    care = max(groups, key=lambda group: group.participations.filter(ended_at=None).count())
    leading = managers_of(care)
    lead = leading[0]
    clause = next(iter(objectives_of(care)), ("", ""))[0]
    care_for_newcomers(care, buddies=BuddyMode.GIVEN, check_ins=True, clause_anchor=clause, by=lead)
    contributing = care.participations.filter(ended_at=None, role__power=Power.TAKE_PART).values("person")
    for name, pauses in ON_ROTA:
        person = Person.objects.filter(name=name, pk__in=contributing).first()
        if person is not None:
            until = today_here() + timedelta(days=17) if pauses else None
            offer_to_be_buddy(care, most=2, pauses=pauses, until=until, by=person)
    _remember(care)
    _answer(care)
    _let_one_wait(care, by)
    for (minutes, needs), task in zip(NEEDS, first_tasks(care), strict=False):
        keep_first_task(task, minutes=minutes, needs=str(needs), by=lead)


def _enter_those_who_came(group: Group, by: Actor) -> None:
    lately = timezone.now() - LATELY
    came = Participation.objects.filter(group=group, ended_at=None, began_at__gte=lately)
    for participation in came.select_related("person", "group", "role").order_by("began_at", "pk"):
        arrive(participation, by=by)


def _remember(group: Group) -> None:
    """Those who came in the months before: greeted, welcomed by somebody, asked how it goes."""
    now = timezone.now()
    buddies = [one.about.key for one in rota_of(group, now=now)]
    known = set(Newcomer.objects.filter(group=group).values_list("person", flat=True))
    came = Participation.objects.filter(
        group=group, ended_at=None, began_at__gte=now - REMEMBERED, began_at__lt=now - LATELY
    ).exclude(role__power=Power.MANAGE)
    earlier = [one for one in came.order_by("began_at", "pk") if one.person_id not in known]
    newcomers = []
    for number, one in enumerate(earlier):
        others = [key for key in buddies if key != one.person_id]
        newcomers.append(
            Newcomer(
                group=group,
                person_id=one.person_id,
                came_at=one.began_at,
                hello_at=one.began_at + timedelta(hours=HELLO_AFTER[number % len(HELLO_AFTER)]),
                hello_by_id=others[number % len(others)] if others else None,
            )
        )
    Newcomer.objects.bulk_create(newcomers)
    BuddyPair.objects.bulk_create(
        BuddyPair(
            newcomer=one,
            buddy_id=one.hello_by_id,
            state=PairState.ENDED,
            why={"lately": 0, "minutes": None, "languages": [], "interests": [], "stands_in": False},
            since=one.came_at,
            asked_at=one.came_at,
            ended_at=min(now, one.came_at + timedelta(days=100)),
        )
        for one in newcomers
        if one.hello_by_id
    )
    NewcomerCheckIn.objects.bulk_create(
        NewcomerCheckIn(
            newcomer=one,
            day=day,
            asked_at=one.came_at + timedelta(days=day),
            answer=ANSWERS[number % len(ANSWERS)][0],
            words=str(ANSWERS[number % len(ANSWERS)][1]) if day == 30 else "",
            answered_at=one.came_at + timedelta(days=day, hours=5),
        )
        for number, one in enumerate(newcomers)
        for day in (7, 30)
    )


def _answer(group: Group) -> None:
    """Whoever has been here for a week is greeted, and could use a hand."""
    now = timezone.now()
    newcomer = (
        Newcomer.objects.filter(group=group, came_at__lt=now - timedelta(days=7), came_at__gte=now - LATELY)
        .select_related("group", "person")
        .order_by("came_at")
        .first()
    )
    if newcomer is None:
        return
    pair = newcomer.pairs.filter(state=PairState.RUNNING).select_related("buddy").first()
    if pair is not None and newcomer.hello_at is None:
        say_hello(newcomer, by=pair.buddy)
        Newcomer.objects.filter(pk=newcomer.pk).update(hello_at=newcomer.came_at + timedelta(hours=26))
    # By hand, since nobody of the sample has signed in yet, and who has not is asked nothing.
    check_in, is_new = NewcomerCheckIn.objects.get_or_create(newcomer=newcomer, day=7, defaults={"asked_at": now})
    if is_new:
        words = _("I would like to help with the open house, but do not know whom to ask.")
        answer_check_in(check_in, Going.HAND, words=words, by=newcomer.person)


def _let_one_wait(group: Group, by: Actor) -> None:
    """Somebody who followed quietly for some days is not greeted yet."""
    days = timezone.now() - timedelta(days=2)
    quiet = Newcomer.objects.filter(group=group, came_at__lt=days, check_ins=None, came_at__gte=timezone.now() - LATELY)
    for newcomer in quiet.select_related("group", "person"):
        path = welcome_of(newcomer.person, group)
        line = hello_line(path) if path is not None else None
        if line is not None and not line.is_open:
            reopen_line(line, by=by)
            follow_hello(line)
            pair = newcomer.pairs.filter(state=PairState.RUNNING).select_related("buddy").first()
            if pair is not None:
                hand_over_line(line, pair.buddy, by=by)
