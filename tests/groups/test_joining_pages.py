from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.groups.actions import end_participation, give_role
from folkmoot.groups.actions.agreements import publish_agreement
from folkmoot.groups.actions.invitations import invite_by_mail, make_invitation_link
from folkmoot.groups.actions.managers import offer_lead
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import (
    Consent,
    Invitation,
    JoinRequest,
    ManagerAppointment,
    MembershipAnswer,
    Participation,
    Power,
    RosterDraft,
)
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person, SignInLink
from tests.factories.groups import entry, group, join, lead, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.groups.test_joining import CLOSED_DOOR, POLICIES, WORDY
from tests.people.signing_up import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern():
    organisation()
    return group(text=POLICIES)


@pytest.fixture
def signed_in(client) -> Person:
    ben = PersonFactory(name="Ben Brook")
    client.force_login(ben)
    return ben


def page(client, name, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_strangers_read_numbers_and_the_names_of_those_who_agreed(client, lantern):
    lead(PersonFactory(name="Adaeze Open"), lantern, public=True)
    lead(PersonFactory(name="Jonas Quiet"), lantern, public=False)
    join(PersonFactory(name="Tomas Part"), lantern)
    join(PersonFactory(name="Keoni Look"), lantern, Power.OBSERVE)

    for text in (page(client, "group_people", lantern.slug), page(client, "group", lantern.slug)):
        assert "Adaeze Open" in text
        for hidden in ("Jonas", "Tomas", "Keoni", ">JQ<", ">TP<", ">KL<"):
            assert hidden not in text
        assert "4 people" in text


def test_people_who_are_signed_in_read_all_names(client, lantern, signed_in):
    lead(PersonFactory(name="Jonas Quiet"), lantern, public=False)
    join(PersonFactory(name="Tomas Part"), lantern)

    text = page(client, "group_people", lantern.slug)

    assert "Jonas Quiet" in text
    assert "Tomas Part" in text
    assert "Join this group" in text


def test_who_takes_part_reads_how(client, lantern, signed_in, freeze):
    freeze("2026-03-02T12:00Z")
    join(signed_in, lantern, Power.OBSERVE)

    text = page(client, "group_people", lantern.slug)

    assert "You take part as an observer since 2 March 2026." in text
    assert "Be among the Participants instead" in text
    assert "Join this group" not in text


def test_group_that_nobody_leads_says_who_acts(client, lantern):
    assert "the steward of this installation acts for the group" in page(client, "group_people", lantern.slug)


@pytest.mark.parametrize("people", [1, 3])
def test_people_cost_the_same_for_any_number(client, django_assert_num_queries, lantern, signed_in, people):
    lead(signed_in, lantern)
    for _ in range(people):
        join(PersonFactory(), lantern)
    client.get("/groups/")

    # Session, person; charter with group, roles, people with terms; seats; may I lead, invite and appoint; offers;
    # agreements and consents; requests.
    with django_assert_num_queries(11):
        client.get(reverse("group_people", args=[lantern.slug]))


def test_people_cost_a_stranger_one_query_once_kept(client, django_assert_num_queries, lantern):
    join(PersonFactory(), lantern)
    first = client.get(reverse("group_people", args=[lantern.slug]))

    with django_assert_num_queries(1):
        second = client.get(reverse("group_people", args=[lantern.slug]))

    assert first.content == second.content


def test_stranger_who_joins_signs_in_and_comes_back(client, lantern):
    here = reverse("join_group", args=[lantern.slug])

    answer = client.get(here)

    assert answer.url == f"/accounts/login/?next={here}"
    assert f"/accounts/signup/?next={here.replace('/', '%2F')}" in client.get(answer.url).content.decode().replace(
        "next=/", "next=%2F"
    ).replace("groups/", "groups%2F").replace("/join/", "%2Fjoin%2F")


def test_new_account_leads_back_to_joining(client, lantern):
    here = reverse("join_group", args=[lantern.slug])
    client.post(f"/accounts/signup/?next={here}", filled_in(email="ines@example.org", next=here))
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", Letter.objects.get().text, re.MULTILINE)[1]

    answer = client.post("/accounts/confirm-email/", {"code": code})

    assert answer.url == here


def test_joining_takes_one_page(client, lantern, signed_in):
    here = reverse("join_group", args=[lantern.slug])
    text = page(client, "join_group", lantern.slug)
    for words in ("As a participant you can", "As an observer you can", "Taking part is voluntary", "version 1 of"):
        assert words in text

    answer = client.post(here, entry(lantern), follow=True)

    assert answer.redirect_chain == [(reverse("group_people", args=[lantern.slug]), 302)]
    assert "Welcome. You take part in Lantern Working Group now" in answer.content.decode()
    assert Consent.objects.filter(person=signed_in).count() == 2


@pytest.mark.parametrize("left_out", ["role", "rule_1", "agree", "documents"])
def test_what_is_left_out_is_asked_for_and_nothing_is_lost(client, lantern, signed_in, left_out):
    here = reverse("join_group", args=[lantern.slug])
    sent = {name: value for name, value in entry(lantern).items() if name != left_out}

    answer = client.post(here, sent)

    assert answer.status_code == 400
    text = answer.content.decode()
    assert "needs another look" in text
    assert text.count("checked") == len({"role", "rule_1", "agree"} - {left_out})
    assert present_of(signed_in, lantern) is None


def test_document_that_changed_while_reading_is_read_first(client, lantern, signed_in):
    sent = entry(lantern)
    publish_agreement(title="Bylaws", text="Be there.", by=system())

    answer = client.post(reverse("join_group", args=[lantern.slug]), sent)

    assert answer.status_code == 400
    assert "Bylaws" in answer.content.decode()
    assert present_of(signed_in, lantern) is None


def test_short_answer_is_read_by_those_who_lead(client, signed_in):
    organisation()
    lantern = group(text=WORDY)
    client.post(reverse("join_group", args=[lantern.slug]), {**entry(lantern), "rule_0": "I mend lamps."})
    here = present_of(signed_in, lantern)
    assert client.get(reverse("participant", args=[lantern.slug, here.pk])).status_code == 403
    client.force_login(lead(PersonFactory(), lantern).person)

    assert "I mend lamps." in page(client, "participant", lantern.slug, here.pk)


def test_request_is_answered_on_its_page(client, signed_in):
    organisation()
    lantern = group(text=CLOSED_DOOR)
    ada = lead(PersonFactory(), lantern).person
    assert "Ask to join" in page(client, "join_group", lantern.slug)
    client.post(reverse("join_group", args=[lantern.slug]), entry(lantern))
    assert "have not answered yet" in page(client, "group_people", lantern.slug)
    wish = JoinRequest.objects.get()

    client.force_login(ada)
    assert "Ben Brook" in page(client, "join_requests", lantern.slug)
    refused = client.post(reverse("decide_request", args=[lantern.slug, wish.pk]), {"answer": "maybe"})
    assert refused.status_code == 400
    client.post(
        reverse("decide_request", args=[lantern.slug, wish.pk]), {"answer": "yes", f"wish{wish.pk}-words": "Hello."}
    )

    assert present_of(signed_in, lantern) is not None
    assert "Hello." in Telling.objects.filter(person=signed_in).first().text
    assert "Nobody waits for an answer" in page(client, "join_requests", lantern.slug)


def test_wish_is_taken_back(client, signed_in):
    organisation()
    lantern = group(text=CLOSED_DOOR)
    client.post(reverse("join_group", args=[lantern.slug]), entry(lantern))

    client.post(reverse("withdraw_request", args=[lantern.slug]))

    assert JoinRequest.objects.get().state == "withdrawn"
    assert "Join this group" in page(client, "group_people", lantern.slug)


def test_role_is_changed_and_left_with_a_way_back(client, lantern, signed_in):
    join(signed_in, lantern)
    client.post(reverse("my_role", args=[lantern.slug]), {"role": role(lantern, Power.OBSERVE).pk})
    assert present_of(signed_in, lantern).role.power == Power.OBSERVE
    assert "you can join again" in page(client, "leave_group", lantern.slug)

    answer = client.post(reverse("leave_group", args=[lantern.slug]), follow=True)

    assert present_of(signed_in, lantern) is None
    assert f'action="{reverse("undo_leaving", args=[lantern.slug])}"' in answer.content.decode()
    client.post(reverse("undo_leaving", args=[lantern.slug]))
    assert present_of(signed_in, lantern) is not None


def test_new_version_is_asked_for_and_agreed_to(client, lantern, signed_in):
    client.post(reverse("join_group", args=[lantern.slug]), entry(lantern))
    published = publish_agreement(title="Bylaws", text="Be there.", by=system())

    assert "There is something new to read" in page(client, "group_people", lantern.slug)
    assert "There is something new to read in Lantern Working Group" in page(client, "desk")
    assert "Be there." in page(client, "agreement", published.pk)
    client.post(reverse("agree_again", args=[lantern.slug]), {"documents": f"{published.pk},999,x"})

    assert "There is something new to read" not in page(client, "group_people", lantern.slug)
    assert "Waits for you" not in page(client, "desk")
    assert Consent.objects.filter(person=signed_in, agreement=published).count() == 1


def test_documents_are_published_by_the_steward(client, lantern):
    client.force_login(PersonFactory(is_steward=True))
    sent = {"title": "Bylaws", "url": "", "text": "Be there.", "in_force_from": today_here().isoformat()}

    assert client.post(reverse("new_agreement"), {**sent, "text": ""}).status_code == 400
    client.post(reverse("new_agreement"), sent)

    assert "Bylaws" in page(client, "agreements")


def rows_of_everything() -> dict[str, int]:
    models = (Person, Participation, Invitation, JoinRequest, Consent, ManagerAppointment, Entry, SignInLink, Telling)
    return {model.__name__: model.objects.count() for model in models}


def test_opening_what_was_mailed_changes_nothing(client, lantern):
    """Mail scanners open every link and press the first button: nothing is decided by that."""
    ada = lead(PersonFactory(), lantern).person
    invite_by_mail(lantern, role(lantern, Power.OBSERVE), "ines@example.org", by=ada)
    ben = PersonFactory()
    offer_lead(
        ben,
        lantern,
        starts_on=today_here(),
        ends_on=today_here().replace(year=today_here().year + 1),
        hours_a_week=2,
        by=system(),
    )
    paths = [
        path
        for text in Letter.objects.values_list("text", flat=True)
        for path in re.findall(r"http://[^/]+(/\S*)", text)
        if not path.startswith("/me/notices/")  # where one chooses what to hear
    ]
    assert len(paths) == 2
    before = rows_of_everything()

    for path in paths:
        for _ in range(3):
            assert client.get(path).status_code in (200, 302)
        assert client.post(path).status_code in (302, 403)

    assert rows_of_everything() == before
    assert Invitation.objects.get().uses == 0


def test_invitation_leads_from_the_mail_into_the_group(client, lantern):
    ada = lead(PersonFactory(name="Ada"), lantern).person
    invite_by_mail(lantern, role(lantern, Power.OBSERVE), "ines@example.org", name="Inês", by=ada)
    path = re.search(r"/invitations/\S+", Letter.objects.get(recipient="ines@example.org").text)[0]

    text = client.get(path).content.decode()
    assert "Ada invites you to be among the Observers" in text
    assert f"/accounts/login/code/?next={path}" in text
    client.force_login(Person.objects.get(email="ines@example.org"))
    assert "As an observer you can" in client.get(path).content.decode()
    assert client.post(path, {}).status_code == 400
    answer = client.post(path, {**entry(lantern), "role": role(lantern, Power.MANAGE).pk})

    assert answer.url == reverse("group_people", args=[lantern.slug])
    assert present_of(Person.objects.get(email="ines@example.org"), lantern).role.power == Power.OBSERVE
    assert client.get(path).url == answer.url


def test_invitation_that_is_closed_or_unknown_says_so(client, lantern, signed_in):
    invitation, path = make_invitation_link(lantern, role(lantern, Power.OBSERVE), by=system())
    Invitation.objects.update(revoked_at=invitation.made_at)

    assert "taken back" in client.get(path).content.decode()
    assert client.post(path, entry(lantern)).status_code == 409
    assert client.get("/invitations/nobody-made-this/").status_code == 404


def test_link_is_shown_once(client, lantern):
    client.force_login(lead(PersonFactory(), lantern).person)
    here = reverse("invite", args=[lantern.slug])

    client.post(here, {"link": "1", "link-role": role(lantern, Power.OBSERVE).pk, "link-days": 7, "link-most_uses": 5})

    first, second = client.get(here).content.decode(), client.get(here).content.decode()
    path = re.search(r"/invitations/[\w-]+/", first)[0]
    assert path not in second
    assert client.get(path).status_code == 302
    assert "A link, used 0 of 5 times" in second


def test_invitations_are_sent_again_and_taken_back(client, lantern, freeze):
    clock = freeze("2026-03-02T12:00Z")
    client.force_login(lead(PersonFactory(), lantern).person)
    here = reverse("invite", args=[lantern.slug])
    sent = {"mail": "1", "mail-role": role(lantern, Power.OBSERVE).pk, "mail-email": "ines@example.org"}
    client.post(here, sent)
    invitation = Invitation.objects.get()
    assert client.post(here, sent).status_code == 400
    assert client.post(reverse("resend_invitation", args=[lantern.slug, invitation.pk])).status_code == 409

    clock.shift(3_601)
    client.post(reverse("resend_invitation", args=[lantern.slug, invitation.pk]))
    client.post(reverse("revoke_invitation", args=[lantern.slug, invitation.pk]))

    assert Letter.objects.filter(recipient="ines@example.org").count() == 2
    assert "taken back" in client.get(here).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_cost_the_same_for_any_number(client, lantern, django_assert_num_queries, count):
    client.force_login(lead(PersonFactory(), lantern).person)
    for number in range(count):
        invite_by_mail(lantern, role(lantern, Power.OBSERVE), f"{number}@example.org", by=system())
    client.get("/groups/")

    # Session, person, group, may I (by role); in each of two forms whether there are roles, the first, and all;
    # invitations.
    with django_assert_num_queries(11):
        client.get(reverse("invite", args=[lantern.slug]))


def test_somebody_is_added_and_taken_out(client, lantern):
    client.force_login(lead(PersonFactory(), lantern).person)
    client.post(
        reverse("add_participant", args=[lantern.slug]),
        {"email": "ines@example.org", "name": "Inês", "role": role(lantern, Power.TAKE_PART).pk},
    )
    ines = Person.objects.get(email="ines@example.org")
    here = present_of(ines, lantern)

    client.post(reverse("participant", args=[lantern.slug, here.pk]), {"why": "Asked for it."})

    assert present_of(ines, lantern) is None
    assert [one.kind for one in Telling.objects.filter(person=ines).order_by("pk")] == [
        "groups.welcome",
        "groups.taken_out",
    ]


def test_lead_is_offered_answered_and_named(client, lantern):
    wren, ben = PersonFactory(is_steward=True), join(PersonFactory(name="Ben Brook"), lantern)
    client.force_login(wren)
    today = today_here()
    sent = {
        "person": ben.pk,
        "email": "",
        "starts_on": today.isoformat(),
        "ends_on": today.replace(year=today.year + 1).isoformat(),
        "hours_a_week": 2,
    }
    offer = reverse("offer_lead", args=[lantern.slug])
    assert client.post(offer, {**sent, "person": ""}).status_code == 400
    assert client.post(offer, {**sent, "person": "", "email": "nobody@example.org"}).status_code == 400
    client.post(offer, sent)
    asked = ManagerAppointment.objects.get()
    assert "Ben Brook" in page(client, "appointment", asked.pk)
    assert "Asked, or still to begin" in page(client, "group_people", lantern.slug)

    client.force_login(ben)
    assert "You are asked to lead this group" in page(client, "group_people", lantern.slug)
    assert "You are asked to lead Lantern Working Group" in page(client, "desk")
    assert "2 hours a week" in page(client, "appointment", asked.pk)
    assert client.post(reverse("appointment", args=[asked.pk]), {"answer": "perhaps"}).status_code == 400
    client.post(reverse("appointment", args=[asked.pk]), {"answer": "yes", "names_publicly": "on"})
    assert "Ben Brook" in page(Client(), "group_people", lantern.slug)
    client.post(reverse("appointment", args=[asked.pk]), {})
    assert "Ben Brook" not in page(Client(), "group_people", lantern.slug)

    client.force_login(wren)
    assert "End a term early" in page(client, "end_appointment", asked.pk)
    assert client.post(reverse("end_appointment", args=[asked.pk]), {"why": ""}).status_code == 400
    client.post(reverse("end_appointment", args=[asked.pk]), {"why": "They asked for it."})
    assert present_of(ben, lantern) is None


def test_list_is_uploaded_looked_at_and_taken_in(client, lantern):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(lead(PersonFactory(), lantern).person)
    file = SimpleUploadedFile("people.csv", "Who;Mail\nInês;ines@example.org\nBad;nowhere\n".encode("cp1252"))
    answer = client.post(reverse("roster", args=[lantern.slug]), {"file": file})
    draft = RosterDraft.objects.get()
    assert answer.url == reverse("roster_draft", args=[lantern.slug, draft.pk])
    text = client.get(answer.url).content.decode()
    assert "Line 3: “nowhere” is not an e-mail address." in text
    assert 'name="apply"' not in text

    RosterDraft.objects.update(source=b"Who;Mail\nIn\xeas;ines@example.org\n")
    assert client.post(answer.url, {"name": "0", "email": "1"}).url == answer.url
    shown = re.search(r'name="shown" value="(\w+)"', client.get(answer.url).content.decode())[1]
    assert client.post(answer.url, {"apply": "1", "shown": "something else"}).status_code == 409
    done = client.post(answer.url, {"apply": "1", "shown": shown}, follow=True)

    assert "1 person was taken in." in done.content.decode()
    assert present_of(Person.objects.get(name="Inês"), lantern).role.power == Power.TAKE_PART
    assert client.get(answer.url).url == reverse("group_people", args=[lantern.slug])
    taken_out = b"".join(client.get(reverse("roster_file", args=[lantern.slug])).streaming_content).decode()
    assert taken_out.splitlines()[0] == "Name,E-mail,Role,Time zone,Affiliation,Since"
    assert "Inês,ines@example.org,Participants" in taken_out


def test_file_that_is_no_list_is_refused_on_the_page(client, lantern):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(lead(PersonFactory(), lantern).person)

    answer = client.post(reverse("roster", args=[lantern.slug]), {"file": SimpleUploadedFile("a.csv", b"\n \n")})

    assert answer.status_code == 400
    assert "This file is empty" in answer.content.decode()


FOR_MANAGERS = ("invite", "add_participant", "join_requests", "roster", "roster_file")


@pytest.mark.parametrize("name", FOR_MANAGERS)
def test_role_that_ends_while_signed_in_is_denied_at_the_next_request(client, lantern, signed_in, name):
    lead(signed_in, lantern)
    here = reverse(name, args=[lantern.slug])
    assert client.get(here).status_code == 200

    end_participation(present_of(signed_in, lantern), by=system())

    assert client.get(here).status_code == 403
    if name not in ("join_requests", "roster_file"):
        assert client.post(here, {"link": "1"}).status_code == 403
    assert not Invitation.objects.exists()


def test_role_that_is_lowered_while_signed_in_is_denied_in_an_open_form(client, lantern, signed_in):
    lead(signed_in, lantern)
    ines = Participation.objects.get(person=join(PersonFactory(), lantern))
    here = reverse("participant", args=[lantern.slug, ines.pk])
    assert client.get(here).status_code == 200
    give_role(signed_in, lantern, role(lantern, Power.TAKE_PART), by=system())

    assert client.post(here, {"why": "Still mine."}).status_code == 403

    ines.refresh_from_db()
    assert ines.ended_at is None


def test_answers_of_membership_are_kept_apart_by_group(client, lantern, signed_in):
    other = group("Other", text=WORDY)
    client.post(reverse("join_group", args=[other.slug]), {**entry(other), "rule_0": "Lamps."})
    client.post(reverse("join_group", args=[lantern.slug]), entry(lantern))

    assert {answer.group.name for answer in MembershipAnswer.objects.all()} == {"Other", "Lantern Working Group"}
