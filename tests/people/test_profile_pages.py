from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from folkmoot.groups.models import Power
from folkmoot.people import places
from folkmoot.people.actions import change_profile
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.people.forms.profiles import ProfileForm
from folkmoot.people.models import Affiliation, Person, Profile
from folkmoot.people.profile_words import Link
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.test_profiles import ALL_OF_IT, MIXED

pytestmark = pytest.mark.django_db

SECRET = "ada.secret@example.org"
WORDS = {
    "pronouns": "she/her",
    "pronunciation": "AY-dah",
    "zone": "Kolkata",
    "languages": "Brazilian Portuguese",
    "region": "Southern Asia",
    "affiliations": "Old Works",
    "links": "Notebook",
    "about": "I mend kettles.",
}


@pytest.fixture
def ada() -> Person:
    organisation()
    person = PersonFactory(name="Ada Oakes", email=SECRET)
    change_profile(person, replace(ALL_OF_IT, seen=MIXED), by=person)
    return person


def page_for(reader: Person | None, path: str) -> tuple[int, str]:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def parts_on(text: str) -> set[str]:
    main = text.partition("<main")[2].partition("</main")[0]
    return {part for part, words in WORDS.items() if words in main}


def test_page_shows_each_reader_what_they_may_see_and_never_the_address(ada):
    lantern = group()
    join(ada, lantern)
    readers = {
        "anonymous": None,
        "signed in": PersonFactory(zone="UTC"),
        "groupmate": join(PersonFactory(zone="UTC"), lantern, Power.OBSERVE),
        "steward": PersonFactory(zone="UTC", is_steward=True),
    }

    pages = {who: page_for(reader, f"/people/{ada.pk}/") for who, reader in readers.items()}

    assert {who: status for who, (status, _text) in pages.items()} == dict.fromkeys(readers, 200)
    assert {who: parts_on(text) for who, (_status, text) in pages.items()} == {
        "anonymous": {"pronouns", "pronunciation"},
        "signed in": {"pronouns", "pronunciation", "languages", "region"},
        "groupmate": {"pronouns", "pronunciation", "languages", "region", "zone", "affiliations"},
        "steward": {"pronouns", "pronunciation", "languages", "region"},
    }
    assert not any(SECRET in text for _status, text in pages.values())


def test_person_who_shows_nothing_is_as_if_they_were_not_there():
    organisation()
    shy = PersonFactory(name="Shy Heron")

    for reader in (None, PersonFactory()):
        hidden, missing = page_for(reader, f"/people/{shy.pk}/"), page_for(reader, "/people/987654/")
        assert hidden[0] == missing[0] == 404
        assert "Shy Heron" not in hidden[1]


def test_own_page_shows_all_and_lets_one_look_as_others_do(ada):
    mine, strangers = page_for(ada, f"/people/{ada.pk}/"), page_for(ada, f"/people/{ada.pk}/?as=everyone")

    assert parts_on(mine[1]) == set(WORDS)
    assert parts_on(strangers[1]) == {"pronouns", "pronunciation"}


def test_looking_as_others_do_is_for_the_owner_alone(ada):
    assert parts_on(page_for(PersonFactory(), f"/people/{ada.pk}/?as=groups")[1]) == {
        "pronouns",
        "pronunciation",
        "languages",
        "region",
    }


def test_links_lead_out_without_credit_and_markup_is_inert():
    organisation()
    person = PersonFactory()
    words = ProfileWords(
        name="<b>Ada</b>",
        about="<script>alert(1)</script>",
        links=(Link("https://example.org/", "<i>x</i>"),),
        seen={"about": "everyone", "links": "everyone"},
    )
    change_profile(person, words, by=person)

    text = page_for(None, f"/people/{person.pk}/")[1]

    assert '<a href="https://example.org/" rel="nofollow noopener ugc"><bdi>&lt;i&gt;x&lt;/i&gt;</bdi></a>' in text
    assert "<script>alert" not in text
    assert "<b>Ada</b>" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_same_number_of_questions_however_much_it_shows(django_assert_num_queries, rows):
    organisation()
    person = PersonFactory()
    for number in range(rows):
        Affiliation.objects.create(person=person, organisation=f"Works {number}")
    Profile.objects.create(person=person, languages=["en"] * rows, seen={"affiliations": "everyone"})

    with django_assert_num_queries(4):
        assert Client().get(f"/people/{person.pk}/").status_code == 200


