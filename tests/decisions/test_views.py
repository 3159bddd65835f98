from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from folkmoot.decisions.actions import (
    answer_objection,
    change_proposal,
    correct_decision,
    object_to,
    support_decision,
)
from folkmoot.decisions.actions.watching import watch_all
from folkmoot.decisions.models import Decision, Status
from folkmoot.decisions.panels import objections_for, silence_for
from folkmoot.groups.actions import adopt_charter
from folkmoot.groups.actions.structure import rename_group
from folkmoot.groups.mailing import place_of
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Letter, ListAddress
from tests.decisions.conftest import CHARTER
from tests.factories.amendments import proposal
from tests.factories.decisions import is_over, proposed, recorded, wording
from tests.factories.groups import join
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def at_list(lantern):
    return reverse("decisions", args=[lantern.slug])


def text_of(response) -> str:
    """The words of a page on one line."""
    return " ".join(strip_tags(response.content.decode().replace("</dt>", " ").replace("</p>", " ")).split())


def titles(response) -> list[str]:
    return [line.decision.title for line in response.context["lines"]]


def test_list_is_found_by_status_year_way_and_words(client, lantern, at_list):
    old = recorded(lantern, title="Old lamps", on_day=dt.date(2025, 5, 1))
    recorded(lantern, title="New lamps", supersedes=old)
    recorded(lantern, title="No lamps", status=Status.DECLINED)
    proposed(lantern, title="Candles", text="Candles as well.", rationale="When the mains fail.")

    for query, wanted in (
        ("", ["Candles", "No lamps", "New lamps", "Old lamps"]),
        ("?status=in_force", ["New lamps"]),
        ("?status=superseded", ["Old lamps"]),
        ("?status=declined", ["No lamps"]),
        ("?way=silence", ["Candles"]),
        ("?year=2025", ["Old lamps"]),
        ("?q=MAINS+candles", ["Candles"]),
        ("?q=nothing%25", []),
    ):
        response = client.get(f"{at_list}{query}")
        assert (response.status_code, titles(response)) == (200, wanted)


def test_strange_wishes_are_refused_and_never_break_the_list(client, lantern, at_list):
    recorded(lantern)
    for query in (
        "?status=lost", "?status=adopted", "?way=war", "?year=zero", "?year=99999", "?year=-1", "?year=%D9%A1",
        "?page=0", "?page=x", "?page=1e9", "?page=" + "9" * 400, "?q=" + "x" * 201, "?year=" + "1" * 5000,
    ):  # fmt: skip
        assert client.get(f"{at_list}{query}").status_code == 400, query
    for query in ("?page=2", "?page=999999"):
        assert client.get(f"{at_list}{query}").status_code == 404
    assert client.get(f"{at_list}?{'&'.join(f'f{n}={n}' for n in range(900))}&year=1").status_code == 200
    assert client.get(f"{at_list}?q=a%00b").status_code == 400
    for address in ("99999999999999999999-1", "2026-99999999999999999999", "0-0", "2026-2"):
        assert client.get(f"{at_list}{address}/").status_code == 404


def test_list_pages_and_asks_as_little_for_many_as_for_one(client, lantern, at_list, django_assert_num_queries):
    recorded(lantern)
    client.get(at_list)
    with django_assert_num_queries(4):
        client.get(f"{at_list}?page=1")
    for _number in range(2):
        recorded(lantern)
    with django_assert_num_queries(4):
        client.get(f"{at_list}?page=1")
    Decision.objects.bulk_create(
        Decision(
            group=lantern, year=2026, number=number, way="call", status="adopted", title="More", text="More.",
            opened_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), settled_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            decided_on=dt.date(2026, 1, 1),
        )
        for number in range(10, 35)
    )  # fmt: skip
    assert len(titles(client.get(f"{at_list}?page=2"))) == 3


def test_strangers_page_says_what_holds_by_which_clause_and_what_took_its_place(client, lantern, ada):
    old = recorded(lantern, title="Old lamps", rationale="They were **there**.", clause="decisions", objective="Light")
    new = recorded(lantern, title="New lamps", supersedes=old)

    words = text_of(client.get(old.get_absolute_url()))

    for part in (
        "Decision 2026-1 of Lantern Working Group", "superseded", "This does not hold any more.", "2026-2 New lamps",
        "The lights stay on until everyone is home.", "They were there.", "§ 4 Decisions", "for Light",
        "Decision 2026-1 was superseded by 2026-2.",
    ):  # fmt: skip
        assert part in words
    response = client.get(new.get_absolute_url())
    assert "Takes the place of 2026-1 Old lamps" in text_of(response)
    assert b"csrfmiddlewaretoken" not in response.content
    assert (
        f'href="{reverse("charter", args=[lantern.slug])}#decisions"'
        in client.get(old.get_absolute_url()).content.decode()
    )


