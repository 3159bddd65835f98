"""Articles: who writes, reads, shows and retires them, how they stay true, and which are offered."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from folkmoot.connections.actions.knowledge import (
    article_from,
    bring_back,
    change_article,
    flag_outdated,
    look_through,
    merge_article,
    remind_keepers,
    retire_article,
    say_helped,
)
from folkmoot.connections.facts.knowledge import ArticleOutdated
from folkmoot.connections.models.knowledge import Article, ArticleHelp, ArticleSeen
from folkmoot.connections.panels.knowledge import found
from folkmoot.connections.queries.knowledge import articles_for, offered
from folkmoot.connections.tasks.knowledge import remind_of_stale_articles
from folkmoot.groups.models import Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.facts import Audience
from folkmoot.ledger.models import Entry
from folkmoot.ledger.schedule import enqueue_due
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people, name_steward
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.connections.knowledge import article, words
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
ROLES = ("nobody", "stranger", "observer", "participant", "manager", "steward")


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def cast(lantern):
    people = {role: PersonFactory(name=role.title()) for role in ROLES if role != "nobody"}
    join(people["observer"], lantern, Power.OBSERVE)
    join(people["participant"], lantern, Power.TAKE_PART)
    join(people["manager"], lantern, Power.MANAGE)
    name_steward(people["steward"], by=machine())
    return {"nobody": None, **people}


def allowed(cast, act) -> str:
    """Who may, as letters; each try has an article of its own."""
    done = ""
    for role in ROLES:
        try:
            act(cast[role])
        except Refused as refused:
            assert refused.code == "forbidden"
            continue
        done += role[0:2] + " "
    return done.strip()


@pytest.mark.parametrize(
    ("seen", "readers"),
    [
        ("group", "observer participant manager steward"),
        ("signed_in", "stranger observer participant manager steward"),
        ("everyone", "nobody stranger observer participant manager steward"),
    ],
)
def test_article_is_read_found_and_offered_to_those_whom_it_is_for(lantern, cast, seen, readers):
    made = article(lantern, seen=ArticleSeen(seen))
    sought = read_words("lamp")

    lists = [
        {role for role, person in cast.items() if articles_for(person).exists()},
        {role for role, person in cast.items() if found(person, sought)},
        {role for role, person in cast.items() if offered("My lamp goes out in the wind", person)},
    ]

    assert lists == [set(readers.split())] * 3
    retire_article(made, by=machine())
    assert not [role for role, person in cast.items() if found(person, sought) or offered("lamp wind", person)]


def test_who_may_do_what(lantern, cast):
    def fresh(**given) -> Article:
        return article(lantern, seen=ArticleSeen.GROUP, **given)

    retired = fresh()
    retire_article(retired, by=machine())
    table = {
        "write": allowed(cast, lambda who: article(lantern, by=who or PersonFactory(is_active=False))),
        "publish": allowed(cast, lambda who: article(lantern, seen=ArticleSeen.EVERYONE, by=who or PersonFactory())),
        "write for all": allowed(cast, lambda who: article(by=who or PersonFactory())),
        "change": allowed(cast, lambda who: change_article(fresh(), words(title="New"), number=1, by=who)),
        "look through": allowed(cast, lambda who: look_through(fresh(), by=who)),
        "flag": allowed(cast, lambda who: flag_outdated(fresh(), "No wicks any more", by=who)),
        "retire": allowed(cast, lambda who: retire_article(fresh(), by=who)),
        "bring back": allowed(cast, lambda who: bring_back(retired, by=who)),
        "merge": allowed(cast, lambda who: merge_article(fresh(), fresh(), by=who)),
        "say it helped": allowed(cast, lambda who: say_helped(fresh(), True, by=who, session="s")),
    }

    writes, leads, reads = "pa ma st", "ma st", "ob pa ma st"
    assert table == {
        "write": writes,
        "publish": leads,
        "write for all": writes,
        "change": writes,
        "look through": writes,
        "flag": reads,
        "retire": leads,
        "bring back": leads,
        "merge": leads,
        "say it helped": reads,
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"answer": ""}, "answer"),
        ({"question": "q" * 2001}, "question"),
        ({"topics": tuple(f"t{n}" for n in range(7))}, "topics"),
        ({"seen": ArticleSeen.GROUP}, "seen"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field(lantern, given, field):
    with pytest.raises(Refused) as refused:
        article(**given)

    assert (refused.value.code, refused.value.params["field"]) == ("invalid", field)
    assert not Article.objects.exists()


def test_change_makes_a_version_and_one_that_came_too_late_is_refused(lantern, cast):
    made = article(lantern, by=cast["participant"], topics=("Lamps", "lamps", " "))
    flag_outdated(made, "No wicks any more", by=cast["observer"])
    before = Entry.objects.order_by("pk").last().pk

    change_article(made, words(answer="Press the switch."), number=1, why="No wicks", by=cast["manager"])
    with pytest.raises(Refused) as refused:
        change_article(made, words(answer="Blow."), number=1, by=cast["participant"])
    change_article(made, words(answer="Press the switch."), number=2, by=cast["participant"])

    made.refresh_from_db()
    assert refused.value.code == "changed_meanwhile"
    assert [(one.number, one.answer, one.why, one.written_by) for one in made.versions.all()] == [
        (2, "Press the switch.", "No wicks", cast["manager"]),
        (1, "Trim the *wick*.", "", cast["participant"]),
    ]
    assert (made.topics, made.outdated_because, made.keeper) == (["Lamps"], "", cast["participant"])
    assert [one.kind for one in Entry.objects.filter(pk__gt=before)] == ["connections.article_changed"]
    assert [(one.person, one.subject) for one in Telling.objects.filter(topic="knowledge")] == [
        (cast["participant"], "“How to light the lamp” may no longer hold")
    ]


def test_article_of_something_solved_is_made_once_and_not_for_everybody(lantern, cast):
    given = {"title": "Lamp", "question": "Which lamp?", "answer": "The blue one.", "source": "request:7"}

    made = [article_from(**given, group=lantern, by=cast["participant"]) for _press in range(2)]
    of_all = article_from(**{**given, "source": "request:8"}, group=None, by=cast["participant"])

    assert made[0] == made[1]
    assert (made[0].seen, of_all.seen) == ("group", "signed_in")
    with pytest.raises(Refused):
        article_from(**{**given, "source": "request:9"}, group=lantern, by=cast["observer"])


def test_merged_article_leads_on_also_from_those_merged_into_it_before(lantern):
    first, second, third = (article(lantern, title=f"Lamp {n}") for n in range(3))

    merge_article(first, second, by=machine())
    merge_article(second, third, by=machine())

    assert list(Article.objects.exclude(merged_into=None).values_list("title", "merged_into")) == [
        ("Lamp 0", third.pk),
        ("Lamp 1", third.pk),
    ]
    for wrong in (second, third):
        with pytest.raises(Refused, match="another article"):
            merge_article(third, wrong, by=machine())
    bring_back(first, by=machine())
    assert set(articles_for(None).values_list("title")) == set()
    assert {one.title for one in articles_for(system())} == {"Lamp 0", "Lamp 2"}


def test_whether_it_helped_counts_once_and_can_change(lantern, cast):
    made = article(lantern, seen=ArticleSeen.EVERYONE)

    for helped in (True, False):
        say_helped(made, helped, by=cast["stranger"])
        say_helped(made, helped, by=None, session="a")
    say_helped(made, True, by=None, session="b")

    assert list(ArticleHelp.objects.values_list("person", "session", "helped")) == [
        (cast["stranger"].pk, "", False),
        (None, "a", False),
        (None, "b", True),
    ]


def test_keeper_is_asked_once_after_a_year_and_again_a_year_after_looking(lantern, cast, freeze, settle):
    freeze("2025-01-10T12:00:00Z")
    kept = article(lantern, by=cast["participant"])
    orphan = article(lantern, title="Nobody’s", by=cast["participant"])
    Article.objects.filter(pk=orphan.pk).update(keeper=None)
    retire_article(article(lantern), by=machine())
    told = []
    for moment in ("2026-01-09T12:00:00Z", "2026-01-10T12:00:00Z", "2026-01-11T12:00:00Z"):
        freeze(moment)
        told.append(remind_keepers(now=datetime.fromisoformat(moment)))
    look_through(kept, by=cast["participant"])
    freeze("2027-01-12T12:00:00Z")
    assert remind_of_stale_articles.module_path in enqueue_due()
    settle()

    assert told == [0, 2, 0]
    assert [(one.person, one.subject) for one in Telling.objects.order_by("pk").filter(topic="knowledge")] == [
        (cast["participant"], "Does “How to light the lamp” still hold?"),
        (cast["manager"], "Does “Nobody’s” still hold?"),
        (cast["participant"], "Does “How to light the lamp” still hold?"),
    ]


def test_keeper_who_left_the_group_hears_no_more_of_its_articles_and_those_who_lead_do(lantern, cast):
    made = article(lantern, seen=ArticleSeen.GROUP, by=cast["participant"])
    Participation.objects.filter(person=cast["participant"]).update(ended_at=timezone.now())

    flag_outdated(made, "No wicks any more", by=cast["observer"])
    look_through(made, by=cast["manager"])

    made.refresh_from_db()
    assert [one.person for one in Telling.objects.filter(topic="knowledge")] == [cast["manager"]]
    assert made.keeper == cast["manager"]
    # Whose remark it was is for no reader, and so not for the group either.
    assert ArticleOutdated.audience == Audience.STEWARDS


@pytest.mark.parametrize("rows", [1, 3])
def test_offers_are_the_likest_of_what_is_there_in_one_query(lantern, cast, rows, django_assert_num_queries):
    for number in range(rows):
        article(lantern, title=f"Booking the hall, part {number}", question="How do I book the hall for an evening?")
    article(lantern, title="Travel costs", question="Who pays for the train?", topics=())
    flag_outdated(article(lantern, title="Hall booking, old", question="Book the hall?"), "Gone", by=machine())

    with django_assert_num_queries(1):
        best = offered("Can I book your hall on Friday?", cast["observer"])

    assert [one.title.rpartition(",")[0] for one in best] == ["Booking the hall"] * rows
    assert best[0].path == Article.objects.get(title="Booking the hall, part 0").get_absolute_url()
    assert offered("", cast["observer"]) == offered("zzzz", cast["observer"]) == []


def test_writers_are_forgotten_and_merged_and_their_words_stay(lantern, cast):
    writer, double = cast["participant"], join(PersonFactory(), lantern)
    article(lantern, by=writer)
    made = article(lantern, by=double, title="By the double")
    say_helped(made, True, by=double)
    say_helped(made, False, by=writer)

    merge_people(writer, double, by=machine())
    exported = {entry.name: entry.item.export(writer) for entry in PERSON_DATA.entries()}
    erase_person(writer, by=machine())

    assert sorted(row["title"] for row in exported["connections.articles_kept"]) == [
        "By the double",
        "How to light the lamp",
    ]
    assert [row["helped"] for row in exported["connections.article_help"]] == [False]
    assert len(exported["connections.article_versions"]) == 2
    assert set(Article.objects.values_list("keeper", "versions__written_by")) == {(None, None)}
    assert not ArticleHelp.objects.filter(person=writer).exists()