def test_group_page_links_only_to_profiles_that_anybody_may_see(ada):
    lantern = group()
    lead(ada, lantern)
    shy = lead(PersonFactory(name="Shy Heron"), lantern).person

    text = page_for(None, f"/groups/{lantern.slug}/")[1]

    assert f'href="/people/{ada.pk}/"' in text
    assert "Shy Heron" in text
    assert f"/people/{shy.pk}/" not in text


def form_of(client: Client) -> dict[str, str]:
    """What the profile form would send if nothing were changed."""
    form = client.get("/me/profile/").context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_profile_is_filled_in_on_one_page(client):
    organisation()
    person = PersonFactory(name="Ada")
    client.force_login(person)

    sent = form_of(client) | {
        "pronouns": "she/her",
        "seen_pronouns": "everyone",
        "language_0": "sw",
        "link_url_0": "https://example.org/",
        "for_kind_0": "organisation",
        "for_name_0": "Two Rivers",
        "for_from_0": "2020-02-01",
        "for_kind_1": "independent",
        "for_name_1": "ignored",
    }
    answer = client.post("/me/profile/", sent, follow=True)

    assert answer.redirect_chain == [("/me/profile/", 302)]
    profile = Profile.objects.get(person=person)
    assert (profile.pronouns, profile.languages, profile.seen) == ("she/her", ["sw"], {"pronouns": "everyone"})
    assert profile.links == [{"label": "example.org", "url": "https://example.org/"}]
    assert sorted(person.affiliations.values_list("organisation", flat=True)) == ["", "Two Rivers"]
    assert "Your profile is kept as you wrote it." in answer.content.decode()


def test_profile_form_sent_back_unchanged_changes_nothing(client, ada):
    client.force_login(ada)
    before = (Profile.objects.values().get(), list(Affiliation.objects.values().order_by("pk")))

    assert client.post("/me/profile/", form_of(client)).status_code == 302

    after = (Profile.objects.values().get(), list(Affiliation.objects.values().order_by("pk")))
    assert {**after[0], "changed_at": None} == {**before[0], "changed_at": None}
    assert after[1] == before[1]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "This field is required."),
        ("link_url_0", "javascript:alert(1)", "a link begins with https:// or mailto:"),
        ("link_label_3", "Words alone", "Please say where the link leads."),
        ("language_0", "xx", "Select a valid choice"),
        ("seen_about", "all", "Select a valid choice"),
        ("for_until_0", "1999-01-01", "It cannot end before it began."),
        ("pronouns", "p" * 61, "at most 60 characters"),
        ("about", "a" * 1001, "1000 characters at most"),
    ],
)
def test_profile_form_says_what_is_wrong_and_loses_nothing(client, ada, field, value, words):
    client.force_login(ada)
    sent = form_of(client) | {"pronunciation": "half-typed words", "for_kind_0": "organisation", "for_name_0": "X"}
    sent |= {"for_from_0": "2020-01-01", field: value}

    answer = client.post("/me/profile/", sent)

    text = answer.content.decode()
    assert answer.status_code == 400
    assert words in text
    assert "half-typed words" in text
    assert Profile.objects.get(person=ada).pronunciation == "AY-dah"


def test_menu_leads_to_ones_own_pages(client, ada):
    client.force_login(ada)

    text = client.get("/groups/").content.decode()

    assert 'href="/me/profile/"' in text
    assert 'href="/me/data/"' in text
    assert 'href="/people/"' not in text


def test_form_reads_no_language_in_its_own_words(monkeypatch):
    """There are hundreds, each in a file that stays in memory."""
    read = []
    monkeypatch.setattr(places.Locale, "get_language_name", lambda self, *more: read.append(str(self)))

    form = ProfileForm(PersonFactory())

    assert len(form.fields["language_0"].choices) > 300
    assert read == []
