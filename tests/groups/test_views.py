from __future__ import annotations

import pytest

from folkmoot.groups.models import CharterDraft, Group, Power
from folkmoot.ledger.actors import machine
from folkmoot.people.actions import name_steward
from tests.factories.groups import CHARTER, group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

OPEN_ZONE = CHARTER.replace("at 08:00 America/Los_Angeles", "at 8 am PST")


@pytest.fixture
def steward(client):
    organisation()
    ada = PersonFactory(name="Ada")
    name_steward(ada, by=machine())
    client.force_login(ada)
    return ada


def test_group_page_says_what_the_charter_says(client, settle):
    organisation()
    lantern = group()
    lead(PersonFactory(name="Ben Brook"), lantern)
    settle()

    page = client.get("/groups/lantern-working-group/").content.decode()

    for words in (
        "Lantern", "keep the lights on", "Warmth", "Words that everyone can read", "every second Wednesday",
        "Open to everyone in the commons", "Observers", "Follow without having to contribute", "Ben Brook",
        "2 seats are free", "Open house",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("people", [1, 3])
def test_signed_in_group_page_costs_the_same_for_any_number_of_people(
    client, django_assert_num_queries, settle, people
):
    organisation()
    lantern = group()
    for _ in range(people):
        join(PersonFactory(), lantern)
    settle()
    client.force_login(PersonFactory())
    client.get("/groups/")

    # Session, person; the ledger's newest number, charter with group, roles, participations with people,
    # two for the next meetings, and one for the year's activities.
    with django_assert_num_queries(9):
        client.get(f"/groups/{lantern.slug}/")
    with django_assert_num_queries(3):
        client.get(f"/groups/{lantern.slug}/")


def test_kept_group_page_costs_a_stranger_one_query(client, django_assert_num_queries, settle):
    organisation()
    lantern = group()
    settle()
    first = client.get(f"/groups/{lantern.slug}/")

    with django_assert_num_queries(1):
        second = client.get(f"/groups/{lantern.slug}/")

    assert second.content == first.content
    assert "csrf" not in second.content.decode()
    assert not second.cookies


def test_kept_page_changes_as_soon_as_something_happens(client, settle):
    organisation()
    lantern = group()
    settle()
    before = client.get(f"/groups/{lantern.slug}/").content.decode()

    lead(PersonFactory(name="Cleo Cairn"), lantern)

    assert "Cleo Cairn" not in before
    assert "Cleo Cairn" in client.get(f"/groups/{lantern.slug}/").content.decode()


def test_page_of_nobody_s_group_is_not_found(client):
    organisation()

    assert client.get("/groups/nowhere/").status_code == 404
    assert client.get("/groups/nowhere/charter/").status_code == 404


def test_charter_page_has_a_permalink_per_clause(client):
    organisation()
    lantern = group()

    page = client.get(f"/groups/{lantern.slug}/charter/").content.decode()

    for clause in lantern.charters.get().clauses.all():
        assert f'id="{clause.anchor}"' in page


def test_charter_source_shows_every_line_with_its_number(client):
    organisation()
    lantern = group()

    page = client.get(f"/groups/{lantern.slug}/charter/?view=source").content.decode()

    assert page.count('class="source-line') == CHARTER.count("\n")
    assert 'id="L5"' in page


def test_charter_as_a_file_is_the_text_itself(client):
    organisation()
    lantern = group()

    assert client.get(f"/groups/{lantern.slug}/charter.md").content.decode() == CHARTER


def test_notes_are_for_those_who_can_mend_the_charter(client):
    organisation()
    lantern = group(text=CHARTER + "\n## Resources\n\nCOMING SOON\n")
    manager, observer = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern, Power.OBSERVE)
    address = f"/groups/{lantern.slug}/charter/"

    anonymous = client.get(address).content.decode()
    client.force_login(observer)
    seen_by_observer = client.get(address).content.decode()
    client.force_login(manager)
    seen_by_manager = client.get(address).content.decode()

    assert "for those who can mend it" not in anonymous + seen_by_observer
    assert "for those who can mend it" in seen_by_manager


def test_bringing_a_charter_in_asks_then_founds(client, steward):
    answer = client.post("/groups/new/", {"text": OPEN_ZONE})
    draft = answer["Location"]
    page = client.get(draft).content.decode()
    nothing_yet = Group.objects.count()
    unanswered = client.post(draft, {"confirm": "1", "name": "Lantern"})
    done = client.post(draft, {"confirm": "1", "name": "Lantern", "meetings.0.zone": "America/Los_Angeles"})

    assert "In which time zone" in page
    assert "08:00 in Los Angeles" in page
    assert nothing_yet == 0
    assert unanswered.status_code == 400
    assert "Please answer this" in unanswered.content.decode()
    assert done["Location"] == "/groups/lantern/"
    assert Group.objects.get().charters.get().answers == {"name": "Lantern", "meetings.0.zone": "America/Los_Angeles"}
    assert not CharterDraft.objects.exists()


