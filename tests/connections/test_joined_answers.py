"""Help, articles and thanks together: from a solved question to an article that is offered, and to a thanks."""

from __future__ import annotations

import re

import pytest

from folkmoot.connections.models.knowledge import Article
from folkmoot.connections.models.thanks import Thanks
from folkmoot.connections.thankable import occasion_of
from tests.connections.test_helping_pages import Here, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(freeze) -> Here:
    freeze("2026-11-25T12:00Z")
    return Here()


def test_solved_question_becomes_an_article_without_a_name_and_is_offered_to_the_next_who_asks(here, client):
    solved = here.solve("How do I join the call by phone?", text="I have no camera.")
    client.force_login(here.ben)
    button = re.search(
        r'href="([^"]*new[^"]*from=request:\d+)"', client.get(solved.get_absolute_url()).content.decode()
    )
    assert button is not None

    page = client.get(button[1])
    filled = page.context["form"].initial or page.context["form"].data
    made = client.post(
        button[1],
        {"title": filled["title"], "question": filled["question"], "answer": filled["answer"], "seen": "signed_in"},
    )

    assert "Cleo" not in words(page)
    article = Article.objects.get()
    assert made["Location"] == article.get_absolute_url()
    assert (article.title, article.question, article.answer, article.group) == (
        "How do I join the call by phone?", "I have no camera.", "Press the blue button.", here.group,
    )  # fmt: skip
    client.force_login(here.cleo)
    assert article.get_absolute_url() in words(client.post("/help/offered/", {"title": "join by phone"}))


def test_what_is_private_or_not_solved_becomes_no_article(here, client):
    private, open_one = here.solve("Somebody was unkind", is_private=True), here.ask("Why?")
    client.force_login(here.ben)

    for request in (private, open_one):
        assert "from=request" not in words(client.get(request.get_absolute_url()))
        assert client.get(f"/knowledge/new/?from=request:{request.pk}").status_code == 404


def test_whoever_answered_is_thanked_from_the_answer_and_by_nobody_else_there(here, client):
    solved = here.solve("How do I join the call?")
    client.force_login(here.ben)
    assert "Thank whoever answered" not in words(client.get(solved.get_absolute_url()))
    client.force_login(here.cleo)
    link = re.search(r'href="([^"]*about=answer[^"]*)"', client.get(solved.get_absolute_url()).content.decode())
    assert link is not None

    address = link[1].replace("&amp;", "&")
    page = client.get(address)
    sent = client.post(address, {**page.context["form"].initial, "whom": here.ben.pk, "words": "It rang at once."})

    assert sent.status_code == 302, words(sent)
    thanks = Thanks.objects.get()
    assert (thanks.giver, thanks.receiver, thanks.words) == (here.cleo, here.ben, "It rang at once.")
    assert thanks.occasion == "the answer to “How do I join the call?”"


def test_thanks_for_a_private_answer_does_not_name_the_question(here):
    private = here.solve("Somebody was unkind", is_private=True)

    occasion = occasion_of(f"answer:{private.pk}", here.cleo)

    assert (occasion.words, occasion.stays_inside) == ("the answer to a private question", True)
