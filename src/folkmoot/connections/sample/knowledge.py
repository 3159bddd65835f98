"""Articles of the sample community: for everybody and for one group; one stale, one that may no longer hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from folkmoot.connections.actions.knowledge import (
    ArticleWords,
    change_article,
    flag_outdated,
    say_helped,
    write_article,
)
from folkmoot.connections.models.knowledge import Article, ArticleSeen, ArticleVersion
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.plan.who import people_in

GROUP, HERE, OPEN = ArticleSeen.GROUP, ArticleSeen.SIGNED_IN, ArticleSeen.EVERYONE


@dataclass(frozen=True)
class Told:
    """One article; without `of_group` it is the organisation's."""

    title: str
    question: str
    answer: str
    seen: ArticleSeen = HERE
    topics: tuple[str, ...] = ()
    days: int = 60
    of_group: bool = True


TOLD = (
    Told(
        "A call that starts in the middle of my night",
        "The call is at three in the morning for me. Do I have to come?",
        "No. Nobody has to.\n\n- Read the agenda the day before and write under an item what you would have said.\n"
        "- The minutes are there within two days; decisions wait at least five working days for objections.\n"
        "- If it is you every time, tell those who lead. The calls *rotate*, and each "
        "call says whose night it is.",
        OPEN,
        ("Calls", "Time zones"),
        40,
    ),
    Told(
        "Getting a train ticket paid",
        "I would come to the open house if somebody paid for the train. How does that go?",
        "Ask **before** you buy.\n\n1. Write to the two who lead, with the price and the day.\n"
        "2. They answer within a week.\n3. Send the receipt afterwards; a picture of it is enough.\n\n"
        "Up to 120 euros needs no second yes.",
        GROUP,
        ("Money", "Travel"),
        90,
    ),
    Told(
        "Taking minutes for the first time",
        "I said I would take the minutes and have never done it. What do I write?",
        "Less than you think.\n\n- What was decided, in a whole sentence.\n- Who does what, by when.\n"
        "- One line for each item, so that somebody who was away knows what it was about.\n\n"
        "Under the Chatham House Rule leave out who said it. The page asks you once more before anything is published.",
        OPEN,
        ("Calls", "Minutes"),
        120,
    ),
    Told(
        "Booking the library hall",
        "How do I get the hall for an evening, and what does it cost?",
        "The hall is free for us on Mondays after six.\n\nRing the front desk two weeks before. Say that it is for the "
        "repair table; they know us. The key comes back **the same night**, through the slot beside the door.",
        GROUP,
        ("Places",),
        400,
    ),
    Told(
        "What is a working group?",
        "Everybody speaks of groups here. What is one, and how do I come into one?",
        "A few people with a purpose that is written down: its *charter*.\n\nRead it, come to a call, listen. If "
        "you like it, choose **Join**. You can be an observer as long as you wish.",
        OPEN,
        ("Beginning",),
        20,
        of_group=False,
    ),
    Told(
        "Somebody was unkind to me",
        "Something was said on a call that hurt. Whom do I tell?",
        "You do not have to know whether it was “bad enough”.\n\nTell one of the two people named in the code of "
        "conduct. They listen first, and do nothing without your leave. You can also bring somebody along.",
        OPEN,
        ("Conduct", "Beginning"),
        75,
        of_group=False,
    ),
    Told(
        "Captions on our calls",
        "I hear badly. Are there captions?",
        "Yes, on every call: choose *CC* in the window of the call. For talks longer than half an hour a person writes "
        "them; ask three days before.\n\nIf the captions are bad, say so at once. Waiting is no kindness to anybody.",
        OPEN,
        ("Calls", "Access"),
        30,
    ),
    Told(
        "I want to leave a group",
        "I have no time any more. How do I leave without leaving a mess?",
        "Thank you for the time you had.\n\n1. On *People* choose **Leave this group**.\n"
        "2. What you hold is listed; offer it to somebody line by line.\n3. You can come back. People do.",
        HERE,
        ("Groups",),
        150,
    ),
    Told(
        "Writing to the press",
        "A newspaper wrote to me about us. May I answer?",
        "As yourself, always. For the group, ask those who lead first, and send them what you will say.",
        GROUP,
        ("Words",),
        210,
    ),
    Told(
        "Where are the old pictures?",
        "Somebody said that there is an archive of pictures from the first years.",
        "In the blue folder in the library, and scanned up to the third year. Ask before you show one elsewhere: "
        "not everybody on them wishes to be seen.",
        HERE,
        ("Places", "Words"),
        330,
    ),
)  # fmt: skip


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """A year of articles in the first group and of the organisation."""
    if not groups:
        return
    group, today = groups[0], today_here()
    people = list(people_in(group)[:8])
    leads = next(iter(managers_of(group)), by)
    made = {}
    for number, told in enumerate(TOLD):
        words = ArticleWords(told.title, told.question, told.answer, told.seen, told.topics)
        article = write_article(group if told.of_group else None, words, by=by)
        writer = people[number % len(people)] if people else None
        looked_at = today - timedelta(days=told.days)
        Article.objects.filter(pk=article.pk).update(keeper=writer, looked_at=looked_at)
        ArticleVersion.objects.filter(article=article).update(written_by=writer)
        made[told.title] = article
    first = TOLD[1]
    answer = first.answer.replace("120 euros", "150 euros")
    words = ArticleWords(first.title, first.question, answer, first.seen, first.topics)
    change_article(made[first.title], words, number=1, why="Tickets are dearer this year", by=leads)
    flag_outdated(made["Where are the old pictures?"], "The folder is green now, and it moved upstairs.", by=by)
    for number, person in enumerate(people):
        say_helped(made[TOLD[0].title], number % 4 != 3, by=person)
