"""Pages of articles, for strangers and for those who write them."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from folkmoot.connections import prefill
from folkmoot.connections.actions.knowledge import change_article, flag_outdated, merge_article, retire_article
from folkmoot.connections.models.knowledge import Article, ArticleHelp, ArticleSeen
from folkmoot.connections.prefill import PREFILLS, Prefilled
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import machine
from folkmoot.people.guards import stamp
from tests.factories.connections.knowledge import article, words
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
UGLY = "<script>alert(1)</script> <b>x</b> [away](javascript:alert(2)) ![p](https://e.example/p.png)"
OPEN = ArticleSeen.EVERYONE


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def writer(lantern):
    return join(PersonFactory(name="Ada"), lantern)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response) -> str:
    return response.content.decode()


def test_page_for_strangers_has_no_form_no_name_and_no_number_and_is_kept(lantern, writer, django_assert_num_queries):
    made = article(lantern, by=writer)
    made = change_article(made, words(seen=OPEN), number=1, by=machine())
    flag_outdated(made, "Ask Ben", by=machine())
    stranger = Client()

    pages = [
        stranger.get(path) for path in (f"/knowledge/{made.pk}/", "/knowledge/", f"/groups/{lantern.slug}/knowledge/")
    ]

    assert [page.status_code for page in pages] == [200] * 3
    assert not [page for page in pages if "csrfmiddlewaretoken" in text(page) or page.cookies]
    assert "<em>wick</em>" in text(pages[0])
    assert [name in text(pages[0]) for name in ("Ada", "Ask Ben", "For those who edit")] == [False] * 3
    with django_assert_num_queries(1):  # the number of the newest entry
        stranger.get(f"/knowledge/{made.pk}/")
    change_article(made, words(answer="Press.", seen=OPEN), number=1, by=machine())
    assert "Press." in text(stranger.get(f"/knowledge/{made.pk}/"))


def test_words_of_people_are_inert_on_every_page(lantern, writer):
    made = article(lantern, title=UGLY[:140], question=UGLY, answer=UGLY, topics=("<b>x</b>",), by=writer)
    change_article(
        made, words(title=UGLY[:100], question="Why? " + UGLY, answer=UGLY + "\n\nmore"), number=1, by=writer
    )
    client = browser(writer)

    for path in ("", "versions/", "change/", "outdated/", "helped/", "merge/"):
        page = text(client.get(f"/knowledge/{made.pk}/{path}"))
        assert not [bad for bad in ("<script>alert", "<b>x", 'href="javascript', "<img") if bad in page]
    listed = text(client.get("/knowledge/")) + text(client.get(f"/groups/{lantern.slug}/connections/"))
    assert not [bad for bad in ("<script>alert", "<b>x") if bad in listed]


def test_from_something_solved_to_an_article_and_on(lantern, writer, monkeypatch):
    monkeypatch.setattr(PREFILLS, "_entries", {})
    monkeypatch.setattr(PREFILLS, "_in_order", None)
    assert browser(writer).get("/knowledge/new/?from=7").status_code == 404
    seen_by = []

    def of_request(pk, reader):
        seen_by.append((pk, reader))
        return Prefilled("Lamp", "Which lamp?", "The blue one.", lantern) if pk == 7 else None

    PREFILLS.register("request", of_request)
    client = browser(writer)

    form = text(client.get("/knowledge/new/?from=7"))
    given = {"title": "Lamp", "question": "Which lamp?", "answer": "The blue one.", "seen": "group", "topics": "a, b"}
    sent = [client.post("/knowledge/new/?from=7", given) for _press in range(2)]
    # However its number is written, it is one question; whoever comes later is led to the article and loses nothing.
    again = client.get("/knowledge/new/?from=request:007")
    other = client.post("/knowledge/new/?from=request:07", {**given, "answer": "The green one."})

    made = Article.objects.get()
    assert "Take names out" in form
    assert "The blue one." in form
    assert 'value="everyone"' not in form
    assert [one["Location"] for one in (*sent, again)] == [made.get_absolute_url()] * 3
    assert (other.status_code, "The green one." in text(other), made.get_absolute_url() in text(other)) == (
        409, True, True,
    )  # fmt: skip
    assert (made.group, made.source, made.topics, made.keeper) == (lantern, "request:7", ["a", "b"], writer)
    assert client.get("/knowledge/new/?from=8").status_code == 404
    assert seen_by[0] == (7, writer)
    assert prefill.prefilled("moon:7", writer) is None
    too_late = client.post(f"/knowledge/{made.pk}/change/", {**given, "answer": "Red.", "number": 9})
    assert (too_late.status_code, "Red." in text(too_late)) == (409, True)
    # Sent again as the page has it now, what was written in vain before is kept.
    number = too_late.context["form"]["number"].value()
    client.post(
        f"/knowledge/{made.pk}/change/", {**given, "answer": "The red one.", "number": number, "why": "Repainted"}
    )
    versions = text(client.get(f"/knowledge/{made.pk}/versions/"))
    assert [piece in versions for piece in ("<del>blue</del>", "<ins>red</ins>", "Repainted")] == [True] * 3
    forbidden = client.post(f"/knowledge/{made.pk}/change/", {**given, "seen": "everyone", "number": 2})
    assert forbidden.status_code == 400


def test_stranger_says_once_whether_it_helped_and_machines_say_nothing(lantern):
    made = article(lantern, seen=OPEN)
    client, path = Client(), f"/knowledge/{made.pk}/helped/"

    def answer(client, **given):
        return client.post(path, {"helped": "yes", "opened": stamp(1_000_000_000), **given})

    too_old = answer(client)
    good = {"opened": stamp()}
    quick = answer(client, **good)
    good = {"opened": stamp(time.time() - 60)}
    answers = [answer(client, **good), answer(client, **good, helped="no"), answer(Client(), **good, homepage="x")]

    assert (too_old.status_code, quick.status_code) == (400, 400)
    assert [one.status_code for one in answers] == [302] * 3
    assert [(one.helped, len(one.session), one.person) for one in ArticleHelp.objects.all()] == [(False, 64, None)]
    assert "Did this help?" in text(client.get(path))


def test_numbers_are_for_those_who_edit(lantern, writer):
    made, reader = article(lantern), PersonFactory()
    browser(reader).post(f"/knowledge/{made.pk}/helped/", {"helped": "yes"})

    pages = [text(browser(one).get(f"/knowledge/{made.pk}/")) for one in (reader, writer)]

    assert ["it helped 1" in page for page in pages] == [False, True]
    assert 'aria-pressed="true"' in pages[0]


def test_merged_and_retired_articles(lantern, writer):
    leads = join(PersonFactory(), lantern, Power.MANAGE)
    gone, kept, hidden = (article(lantern, title=f"Lamp {n}", seen=OPEN) for n in range(3))
    client = browser(leads)

    client.post(f"/knowledge/{gone.pk}/merge/", {"into": kept.pk})
    client.post(f"/knowledge/{hidden.pk}/retire/")

    answers = [Client().get(f"/knowledge/{one.pk}/") for one in (gone, hidden)]
    assert (answers[0]["Location"], answers[1].status_code) == (kept.get_absolute_url(), 404)
    assert "is retired" in text(client.get(f"/knowledge/{hidden.pk}/"))
    client.post(f"/knowledge/{hidden.pk}/bring-back/")
    assert Client().get(f"/knowledge/{hidden.pk}/").status_code == 200
    # An address never leads a reader to what is not for them.
    inside = article(lantern, title="Inside", seen=ArticleSeen.GROUP)
    merge_article(hidden, inside, by=machine())
    assert Client().get(f"/knowledge/{hidden.pk}/").status_code == 404
    assert browser(writer).get(f"/knowledge/{hidden.pk}/")["Location"] == inside.get_absolute_url()


def test_list_is_narrowed_by_topic_and_words(lantern, writer):
    article(lantern, title="Oil", topics=("Lamps",))
    article(lantern, title="Bread", topics=("Food",))
    retire_article(article(lantern, title="Old"), by=machine())
    client = browser(writer)

    found = [
        [title for title in ("Oil", "Bread", "Old") if f">{title}</a>" in text(client.get(f"/knowledge/?{asked}"))]
        for asked in ("", "topic=lamps", "q=bread", "q=zzz", "topic=zzz")
    ]

    assert found == [["Oil", "Bread"], ["Oil"], ["Bread"], [], []]


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_number_of_questions_however_much_they_show(
    lantern, writer, rows, django_assert_num_queries
):
    for number in range(rows):
        made = article(lantern, title=f"Lamp {number}", by=writer)
        change_article(made, words(answer=f"Press {number}."), number=1, by=writer)
    client = browser(writer)

    for path, queries in {
        "/knowledge/": 6,
        f"/groups/{lantern.slug}/knowledge/": 7,
        f"/knowledge/{made.pk}/": 8,
        f"/knowledge/{made.pk}/versions/": 8,
    }.items():
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