def test_clause_that_the_charter_has_no_more_is_named_without_a_link(client, lantern):
    made = recorded(lantern, clause="decisions")
    version = lantern.charters.get()
    adopt_charter(lantern, text="# Lantern", reading={**version.reading, "sections": []}, answers={}, by=system())

    assert "§ 4 Decisions (the charter no longer has this clause)" in text_of(client.get(made.get_absolute_url()))


def test_page_of_a_running_silence_asks_the_same_for_one_and_three_objections(
    client, lantern, ada, ben, django_assert_num_queries
):
    made = proposed(lantern, by=ben)
    objection = object_to(made, reason="Too bright.", by=ada)
    answer_objection(objection, answer="There are shades.", by=ben)
    client.force_login(ben)
    client.get(made.get_absolute_url())
    with django_assert_num_queries(15):
        client.get(made.get_absolute_url())
    for _number in range(2):
        object_to(made, reason="Me too.", by=join(PersonFactory(), lantern))
    with django_assert_num_queries(15):
        words = text_of(client.get(made.get_absolute_url()))

    assert "by the end of Monday, 30 November 2026 Anywhere on Earth" in words
    assert "3 objections stand." in words
    assert "Answer, Ben There are shades." in words


def test_running_silence_is_shown_on_the_readers_own_clock(client, lantern, ada):
    made = proposed(lantern)
    ada.zone = "Asia/Kolkata"
    ada.save(update_fields=["zone"])
    client.force_login(ada)

    assert "Tuesday 1 December, 17:30" in text_of(client.get(made.get_absolute_url()))


def test_decision_is_recorded_by_form_and_what_is_refused_keeps_its_words(client, lantern, ada, at_list):
    client.force_login(ada)
    url = f"{at_list}record/"
    assert client.get(url).status_code == 200
    given = {
        "title": "New lamps",
        "text": "They come.",
        "status": "adopted",
        "on_day": "2026-11-27",
        "clause": "decisions",
    }

    refused = client.post(url, {**given, "on_day": "2026-11-27"})
    kept = client.post(url, {**given, "on_day": "2026-11-25"})

    assert refused.status_code == 400
    assert "That day has not come yet" in text_of(refused)
    assert b"New lamps" in refused.content
    assert kept["Location"] == f"{at_list}2026-1/"
    assert Decision.objects.values_list("title", "clause_anchor", "decided_on").get() == (
        "New lamps", "decisions", dt.date(2026, 11, 25),
    )  # fmt: skip


def test_proposal_by_form_takes_countries_by_name_and_code(client, lantern, ben, at_list):
    client.force_login(ben)
    url = f"{at_list}propose/"
    page = client.get(url)
    assert "what nobody objects to within 72 hours" in text_of(page)
    assert page.context["form"].fields["days"].initial == 3
    given = {
        "title": "New lamps",
        "text": "They come.",
        "days": "5",
        "countries": "Portugal, ke",
        "skips_weekends": "on",
    }

    wrong = client.post(url, {**given, "countries": "Atlantis"})
    done = client.post(url, {**given, "countries": "Portugal, ke"})

    assert wrong.status_code == 400
    assert "The holidays of “ATLANTIS” are not known here" in text_of(wrong)
    assert done["Location"] == f"{at_list}2026-1/"
    silence = Decision.objects.get().silences.get()
    assert (silence.days, silence.skips_weekends, silence.countries) == (5, True, ["KE", "PT"])


def test_amendment_is_proposed_with_a_decision_and_both_are_shown(client, lantern, ben, at_list, freeze):
    amendment = proposal(lantern, CHARTER.replace("within 72 hours", "within five days"), by=ben)
    client.force_login(ben)

    client.post(
        f"{at_list}propose/", {"title": "Five days", "text": "We wait longer.", "days": "3", "amendment": amendment.pk}
    )

    made = Decision.objects.get()
    assert "If it is adopted, a change of the charter: Amendment 1" in text_of(client.get(made.get_absolute_url()))
    freeze(is_over(made))
    watch_all()
    client.force_login(ben)
    assert "Version 2 of the charter, in force from 1 December 2026" in text_of(client.get(made.get_absolute_url()))


def test_objection_goes_its_way_by_forms(client, lantern, ada, ben, freeze):
    made = proposed(lantern, by=ben)
    url = made.get_absolute_url()
    client.force_login(ada)
    assert client.get(f"{url}object/").status_code == 200
    assert client.post(f"{url}support/")["Location"] == url
    assert "You are for it." in text_of(client.get(url))
    assert client.post(f"{url}object/", {"words": "Too bright."})["Location"] == url
    assert "You object to this." in text_of(client.get(url))
    objection = made.objections.get()

    client.force_login(ben)
    assert client.get(reverse("answer_objection", args=[objection.pk])).status_code == 200
    client.post(reverse("answer_objection", args=[objection.pk]), {"words": "There are shades."})
    assert client.post(reverse("take_back_objection", args=[objection.pk])).status_code == 403
    client.force_login(ada)
    client.post(reverse("take_back_objection", args=[objection.pk]))

    words = text_of(client.get(url))
    assert "Your objection is taken back; none stands any more." in words
    assert "Ada taken back Too bright." in words


