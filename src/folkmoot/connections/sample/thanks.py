"""A year of thanks in the sample community: some shown, most kept, two of them still quite new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.connections.models.thanks import Thanks, ThanksShown, ThanksState, ThanksWish
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

ME, GROUP, ALL = ThanksShown.ME, ThanksShown.GROUP, ThanksShown.SIGNED_IN
SAID: tuple[tuple[str, str, int, ThanksShown, str], ...] = (
    ("rosa", "tomas", 3, ME, "You rang me after the call to ask whether I was all right. I was not, and then I was."),
    ("lina", "adaeze", 6, GROUP, "Three drafts of the charter, and you were kind about every comma."),
    ("mateo", "tomas", 19, ALL, "You put my notes into Portuguese overnight. Eleven more people came."),
    ("salma", "keoni", 24, GROUP, "You got up at five to hear us out, and asked the one question nobody had asked."),
    ("tomas", "rosa", 41, ALL, "The repair table on Friday was full because you had written to everybody by hand."),
    ("adaeze", "yuki", 55, ME, "Thank you for saying no. It saved us a month."),
    ("priya", "adaeze", 63, ALL, "You left ten minutes of silence on the agenda. It was the best part."),
    ("ewan", "binita", 80, GROUP, "Minutes within the hour, for six calls in a row, from a phone."),
    ("itziar", "lina", 97, ALL, "You read my first text aloud so that I could hear where it limped."),
    ("yuki", "tomas", 118, GROUP, "You swapped turns with me when my mother was ill, and never mentioned it again."),
    ("keoni", "adaeze", 140, ME, "I only listen, mostly. You have never made me feel that this is less."),
    ("minh", "salma", 161, ALL, "For explaining time zones to me with two oranges."),
    ("sorcha", "mateo", 190, GROUP, "You found the room, the ramp and the kettle."),
    ("adaeze", "tomas", 214, ME, "The word you looked for over three days was worth it."),
    ("jonas", "priya", 240, ALL, "The map of all our calls hangs beside my desk."),
    ("abebe", "ewan", 266, GROUP, "Plain text, plain words. I understood all of it."),
    ("tomas", "adaeze", 290, GROUP, "You let me lead a call before I believed I could."),
    ("lourdes", "jonas", 320, ALL, "The calendar was right through two changes of clocks. I noticed."),
)  # fmt: skip


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Thanks of a year in the first group; written at once, since nobody is to be told of them today."""
    if not groups:
        return
    now = timezone.now()
    here = {person.email.partition("@")[0]: person for person in people_in(groups[0]) if person.email}
    Thanks.objects.bulk_create(
        Thanks(
            giver=here[giver],
            receiver=here[receiver],
            group=groups[0],
            words=words,
            shown=shown,
            state=ThanksState.WITH_THEM,
            said_at=now - timedelta(days=days),
            reaches_at=now - timedelta(days=days, minutes=-10),
        )
        for giver, receiver, days, shown, words in SAID
        if giver in here and receiver in here
    )
    wishes: dict[str, ThanksShown] = {"lina": GROUP, "jonas": ALL}
    people: dict[str, Person] = {short: here[short] for short in wishes if short in here}
    ThanksWish.objects.bulk_create(ThanksWish(person=person, shown=wishes[short]) for short, person in people.items())
