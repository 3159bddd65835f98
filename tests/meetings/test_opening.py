"""The texts that open calls: which, in whose words, and that they were read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from folkmoot.groups.actions.agreements import publish_agreement
from folkmoot.groups.agreements import agreements_of
from folkmoot.groups.models import Agreement, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import choose_opening, note_opening_read, take_back_opening_read, word_opening
from folkmoot.meetings.models import OpeningReading
from folkmoot.meetings.opening import opening_of, readings_of, under_chatham_house_rule
from tests.calendar.reading import words_of
from tests.factories.groups import group as chartered
from tests.factories.groups import join
from tests.factories.meetings import actor, held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

POLICIES = """

## Policies

* Follow the [Antitrust Policy](https://example.org/antitrust).
* We keep to the Chatham House Rule.
"""


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-24T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group():
    return chartered()


@pytest.fixture
def call(group):
    return held_call(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


def titles(group) -> list[str]:
    return [text.title for text in opening_of(group).chosen]


def test_until_somebody_chooses_it_is_what_the_charter_names_and_the_code_of_conduct(group):
    from tests.factories.groups import CHARTER

    policed = chartered("Oak", text=CHARTER.replace("Lantern Working Group", "Oak") + POLICIES)
    assert (titles(group), titles(policed)) == ([], ["Antitrust", "Chatham House Rule"])

    publish_agreement(title="Code of conduct", text="Be kind.", by=system())

    assert titles(group) == ["Code of conduct"]
    assert titles(policed) == ["Code of conduct", "Antitrust", "Chatham House Rule"]
    assert opening_of(policed).chosen[1].policy == "https://example.org/antitrust"
    assert under_chatham_house_rule(held_call(policed))
    assert not under_chatham_house_rule(held_call(group))


def test_code_of_conduct_of_the_organisation_and_the_charter_is_read_once(group):
    url = "https://example.org/conduct"
    for key, number, more in (("code_of_conduct", 1, {"url": url}), ("our-code-of-conduct", 1, {"text": "Be kind."})):
        Agreement.objects.create(
            key=key, number=number, title="Code of Conduct", in_force_from=dt.date(2026, 1, 1), **more
        )

    assert [text.text for text in opening_of(group).chosen] == ["Be kind."]


def test_who_leads_chooses_and_it_is_told_once(group, ada):
    choose_opening(group, ["chatham_house_rule"], by=ada)
    choose_opening(group, ["chatham_house_rule"], by=ada)

    assert titles(group) == ["Chatham House Rule"]
    assert [entry.payload for entry in Entry.objects.filter(kind="meetings.opening_chosen")] == [
        {"keys": ["chatham_house_rule"]}
    ]
    choose_opening(group, [], by=ada)
    assert titles(group) == []
    with pytest.raises(Refused) as refused:
        choose_opening(group, ["dance"], by=ada)
    assert refused.value.code == "invalid"


@pytest.mark.parametrize("who", ["stranger", "observer", "participant", "manager", "other group's manager", "steward"])
def test_who_may_choose_word_and_note(who, group, call):
    person = actor(who, group)
    choose_opening(group, ["antitrust"], by=system())

    def may(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    found = [
        may(lambda: choose_opening(group, ["antitrust"], by=person)),
        may(lambda: word_opening(group, key="antitrust", title="Antitrust", text="No prices.", by=person)),
        may(lambda: note_opening_read(call, by=person)),
        may(lambda: take_back_opening_read(call, by=person)),
    ]

    assert found == [who in ("manager", "steward")] * 4


def test_other_words_are_a_new_version_and_a_call_keeps_the_one_that_was_read(group, call, ada):
    choose_opening(group, ["antitrust"], by=ada)

    (first,) = note_opening_read(call, by=ada)
    word_opening(group, key="antitrust", title="Fair play", text="No prices.", by=ada)
    again = word_opening(group, key="antitrust", title="Fair play", text="No prices.", by=ada)

    assert note_opening_read(call, by=ada) == []
    assert (first.document.number, first.document.title, again.number) == (1, "Antitrust", 2)
    assert "competition law" in first.document.text.replace("\n", " ")
    later = held_call(group)
    (second,) = note_opening_read(later, by=ada)
    assert second.document == again
    assert (second.read_by, second.read_at) == (ada, dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))
    assert readings_of(call) == [first]
    assert [entry.payload["document_ids"] for entry in Entry.objects.filter(kind="meetings.opening_read")] == [
        [second.document_id],
        [first.document_id],
    ]


def test_nobody_who_joins_is_asked_to_agree_to_them(group, ada):
    before = agreements_of(group, charter_in_force(group))

    word_opening(group, key="antitrust", title="Fair play", text="No prices.", by=ada)
    word_opening(group, title="Code of conduct on calls", text="One at a time.", by=ada)

    assert agreements_of(group, charter_in_force(group)) == before


def test_group_adds_a_text_of_its_own(group, ada):
    word_opening(group, title="How we speak", text="One at a time.", by=ada)
    choose_opening(group, ["how_we_speak"], by=ada)

    assert titles(group) == ["How we speak"]
    for title, text in (("How we speak", "Again"), ("", "Words"), ("…", "Words"), ("Long", "x" * 5001), ("Empty", " ")):
        with pytest.raises(Refused) as refused:
            word_opening(group, title=title, text=text, by=ada)
        assert refused.value.code == "invalid"
    with pytest.raises(Refused) as refused:
        word_opening(group, key="code_of_conduct", title="Ours", text="Words", by=ada)
    assert refused.value.code == "not_found"


def test_texts_are_noted_as_read_from_when_the_list_opens(group, ada):
    coming = held_call(group, ended=-dt.timedelta(days=2))
    choose_opening(group, ["antitrust"], by=ada)

    with pytest.raises(Refused) as refused:
        note_opening_read(coming, by=ada)

    assert refused.value.code == "not_now"
    choose_opening(group, [], by=ada)
    with pytest.raises(Refused) as refused:
        note_opening_read(held_call(group), by=ada)
    assert refused.value.code == "invalid"


def test_pages_choose_word_and_note(group, call, ada):
    browser, base = Client(), f"/groups/{group.slug}/meetings/opening/"
    browser.force_login(ada)
    publish_agreement(title="Code of conduct", text="Be kind.", by=system())
    assert "Nobody has chosen yet" in words_of(browser.get(base).content.decode())

    browser.post(base, {"keys": ["code_of_conduct", "chatham_house_rule"]})
    words = words_of(browser.get(f"/meetings/{call.pk}/here/").content.decode())
    assert "Be kind." in words
    assert "You are free to use what you hear." in words
    browser.post(f"/meetings/{call.pk}/here/opening/", {"do": "read"})

    words = words_of(browser.get(f"/meetings/{call.pk}/here/").content.decode())
    assert "Ada read this out on the call: Code of conduct, Chatham House Rule" in words
    stranger = words_of(Client().get(f"/meetings/{call.pk}/here/").content.decode())
    assert "This was read out on the call: Code of conduct, Chatham House Rule" in stranger
    assert "Ada" not in stranger
    on_call = words_of(Client().get(f"/meetings/{call.pk}/").content.decode())
    assert "Read when it opened: Code of conduct , Chatham House Rule" in on_call
    browser.post(f"/meetings/{call.pk}/here/opening/", {"do": "unread"})
    assert not OpeningReading.objects.exists()

    assert browser.post(base, {"keys": ["dance"]}).status_code == 400
    assert browser.get(f"{base}text/dance/").status_code == 404
    assert browser.get(f"{base}text/code_of_conduct/").status_code == 404
    assert browser.post(f"{base}text/", {"title": "…", "text": "Words"}).status_code == 400
    browser.post(f"{base}text/antitrust/", {"title": "Fair play", "text": "No <b>prices</b>."})
    page = browser.get(f"{base}text/antitrust/").content.decode()
    assert "Version 1 of 24 November 2026" in words_of(page)
    assert "No &lt;b&gt;prices&lt;/b&gt;." in browser.get(base).content.decode()
    assert Agreement.objects.filter(key="opening-antitrust").count() == 1