def test_what_needs_talk_shows_its_ways_on_and_each_works(client, lantern, ada, ben, freeze):
    first, second, third = (proposed(lantern, by=ben, title=title) for title in ("First", "Second", "Third"))
    objections = [object_to(one, reason="No.", by=ada) for one in (first, second, third)]
    freeze(is_over(first))
    watch_all()
    client.force_login(ada)
    assert "This needs talking about" in text_of(client.get(first.get_absolute_url()))

    assert client.get(f"{first.get_absolute_url()}settle/").status_code == 200
    client.post(f"{first.get_absolute_url()}settle/", {"status": "referred", "reason": "To the committee."})
    assert client.post(f"{second.get_absolute_url()}again/").status_code == 409
    client.post(reverse("take_back_objection", args=[objections[1].pk]))
    client.force_login(ben)
    client.post(f"{second.get_absolute_url()}again/")
    change = client.get(f"{third.get_absolute_url()}change/")
    client.post(
        f"{third.get_absolute_url()}change/",
        {**change.context["form"].initial, "text": "With shades.", "why": "Less bright.", "days": 4},
    )
    client.get(f"{second.get_absolute_url()}withdraw/")
    client.post(f"{second.get_absolute_url()}withdraw/", {"words": "Another time."})

    for one in (first, second, third):
        one.refresh_from_db()
    assert [(one.status, one.reason) for one in (first, second, third)] == [
        ("referred", "To the committee."), ("withdrawn", "Another time."), ("open", ""),
    ]  # fmt: skip
    assert third.silences.get(outcome="running").days == 4
    assert "Title, changed" not in text_of(client.get(third.get_absolute_url()))
    assert "Less bright." in text_of(client.get(third.get_absolute_url()))


def test_correction_by_form_is_shown_beside_what_stood_there(client, lantern, ada):
    made = recorded(lantern, rationale="Peple fell.")
    client.force_login(ada)
    form = client.get(f"{made.get_absolute_url()}correct/").context["form"]

    client.post(f"{made.get_absolute_url()}correct/", {**form.initial, "rationale": "People fell.", "why": "A slip."})

    words = text_of(client.get(made.get_absolute_url()))
    assert "Why, changed on 26 November 2026 A slip." in words
    assert "Peple fell." in words


def test_record_is_handed_out_as_markdown(client, lantern, ada, ben):
    old = recorded(lantern, title="Old *lamps*")
    made = proposed(lantern, by=ben, rationale="They are **dim**.", clause="decisions", supersedes=old)
    objection = object_to(made, reason="Too bright.\nReally.", by=ada)
    answer_objection(objection, answer="Shades.", by=ben)

    url = f"{made.get_absolute_url().rstrip('/')}.md"
    for_strangers = client.get(url).content.decode()
    client.force_login(ada)
    response = client.get(url)

    assert "**Someone**, 26 November 2026 (stands):" in for_strangers
    assert "Ben" not in for_strangers
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{lantern.slug}-2026-2.md"'
    assert (
        response.content.decode()
        == f"""\
# 2026-2 Lights stay on

- Group: Lantern Working Group
- Status: open
- Proposed by: Ben
- By which clause: § 4 Decisions
- Supersedes: 2026-1 Old \\*lamps\\*
- Silence until the end of 2026-11-30 Anywhere on Earth: running
- http://testserver{made.get_absolute_url()}

The lights stay on until *everyone* is home.

## Why

They are **dim**.

## Objections

**Ada**, 26 November 2026 (stands):

> Too bright.
> Really.

Answer:

> Shades.
"""
    )


def test_record_as_markdown_has_its_corrections_and_what_took_its_place(client, lantern, ada):
    made = recorded(lantern, rationale="Peple fell.", objective="Light")
    correct_decision(made, by=ada, rationale="People fell.", alternatives="None.", why="A slip.", edition=1)
    recorded(lantern, title="New lamps", supersedes=made)

    text = client.get(f"{made.get_absolute_url().rstrip('/')}.md").content.decode()

    assert "- Superseded by: 2026-2 New lamps" in text
    assert "**Why**, 26 November 2026: A slip.\n\n> Peple fell." in text
    assert "(Nothing stood there before.)" in text