def test_corrections_are_kept_and_shown(client, steward):
    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]
    form = {
        "name": "Lantern", "purpose": "To keep lights on.", "confirm": "1",
        "objectives.0.offered": "1", "objectives.0": "keep", "objectives.0.name": "Hearth",
        "objectives.1.offered": "1",
    }  # fmt: skip

    done = client.post(draft, form, follow=True).content.decode()

    assert "Hearth" in done
    assert "To keep lights on." in done
    assert "Words that everyone can read" not in done


def test_hostile_answers_are_problems_and_nothing_is_lost(client, steward):
    draft = client.post("/groups/new/", {"text": OPEN_ZONE})["Location"]

    answer = client.post(
        draft, {"name": "My very own name", "meetings.0.zone": "other", "meetings.0.zone.other": "PST"}
    )

    assert answer.status_code == 400
    assert "My very own name" in answer.content.decode()
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "choose a file"),
        ({"text": "   "}, "choose a file"),
        ({"text": "= Title\n:toc:\n\n== Part\n\ntext\n"}, "AsciiDoc"),
        ({"text": "x" * 300_000}, "256"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(client, steward, form, words):
    answer = client.post("/groups/new/", form)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not CharterDraft.objects.exists()


def test_the_same_charter_again_leads_to_its_group(client, steward):
    lantern = group()

    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]

    assert lantern.get_absolute_url() in client.get(draft).content.decode()
    assert "already" in client.post(draft, {"confirm": "1"}).content.decode()
    assert Group.objects.count() == 1


def test_drafts_are_seen_by_their_author_alone(client, steward):
    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]
    other = PersonFactory(is_steward=True)

    client.force_login(other)

    assert client.get(draft).status_code == 404
    assert client.post(f"{draft}discard/").status_code == 404


def test_xss_in_every_field_is_inert(client, steward):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    text = CHARTER.replace("Warmth", evil).replace("Managers", evil).replace("Open house", evil)
    draft = client.post("/groups/new/", {"text": text})["Location"]

    review = client.get(draft).content.decode()
    page = client.post(draft, {"confirm": "1", "name": evil}, follow=True).content.decode()

    for html in (review, page):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_confirming_the_same_draft_twice_makes_one_group(client, steward):
    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]

    first = client.post(draft, {"confirm": "1"})
    second = client.post(draft, {"confirm": "1"})

    assert first.status_code == 302
    assert second.status_code == 404
    assert Group.objects.count() == 1


def test_a_call_that_was_read_wrongly_can_be_corrected(client, steward):
    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]
    page = client.get(draft).content.decode()

    client.post(draft, {"keep": "1", "meetings.0.zone": "Europe/Lisbon", "meetings.0.local_time": "17:30"})
    client.post(draft, {"keep": "1", "meetings.0.zone": "Europe/Berlin", "meetings.0.local_time": "17:30"})
    client.post(draft, {"confirm": "1", "meetings.0.zone": "Europe/Berlin", "meetings.0.local_time": "17:30"})

    assert 'name="meetings.0.zone"' in page
    (call,) = Group.objects.get().charters.get().reading["meetings"]
    assert (call["zone"], call["local_time"], call["first_date"]) == ("Europe/Berlin", "17:30", "2025-01-22")


def test_zone_named_in_the_list_counts_without_the_button_beside_it(client, steward):
    draft = client.post("/groups/new/", {"text": OPEN_ZONE})["Location"]

    done = client.post(draft, {"confirm": "1", "meetings.0.zone.other": "America/Los_Angeles"})

    assert done.status_code == 302


def test_emptied_purpose_stays_empty(client, steward):
    draft = client.post("/groups/new/", {"text": CHARTER})["Location"]

    client.post(draft, {"confirm": "1", "purpose": ""})

    assert Group.objects.get().charters.get().reading["purpose"] is None


def test_group_page_says_how_the_group_works(client, settle):
    organisation()
    text = CHARTER + (
        "\n## Decisions\n\n* Decisions are made by lazy consensus.\n"
        "\n## Channels\n\n* **Discord**: the channel #lantern, for anything quick.\n"
        "\n## Policies\n\n* We follow the [Code of Conduct](https://commons.example/conduct).\n"
    )
    lantern = group(text=text)
    settle()

    page = client.get(lantern.get_absolute_url()).content.decode()

    assert "lazy consensus" in page
    assert "Discord" in page
    assert '<a href="https://commons.example/conduct" rel="noopener noreferrer">Code of Conduct</a>' in page
