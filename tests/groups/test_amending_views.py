"""The pages on which a charter is amended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from folkmoot.groups.actions import adopt_amendment, change_amendment, comment_on_amendment, hide_comment
from folkmoot.groups.models import Amendment, Group, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.ledger.actors import machine
from tests.factories.amendments import AMENDED, draft, proposal
from tests.factories.groups import CHARTER, group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WITHOUT_OBSERVERS = CHARTER.replace("* **Observers**: Follow without having to contribute.\n", "")


@pytest.fixture
def lantern(settle) -> Group:
    organisation()
    made = group()
    settle()
    return made


@pytest.fixture
def ada(client, lantern):
    person = join(PersonFactory(name="Ada Arroyo"), lantern)
    client.force_login(person)
    return person


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(name="Cheng Chair"), lantern, Power.MANAGE)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def amend_url(of: Group) -> str:
    return f"/groups/{of.slug}/charter/amend/"


def test_text_typed_in_a_browser_is_a_draft_with_every_difference_shown(client, lantern, ada):
    typed = AMENDED.replace("\n", "\r\n")  # as every browser sends it

    answer = client.post(amend_url(lantern), {"text": typed, "base": "1", "why": "Mornings are hard."}, follow=True)

    made = Amendment.objects.get()
    assert (made.text, made.state, made.by) == (AMENDED, "draft", ada)
    page = words(answer)
    assert "2 differences in 2 clauses." in page
    assert "Calls move from 08:00, Los Angeles time to 09:00, Los Angeles time." in page
    assert "An objective goes: Light." in page
    assert "<strong>08</strong>" in page
    assert "<strong>09</strong>" in page


def test_file_takes_the_place_of_the_text(client, lantern, ada):
    file = SimpleUploadedFile("charter.md", AMENDED.encode())

    client.post(amend_url(lantern), {"text": CHARTER, "base": "1", "file": file})

    assert Amendment.objects.get().text == AMENDED


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "  \n"}, "A charter without words is none"),
        ({"text": CHARTER, "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 \x00")}, "This is a PDF"),
        ({"text": "x" * 21_000}, "20,000"),
    ],
)
def test_what_is_no_charter_is_refused_in_words_and_nothing_typed_is_lost(client, lantern, ada, sent, said):
    answer = client.post(amend_url(lantern), {"base": "1", "why": "A reason of mine.", **sent})

    assert answer.status_code == 400
    assert said in words(answer)
    assert "A reason of mine." in words(answer)
    assert not Amendment.objects.exists()


def test_text_written_on_an_old_version_comes_back_with_both_changes(client, lantern, ada, chair):
    adopt_amendment(proposal(lantern, WITHOUT_OBSERVERS, by=chair), by=chair, reason="Agreed.")
    mine = CHARTER.replace("08:00", "09:00")

    answer = client.post(amend_url(lantern), {"text": mine, "base": "1", "why": "Later."})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Version 2 of the charter was adopted in the meantime" in page
    assert "09:00 America/Los_Angeles" in page
    assert "**Observers**" not in page
    assert 'name="base" value="2"' in page


def test_text_that_meets_another_change_on_the_same_line_comes_back_as_it_was_typed(client, lantern, ada, chair):
    adopt_amendment(proposal(lantern, CHARTER.replace("08:00", "10:00"), by=chair), by=chair, reason="Agreed.")

    answer = client.post(amend_url(lantern), {"text": CHARTER.replace("08:00", "09:00"), "base": "1"})

    assert answer.status_code == 409
    assert "09:00 America/Los_Angeles" in answer.content.decode()
    assert "changed some of the same lines" in words(answer)


def test_fields_that_nobody_offers_are_passed_over(client, lantern, ada):
    extra = {
        "state": "adopted",
        "number": "99",
        "by": "1",
        "version": "1",
        "settled_by": "1",
        "in_force_at": "2026-01-01",
    }

    client.post(amend_url(lantern), {"text": AMENDED, "base": "1", **extra})
    made = Amendment.objects.get()
    client.post(made.get_absolute_url(), {"edition": "1", "keep": "1", **extra})

    made.refresh_from_db()
    assert (made.state, made.number, made.by, made.version, made.settled_by) == ("draft", 1, ada, None, None)


def test_draft_is_kept_proposed_and_adopted(client, lantern, ada, chair, settle):
    client.post(amend_url(lantern), {"text": WITHOUT_OBSERVERS, "base": "1", "why": "Everybody takes part."})
    made = Amendment.objects.get()
    page = words(client.get(made.get_absolute_url()))
    assert "What becomes of those who hold a role that goes" in page

    client.post(
        made.get_absolute_url(),
        {"edition": "1", "role.Observers": "", "open_until": "2099-01-31", "propose": "1"},
    )

    made.refresh_from_db()
    assert (made.state, made.roles_become, made.open_until) == ("proposed", {"Observers": ""}, dt.date(2099, 1, 31))
    client.force_login(chair)
    assert "Decide on it" in words(client.get(made.get_absolute_url()))
    answer = client.post(
        f"{made.get_absolute_url()}settle/", {"reason": "Agreed on the call.", "adopt": "1"}, follow=True
    )
    assert "Adopted as version 2, in force from" in words(answer)
    assert charter_in_force(lantern).number == 2
    again = client.post(f"{made.get_absolute_url()}settle/", {"reason": "Twice.", "adopt": "1"})
    assert again.status_code == 409
    assert "there is nothing left to decide" in words(again)


def test_draft_changed_in_another_window_is_told_and_nothing_is_lost(client, lantern, ada):
    made = draft(lantern, by=ada)
    change_amendment(made, by=ada, edition=1, why="First window.")
    url = f"{made.get_absolute_url()}edit/"

    answer = client.post(url, {"text": CHARTER, "why": "Second window.", "base": "1", "edition": "1"})

    assert answer.status_code == 409
    assert "This draft was changed in the meantime" in words(answer)
    assert "Second window." in words(answer)
    assert (
        client.post(url, {"text": WITHOUT_OBSERVERS, "why": "Looked.", "base": "1", "edition": "2"}).status_code == 302
    )
    made.refresh_from_db()
    assert (made.text, made.why) == (WITHOUT_OBSERVERS, "Looked.")


def test_draft_is_brought_onto_the_version_adopted_meanwhile(client, lantern, ada, chair):
    made = draft(lantern, CHARTER.replace("08:00", "09:00"), by=ada)
    adopt_amendment(proposal(lantern, WITHOUT_OBSERVERS, by=chair), by=chair, reason="Agreed.")
    assert "Version 2 was adopted after this was written." in words(client.get(made.get_absolute_url()))

    client.post(f"{made.get_absolute_url()}bring-up/")

    made.refresh_from_db()
    assert (made.base.number, made.text) == (2, WITHOUT_OBSERVERS.replace("08:00", "09:00"))


def test_draft_that_clashes_goes_to_the_editor(client, lantern, ada, chair):
    made = draft(lantern, CHARTER.replace("08:00", "09:00"), by=ada)
    adopt_amendment(proposal(lantern, CHARTER.replace("08:00", "10:00"), by=chair), by=chair, reason="Agreed.")

    answer = client.post(f"{made.get_absolute_url()}bring-up/", follow=True)

    assert answer.redirect_chain == [(f"{made.get_absolute_url()}edit/", 302)]
    assert "both change the lines near line" in words(answer)


def test_question_is_asked_on_the_drafts_page_and_answered_there(client, lantern, ada):
    made = draft(lantern, CHARTER.replace("at 08:00 America/Los_Angeles", "at 8 am PST"), by=ada)
    assert "What the new wording leaves open" in words(client.get(made.get_absolute_url()))
    answer = client.post(made.get_absolute_url(), {"edition": "1", "propose": "1"})
    assert answer.status_code == 400

    # What was sent was kept all the same, as another edition.
    client.post(made.get_absolute_url(), {"edition": "2", "meetings.0.zone": "America/Los_Angeles", "keep": "1"})
    made.refresh_from_db()
    assert made.answers == {"meetings.0.zone": "America/Los_Angeles"}
    assert "Time zone: America/Los_Angeles" in words(client.get(made.get_absolute_url()))
    client.post(made.get_absolute_url(), {"edition": "3", "again": "meetings.0.zone", "keep": "1"})
    made.refresh_from_db()
    assert made.answers == {}


def test_comments_stand_by_their_clause_and_hidden_ones_are_for_few(client, lantern, ada, chair):
    made = proposal(lantern, by=chair)
    client.post(f"{made.get_absolute_url()}comments/", {"text": "Nine suits me.", "clause": "meetings"})
    overall = comment_on_amendment(made, by=chair, text="Off the subject entirely.")
    hide_comment(overall, by=machine(), reason="Off the subject.")

    seen = words(client.get(made.get_absolute_url()))
    client.force_login(chair)
    seen_by_chair = words(client.get(made.get_absolute_url()))

    assert "Nine suits me." in seen
    assert "Off the subject entirely." not in seen
    assert "Off the subject entirely." in seen_by_chair


def test_own_comment_is_changed_and_taken_back(client, lantern, ada, chair):
    made = proposal(lantern, by=chair)
    said = comment_on_amendment(made, by=ada, text="Nine suits me.")
    url = f"{made.get_absolute_url()}comments/{said.pk}/"

    client.post(url, {"text": "Ten suits me."})
    assert "Ten suits me." in words(client.get(made.get_absolute_url()))
    assert client.post(f"{made.get_absolute_url()}comments/", {"text": " "}).status_code == 400
    client.post(url, {"withdraw": "1"})

    assert "Ten suits me." not in words(client.get(made.get_absolute_url()))
    assert client.get(url).status_code == 404


def test_hiding_needs_a_reason(client, lantern, ada, chair):
    made = proposal(lantern, by=ada)
    said = comment_on_amendment(made, by=ada, text="Nine suits me.")
    client.force_login(chair)
    url = f"{made.get_absolute_url()}comments/{said.pk}/hide/"

    assert client.post(url, {"reason": ""}).status_code == 400 or said.hidden_at is None
    client.post(url, {"reason": "Off the subject."})

    said.refresh_from_db()
    assert (said.hidden_by, said.hidden_because) == (chair, "Off the subject.")


def test_markup_in_texts_and_comments_stays_inert(client, lantern, ada, chair):
    evil = "<script>alert(1)</script>"
    made = proposal(lantern, CHARTER.replace("meet as people", f"meet {evil} `{evil}`"), by=ada, why=evil)
    comment_on_amendment(made, by=ada, text=evil)

    for url in (made.get_absolute_url(), f"{made.get_absolute_url()}?all=1"):
        assert evil not in client.get(url).content.decode()


def test_versions_say_when_by_whom_and_why(client, lantern, ada, chair):
    adopt_amendment(proposal(lantern, by=ada), by=chair, reason="Agreed on the call of May.")
    proposal(lantern, WITHOUT_OBSERVERS, by=ada, why="Everybody takes part.")

    page = words(client.get(f"/groups/{lantern.slug}/charter/versions/"))

    for said in ("Version 2", "Cheng Chair", "Agreed on the call of May.", "what changed since version 1",
                 "Everybody takes part."):  # fmt: skip
        assert said in page


@pytest.mark.parametrize("count", [1, 3])
def test_versions_page_costs_the_same_for_any_number(client, lantern, ada, chair, count, django_assert_num_queries):
    for number in range(count):
        adopt_amendment(proposal(lantern, CHARTER + f"\nMore {number}.\n", by=ada), by=chair, reason="Agreed.")
        proposal(lantern, AMENDED, by=ada)
        draft(lantern, AMENDED, by=ada)
    client.get(f"/groups/{lantern.slug}/charter/versions/")

    with django_assert_num_queries(10):
        client.get(f"/groups/{lantern.slug}/charter/versions/")


def test_old_version_reads_with_a_word_that_it_is_old(client, lantern, ada, chair):
    adopt_amendment(proposal(lantern, by=ada), by=chair, reason="Agreed.")

    old, new = (words(client.get(f"/groups/{lantern.slug}/charter/versions/{number}/")) for number in (1, 2))

    assert "This is an old version" in old
    assert "Words that everyone can read." in old
    assert "This is the version in force." in new
    assert client.get(f"/groups/{lantern.slug}/charter/versions/9/").status_code == 404


def test_any_two_versions_stand_side_by_side(client, lantern, ada, chair):
    adopt_amendment(proposal(lantern, by=ada), by=chair, reason="Agreed.")
    adopt_amendment(proposal(lantern, CHARTER, by=ada), by=chair, reason="Back again.")
    url = f"/groups/{lantern.slug}/charter/compare/"

    assert "2 differences in 2 clauses." in words(client.get(url, {"from": "1", "to": "2"}))
    assert "Both are the same." in words(client.get(url, {"from": "1", "to": "3"}))
    assert "Open to everyone in the commons" not in words(client.get(url, {"from": "1", "to": "2"}))
    assert "Open to everyone in the commons" in words(client.get(url, {"from": "1", "to": "2", "all": "1"}))
    assert client.get(url, {"from": "1", "to": "77"}).status_code == 404
    assert client.get(url, {"from": "x", "to": "٣"}).status_code == 200


def test_declining_and_withdrawing_leave_the_words(client, lantern, ada, chair):
    first, second = proposal(lantern, by=ada), proposal(lantern, by=ada)
    client.force_login(chair)
    client.post(f"{first.get_absolute_url()}settle/", {"reason": "Too early for the west.", "decline": "1"})
    client.force_login(ada)
    client.post(f"{second.get_absolute_url()}withdraw/", {"reason": ""})

    assert "Too early for the west." in words(client.get(first.get_absolute_url()))
    assert "withdrawn" in words(client.get(second.get_absolute_url()))
    assert "Too early for the west." in words(client.get(f"/groups/{lantern.slug}/charter/versions/"))