def test_feed_holds_what_was_adopted_and_nothing_else(client, lantern, at_list):
    recorded(lantern, title="Lamps & <shades>", text="They\x0c come.")
    recorded(lantern, status=Status.DECLINED)
    proposed(lantern)

    response = client.get(f"{at_list}feed.atom")

    feed = ElementTree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["2026-1 Lamps & <shades>"]
    assert entries[0].findtext(f"{ATOM}id") == f"http://testserver{at_list}2026-1/"
    assert entries[0].findtext(f"{ATOM}summary") == "<p>They come.</p>\n"


def test_desk_shows_what_waits_for_ones_word(client, lantern, ada, ben, cleo):
    made = proposed(lantern, by=ben, title="Candles")
    nobodys = proposed(lantern, title="Lamps")
    object_to(nobodys, reason="No.", by=ben)
    desk = reverse("desk")

    client.force_login(ada)
    assert "To decide Lamps Ben objects, and waits for an answer." in text_of(client.get(desk))
    assert "Candles Lantern Working Group: silence is consent. until" in text_of(client.get(desk))
    client.post(f"{made.get_absolute_url()}support/")
    client.post(f"{nobodys.get_absolute_url()}support/")
    answer_objection(nobodys.objections.get(), answer="Look.", by=ada)
    for person in (ada, ben, cleo):
        client.force_login(person)
        assert "To decide" not in text_of(client.get(desk))


def test_text_that_was_changed_is_shown_as_it_was(client, lantern, ben):
    made = proposed(lantern, by=ben)
    change_proposal(
        made, title=made.title, text="The lights go out.", rationale="", alternatives="", why="Dark is nice.",
        edition=1, by=ben,
    )  # fmt: skip

    words = text_of(client.get(made.get_absolute_url()))

    assert "What is decided, changed on 26 November 2026 Dark is nice." in words
    assert wording().text in words


def test_strangers_read_what_was_said_without_names(client, lantern, ada, ben):
    made = proposed(lantern, by=ben)
    answer_objection(object_to(made, reason="Too bright.", by=ada), answer="Shades.", by=ben)
    support_decision(made, by=ben)
    change_proposal(
        made, title=made.title, text=made.text, rationale="So.", alternatives="", why="More.", edition=1, by=ben
    )

    words = text_of(client.get(made.get_absolute_url()))

    assert [name for name in ("Ada", "Ben") if name in words] == []
    for part in ("Too bright.", "Shades.", "1 person is for it.", "Somebody objects stands", "Someone is for"):
        assert part in words


def test_task_that_follows_is_shown_to_the_group_and_leads_back(client, lantern, ada, ben):
    made = recorded(lantern)
    client.force_login(ben)
    client.get(f"{made.get_absolute_url()}task/")

    client.post(f"{made.get_absolute_url()}task/", {"title": "Buy lamps", "due_on": "2026-12-01"})

    task = lantern.tasks.get()
    assert (task.source, task.due_on) == (made, dt.date(2026, 12, 1))
    assert "Buy lamps" in text_of(client.get(made.get_absolute_url()))
    assert "It comes from 2026-1 Lights stay on" in text_of(client.get(task.get_absolute_url()))
    client.logout()
    assert "Buy lamps" not in text_of(client.get(made.get_absolute_url()))


def test_desk_asks_the_same_for_one_and_three(lantern, ada, ben, django_assert_num_queries):
    for count in (1, 2):
        for _number in range(count):
            proposed(lantern, by=ben)
            object_to(proposed(lantern), reason="No.", by=ben)

        with django_assert_num_queries(2):
            found = silence_for(ada), objections_for(ada)
            assert [one.decision.group.name for one in (*found[0], *found[1])]
        assert (len(found[0]), len(found[1])) == ((2, 1) if count == 1 else (5, 3))


def test_mailing_lists_of_the_group_hear_what_lies_before_it_and_what_was_decided_and_no_name(lantern, ben, freeze):
    ListAddress.objects.create(
        place=place_of(lantern).key, address="all@lists.example.org", confirmed_at=timezone.now()
    )
    made = proposed(lantern, by=ben, rationale="People fell.")
    freeze(is_over(made))
    watch_all()
    watch_all()

    letters = Letter.objects.filter(recipient="all@lists.example.org").order_by("pk")

    assert [letter.subject for letter in letters] == [
        "Lantern Working Group: silence is consent: Lights stay on",
        "Lantern Working Group has decided: Lights stay on",
    ]
    assert [letter for letter in letters if "Ben" in letter.text] == []


def test_permalink_outlives_the_name_of_the_group(client, lantern):
    made = recorded(lantern)
    url = made.get_absolute_url()

    rename_group(lantern, name="Beacon", by=system())

    made.refresh_from_db()
    response = client.get(url, follow=True)
    assert (response.status_code, response.redirect_chain[-1][0]) == (200, made.get_absolute_url())
